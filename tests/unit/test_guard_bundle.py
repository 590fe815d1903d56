import gzip
import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from procureguard.guard.bundle import MANIFEST, MOST_BYTES, MOST_FILES, Bundle, read_bundle, written_bundle
from procureguard.guard.make_bundle import make_bundle
from procureguard.guard.policy_files import SHIPPED, policy_files
from procureguard.source.diagnostic import InvalidInput
from procureguard.source.read import MAXIMUM_BYTES
from written import OF_THEIR_OWN, folder, kind, policy

SET = {**OF_THEIR_OWN, "policies/house/tested.yaml": policy()}
BUNDLE = Bundle({"definitions.yaml": b"kind: definitions\n", "house/tested.yaml": b"id: tested\n"})
PACKED = written_bundle(BUNDLE)

names = st.from_regex(r"[a-zA-Z0-9_ \u00e9\u4e2d-][a-zA-Z0-9_. \u00e9\u4e2d-]{0,60}", fullmatch=True)
paths = st.lists(names, min_size=1, max_size=4).map(lambda parts: "/".join(parts) + ".yaml")
bundles = st.dictionaries(paths, st.binary(max_size=300), max_size=6).map(Bundle)


def refusal(content: bytes) -> str:
    with pytest.raises(InvalidInput) as raised:
        read_bundle("house.tar.gz", content)
    (diagnostic,) = raised.value.diagnostics
    assert (diagnostic.code, diagnostic.name) == ("PG323", "house.tar.gz")
    assert diagnostic.hint
    return diagnostic.message


@given(bundles, st.randoms())
def test_the_same_files_make_the_same_bytes_in_whatever_order_and_read_back_the_same(
    bundle: Bundle, random: object
) -> None:
    shuffled = list(bundle.files.items())
    getattr(random, "shuffle")(shuffled)  # noqa: B009 - hypothesis does not type it
    content = written_bundle(bundle)
    assert content == written_bundle(Bundle(dict(shuffled)))
    assert read_bundle("house.tar.gz", content) == bundle
    assert read_bundle("house.tar.gz", content).revision == bundle.revision


@given(bundles, bundles)
def test_other_files_are_another_revision(one: Bundle, other: Bundle) -> None:
    assert (one.revision == other.revision) == (one.files == other.files)
    assert (written_bundle(one) == written_bundle(other)) == (one.files == other.files)


def test_a_pack_is_these_bytes_on_every_machine() -> None:
    """Written down once, so that another version of Python or of its libraries cannot move the digests of packs."""
    assert BUNDLE.revision == "2f36fa4ecced5fb78e01bdeea3ffb3eaff2b1560a3bcbe869dfdc3ce4a778b72"
    assert hashlib.sha256(PACKED).hexdigest() == "310779bb7b4aedcf2e5d4cdb9365f2c2de11b87091be58f46e331073e08bb224"


def test_any_other_program_can_open_a_pack() -> None:
    with tarfile.open(fileobj=io.BytesIO(PACKED), mode="r:gz") as tar:
        entries = tar.getmembers()
    assert [entry.name for entry in entries] == [MANIFEST, "definitions.yaml", "house/tested.yaml"]
    assert {(entry.mtime, entry.uid, entry.gid, entry.uname, entry.mode) for entry in entries} == {(0, 0, 0, "", 0o644)}
    assert json.loads(BUNDLE.manifest)["revision"] == BUNDLE.revision
    assert gzip.decompress(written_bundle(Bundle({"a.yaml": bytes(200_000)})))[512:][:1] == b"{"


def archive(*entries: tuple[tarfile.TarInfo, bytes]) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as tar:
        for entry, content in entries:
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return held.getvalue()


def entry(name: str, content: bytes = b"", **about: object) -> tuple[tarfile.TarInfo, bytes]:
    found = tarfile.TarInfo(name)
    for key, value in about.items():
        setattr(found, key, value)
    return found, content


def beside(*entries: tuple[tarfile.TarInfo, bytes]) -> bytes:
    """Entries after those of a sound archive, whose manifest is right."""
    return archive(
        entry(MANIFEST, BUNDLE.manifest), *(entry(path, held) for path, held in BUNDLE.files.items()), *entries
    )


