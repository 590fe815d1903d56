import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from procureguard.fetch.download import Limits
from procureguard.guard import pulled as pulling
from procureguard.guard.bundle import Bundle, written_bundle
from procureguard.guard.cache import LOCATION, NO_CACHE, Cache
from procureguard.guard.guard import Guard
from procureguard.guard.policy_files import policy_files, shared_by
from procureguard.guard.pulled import FOLDER, pull, pulled_bundle
from procureguard.source.diagnostic import InvalidInput
from procureguard.stack.policy_source import PolicySource
from serving import Answer, Server, file, redirect, serving, status
from written import OF_THEIR_OWN, checked, folder, kind, policy

GOOD = Bundle({"a.yaml": b"kind: definitions\n"})
OTHER = Bundle({"b.yaml": b"kind: definitions\n"})
CONTENT = written_bundle(OTHER)
LIMITS = Limits(most_bytes=100_000, seconds=0.5, patience=0.3)


def source_of(server: Server, content: bytes, path: str = "/pack.tar.gz") -> PolicySource:
    return PolicySource(f"{server.address}{path}", hashlib.sha256(content).hexdigest())


def pulled(source: PolicySource, cache: Cache) -> Bundle:
    return pull(source, cache, LIMITS, allow_private=True).bundle


def codes(call: Callable[[], object]) -> list[str]:
    with pytest.raises(InvalidInput) as raised:
        call()
    assert all(found.hint for found in raised.value.diagnostics)
    return [found.code for found in raised.value.diagnostics]


@pytest.fixture(name="cache")
def _cache(tmp_path: Path) -> Cache:
    (tmp_path / "cache").mkdir(mode=0o700)
    return Cache(tmp_path / "cache")


def kept(cache: Cache) -> dict[str, bytes]:
    assert cache.folder is not None
    return {path.name: path.read_bytes() for path in (cache.folder / FOLDER).rglob("*") if path.is_file()}


@pytest.fixture(name="good")
def _good(cache: Cache) -> Iterator[PolicySource]:
    """A policy set that was fetched before; whatever happens it stays."""
    with serving({"/pack.tar.gz": file(written_bundle(GOOD))}) as server:
        source = source_of(server, written_bundle(GOOD))
        assert pulled(source, cache) == GOOD
    before = kept(cache)
    yield source
    assert pulled_bundle(source, cache) == GOOD
    assert before.items() <= kept(cache).items()


def test_what_is_fetched_once_is_there_without_a_network(cache: Cache, good: PolicySource) -> None:
    with serving({"/pack.tar.gz": file(CONTENT)}) as server:
        source = source_of(server, CONTENT)
        assert codes(lambda: pulled_bundle(source, cache)) == ["PG321"]
        assert pull(source, cache, LIMITS, allow_private=True) == (OTHER, True)
        assert pull(source, cache, LIMITS, allow_private=True) == (OTHER, False)
        assert len(server.asked) == 1
    assert pulled_bundle(source, cache) == OTHER
    assert pull(good, cache, LIMITS) == (GOOD, False)


def test_the_same_pack_from_elsewhere_is_the_same_pack(cache: Cache, good: PolicySource) -> None:
    assert pulled_bundle(PolicySource("https://mirror.example/x", good.digest), cache) == GOOD


