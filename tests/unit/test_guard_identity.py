"""What is odd about the names in a purchase: warned of, never decided by."""

from pathlib import Path

import pytest

from procureguard.guard.guard import Guard
from procureguard.source.diagnostic import Diagnostic
from written import DAY, Data, folder, kind

KNOWN: Data = {
    "kind": "vendor",
    "version": 1,
    "id": "formwise",
    "vendor": {"name": "Formwise", "domains": ["formwise.example"]},
    "products": [{"id": "forms", "plans": [{"id": "team"}, {"id": "business"}]}],
}
MANY = [{"kind": "vendor", "version": 1, "id": f"formwise-{number}"} for number in range(9)]


@pytest.fixture(scope="module", name="guard")
def _guard(tmp_path_factory: pytest.TempPathFactory) -> Guard:
    files: dict[str, Data] = {f"vendors/{data['id']}.yaml": data for data in (KNOWN, *MANY)}
    files["organisation.yaml"] = {
        "kind": "organisation",
        "version": 1,
        "organisation": {"banned_vendors": ["shady.example", "listed"], "sanctioned_vendors": ["Frozen Assets Ltd"]},
    }
    path: Path = folder(tmp_path_factory.mktemp("around"), files)
    return Guard.load(organisation=path / "organisation.yaml", vendors=sorted((path / "vendors").iterdir()))


def warned(guard: Guard, **purchase: Data) -> list[Diagnostic]:
    found = guard.answer(kind("purchase", purchase), DAY).diagnostics
    assert all(problem.severity == "warning" for problem in found)
    return list(found)


@pytest.mark.parametrize(
    "purchase",
    [
        {"product": {"vendor": "formwise", "id": "forms", "plan": "team"}},
        {"product": {"vendor": "app.formwise.example", "id": "forms"}},
        {"vendor": {"domains": ["formwise.example"]}},
        {"product": {"vendor": "zebra-quilts"}},
        {"vendor": {"name": "Zebra Quilts"}},
        {},
    ],
)
def test_what_is_known_and_what_resembles_nothing_is_not_remarked_on(guard: Guard, purchase: Data) -> None:
    assert warned(guard, **purchase) == []


@pytest.mark.parametrize(
    "purchase",
    [{"product": {"vendor": "Formwise"}}, {"product": {"vendor": "fromwise"}}, {"vendor": {"name": "Formwise"}}],
)
def test_a_name_alone_brings_five_proposals_at_most_and_no_match(guard: Guard, purchase: Data) -> None:
    (problem,) = warned(guard, **purchase)
    assert problem.code == "PG222"
    assert problem.hint is not None
    assert problem.hint.startswith("did you mean `formwise`")
    assert 2 <= problem.hint.count("`") <= 10
    assert problem.hint.endswith("a name alone does not tell")


@pytest.mark.parametrize(
    ("product", "message", "hint"),
    [
        ({"id": "formz"}, "the vendor manifest of `formwise` has no product `formz`", "did you mean `forms`?"),
        ({"id": "qqq"}, "the vendor manifest of `formwise` has no product `qqq`", "its products are `forms`"),
        (
            {"id": "forms", "plan": "gold"},
            "the vendor manifest of `formwise` has no plan `gold`",
            "its plans are `team`, `business`",
        ),
    ],
)
def test_an_unknown_product_or_plan_is_told_with_those_there_are(
    guard: Guard, product: Data, message: str, hint: str
) -> None:
    (problem,) = warned(guard, product={"vendor": "formwise", **product})
    assert (problem.code, problem.message, problem.hint) == ("PG222", message, hint)


def test_stating_names_of_a_vendor_changes_no_answer(guard: Guard) -> None:
    """Law 6: what a purchase says of its vendor besides cannot turn a list that was asked about the vendor."""
    bare = guard.answer(kind("purchase", {"product": {"vendor": "zebra-quilts"}}), DAY).report
    named = {"product": {"vendor": "zebra-quilts"}, "vendor": {"domains": ["shady.example"]}}
    told = guard.answer(kind("purchase", named), DAY).report
    assert (told.best, told.worst, told.verdict) == (bare.best, bare.worst, bare.verdict)
