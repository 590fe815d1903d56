import marshal
import os
import subprocess
import sys
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from procureguard.guard import cache as caching
from procureguard.guard.cache import LOCATION, NO_CACHE, Cache, user_cache
from procureguard.guard.guard import Guard
from procureguard.guard.packed_program import packed_program, unpacked_program
from written import folder

PURCHASE = {"kind": "purchase", "version": 1, "request": {"type": "new"}, "data": {"categories": ["customer_contact"]}}
DAY = date(2026, 11, 21)
WRITERS = 4


@pytest.fixture(scope="module", name="guard")
def _guard() -> Guard:
    return Guard.load()


def entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def test_a_cached_program_decides_and_explains_as_the_one_it_was_made_from(guard: Guard, tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("key", packed_program(guard.program))
    found = cache.get("key", unpacked_program)
    assert found is not None
    assert found.policies == guard.program.policies
    again = Guard(guard.schema, guard.stack, found, guard.files)
    assert again.check(PURCHASE, DAY) == guard.check(PURCHASE, DAY)


def test_loading_twice_compiles_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path)
    first = Guard.load(cache=cache)
    monkeypatch.setattr("procureguard.guard.policies.read_library", pytest.fail)
    assert Guard.load(cache=cache).check(PURCHASE, DAY) == first.check(PURCHASE, DAY)


@pytest.mark.parametrize("key", ["another", ""])
def test_a_program_is_found_by_its_own_key_only(key: str, guard: Guard, tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("key", packed_program(guard.program))
    assert cache.get(key, unpacked_program) is None


def test_a_changed_policy_a_changed_override_and_a_changed_program_are_other_entries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache(tmp_path / "cache")
    (tmp_path / "cache").mkdir()
    Guard.load(cache=cache)
    organisation = tmp_path / "organisation.yaml"
    organisation.write_text("kind: organisation\nversion: 1\npolicies: {encryption: {effect: review}}\n")
    assert Guard.load(organisation=organisation, cache=cache).policies.get("encryption") is not None
    assert len(entries(tmp_path / "cache")) == 2
    monkeypatch.setattr(caching, "_program_files", lambda: "edited")
    Guard.load(cache=cache)
    assert len(entries(tmp_path / "cache")) == 3


def test_whatever_is_written_anew_in_the_program_or_its_schemas_is_another_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = ("guard/cache.py", "a.py", "render/pages/report.html", "imports/profiles/deeper/list.yaml")
    files = [*(f"package/{name}" for name in program), "schemas/capabilities.json"]
    folder(tmp_path, dict.fromkeys([*files, "package/guard/__pycache__/cache.pyc"], ""))
    monkeypatch.setattr(caching, "__file__", str(tmp_path / "package" / "guard" / "cache.py"))
    monkeypatch.setattr(caching, "shipped", tmp_path.joinpath)
    asked = caching._program_files.__wrapped__  # noqa: SLF001 - what is asked once in a run is asked again here
    found = [asked()]
    for number, name in enumerate(files):
        os.utime(tmp_path / name, ns=(number, number))
        found.append(asked())
    assert len(set(found)) == 1 + len(files)
    (tmp_path / "package/guard/__pycache__/cache.pyc").write_text("compiled again")
    assert asked() == found[-1]


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda content: content[:40],
        lambda content: content[:-1],
        lambda content: content[:-10] + b"x" + content[-9:],
        lambda content: b"other format\n" + content,
        lambda _: caching.FORMAT + sha256(b"junk").digest() + b"junk",
        lambda _: caching.FORMAT + sha256(marshal.dumps([])).digest() + marshal.dumps([]),
    ],
)
def test_a_damaged_entry_is_as_if_it_were_not_there(damage: object, guard: Guard, tmp_path: Path) -> None:
    assert callable(damage)
    cache = Cache(tmp_path)
    cache.put("key", packed_program(guard.program))
    entry = entries(tmp_path)[0]
    entry.write_bytes(damage(entry.read_bytes()))
    assert cache.get("key", unpacked_program) is None
    cache.put("key", packed_program(guard.program))
    assert cache.get("key", unpacked_program) is not None


def test_a_folder_that_cannot_be_written_to_is_no_error(guard: Guard, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "missing")
    cache.put("key", packed_program(guard.program))
    assert cache.get("key", unpacked_program) is None