def slowly(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
    for byte in CONTENT[:40]:
        handler.wfile.write(bytes([byte]))
        handler.wfile.flush()
        time.sleep(0.05)


NOT_SOUND = written_bundle(Bundle({"a.py": b"import os\n"}))
BOMB = b"\x1f\x8b" + bytes(50)

REFUSED: dict[str, tuple[Answer, bytes, str]] = {
    "tampered": (file(CONTENT[:-20] + b"x" + CONTENT[-19:]), CONTENT, "PG322"),
    "another file": (file(written_bundle(GOOD)), CONTENT, "PG322"),
    "truncated": (file(CONTENT[:-500]), CONTENT, "PG322"),
    "broken off": (file(CONTENT[:-500], **{"Content-Length": str(len(CONTENT))}), CONTENT, "PG322"),
    "oversized": (file(bytes(100_001)), CONTENT, "PG322"),
    "oversized without saying so": (file(bytes(100_001), **{"Content-Length": ""}), CONTENT, "PG322"),
    "slow": (slowly, CONTENT, "PG322"),
    "redirected to another network": (redirect("http://10.0.0.1/pack.tar.gz"), CONTENT, "PG322"),
    "redirected in circles": (redirect("/pack.tar.gz"), CONTENT, "PG322"),
    "gone": (status(404), CONTENT, "PG322"),
    "no archive, as its digest says": (file(b"<html>"), b"<html>", "PG323"),
    "a bomb, as its digest says": (file(BOMB), BOMB, "PG323"),
    "not sound, as its digest says": (file(NOT_SOUND), NOT_SOUND, "PG323"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_right_is_refused_and_the_last_good_one_kept(case: str, cache: Cache, good: PolicySource) -> None:
    answer, expected, code = REFUSED[case]
    before = kept(cache)
    with serving({"/pack.tar.gz": answer}) as server:
        source = source_of(server, expected)
        assert codes(lambda: pulled(source, cache)) == [code]
        assert codes(lambda: pulled_bundle(source, cache)) == ["PG321"]
    assert kept(cache) == before
    assert pulled_bundle(good, cache) == GOOD


def test_a_digest_that_is_wrong_is_told_with_the_one_that_was_found(cache: Cache) -> None:
    with serving({"/pack.tar.gz": file(CONTENT)}) as server:
        source = source_of(server, b"another")
        with pytest.raises(InvalidInput) as raised:
            pulled(source, cache)
    message = raised.value.diagnostics[0].message
    assert hashlib.sha256(CONTENT).hexdigest() in message
    assert source.digest in message


@pytest.mark.parametrize(
    "damage", [b"", CONTENT[:-1], CONTENT + b"x", CONTENT[:700] + b"x" + CONTENT[701:], written_bundle(GOOD)]
)
def test_an_entry_that_is_damaged_or_swapped_is_noticed_and_fetched_again(damage: bytes, cache: Cache) -> None:
    with serving({"/pack.tar.gz": file(CONTENT)}) as server:
        source = source_of(server, CONTENT)
        pulled(source, cache)
        assert cache.folder is not None
        (entry,) = (cache.folder / FOLDER).iterdir()
        entry.write_bytes(damage)
        with pytest.raises(InvalidInput) as raised:
            pulled_bundle(source, cache)
        assert raised.value.diagnostics[0].message == "the policies that were fetched are damaged"
        assert pulled(source, cache) == OTHER
        assert pulled_bundle(source, cache) == OTHER
        assert len(server.asked) == 2


def test_without_a_cache_nothing_is_fetched_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LOCATION, "")
    with serving({}) as server:
        source = source_of(server, CONTENT)
        assert codes(lambda: pulled(source, NO_CACHE)) == ["PG322"]
        assert codes(lambda: pulled_bundle(source, NO_CACHE)) == ["PG321"]
        assert server.asked == []


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="a folder that its owner cannot write to")
def test_a_cache_that_cannot_be_written_to_is_said(cache: Cache) -> None:
    assert cache.folder is not None
    cache.folder.chmod(0o500)
    with serving({"/pack.tar.gz": file(CONTENT)}) as server:
        source = source_of(server, CONTENT)
        assert codes(lambda: pulled(source, cache)) == ["PG322"]


def test_a_file_where_the_folder_should_be_is_said(cache: Cache) -> None:
    assert cache.folder is not None
    (cache.folder / FOLDER).write_text("in the way")
    with serving({"/pack.tar.gz": file(CONTENT)}) as server:
        source = source_of(server, CONTENT)
        assert codes(lambda: pulled(source, cache)) == ["PG322"]


def found(source: PolicySource, cache: Cache, expected: Bundle) -> str:
    try:
        bundle = pulled_bundle(source, cache)
    except InvalidInput as error:
        return error.diagnostics[0].message
    return "the whole" if bundle == expected else "something else"


ENDLESSLY = """
import sys
from pathlib import Path
from procureguard.guard.cache import Cache
from procureguard.guard.pulled import pull
from procureguard.stack.policy_source import PolicySource
source, cache = PolicySource(*sys.argv[1:3]), Cache(Path(sys.argv[3]))
print("ready", flush=True)
while True:
    pull(source, cache, allow_private=True)
    (cache.folder / "packs" / f"{source.digest}.tar.gz").unlink()
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="nothing is killed like this there")
def test_a_pull_that_is_killed_at_any_moment_leaves_the_whole_or_nothing(cache: Cache, good: PolicySource) -> None:
    large = Bundle({f"{number}.yaml": b"kind: policy\n" * 5_000 for number in range(20)})
    content, chance, seen = written_bundle(large), random.Random(20261122), set[str]()  # noqa: S311 - not secret
    with serving({"/pack.tar.gz": file(content)}) as server:
        source = source_of(server, content)
        for _ in range(8):
            command = [sys.executable, "-c", ENDLESSLY, source.address, source.digest, str(cache.folder)]
            with subprocess.Popen(command, stdout=subprocess.PIPE) as child:  # noqa: S603 - our own program
                assert child.stdout is not None
                child.stdout.readline()
                time.sleep(0.25 + chance.random() / 4)
                child.kill()
            seen.add(found(source, cache, large))
        assert len(server.asked) > 8
        assert pull(source, cache, allow_private=True).bundle == large
    assert seen <= {"the whole", "the policies have not been fetched yet"}
    assert pulled_bundle(good, cache) == GOOD


PACKED_POLICIES = Bundle(
    {
        path.removeprefix("policies/"): kind_or_policy.encode()
        for path, kind_or_policy in (
            ("policies/definitions.yaml", kind("definitions", OF_THEIR_OWN["policies/definitions.yaml"]).source.text),
            ("policies/house/tested.yaml", kind("policy", policy()).source.text),
        )
    }
)


@pytest.fixture(name="organisation")
def _organisation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An organisation whose policies were fetched into the cache of the user."""
    monkeypatch.setenv(LOCATION, str(tmp_path / "cache"))
    (tmp_path / "cache").mkdir(mode=0o700, exist_ok=True)
    content = written_bundle(PACKED_POLICIES)
    with serving({"/house.tar.gz": file(content)}) as server:
        source = source_of(server, content, "/house.tar.gz")
        pulled(source, Cache(tmp_path / "cache"))
    text = {"from": source.text, "tested": {"effect": "review"}}
    folder(tmp_path, {"organisation.yaml": {"kind": "organisation", "version": 1, "policies": text}})
    return tmp_path / "organisation.yaml"


def test_a_guard_uses_the_policies_that_its_organisation_names(
    organisation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulling, "pull", pytest.fail)
    digest = hashlib.sha256(written_bundle(PACKED_POLICIES)).hexdigest()[:8]
    for cache in (None, Cache(organisation.parent / "cache")):
        guard = Guard.load(organisation=organisation, cache=cache)
        (found,) = guard.policies.policies
        assert found.file == f"house.tar.gz@{digest}/house/tested.yaml"
        assert checked(guard, {"product": {"scim": False}}).verdict == "needs_review"
    assert len(Guard.load("shipped").policies.policies) > 80
    assert len(Guard.load().policies.policies) > 80


def test_reports_are_the_same_wherever_the_cache_lies(
    organisation: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Guard.load(organisation=organisation)
    (tmp_path / "cache").rename(tmp_path / "elsewhere")
    monkeypatch.setenv(LOCATION, str(tmp_path / "elsewhere"))
    second = Guard.load(organisation=organisation)
    assert checked(first, {}) == checked(second, {})
    unpacked = folder(tmp_path / "unpacked", {path: held.decode() for path, held in PACKED_POLICIES.files.items()})
    from_folder = Guard.load(policies=unpacked, organisation=organisation)
    assert checked(from_folder, {}) == checked(first, {})


def test_policies_of_ones_own_stand_beside_those_that_were_fetched(organisation: Path, tmp_path: Path) -> None:
    examples = [
        {"name": "without AI", "given": {"ai": {"used": False}}, "expect": "pass"},
        {"name": "with AI", "given": {"ai": {"used": True}}, "expect": "fail"},
        {"name": "nobody knows", "given": {}, "expect": "unknown", "asks": ["ai.used"]},
    ]
    own = policy("of-our-own", require="!uses_ai", examples=examples)
    form = kind("form", {"quick": 1, "questions": [{"ask": "How many?", "facts": ["request.users"]}]}).source.text
    folder(tmp_path, {"policies/of-our-own.yaml": own, "policies/form.yaml": form})
    source = shared_by(organisation)
    guard = Guard.load([source, tmp_path / "policies"], organisation=organisation)
    assert [found.identity for found in guard.policies.policies] == ["of-our-own", "tested"]
    written = guard.library().written.form
    assert written is not None
    assert [question.ask for question in written.questions] == ["How many?"]
    assert len(policy_files([source])) == 2


def test_a_guard_whose_policies_were_not_fetched_says_so(organisation: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LOCATION, str(organisation.parent / "empty"))
    assert codes(lambda: Guard.load(organisation=organisation)) == ["PG321"]
    monkeypatch.setenv(LOCATION, "")
    assert codes(lambda: Guard.load(organisation=organisation)) == ["PG321"]