def test_an_archive_that_another_program_has_packed_is_read_too() -> None:
    assert read_bundle("house.tar.gz", beside()) == BUNDLE


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the archive does not end where it should"),
        (b"<html>not here</html>", "this is no archive of the kind `.tar.gz`"),
        (PACKED[:-1], "the archive does not end where it should"),
        (PACKED[: len(PACKED) // 2], "the archive does not end where it should"),
        (PACKED + b"x", "the archive does not end where it should"),
        (PACKED + PACKED, "the archive does not end where it should"),
        (PACKED[:600] + b"x" + PACKED[601:], "this is no archive of the kind `.tar.gz`"),
        (gzip.compress(b"kind: policy\n" * 100, mtime=0), "this is no sound archive: ReadError"),
        (gzip.compress(b"", mtime=0), "this is no sound archive: ReadError"),
        (gzip.compress(bytes(MOST_BYTES + 1), mtime=0), f"the archive holds more than {MOST_BYTES:,} bytes"),
        (archive(), "the archive has no manifest"),
        (archive(entry("a.yaml", b"kind: policy")), "the archive has no manifest"),
        (archive(entry(MANIFEST, b"{}"), entry("a.yaml")), "the manifest does not fit the files"),
        (beside(entry("b.yaml", b"one more")), "the manifest does not fit the files"),
        (beside(entry("house/tested.yaml", b"id: another\n")), "the archive holds `house/tested.yaml` twice"),
        (beside(entry("a.yaml", bytes(MAXIMUM_BYTES + 1))), "`a.yaml` has 1,048,577 bytes; at most 1,048,576 are read"),
        (
            archive(*(entry(f"{number}.yaml") for number in range(MOST_FILES + 2))),
            f"the archive holds more than {MOST_FILES:,} files",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "archive",  # bytes hold the second they were made in
)
def test_an_archive_that_is_not_sound_is_refused(content: bytes, message: str) -> None:
    assert refusal(content) == message


@pytest.mark.parametrize(
    "kind_of_entry",
    [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.CONTTYPE],
)
def test_a_link_and_whatever_else_is_no_file_is_refused(kind_of_entry: bytes) -> None:
    content = beside(entry("a.yaml", type=kind_of_entry, linkname="/etc/passwd"))
    assert refusal(content) == "`a.yaml` is a link, a folder or something else that is no file"


@pytest.mark.parametrize(
    "path",
    [
        "/etc/a.yaml",
        "../a.yaml",
        "a/../../b.yaml",
        "./a.yaml",
        "a//b.yaml",
        "..\\a.yaml",
        "a/.hidden.yaml",
        ".git/a.yaml",
        "a.py",
        "a",
        "a.yaml.sh",
        "a\nb.yaml",
        "house/.manifest",
    ],
)
def test_a_path_that_leads_elsewhere_or_to_another_kind_of_file_is_refused(path: str) -> None:
    message = refusal(beside(entry(path)))
    assert message.endswith("is no name that a policy file can have")
    assert message.isprintable()


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_whatever_is_changed_of_a_pack_it_is_refused_or_the_same(data: st.DataObject) -> None:
    """Changed before it is compressed too, so that the checksum of gzip does not hide what reads the archive."""
    unpacked = bytearray(gzip.decompress(PACKED))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(unpacked) - 1) | st.integers(0, 2048))
        unpacked[place] = data.draw(st.integers(0, 255))
    content = gzip.compress(bytes(unpacked[: data.draw(st.just(len(unpacked)) | st.integers(0, len(unpacked)))]))
    try:
        assert read_bundle("house.tar.gz", content) == BUNDLE
    except InvalidInput as error:
        assert [found.code for found in error.diagnostics] == ["PG323"]  # noqa: PT017 - either is right


def headers(field: bytes, value: bytes) -> Iterator[bytes]:
    """Headers of one entry with a field of any content, with the checksum right."""
    head = bytearray(tarfile.TarInfo("a.yaml").tobuf())
    start = {b"size": 124, b"mtime": 136, b"type": 156}[field]
    head[start : start + len(value)] = value
    head[148:156] = b" " * 8
    head[148:156] = b"%06o\0 " % sum(head)
    yield bytes(head)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (b"size", b"77777777777\0"),
        (b"size", b"\x80" + bytes(3) + b"\xff" * 8),
        (b"size", b"\xff" * 12),
        (b"size", b"x" * 12),
    ]
    + [(b"type", letter) for letter in (b"x", b"g", b"L", b"K", b"S", b"X", b"\xff")],
)
def test_a_header_that_lies_is_refused(field: bytes, value: bytes) -> None:
    for count in (1, 5_000):
        assert refusal(gzip.compress(b"".join(headers(field, value)) * count + bytes(1024)))


