"""What people get wrong, and what they are told."""

import pytest

from procureguard.cel.checker import check
from procureguard.cel.parser import parse
from procureguard.cel.problem import Problem
from procureguard.cel.types import BOOL, DATE, DECIMAL, DOUBLE, INT, STRING, Declaration, list_of, record_of

ATTESTATION = record_of({"kind": STRING, "issued_on": DATE})
ENVIRONMENT = {
    "product.sso_on_plan": Declaration(BOOL, "Single sign-on"),
    "product.mfa": Declaration(STRING, "Second factor", values=("enforced", "available", "none")),
    "product.region": Declaration(STRING, "Region"),
    "request.users": Declaration(INT, "People", minimum=0, maximum=1_000_000),
    "request.count": Declaration(INT, "Count"),
    "today": Declaration(DATE, "today"),
    "cost.annual": Declaration(DECIMAL, "Annual cost"),
    "usage.ratio": Declaration(DOUBLE, "Ratio"),
    "data.categories": Declaration(list_of(STRING), "Categories", values=("health", "employee")),
    "vendor.attestations": Declaration(list_of(ATTESTATION), "Attestations"),
    "risk.high": Declaration(BOOL, "the risk is high"),
    "params.days": Declaration(INT, "days", constant=90),
    "params.none": Declaration(INT, "none", constant=0),
    "params.fine": Declaration(DOUBLE, "fine", constant=0.12345),
}

