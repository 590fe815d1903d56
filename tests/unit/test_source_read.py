import json
import os
import subprocess
import sys
import time

import pytest

from procureguard.source.diagnostic import Diagnostic
from procureguard.source.gathering import MAXIMUM_DEPTH
from procureguard.source.read import MAXIMUM_BYTES, read_document

CRASHERS = {
    "brackets": "'a: ' + '[' * 60_000",
    "closed brackets": "'[' * 60_000 + ']' * 60_000",
    "braces": "'{a: ' * 60_000",
    "json braces": "'{\"a\": ' * 60_000",
    "dashes": "'- ' * 60_000",
    "question marks": "'? ' * 60_000",
    "bracket lines": "'[\\n' * 60_000",
    "staircase": "'\\n'.join(' ' * level + 'a:' for level in range(1_400))",
    "alias bomb": "'a0: &a0 [x, x]\\n' + ''.join(f'a{n}: &a{n} [*a{n-1}, *a{n-1}]\\n' for n in range(1, 60))",
    "cycle": "'a: &a [*a]'",
    "ten megabytes": "'a: ' + 'x' * 10_000_000",
    "many entries": "'-\\n' * 500_000",
    "many keys": "''.join(f'k{n}: {n}\\n' for n in range(70_000))",
    "one key often": "'k: 1\\n' * 170_000",
    "long number": "'a: ' + '9' * 1_000_000",
    "empty": "''",
    "nothing but a mark": "'\\ufeff'",
    "missing quote": "'a: \"x'",
    "unclosed quotes": "'\"' * 999_999",
}
CHILD = """
import sys, json, time
from procureguard.source.read import read_document
content = ({expression}).encode()
for name in ("a.yaml", "a.json", "-"):
    problems = []
    started = time.perf_counter()
    document = read_document(name, content, problems)
    print(json.dumps([document is None, [p.code for p in problems], time.perf_counter() - started]))
"""


@pytest.mark.parametrize("name", CRASHERS)
def test_hostile_files_end_neither_the_interpreter_nor_its_patience(name: str) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    child = CHILD.format(expression=CRASHERS[name])
    ended = subprocess.run(  # noqa: S603 -- our own interpreter, our own text
        [sys.executable, "-c", child], capture_output=True, check=False, env=environment, timeout=60
    )
    assert ended.returncode == 0, ended.stderr.decode()[-500:]
    for refused, codes, seconds in map(json.loads, ended.stdout.splitlines()):
        assert refused == bool(codes)
        assert seconds < 30  # generous: the machine may be busy


def test_importing_the_package_loads_nothing_heavy() -> None:
    child = "import sys, procureguard.source; print(*sys.modules)"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    ended = subprocess.run(  # noqa: S603 -- our own interpreter, our own text
        [sys.executable, "-c", child], capture_output=True, check=True, env=environment, timeout=60
    )
    loaded = set(ended.stdout.decode().split())
    refused = {"jsonschema", "pydantic", "requests", "asyncio", "importlib.metadata", "difflib", "unicodedata", "click"}
    assert not loaded & refused


def codes(name: str, content: bytes) -> list[str]:
    problems: list[Diagnostic] = []
    document = read_document(name, content, problems)
    assert (document is None) == bool(problems)
    return [problem.code for problem in problems]


def test_a_file_of_the_largest_size_is_read_and_one_byte_more_is_not() -> None:
    content = b"a: " + b"x" * (MAXIMUM_BYTES - 3)
    assert codes("a.yaml", content) == []
    assert codes("a.yaml", content + b"x") == ["PG102"]


@pytest.mark.parametrize("name", ["a.yaml", "a.json"])
def test_values_may_nest_to_the_limit_and_no_deeper(name: str) -> None:
    assert codes(name, b"[" * MAXIMUM_DEPTH + b"]" * MAXIMUM_DEPTH) == []
    assert codes(name, b"[" * (MAXIMUM_DEPTH + 1) + b"]" * (MAXIMUM_DEPTH + 1)) == ["PG112"]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.yaml", b"{a: 1}", []),
        ("a.json", b"{a: 1}", ["PG105"]),
        ("A.JSON", b"a: 1", ["PG105"]),
        ("-", b"a: 1", []),
        ("-", b'  {"a": 1}', []),
        ("-", b"\n[a]", ["PG105"]),
    ],
)
def test_the_name_decides_the_reader_and_standard_input_its_first_character(
    name: str, content: bytes, expected: list[str]
) -> None:
    assert codes(name, content) == expected


@pytest.mark.parametrize("name", ["a.yaml", "a.json"])
def test_a_byte_order_mark_of_utf8_is_left_out(name: str) -> None:
    problems: list[Diagnostic] = []
    document = read_document(name, b'\xef\xbb\xbf{"a": 1}', problems)
    assert document is not None
    assert document.data == {"a": 1}
    assert document.source.text[0] == "{"


@pytest.mark.parametrize(
    ("content", "line", "column", "hint"),
    [
        (b"a: 1\nb: caf\xe9\n", 2, 7, "Windows-1252"),
        ("é: ".encode() + b"\xc3", 1, 4, "Windows-1252"),
        ("a: 1".encode("utf-16"), 1, 1, "UTF-16"),
        ("a: 1".encode("utf-16-le"), 1, 1, "UTF-16"),
        (b"a: \xed\xa0\x80", 1, 4, "UTF-8"),
    ],
)
def test_text_that_is_not_utf8_is_refused_at_its_first_byte(content: bytes, line: int, column: int, hint: str) -> None:
    problems: list[Diagnostic] = []
    assert read_document("a.yaml", content, problems) is None
    (problem,) = problems
    assert problem.code == "PG101"
    assert problem.position is not None
    assert (problem.position.line, problem.position.column) == (line, column)
    assert hint in (problem.hint or "")


@pytest.mark.parametrize("name", ["a.yaml", "a.json"])
@pytest.mark.parametrize("content", [b"", b" \n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_told_what_to_begin_with(name: str, content: bytes) -> None:
    problems: list[Diagnostic] = []
    assert read_document(name, content, problems) is None
    assert [problem.code for problem in problems] == ["PG103"]
    assert "kind:" in (problems[0].hint or "")


def test_an_ordinary_file_is_read_quickly() -> None:
    content = "".join(f"- {{id: tool-{n}, seats: {n}, owner: ana@example.com}}\n" for n in range(200)).encode()
    started = time.perf_counter()
    assert codes("a.yaml", content) == []
    assert time.perf_counter() - started < 2  # measured at 8 ms: this catches only a change of kind
