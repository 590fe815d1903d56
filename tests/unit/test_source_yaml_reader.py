import pytest

from procureguard.source import yaml_reader
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Data
from procureguard.source.excerpt import excerpt
from procureguard.source.read import read_document
from procureguard.source.yaml_python import PythonParser


@pytest.fixture(autouse=True, params=["c", "python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Every test here holds with libyaml and without."""
    if request.param == "python":
        monkeypatch.setattr(yaml_reader, "EventParser", PythonParser)
    return str(request.param)


def read(text: str) -> Data:
    problems: list[Diagnostic] = []
    document = read_document("a.yaml", text.encode(), problems)
    assert document is not None, [problem.headline for problem in problems]
    return document.data


def refusals(text: str) -> list[Diagnostic]:
    problems: list[Diagnostic] = []
    assert read_document("a.yaml", text.encode(), problems) is None
    return problems


def places(text: str) -> list[tuple[str, int, int]]:
    found = [(problem.code, problem.position) for problem in refusals(text)]
    return [(code, position.line, position.column) for code, position in found if position is not None]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("NO", "NO"), ("yes", "yes"), ("on", "on"), ("2026-11-01", "2026-11-01"), ("22:30", "22:30"),
        ("1_000", "1_000"), ("1.2.3", "1.2.3"), ("=", "="), ("tRUE", "tRUE"), ("0b1", "0b1"), ("1e", "1e"),
        ("true", True), ("False", False), ("null", None), ("~", None), ("", None), ("NULL", None),
        ("010", 10), ("-0", 0), ("+7", 7), ("0x1f", 31), ("0o17", 15), ("0x0000000000000000000000001", 1),
        ("9223372036854775807", 2**63 - 1), ("-9223372036854775808", -(2**63)), ("0" * 5000 + "7", 7),
        ("1.", 1.0), (".5", 0.5), ("1e3", 1000.0), ("-1.5E-2", -0.015), ("1e-400", 0.0),
        ("'12'", "12"), ('"true"', "true"), ("|-\n  12", "12"), ("'<<'", "<<"), ('"\\u2028"', "\u2028"),
    ],
)  # fmt: skip
def test_scalars_mean_what_yaml_1_2_says(written: str, meant: Data) -> None:
    data = read(f"a: {written}")
    assert data == {"a": meant}
    assert isinstance(data, dict)
    assert type(data["a"]) is type(meant)


def test_a_document_may_be_a_list_or_stand_between_markers() -> None:
    assert read("---\n- a\n- {b: c}\n...\n") == ["a", {"b": "c"}]
    assert read("{}") == {}
    assert read("[]") == []


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a: 1\nb: 2\na: 3\n", "PG106", 3, 1),
        ("{a: 1, 'a': 2}", "PG106", 1, 8),
        ("1: x", "PG107", 1, 1),
        ("true: x", "PG107", 1, 1),
        ("null: x", "PG107", 1, 1),
        ("[?x]", "PG104", 1, 3),
        ("{?x: y}", "PG104", 1, 3),
        ("? [a]\n: x", "PG107", 1, 3),
        ("? {a: b}\n: x", "PG107", 1, 3),
        ("a: !foo b", "PG108", 1, 4),
        ("a: !!str b", "PG108", 1, 4),
        ("a: !!binary [b]", "PG108", 1, 4),
        ("a: ! b", "PG108", 1, 4),
        ("a: !vendor.x", "PG108", 1, 4),
        ("a: &x b", "PG109", 1, 4),
        ("a: &x [b]", "PG109", 1, 4),
        ("&x a: b", "PG109", 1, 1),
        ("a: *x", "PG109", 1, 4),
        ("<<: {a: b}", "PG110", 1, 1),
        ("a: 1\n---\nb: 2\n", "PG111", 2, 1),
        ("a: .nan", "PG113", 1, 4),
        ("a: -.INF", "PG113", 1, 4),
        ("a: 1e999", "PG113", 1, 4),
        ("a: 9223372036854775808", "PG113", 1, 4),
        ("a: 0xFFFFFFFFFFFFFFFFF", "PG113", 1, 4),
        ("a: b\x07", "PG114", 1, 5),
        ("a: \x00", "PG114", 1, 4),
        ("a: b\u2028c", "PG114", 1, 5),
        ("a: b\x85c", "PG114", 1, 5),
        ('a: "\\0"', "PG114", 1, 4),
        ('a: "\\e[31m"', "PG114", 1, 4),
        ("a:\n\tb: 1", "PG115", 2, 1),
        ("# nothing but a comment", "PG103", 1, 1),
        ("---", "PG103", 1, 1),
    ],
)
def test_what_could_surprise_is_refused_where_it_stands(text: str, code: str, line: int, column: int) -> None:
    assert places(text) == [(code, line, column)]
    assert refusals(text)[0].hint


