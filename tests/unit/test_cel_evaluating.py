"""Values, traces and ranges, seen closely."""

import pytest

from procureguard.cel.checker import Checked, check
from procureguard.cel.generator import Emitter
from procureguard.cel.interpreter import Unknown, interpret, trace
from procureguard.cel.parser import parse
from procureguard.cel.problem import Problem
from procureguard.cel.types import BOOL, DATE, DECIMAL, DOUBLE, INT, Declaration, list_of, scaled, unify
from procureguard.policy.model import Turn
from procureguard.policy.turns import turns_of
from property.cel_facts import ENVIRONMENT, FACTS
from property.evaluating import checked, generated, generated_source, interpreted


def waits(text: str, **inputs: object) -> frozenset[str]:
    facts = {path.replace("__", "."): value for path, value in inputs.items()}
    value = interpret(checked(text, ENVIRONMENT), facts.get)
    assert isinstance(value, Unknown), value
    return value.paths


def test_unknown_waits_for_everything_that_matters() -> None:
    assert waits("product.sso && product.scim") == {"product.sso", "product.scim"}
    assert waits("product.sso && product.scim", product__sso=True) == {"product.scim"}
    assert waits("request.users + contract.seats > 5") == {"request.users", "contract.seats"}
    assert waits("product.sso ? product.scim : risk.high") == {"product.sso"}
    assert waits("product.sso ? product.scim : risk.high", product__sso=False) == {"risk.high"}
    assert waits("data.levels.exists(x, x > request.users)", data__levels=(1, 2)) == {"request.users"}
    assert waits("size(data.levels.filter(x, x > request.users || product.sso)) > 0", data__levels=(1,)) == {
        "request.users",
        "product.sso",
    }


def test_filter_keeps_items_and_is_unknown_with_one_condition() -> None:
    found = checked("data.levels.filter(x, x > request.users)", ENVIRONMENT, None)
    assert found.type == list_of(INT)
    run = generated([found], list(FACTS))
    for users, levels, kept in (
        (1, (3, 1, 2, 3), (3, 2, 3)),
        (5, (3, 1), ()),
        (None, (), ()),
        (None, (1,), None),
        (1, None, None),
    ):
        facts = {"data.levels": levels, "request.users": users}
        assert interpreted(found, facts) == kept
        assert run(facts) == (kept,)


def test_counting_what_a_filter_keeps_makes_no_list() -> None:
    source, _ = generated_source([checked("size(data.levels.filter(x, x > 1)) > 2", ENVIRONMENT)], list(FACTS))
    assert "[]" not in source
    assert "+= 1" in source


def test_unstated_field_behind_a_filter_waits_for_the_list_alone() -> None:
    records = (("soc2", 1, 1, None, None),)
    text = "vendor.attestations.filter(a, a.issued_on < today).exists(b, b.valid)"
    assert waits(text, vendor__attestations=records, today=5) == {"vendor.attestations"}
    text = "(risk.high ? vendor.attestations.filter(a, true) : vendor.attestations).all(b, b.valid)"
    assert waits(text, vendor__attestations=records, risk__high=True) == {"vendor.attestations"}


def test_days_compared_behind_a_filter_are_turns() -> None:
    text = "data.days.filter(d, d > today).filter(d, true).exists(e, e + days(30) < today)"
    assert turns_of(checked(text, ENVIRONMENT)) == (Turn("data.days", None, 0), Turn("data.days", None, 30))
    text = "vendor.attestations.filter(a, a.valid).exists(b, b.issued_on > today)"
    assert turns_of(checked(text, ENVIRONMENT)) == (Turn("vendor.attestations", 1, 0),)
    other = turns_of(checked("today in data.days.filter(d, d > today)", ENVIRONMENT))
    assert isinstance(other, Problem)
    assert (other.start, other.end) == (0, 5)


def test_unstated_field_waits_for_its_list() -> None:
    records = (("soc2", None, 1, None, None),)
    assert waits("vendor.attestations.exists(a, a.valid)", vendor__attestations=records) == {"vendor.attestations"}
    assert waits("vendor.attestations.all(a, a.issued_on > today)", vendor__attestations=records) == {
        "vendor.attestations",
        "today",
    }


