"""Quotients and remainders of whole numbers and doubles, against exact fractions."""

from fractions import Fraction
from itertools import product
from math import trunc

import pytest

from procureguard.cel.checker import Checked, check
from procureguard.cel.parser import parse
from procureguard.cel.ranges import combine
from procureguard.cel.types import BOOL, DOUBLE, INT, INT_MAXIMUM, INT_MINIMUM, Declaration
from property.evaluating import checked, generated, interpreted

DIVISORS = (-1_000_003, -12, -7, -2, -1, 1, 2, 3, 90, INT_MAXIMUM, INT_MINIMUM)
DIVIDENDS = (*range(-40, 41), -(10**18), 10**18, INT_MAXIMUM, INT_MINIMUM + 1)
ENVIRONMENT = {
    "a.whole": Declaration(INT, "whole", minimum=INT_MINIMUM + 1),
    "a.share": Declaration(DOUBLE, "share"),
    "params.months": Declaration(INT, "months", constant=-12),
}


def exact(dividend: int, divisor: int) -> tuple[int, int]:
    quotient = trunc(Fraction(dividend, divisor))
    return quotient, dividend - divisor * quotient


@pytest.mark.parametrize("divisor", DIVISORS)
def test_both_evaluators_divide_towards_zero(divisor: int) -> None:
    expressions = [checked(f"a.whole {word} {divisor}", ENVIRONMENT, INT) for word in "/%"]
    run = generated(expressions, ["a.whole"])
    for dividend in DIVIDENDS:
        facts = {"a.whole": dividend}
        assert run(facts) == exact(dividend, divisor)
        assert tuple(interpreted(expression, facts) for expression in expressions) == exact(dividend, divisor)
    assert run({}) == (None, None)


def test_a_number_written_out_may_be_divided_by_a_parameter() -> None:
    expressions = [checked(text, ENVIRONMENT, INT) for text in ("-25 / params.months", "-25 % params.months")]
    assert generated(expressions, [])({}) == (2, -1)


@pytest.mark.parametrize("share", [0.0, 0.1, -7.5, 1e99])
@pytest.mark.parametrize("divisor", ["3.0", "-0.3", "1e-5"])
def test_doubles_divide_as_doubles(share: float, divisor: str) -> None:
    found = checked(f"a.share / {divisor}", ENVIRONMENT, DOUBLE)
    assert interpreted(found, {"a.share": share}) == share / float(divisor)
    assert generated([found], ["a.share"])({"a.share": share}) == (share / float(divisor),)


def test_ranges_hold_every_result() -> None:
    for least, most, divisor in product(range(-9, 10), range(-9, 10), (-4, -1, 1, 3)):
        if least > most:
            continue
        results = [exact(dividend, divisor) for dividend in range(least, most + 1)]
        quotients, remainders = zip(*results, strict=True)
        assert combine("/", (least, most), (divisor, divisor)) == (min(quotients), max(quotients))
        low, high = combine("%", (least, most), (divisor, divisor))
        assert low <= min(remainders) <= max(remainders) <= high
        assert divisor == -1 or max(-low, high) < abs(divisor)


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("any / 2 > 0", True),
        ("any / -1 > 0", False),
        ("any % -1 == 0", False),
        ("-9223372036854775808 / -1 > 0", False),
        ("-9223372036854775807 / -1 > 0", True),
        ("any % 10 * 900000000000000000 > 0", True),
        ("any % 13 * 900000000000000000 > 0", False),
        ("any / 4 + any / 4 > 0", True),
        ("any / 2 + any / 2 > 0", True),
        ("any / 2 + any / 2 + 2 > 0", False),
        ("small / -1 > 0", True),
        ("ratio / 1e-200 > 0.0", True),
        ("ratio / 1e-250 > 0.0", False),
    ],
)
def test_no_accepted_division_can_overflow(text: str, accepted: bool) -> None:  # noqa: FBT001 - a table of outcomes
    environment = {
        "any": Declaration(INT, "any"),
        "small": Declaration(INT, "small", minimum=-5, maximum=5),
        "ratio": Declaration(DOUBLE, "ratio"),
    }
    tree = parse(text)
    assert not isinstance(tree, tuple)
    assert isinstance(check(tree, environment, BOOL), Checked) is accepted