def test_a_second_key_names_the_line_of_the_first() -> None:
    (problem,) = refusals("x: 1\na: 1\nb: 2\na: 3\n")
    assert problem.message == "the key `a` is given twice"
    assert problem.hint == "keep one: the first is in line 2"


def test_everything_wrong_is_reported_at_once_in_the_order_of_the_file() -> None:
    found = places("a: 1\na: !x &y 2\n1: .nan\n? [&z b]\n: *z\n<<: x\n---\n")
    assert [code for code, _, _ in found] == [
        "PG106", "PG109", "PG108", "PG107", "PG113", "PG107", "PG109", "PG109", "PG110", "PG111",
    ]  # fmt: skip
    assert [line for _, line, _ in found] == sorted(line for _, line, _ in found)


def test_a_hundred_errors_are_listed_and_the_rest_is_announced() -> None:
    found = refusals("a: 1\n" * 500)
    assert len(found) == 101
    assert found[-1].code == "PG119"


@pytest.mark.parametrize(
    ("text", "line", "column", "message", "hint"),
    [
        ("a: b: c", 1, 5, "`: ` cannot stand inside an unquoted text", "in quotes"),
        ("a: x ? b : c", 1, 10, "`: ` cannot stand inside an unquoted text", "in quotes"),
        ("a\nb: 1", 2, 2, "a key cannot stand here", "end it with `:`"),
        ("a: 1\n b: 2", 2, 3, "a key cannot stand here", "indent this line"),
        ('b: 1\na: "x\nb: 2', 2, 4, "the quote opened here is never closed", 'close the text with `"`'),
        ("a: 'x", 1, 4, "the quote opened here is never closed", "close the text with `'`"),
        ('a: "x\nb: "y"', 2, 5, "the text goes on after its closing quote", "left open above"),
        ("a: 'crm' in x", 1, 10, "the text goes on after its closing quote", "quote the whole text"),
        ("a: [1].exists(x)", 1, 7, "the text goes on after its closing bracket", "quotes"),
        ("a: [1, 2", 1, 4, "the `[` opened here is never closed", "`]`"),
        ("a: {b: 2", 1, 4, "the `{` opened here is never closed", "`}`"),
        ("a: [1, 2\nb: 3", 2, 2, "a `,` or `]` is missing before this", "the `[` of line 1"),
        ("a: @x", 1, 4, "an unquoted text cannot begin with `@`", "in quotes"),
        ("a: `x", 1, 4, "an unquoted text cannot begin with a backtick", "in quotes"),
        ("a: %x", 1, 4, "an unquoted text cannot begin with `%`", "in quotes"),
        ("a: *.example", 1, 4, "an unquoted text cannot begin with `*`", "in quotes"),
        ("a: - x", 1, 4, "a list cannot begin here", "on its own line"),
        ("{: x}", 1, 2, "a key is missing before this `:`", "write the key"),
        ("a: ]", 1, 4, "`]` closes nothing", "remove it"),
        ("- a\nb: 1", 2, 1, "a `-` is missing: the list began in line 1", "column 1"),
        ("a: 1\n- b", 2, 1, "a list entry cannot stand among keys", "indent the list"),
        ("a:\n  b: 1\n c: 2", 3, 2, "this line does not fit the lines above it", "line 1, column 1"),
        ("a: 1\nthe text\nb: 2", 2, 1, "this line has no `:` after its key", "`key: value`"),
        ('a: "\\q"', 1, 5, "this escape is not known", "backslash"),
        ("a: |x\n b", 1, 5, "nothing but a comment can follow `|` or `>` in its line", "next line"),
        ("%YAML 3.1\n---\na: 1", 1, 1, "lines that begin with `%` are not supported", "remove"),
        ('"a"\n"b"', 2, 1, "the document ended before this", "remove it"),
    ],
)
def test_syntax_errors_name_the_likely_cause(
    parser: str, text: str, line: int, column: int, message: str, hint: str
) -> None:
    (problem,) = refusals(text)
    assert problem.code == "PG104"
    assert problem.message == message
    assert hint in (problem.hint or "")
    assert problem.position is not None
    assert problem.position.line == line
    if parser == "c":  # without libyaml a few of these are noticed a character earlier or later
        assert problem.position.column == column


def test_an_excerpt_of_a_refusal_shows_the_line() -> None:
    (problem,) = refusals("kind: purchase\nmessage: Note: read this\n")
    assert excerpt(problem).splitlines()[-2:] == ["  2 | message: Note: read this", "    |              ^"]