def test_lookup_may_say_what_a_definition_waits_for() -> None:
    value = interpret(checked("risk.high || product.sso", ENVIRONMENT), {"risk.high": Unknown(frozenset({"a.b"}))}.get)
    assert value == Unknown(frozenset({"a.b", "product.sso"}))


def test_trace_keeps_what_was_read_and_seen() -> None:
    found = checked('product.sso || data.categories.exists(c, c == "b") || product.scim', ENVIRONMENT)
    facts = {"product.sso": False, "data.categories": ("a", "b", "c")}
    seen = trace(found, facts.get)
    assert seen.value is True
    assert seen.read == ("product.sso", "data.categories")
    assert seen.values[found.tree.identity] is True
    assert "b" in seen.values.values()


def test_parameters_are_no_paths() -> None:
    found = checked("today > contract.renews_on + days(params.days) && vendor.name != params.name", ENVIRONMENT)
    assert found.paths == ("today", "contract.renews_on", "vendor.name")
    assert found.parameters == ("params.days", "params.name")


def test_identical_parts_are_computed_once() -> None:
    texts = ["request.users > 5 && product.sso", "product.scim || (request.users > 5 && product.sso)"]
    source, _ = generated_source([checked(text, ENVIRONMENT) for text in texts], list(FACTS))
    assert source.count("> 5") == 1


def test_a_part_behind_a_condition_is_not_relied_on() -> None:
    texts = ["product.sso && request.users > 5", "request.users > 5"]
    source, _ = generated_source([checked(text, ENVIRONMENT) for text in texts], list(FACTS))
    assert source.count("> 5") == 2


def test_an_operand_that_is_no_name_is_read_once() -> None:
    emitter = Emitter({"request.users": "facts[3]"}.__getitem__)
    emitter.emit(checked("request.users > 5 || request.users < 0", ENVIRONMENT))
    assert sum(line.count("facts[3]") for line in emitter.lines) == 1


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("small * small > 0", True),
        ("small * large > 0", False),
        ("large + 0 > 0", True),
        ("large + 1 > 0", False),
        ("-large > 0", True),
        ("-lowest > 0", False),
        ("0 - large > 0", True),
        ("size(days) * 4000000000 > 0", True),
        ("size(days) * 5000000000 > 0", False),
        ("day - days(1) < day", True),
        ("day - day < days(106751)", True),
        ("(day - day) + days(106751) < days(1)", False),
        ("days.all(d, d + days(90) > day)", True),
        ("ratio * ratio > 0.0", True),
        ("ratio * ratio * ratio * ratio > 0.0", False),
        ("(small > 0 ? large : small) + 1 > 0", False),
    ],
)
def test_no_accepted_expression_can_overflow(text: str, accepted: bool) -> None:  # noqa: FBT001 - a table of outcomes
    environment = {
        "small": Declaration(INT, "small", minimum=-100, maximum=100),
        "large": Declaration(INT, "large", minimum=0, maximum=2**63 - 1),
        "lowest": Declaration(INT, "lowest", minimum=-(2**63), maximum=0),
        "day": Declaration(DATE, "day"),
        "days": Declaration(list_of(DATE), "days"),
        "ratio": Declaration(DOUBLE, "ratio"),
    }
    tree = parse(text)
    assert not isinstance(tree, tuple)
    assert isinstance(check(tree, environment, BOOL), Checked) is accepted


def test_a_named_expression_declares_its_range() -> None:
    found = checked("request.users + 5", ENVIRONMENT, None)
    declared = found.declaration("five more")
    assert (declared.type, declared.minimum, declared.maximum) == (INT, -995, 1005)
    assert checked("product.colour", ENVIRONMENT, None).declaration("c").values == ("red", "green", "blue")


def test_doubles_become_decimals_exactly() -> None:
    assert scaled(0.1) == 1000
    assert scaled(0.0001) == 1
    assert scaled(1e15) == 10**19
    assert scaled(0.00001) is None


def test_the_empty_list_fits_every_list() -> None:
    empty = checked("[]", ENVIRONMENT, None).type
    assert unify(empty, list_of(DECIMAL)) == list_of(DECIMAL)
    assert unify(list_of(empty), list_of(list_of(INT))) == list_of(list_of(INT))
    assert unify(list_of(INT), list_of(DOUBLE)) is None
