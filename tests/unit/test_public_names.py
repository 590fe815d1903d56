from pathlib import Path

import pytest

import procureguard
from typing_api import embed, judge, mistakes
from written import guarded, kind, policy


def test_the_typed_example_of_embedding_runs(tmp_path: Path) -> None:
    guard = guarded(tmp_path, [policy(effect="review")])
    purchase = tmp_path / "a.yaml"
    purchase.write_text(kind("purchase", {"product": {"scim": False}}).source.text, encoding="utf-8")
    manifest = tmp_path / "vendor.yaml"
    manifest.write_text(kind("vendor", {"id": "v"}).source.text, encoding="utf-8")
    assert [plan.best for plan in judge(guard, manifest).plans] == ["approve"]
    by_path, by_data = embed(tmp_path / "policies", purchase)
    assert (by_path.verdict, by_data.verdict) == ("needs_review", "needs_info")
    assert [problem.code for problem in mistakes(guard)] == ["PG201", "PG201"]


def test_every_public_name_is_there_and_no_other_is_made_up() -> None:
    assert all(getattr(procureguard, name) is not None for name in procureguard.__all__)
    with pytest.raises(AttributeError, match="module `procureguard` has no attribute `Gaurd`"):
        getattr(procureguard, "Gaurd")  # noqa: B009 - the type checker would refuse the attribute


def test_the_package_says_that_it_is_typed() -> None:
    assert Path(procureguard.__file__).with_name("py.typed").is_file()