MISTAKES = [
    # spelling of operators
    ("risk.high and risk.high", 10, 13, "unexpected `and`", "write `&&` instead of `and`"),
    ("risk.high or risk.high", 10, 12, "unexpected `or`", "write `||` instead of `or`"),
    ("not risk.high", 0, 3, "unexpected `not`", "write `!` instead of `not`"),
    ("request.users = 5", 14, 15, "unexpected `=`", "write `==` to compare"),
    ("request.users <> 5", 14, 16, "unexpected `<>`", "write `!=` instead of `<>`"),
    ("risk.high is true", 10, 12, "unexpected `is`", "write `==` instead of `is`"),
    ("risk.high is not true", 10, 16, "unexpected `is`", "write `!=` instead of `is not`"),
    ("risk.high == True", 13, 17, "unexpected `True`", "write `true`"),
    ("product.mfa not in ['none']", 12, 15, "unexpected `not in`", "write `!(x in list)`"),
    ("product.region ?: 'EU'", 15, 17, "`?:` needs a value between `?` and `:`", "write `condition ? value : other`"),
    ("1 < request.users < 5", 18, 19, "comparisons cannot be chained", "write both comparisons: `a < b && b < c`"),
    ("product?.region == 'EU'", 7, 9, "`?.` is not part of this language", "write `.`"),
    # what a text or a number looks like
    ('product.region == "EU', 18, 21, "the string is not closed", "literal block (`|`)"),
    ("product.region == \u201cEU\u201d", 18, 19, "unexpected character `\u201c`", "straight quotes"),
    (r'product.region == "\q"', 19, 21, r"`\q` is no escape sequence", r"write `\\` for a backslash"),
    ("request.users > 5u", 16, 18, "there are no unsigned numbers here", "write `5`"),
    ("product.region == b'EU'", 18, 23, "bytes are not part of this language", "write a string"),
    ("request.users > 9223372036854775808", 16, 35, "does not fit into 64 bits", None),
    # structure
    ("", 0, 0, "the expression is empty", "write `true` for what always holds"),
    ("request.users >", 15, 15, "the expression ends too early", None),
    ("(risk.high", 10, 10, "the expression ends too early", "expected `)` here"),
    ("risk.high risk.high", 10, 14, "unexpected `risk`", "an operator such as `&&`"),
    ("{'a': 1}", 0, 1, "maps are not part of this language", "name the facts one by one"),
    ("product.region == null", 18, 22, "`null` is not part of this language", "a missing fact is unknown by itself"),
    ("product.`region` == 'EU'", 8, 16, "names in backticks are not part of this language", None),
    ("data.categories.map(c, c)", 16, 19, "`map` is not part of this language", "`all` or `exists`"),
    ("data.categories.all(i, c, true)", 24, 25, "`all` takes one variable and one condition", "two-variable macros"),
    ("data.categories.exists('x', true)", 23, 26, "`exists` needs a variable and a condition", "list.exists(x"),
    # names
    ("product.sso_on_plann", 0, 20, "unknown fact `product.sso_on_plann`", "did you mean `product.sso_on_plan`?"),
    ("prodct.mfa == 'none'", 0, 10, "unknown section `prodct`", "did you mean `product.mfa`?"),
    ("product", 0, 7, "`product` is a section, not a fact", "such as `product.mfa`"),
    ("product.mfa == enforced", 15, 23, "unknown name `enforced`", 'write it in quotes: `"enforced"`'),
    (
        "vendor.attestations.kind == 'x'",
        0,
        24,
        "is a list, so `.kind` does not apply",
        "vendor.attestations.exists(x, x.kind",
    ),
    ("vendor.attestations.exists(a, a.knd == 'x')", 30, 35, "`knd` is no field of record", "did you mean `kind`?"),
    (
        "request.users.total > 1",
        0,
        19,
        "`request.users` is of type int and has no field `total`",
        "write `request.users`",
    ),
    ("data.categories.exists(today, true)", 0, 35, "the variable `today` hides something else", "another name"),
    ("elvis", 0, 5, "unknown name `elvis`", "write `condition ? value : other`"),
    # types
    ("cost.annual > 500", 0, 17, "cannot compare decimal with int", "write `500.0`"),
    ("usage.ratio > 1", 0, 15, "cannot compare double with int", "write `1.0`"),
    ("request.users > 5.0", 0, 19, "cannot compare int with double", "without a decimal point"),
    ("cost.annual > 0.12345", 14, 21, "decimals have at most four places", "round the number"),
    ("cost.annual > params.fine", 14, 25, "decimals have at most four places", "round the number"),
    (
        "cost.annual * 2.0 > 1.0",
        0,
        17,
        "`*` does not apply to decimal and double",
        "arithmetic on money lives in derived facts",
    ),
    (
        "cost.annual > usage.ratio",
        0,
        25,
        "cannot compare decimal with double",
        "written out, a parameter, or another decimal",
    ),
    ("today > '2026-12-02'", 0, 20, "cannot compare date with string", 'write `date("2026-12-02")`'),
    ("today - today > 90", 0, 18, "cannot compare duration with int", "write `days(90)`"),
    ("today + 90 > today", 0, 10, "`+` does not apply to date and int", "write a number of days as `days(90)`"),
    (
        "request.users && risk.high",
        0,
        13,
        "`&&` needs true or false here, this is int",
        "compare it, as in `request.users > 0`",
    ),
    (
        "data.categories",
        0,
        15,
        "the expression is of type list(string), and bool is needed",
        "write `size(data.categories) > 0`",
    ),
    (
        "data.categories == 'health'",
        0,
        27,
        "cannot compare list(string) with string",
        'write `"health" in data.categories`',
    ),
    ("data.categories in ['health']", 0, 29, "`in` does not apply to list(string) and list(string)", "exists(x, x in"),
    (
        "'EU' in product.region",
        0,
        22,
        "`in` does not apply to string and string",
        'write `product.region.contains("EU")`',
    ),
    (
        "[1, 'a'] == [1]",
        4,
        7,
        "this item is of type string, the ones before it of type int",
        "the items of a list have one type",
    ),
    ("(risk.high ? 1 : 2.0) > 1.0", 1, 20, "`?:` gives int or double", "both values must have one type"),
    ("vendor.attestations == vendor.attestations", 0, 42, "`==` does not apply to list(record)", None),
    # division
    (
        "request.users / request.count > 1",
        16,
        29,
        "`/` needs a number written out or a parameter",
        "multiply the other",
    ),
    ("request.users % size(data.categories) == 1", 16, 37, "`%` needs a number written out", "in a derived fact"),
    ("usage.ratio / usage.ratio > 1.0", 14, 25, "`/` needs a number written out", "`a > 2 * b`"),
    ("request.users / (2 - 1) > 1", 17, 22, "`/` needs a number written out or a parameter", None),
    ("request.users / 0 > 1", 16, 17, "nothing can be divided by 0", "divide by another number"),
    ("request.users % 0 > 1", 16, 17, "nothing can be divided by 0", "divide by another number"),
    ("usage.ratio / -0.0 > 1.0", 14, 18, "nothing can be divided by 0", "divide by another number"),
    ("request.users / params.none > 1", 16, 27, "`params.none` is 0, and nothing can be divided by 0", None),
    ("request.users / 2.0 > 1.0", 0, 19, "`/` does not apply to int and double", "with a decimal point"),
    (
        "usage.ratio % 2.0 > 1.0",
        0,
        17,
        "`%` does not apply to double and double",
        "only whole numbers have a remainder",
    ),
    ("cost.annual / 12.0 > 1.0", 0, 18, "`/` does not apply to decimal and double", "arithmetic on money"),
    ("(today - today) / 2 > days(1)", 1, 19, "`/` does not apply to duration and int", "added and subtracted only"),
    ("product.region / 'a' == 'b'", 0, 20, "`/` does not apply to string and string", None),
    ("request.count / -1 > 0", 0, 18, "the result can leave 64 bits", "a smaller range"),
    ("request.count % -1 > 0", 0, 18, "the result can leave 64 bits", "a smaller range"),
    ("usage.ratio / 1e-300 > 0.0", 0, 20, "the result can leave the range of a double", None),
    # values
    ("product.mfa == 'enforcd'", 15, 24, "`enforcd` is no value of `product.mfa`", "did you mean `enforced`?"),
    ("product.mfa in ['none', 'soon']", 24, 30, "`soon` is no value of `product.mfa`", "it is one of"),
    ("'helth' in data.categories", 0, 7, "`helth` is no value of `data.categories`", "did you mean `health`?"),
    ("'helth' in data.categories.filter(c, true)", 0, 7, "`helth` is no value of `data.categories`", "`health`?"),
    ("data.categories.filter(c, true).all(d, d != 'helth')", 44, 51, "`helth` is no value of `d`", "`health`?"),
    ("data.categories.all(c, c != 'helth')", 28, 35, "`helth` is no value of `c`", "did you mean `health`?"),
    ("date('2026-02-30') > today", 5, 17, "`2026-02-30` is no day of the calendar", "year-month-day"),
    ("date('20260228') > today", 5, 15, "`20260228` is no day of the calendar", "year-month-day"),
    ("days(request.users) > days(1)", 0, 19, "`days` needs one whole number, written out or a parameter", "days(90)"),
    # functions
    ("has(product.region)", 0, 19, "`has` is not part of this language", "cannot test for it"),
    ("int('5') > 4", 0, 8, "`int` is not part of this language", "keep the type their fact declares"),
    (
        "timestamp('2026-12-02T00:00:00Z') > today",
        0,
        33,
        "`timestamp` is not part of this language",
        'date("2026-12-02")',
    ),
    ("duration('1h') > days(1)", 0, 14, "`duration` is not part of this language", "days(90)"),
    ("now() > today", 0, 5, "`now` is not part of this language", "`today` is a fact"),
    ("product.region.startWith('E')", 0, 29, "unknown function `startWith`", "did you mean `startsWith`?"),
    ("startsWith(product.region, 'E')", 0, 31, "`startsWith` follows a dot", "write `text.startsWith(...)`"),
    ("data.categories.filter(c, c)", 26, 27, "`filter` needs true or false here, this is string", 'as in `c == "..."`'),
    ("data.categories.filter(c, true)", 0, 31, "of type list(string), and bool is needed", "write `size("),
    ("data.categories.filter('x')", 23, 26, "`filter` needs a variable and a condition", "write `list.filter(x, x"),
    ("filter(data.categories)", 0, 23, "`filter` is not part of this language", "write `list.filter(x, x == ...)`"),
    ("data.categories.filter(c, true).count()", 0, 39, "`count` is not part of", "write `size(list.filter(x"),
    ("data.categories.filter(c, true).size", 32, 36, "`.size` needs a fact or a variable before it", None),
    ("data.categories.filter(c, true)[0] == 'health'", 0, 34, "only be picked from a list written out", "`exists`"),
    ("risk.high.filter(c, true) == []", 0, 9, "`filter` goes through a list, this is bool", None),
    ("vendor.attestations.filter(a, true) == []", 0, 41, "`==` does not apply to list(record)", "write `size(v"),
    ("product.region.matches(product.mfa)", 23, 34, "the pattern of `matches` must be written out", "^[A-Z]{2}$"),
    (r"product.region.matches(r'(a)\1')", 23, 31, "references back to a group are not accepted", None),
    ("product.region.matches('a(?=b)')", 23, 31, "groups that look around, name or set flags", None),
    ("product.region.matches('(a+)+')", 23, 30, "repetitions without bound are nested", "bound one of them"),
    ("data.categories[0] == 'health'", 0, 18, "an item can only be picked from a list written out", "`exists`"),
    # limits
    ("request.count + 1 > 0", 0, 17, "the result can leave 64 bits", "a smaller range"),
    (
        "today" + " + days(100000)" * 29 + " > today",
        0,
        440,
        "the result can leave the years 1 to 9999",
        None,
    ),
    ("days(200000) > days(1)", 0, 12, "a length of time has at most 106751 days", None),
]