def test_a_folder_makes_the_same_pack_whoever_packs_it_and_when(tmp_path: Path) -> None:
    made = []
    for number, order in enumerate((list(SET), list(reversed(SET)))):
        place = folder(tmp_path / str(number), {path: SET[path] for path in order})
        for file in place.rglob("*.yaml"):
            os.utime(file, (number * 1_000_000, number * 1_000_000))
            file.chmod(0o600 if number else 0o644)
        folder(place, {"policies/.git/a.yaml": "hidden", "policies/README.md": "beside", "policies/a.yaml~": "backup"})
        made.append(make_bundle(str(place / "policies"), None))
    assert made[0] == made[1]
    assert list(made[0].bundle.files) == ["definitions.yaml", "house/tested.yaml"]
    assert made[0].policies == 1


def test_policies_that_stand_beside_the_shipped_ones_bring_them_along(tmp_path: Path) -> None:
    form = kind("form", {"quick": 1, "questions": [{"ask": "How many?", "facts": ["request.users"]}]}).source.text
    place = folder(tmp_path, {"policies/house/tested.yaml": policy(), "policies/form.yaml": form})
    made = make_bundle(str(place / "policies"), None)
    assert {path.partition("/")[0] for path in made.bundle.files} == {"form.yaml", "house", SHIPPED}
    assert "shipped/form.yaml" not in made.bundle.files
    assert len(made.bundle.files) == len(policy_files([SHIPPED])) + 1
    assert make_bundle(SHIPPED, None).bundle.files.keys() == {
        *(path.removeprefix("shipped/") for path in made.bundle.files if path.startswith("shipped/")),
        "form.yaml",
    }


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.from_regex(r"[a-z]{1,5}(-[a-z]{1,5})?", fullmatch=True), min_size=1, max_size=4))
def test_what_is_bundled_and_read_again_is_what_the_folder_holds(tmp_path: Path, ids: set[str]) -> None:
    place = tmp_path / "-".join(sorted(ids))
    folder(place, {**OF_THEIR_OWN, **{f"policies/{name}.yaml": policy(name, title=f"Title of {name}") for name in ids}})
    read = read_bundle("house.tar.gz", make_bundle(str(place / "policies"), None).content)
    assert read.files == {
        file.name.removeprefix(f"{place / 'policies'}/"): file.content for file in policy_files([place / "policies"])
    }


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({"policies/house/tested.yaml": policy(require="product.scmi")}, {"PG302"}),
        ({"policies/house/tested.yaml": "id: ["}, {"PG104"}),
        ({"policies/house/tested.yaml": policy(examples=[{"name": "x", "given": {}, "expect": "pass"}])}, {"PG305"}),
        ({"policies/house/tested.yaml": policy(require="!product.scim")}, {"PG306"}),
    ],
)
def test_policies_that_are_not_right_are_not_bundled(
    tmp_path: Path, changed: dict[str, object], codes: set[str]
) -> None:
    place = folder(tmp_path, {**SET, **changed})
    with pytest.raises(InvalidInput) as raised:
        make_bundle(str(place / "policies"), None)
    assert {found.code for found in raised.value.diagnostics} == codes


def test_only_a_folder_is_bundled(tmp_path: Path) -> None:
    file = folder(tmp_path, SET) / "policies" / "definitions.yaml"
    for name in (
        str(file),
        str(tmp_path / "nowhere"),
        "https://policies.example/a",
        str(tmp_path / "policies" / "empty"),
    ):
        (tmp_path / "policies" / "empty").mkdir(exist_ok=True)
        with pytest.raises(InvalidInput) as raised:
            make_bundle(name, None)
        assert {found.code for found in raised.value.diagnostics} == {"PG100"}


def test_too_many_files_for_one_pack_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = folder(tmp_path, SET)
    monkeypatch.setattr("procureguard.guard.make_bundle.MOST_FILES", 1)
    with pytest.raises(InvalidInput, match="PG102"):
        make_bundle(str(place / "policies"), None)
