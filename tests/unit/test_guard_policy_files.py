from pathlib import Path

import pytest

from procureguard.guard.policy_files import SHIPPED, policies_around, policies_with, policy_files
from procureguard.source.shipped import shipped
from repository import git
from written import OF_THEIR_OWN, folder, policy


def test_policies_of_ones_own_stand_beside_the_shipped_ones(tmp_path: Path) -> None:
    folder = tmp_path / "policies"
    (folder / "house").mkdir(parents=True)
    (folder / "house" / "one.yaml").write_text("kind: policy\n")
    assert policies_around(None) == (SHIPPED,)
    assert policies_around(folder) == (SHIPPED, str(folder))
    names = [file.name for file in policy_files(policies_around(folder))]
    assert str(folder / "house" / "one.yaml") in names
    assert len(names) == len(policy_files([SHIPPED])) + 1


WRITTEN = ["kind: definitions\n", '# ours\n{"version": 1,\n "kind": "definitions"}', '{"kind": "definitions"}']


@pytest.mark.parametrize("text", WRITTEN)
def test_policies_with_definitions_of_their_own_are_a_set_of_their_own(tmp_path: Path, text: str) -> None:
    folder = tmp_path / "policies"
    folder.mkdir()
    (folder / "house.yaml").write_text("kind: policy\nmessage: a kind of definitions\n")
    assert policies_around(folder) == (SHIPPED, str(folder))
    (folder / "words.yaml").write_text(text)
    assert policies_around(folder) == (str(folder),)


def test_an_empty_folder_stands_alone_so_that_it_is_refused(tmp_path: Path) -> None:
    assert policies_around(tmp_path) == (str(tmp_path),)


def test_the_shipped_folder_found_in_a_checkout_is_loaded_once() -> None:
    assert policies_around(shipped("policies")) == (str(shipped("policies")),)


@pytest.mark.parametrize(
    ("inside", "named", "found"),
    [
        (".", "policies/cost", "policies"),
        (".", "policies/cost/first.yaml", "policies"),
        (".", "rules", "rules"),
        ("policies", ".", "."),
        ("policies", "cost", "."),
        ("policies/cost", ".", ".."),
        ("policies/cost", "first.yaml", ".."),
        ("policies/cost", "../../rules", "../../rules"),
    ],
)
def test_a_part_of_a_policy_set_stands_among_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inside: str, named: str, found: str
) -> None:
    house = folder(
        tmp_path / "policies" / "house",
        {**OF_THEIR_OWN, "policies/cost/first.yaml": policy("first"), "rules/definitions.yaml": WRITTEN[0]},
    )
    git(house, "init", "--quiet")
    monkeypatch.chdir(house / inside)
    assert policies_with([named]) == (found,)
