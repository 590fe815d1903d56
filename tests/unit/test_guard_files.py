import os
from collections.abc import Iterable
from errno import EACCES
from pathlib import Path

import pytest

from procureguard.guard.files import (
    documents_in,
    exists,
    is_file,
    is_folder,
    levels,
    nearest,
    policies_in,
    purchases_in,
    read_bytes,
    read_file,
    vendors_in,
)
from procureguard.source.diagnostic import Diagnostic, InvalidInput
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


WITHIN = pytest.mark.skipif(os.name == "nt", reason="only POSIX systems have such links, pipes and permissions")


@WITHIN
def test_links_are_followed_as_far_as_the_repository_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    top = folder(tmp_path / "repository", {".git/config": "token", "purchases/a.yaml": "", "shared/b.yaml": ""})
    folder(tmp_path, {"secret.yaml": ""})
    links = {"b": "../shared/b.yaml", "c": "../.git/config", "d": "../../secret.yaml", "e": "e.yaml", "f": "gone.yaml"}
    for name, target in links.items():
        (top / "purchases" / f"{name}.yaml").symlink_to(target)
    for here in (top, top / "purchases", tmp_path / "elsewhere"):
        here.mkdir(exist_ok=True)
        monkeypatch.chdir(here)
        assert [path.name for path in purchases_in(top / "purchases")] == ["a.yaml", "b.yaml"]
    assert read_bytes(top / "purchases" / "d.yaml") == b""


@WITHIN
def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    for path in (tmp_path / "pipe.yaml", Path("/dev/zero")):
        with pytest.raises(InvalidInput, match="this is no file"):
            read_bytes(path)


def test_of_names_that_nothing_can_have_nothing_is_there(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 300)
    assert [exists(path), is_file(path), is_folder(path), exists("a\0b"), exists("")] == [False] * 5
    assert nearest("inventory", levels(path / "y", tmp_path)) is None
    with pytest.raises(InvalidInput, match="PG100"):
        read_bytes(path)


def test_a_folder_that_cannot_be_read_is_told_and_the_others_are_searched(
    top: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = os.scandir

    def refusing(path: str) -> object:
        if Path(path).name == "deep":
            raise PermissionError(EACCES, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", refusing)
    unreadable = list[Diagnostic]()
    found = names(documents_in(top, unreadable), top)
    assert found == sorted(name for name in PURCHASES + OTHERS if "deep" not in name)
    assert {problem.message for problem in unreadable} == {"the folder cannot be read: permission denied"}
    with pytest.raises(InvalidInput, match="the folder cannot be read"):
        next(documents_in(top))


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
