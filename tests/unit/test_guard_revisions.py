import os
from pathlib import Path

import pytest

from procureguard.guard import revisions
from procureguard.guard.policy_files import SHIPPED, policies_around, policy_files
from procureguard.guard.policy_sides import find_sides
from procureguard.guard.revisions import place_in_repository, revision_files
from procureguard.source.diagnostic import InvalidInput
from procureguard.source.read import MAXIMUM_BYTES
from repository import committed, git
from written import OF_THEIR_OWN, folder, policy

FILES = {**OF_THEIR_OWN, "policies/cost/first.yaml": policy("first"), "policies/cost/pack.json": "{}"}


@pytest.fixture(name="top")
def _top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with policies tagged `v1`; the working folder has others since."""
    top = folder(tmp_path / "house", FILES)
    committed(top, "v1")
    folder(top, {"policies/cost/second.yaml": policy("second")})
    monkeypatch.chdir(top)
    return top


def refused(*arguments: str) -> tuple[str, str, str]:
    with pytest.raises(InvalidInput) as raised:
        find_sides(arguments[0], arguments[1] if arguments[1:] else None, ("policies",))
    [found] = raised.value.diagnostics
    assert found.hint is not None
    return found.name, found.message, found.hint


def test_the_files_of_a_revision_are_those_of_the_folder_then(top: Path) -> None:
    then = revision_files("v1", "policies")
    assert [file.name for file in then] == [
        "v1:policies/cost/first.yaml",
        "v1:policies/cost/pack.json",
        "v1:policies/definitions.yaml",
    ]
    git(top, "stash", "--include-untracked")
    now = policy_files(["policies"])
    assert {file.name.removeprefix("v1:"): file.content for file in then} == {file.name: file.content for file in now}


def test_what_is_hidden_linked_or_no_document_is_passed_over_and_bytes_stay_as_they_are(top: Path) -> None:
    folder(top, {"policies/.hidden/x.yaml": "no", "policies/read.me": "no", "policies/naïve \n name.yaml": ""})
    (top / "policies" / "bytes.yaml").write_bytes(b"\xff\r\n\0 blob 3\n")
    (top / "policies" / "link.yaml").symlink_to(os.devnull)
    committed(top)
    found = {file.name.removeprefix("HEAD:policies/"): file.content for file in revision_files("HEAD", "policies")}
    assert found.keys() == {
        *(name.removeprefix("policies/") for name in FILES),
        "cost/second.yaml",
        "bytes.yaml",
        "naïve \n name.yaml",
    }
    assert found["bytes.yaml"] == b"\xff\r\n\0 blob 3\n"


def test_nothing_depends_on_the_folder_one_is_in(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = revision_files("v1", "policies")
    monkeypatch.chdir(top / "policies" / "cost")
    assert revision_files("v1", "policies") == expected
    assert place_in_repository(Path("..")) == "policies"
    assert place_in_repository(top) == ""
    assert place_in_repository(top / ".company" / ".rules") == ".company/.rules"
    assert place_in_repository(top.parent) is None


def test_a_repository_of_policies_has_them_at_its_top(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = folder(top.parent / "rules", {"first.yaml": policy("first")})
    committed(rules)
    monkeypatch.chdir(rules)
    assert [file.name for file in revision_files("main", "")] == ["main:./first.yaml"]
    assert find_sides("main", ".", ()).before.name == "main:"


@pytest.mark.parametrize(
    ("old", "new", "names"),
    [
        ("v1", None, ("v1:policies", "policies")),
        ("v1", "policies", ("v1:policies", "policies")),
        ("policies", "main", ("policies", "main:policies")),
        ("v1", "main", ("v1:policies", "main:policies")),
        ("v1:policies/", "main", ("v1:policies", "main:policies")),
        ("v1", SHIPPED, ("v1:policies", SHIPPED)),
        ("main", "v1:policies/cost", ("main:policies", "v1:policies")),
        ("v1:policies/cost", "policies/cost", ("v1:policies", "policies")),
        ("v1", "policies/people", ("v1:policies", "policies")),
    ],
)
@pytest.mark.usefixtures("top")
def test_the_folder_of_a_revision_is_the_one_the_other_side_names(
    old: str, new: str | None, names: tuple[str, str]
) -> None:
    folder(Path(), {"policies/people/third.yaml": policy("third")})
    assert tuple(side.name for side in find_sides(old, new, ("policies",))) == names


@pytest.mark.parametrize("inside", ["policies", "policies/cost"])
def test_within_a_policy_set_the_whole_of_it_is_compared(
    top: Path, monkeypatch: pytest.MonkeyPatch, inside: str
) -> None:
    whole = find_sides("v1", "policies", ())
    monkeypatch.chdir(top / inside)
    sides = find_sides("v1", ".", ())
    assert sides.before == whole.before
    assert [file.content for file in sides.after.files] == [file.content for file in whole.after.files]


@pytest.mark.usefixtures("top")
def test_policies_that_are_named_to_be_used_are_compared_as_a_second_name_is() -> None:
    assert find_sides("v1", None, ("policies/cost",)) == find_sides("v1", "policies/cost", ())


@pytest.mark.parametrize("revision", ["HEAD@{2020-01-01 10:00:00}", "HEAD^{/v1: it began}", "v1^{commit}"])
@pytest.mark.usefixtures("top")
def test_a_colon_within_braces_belongs_to_the_revision(revision: str) -> None:
    git(Path(), "commit", "--quiet", "--allow-empty", "--message", "v1: it began")
    assert find_sides(f"{revision}:policies", "main", ()).before.name == f"{revision}:policies"
    assert find_sides("main", revision, ()).after.name == f"{revision}:policies"


def test_a_folder_elsewhere_does_not_name_one_of_the_repository(top: Path) -> None:
    elsewhere = folder(top.parent / "elsewhere", FILES) / "policies"
    assert find_sides("v1", str(elsewhere), ()).before.name == "v1:policies"


def test_policies_without_definitions_stand_beside_the_shipped_ones_then_as_now(top: Path) -> None:
    (top / "policies" / "definitions.yaml").unlink()
    committed(top, "v2")
    shipped = len(policy_files([SHIPPED]))
    then, now = (len(side.files) for side in find_sides("v2", None, policies_around(Path("policies"))))
    assert (then, now) == (shipped + 3, shipped + 3)
    assert len(find_sides("v1", "v2", ()).before.files) == 3


@pytest.mark.usefixtures("top")
def test_what_exists_is_a_folder_whatever_revisions_are_called() -> None:
    folder(Path(), {"v1/first.yaml": policy("first")})
    assert find_sides("v1", "policies", ()).before.name == "v1"
    assert refused("policies/cost/first.yaml")[1:] == (
        "this is a file and no folder",
        "name the folder of policies that it lies in",
    )


@pytest.mark.parametrize("name", ["-q", "--output=x", "", ":policies", "nul\0"])
@pytest.mark.usefixtures("top")
def test_what_could_be_an_option_is_no_revision(name: str) -> None:
    assert refused(name, "policies")[1].endswith("cannot be a revision")
    assert "no such git revision" in refused("x" * 5_000, "policies")[1]


@pytest.mark.usefixtures("top")
def test_unknown_revisions_and_folders_are_said_to_be() -> None:
    assert refused("v9")[:2] == ("v9", "there is no such folder, and no such git revision")
    assert refused("main..v1")[1] == "there is no such folder, and no such git revision"
    assert refused("v1:rules")[1:] == (
        "there is no folder `rules` in `v1`",
        "name the folder of policies, as in `v1:path/to/policies`",
    )
    assert refused("v1:policies/csot")[1] == "there is no folder `policies/csot` in `v1`"
    assert refused("v1:policies/cost/first.yaml")[1] == "there is no folder `policies/cost/first.yaml` in `v1`"


def test_outside_of_repositories_only_folders_can_be_compared(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(top.parent)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(top.parent.parent))
    assert "no git repository here" in refused("main")[1]


@pytest.mark.usefixtures("top")
def test_without_git_there_are_no_revisions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    name, message, hint = refused("v1")
    assert (name, message) == ("git", "the program `git` cannot be run: no such file or directory")
    assert hint == "install git, or name two folders of policies"


@pytest.mark.usefixtures("top")
def test_a_git_that_hangs_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = folder(tmp_path, {"git": "#!/bin/sh\nexec sleep 30\n"}) / "git"
    slow.chmod(0o755)
    monkeypatch.setattr(revisions, "PATIENCE", 0.2)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert refused("v1")[1].startswith("git did not answer within")


def test_files_are_bounded_before_they_are_read(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (top / "policies" / "large.yaml").write_bytes(b"#" * (MAXIMUM_BYTES + 1))
    committed(top)
    assert refused("main")[1] == "`large.yaml` has 1,048,577 bytes; at most 1,048,576 are read"
    monkeypatch.setattr(revisions, "MOST_BYTES", 100)
    assert refused("v1")[1] == "the policies have more than 100 bytes"