def test_no_cache_keeps_nothing(guard: Guard) -> None:
    NO_CACHE.put("key", packed_program(guard.program))
    assert NO_CACHE.get("key", unpacked_program) is None


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are those of POSIX")
@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777])
def test_a_folder_others_can_write_to_is_not_used_and_that_is_said(
    mode: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(mode)
    monkeypatch.setenv(LOCATION, str(tmp_path))
    cache, warning = user_cache()
    assert cache is NO_CACHE
    assert warning == f"the cache {tmp_path} is not used: others can write to it"


@pytest.mark.skipif(sys.platform == "win32", reason="owners are those of POSIX")
def test_a_folder_of_somebody_else_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LOCATION, str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: tmp_path.stat().st_uid + 1)
    assert user_cache() == (NO_CACHE, f"the cache {tmp_path} is not used: it belongs to somebody else")


def test_the_folder_is_made_for_the_user_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LOCATION, str(tmp_path / "a" / "b"))
    cache, warning = user_cache()
    assert warning is None
    assert cache.folder is not None
    assert cache.folder.stat().st_mode & 0o077 == 0


def test_an_empty_location_means_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LOCATION, "")
    assert user_cache() == (NO_CACHE, None)


def test_several_runs_at_once_all_answer_and_leave_one_whole_entry(tmp_path: Path) -> None:
    purchase = tmp_path / "a.purchase.yaml"
    purchase.write_text("kind: purchase\nversion: 1\nrequest: {type: new}\n")
    cache = tmp_path / "cache"
    command = [sys.executable, "-m", "procureguard", "check", str(purchase), "--policies", "shipped", "--exit-zero"]
    running = [
        subprocess.Popen(  # noqa: S603 - our own program
            command, env={**os.environ, LOCATION: str(cache)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(WRITERS)
    ]
    outputs = {process.communicate() for process in running}
    assert [process.returncode for process in running] == [0] * WRITERS
    assert len(outputs) == 1
    assert len(entries(cache)) == 1


EXAMPLES = Path(__file__).parents[2] / "examples"
AROUND: dict[str, Any] = {
    "inventory": EXAMPLES / "inventory.yaml",
    "organisation": EXAMPLES / "organisation.yaml",
    "vendors": sorted((EXAMPLES / "vendors").glob("*.yaml")),
    "requests": sorted((EXAMPLES / "requests").glob("*.yaml")),
}


def test_what_the_company_owns_is_the_same_from_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Law 7: every report is the same byte for byte, whether files were read now or before."""
    cache = Cache(tmp_path)
    read = Guard.load(**AROUND, cache=cache)
    for name in ("load_inventory", "load_vendor"):
        monkeypatch.setattr(f"procureguard.guard.stack_files.{name}", pytest.fail)
    kept = Guard.load(**AROUND, cache=cache)
    stories = sorted(EXAMPLES.glob("*/*.purchase.yaml"))
    assert len(stories) > 10
    for story in stories:
        assert kept.check(story, DAY).to_dict() == read.check(story, DAY).to_dict()


def test_a_file_with_a_warning_is_read_again_and_warned_of_again(tmp_path: Path) -> None:
    """What is odd is not kept: nobody is told once and never again."""
    both = [tmp_path / "a.vendor.yaml", tmp_path / "b.vendor.yaml"]
    for path in both:
        identity = path.name.partition(".")[0]
        path.write_text(f"kind: vendor\nversion: 1\nid: {identity}\nvendor: {{domains: [same.example]}}\n")
    (tmp_path / "cache").mkdir()
    cache = Cache(tmp_path / "cache")
    Guard.load(vendors=both, cache=cache)
    kept = len(entries(tmp_path / "cache"))
    Guard.load(vendors=both, cache=cache)
    assert len(entries(tmp_path / "cache")) == kept == 1


@pytest.mark.parametrize("changed", ["inventory", "vendors"])
def test_a_changed_file_is_another_entry(changed: str, tmp_path: Path) -> None:
    inventory, vendor = tmp_path / "inventory.yaml", tmp_path / "v.vendor.yaml"
    inventory.write_text("kind: inventory\nversion: 1\ntools: []\n")
    vendor.write_text("kind: vendor\nversion: 1\nid: v\n")
    (tmp_path / "cache").mkdir()
    cache = Cache(tmp_path / "cache")
    Guard.load(inventory=inventory, vendors=[vendor], cache=cache)
    path = inventory if changed == "inventory" else vendor
    path.write_text(path.read_text() + "# another comment\n")
    Guard.load(inventory=inventory, vendors=[vendor], cache=cache)
    assert len(entries(tmp_path / "cache")) == 4