def problems_of(text: str) -> tuple[Problem, ...]:
    tree = parse(text)
    if isinstance(tree, tuple):
        return tree
    found = check(tree, ENVIRONMENT, BOOL)
    return found if isinstance(found, tuple) else ()


@pytest.mark.parametrize(
    ("text", "start", "end", "message", "hint"), MISTAKES, ids=[text[:40] for text, *_ in MISTAKES]
)
def test_mistake_is_explained(text: str, start: int, end: int, message: str, hint: str | None) -> None:
    problems = problems_of(text)
    assert problems, "accepted"
    first = problems[0]
    assert message in first.message
    assert (first.start, first.end) == (start, end)
    if hint is not None:
        assert hint in (first.hint or "")


def test_messages_keep_the_house_style() -> None:
    for text, *_ in MISTAKES:
        for problem in problems_of(text):
            assert problem.message[0] in "`'" or problem.message[0].islower(), problem
            assert not problem.message.endswith("."), problem
            assert not (problem.hint or "").endswith("."), problem
            assert 0 <= problem.start <= problem.end <= len(text), problem


def test_several_mistakes_are_reported_at_once() -> None:
    syntax = problems_of("risk.high and not risk.high or risk.high")
    assert [problem.message for problem in syntax] == ["unexpected `and`", "unexpected `not`", "unexpected `or`"]
    meaning = problems_of("product.ssso && cost.annual > 5 && product.mfa == 'x'")
    assert [problem.start for problem in meaning] == [0, 16, 50]


def test_a_suggested_hint_is_accepted() -> None:
    for text in (
        'product.mfa == "enforced"',
        "size(data.categories) > 0",
        '"health" in data.categories',
        'today > date("2026-12-02")',
        "cost.annual > 500.0",
        "today - today > days(90)",
        'vendor.attestations.exists(x, x.kind == "x")',
    ):
        assert problems_of(text) == (), text
