from collections.abc import Iterable
from pathlib import Path

import pytest

from procureguard.guard.files import documents_in, levels, nearest, policies_in, purchases_in, read_file, vendors_in
from procureguard.source.diagnostic import InvalidInput
from written import folder

FILES = [
    "inventory.yaml",
    "organisation.yml",
    "notes.yaml",
    "a.purchase.yaml",
    "b.vendor.json",
    "purchases/c.yaml",
    "purchases/2026/d.json",
    "purchases/readme.md",
    "purchases/.draft/e.yaml",
    "vendors/f.yaml",
    "vendors/deep/g.yml",
    "policies/h.yaml",
    "policies/pack/i.yaml",
    "deep/inventory.yaml",
    "deep/j.purchase.yml",
]
PURCHASES = ["a.purchase.yaml", "deep/j.purchase.yml", "purchases/2026/d.json", "purchases/c.yaml"]
OTHERS = [
    "b.vendor.json",
    "deep/inventory.yaml",
    "inventory.yaml",
    "organisation.yml",
    "policies/h.yaml",
    "policies/pack/i.yaml",
    "vendors/deep/g.yml",
    "vendors/f.yaml",
]


@pytest.fixture(name="top")
def _top(tmp_path: Path) -> Path:
    return folder(tmp_path, dict.fromkeys(FILES, ""))


def names(found: Iterable[Path], top: Path) -> list[str]:
    return sorted(path.resolve().relative_to(top.resolve()).as_posix() for path in found)


@pytest.mark.parametrize("inside", [True, False])
def test_files_are_found_by_name_whatever_the_folders_above_the_project_are_called(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    inside: bool,  # noqa: FBT001 - where the user is
) -> None:
    top = folder(tmp_path / "policies" / "purchases" / "project", dict.fromkeys(FILES, ""))
    monkeypatch.chdir(top if inside else folder(tmp_path / "elsewhere", {"x": ""}))
    searched = Path() if inside else top
    assert names(purchases_in(searched), top) == PURCHASES
    assert names(documents_in(searched), top) == sorted(PURCHASES + OTHERS)


def test_a_folder_of_purchases_may_be_searched_from_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    top = folder(tmp_path, dict.fromkeys(FILES, ""))
    monkeypatch.chdir(top / "purchases")
    assert [path.as_posix() for path in purchases_in(Path())] == ["2026/d.json", "c.yaml"]
    monkeypatch.chdir(top)
    assert [path.as_posix() for path in purchases_in(Path("purchases/2026"))] == ["purchases/2026/d.json"]


def test_vendors_lie_in_their_folder_or_are_called_so(top: Path) -> None:
    assert names(vendors_in(top), top) == ["b.vendor.json", "vendors/deep/g.yml", "vendors/f.yaml"]
    assert list(vendors_in(top / "nowhere")) == []


def test_every_data_file_below_a_folder_of_policies_belongs_to_it(top: Path) -> None:
    assert names(policies_in(top / "policies"), top) == ["policies/h.yaml", "policies/pack/i.yaml"]


def test_what_belongs_to_a_file_is_looked_for_beside_it_and_above_up_to_the_top(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = folder(tmp_path, dict.fromkeys(FILES, ""))
    monkeypatch.chdir(top)
    found = levels(Path("purchases/2026/d.json"), top)
    assert [path.as_posix() for path in found] == ["purchases/2026", "purchases", "."]
    assert levels(Path("/elsewhere/x.yaml"), top) == [Path("/elsewhere")]
    assert nearest("inventory", found) == Path("inventory.yaml")
    assert nearest("policies", found) == Path("policies")
    assert nearest("inventory", levels(Path("deep/j.purchase.yml"), top)) == Path("deep/inventory.yaml")
    assert nearest("families", found) is None


def test_a_folder_is_no_inventory_and_a_file_is_no_folder_of_policies(tmp_path: Path) -> None:
    folder(tmp_path, {"inventory/x.yaml": "", "policies.yaml": "", "organisation.json": "{}"})
    assert [nearest(name, [tmp_path]) for name in ("inventory", "policies", "organisation")] == [
        None,
        None,
        tmp_path / "organisation.json",
    ]


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("inventry.yaml", "there is no such file", "did you mean `inventory.yaml`?"),
        ("zzz", "there is no such file", "look at the name and at the folder you are in"),
        ("no/where.yaml", "there is no such file", "look at the name and at the folder you are in"),
        ("folder", "this is a folder", "name a file in it"),
        ("inventory.yaml/x", "the file cannot be read: not a directory", "look at its permissions"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_a_hint(tmp_path: Path, name: str, message: str, hint: str) -> None:
    folder(tmp_path, {"inventory.yaml": "", "folder/x": ""})
    with pytest.raises(InvalidInput) as raised:
        read_file(tmp_path / name, [])
    (problem,) = raised.value.diagnostics
    assert (problem.code, problem.message, problem.hint) == ("PG100", message, hint)
    assert problem.name == str(tmp_path / name)


def test_the_surroundings_of_a_file_are_the_same_from_every_folder_of_a_repository(tmp_path: Path) -> None:
    deep = tmp_path / "shop" / "purchases"
    deep.mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    found = {
        tuple(folder.resolve() for folder in (here / each for each in levels(deep / "a.yaml", here)))
        for here in (tmp_path, tmp_path / "shop", deep)
    }
    assert found == {(deep, tmp_path / "shop", tmp_path)}


def test_without_a_repository_nothing_above_the_working_folder_counts(tmp_path: Path) -> None:
    deep = tmp_path / "shop" / "purchases"
    deep.mkdir(parents=True)
    assert levels(deep / "a.yaml", tmp_path / "shop") == [Path("purchases"), Path()]
    assert levels(deep / "a.yaml", tmp_path / "other") == [deep]
