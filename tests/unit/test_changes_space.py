"""What about a purchase could be otherwise, and the facts of each combination."""

from typing import Any

import pytest

from procureguard.changes.search import Wish, cheapest
from procureguard.changes.space import PUBLIC, Space, space_of
from procureguard.changes.trial import Goal, Trials
from procureguard.changes.variable import UNCHANGED, Choice, Step, Variable
from procureguard.evaluate import evaluate
from procureguard.facts.derived import shipped_schema
from procureguard.facts.gather import Facts
from procureguard.facts.schema import to_data
from procureguard.finding import Rung
from procureguard.stack.stack import Stack
from property.deciding import policy_document, program_of
from written import DAY, Data, facts, schema_of, stack, tool

SCHEMA = shipped_schema()
PROGRAM = program_of([policy_document("seats", None, "contract.seats <= 5")])
PRICED = {"amount": 100, "currency": "USD", "period": "month", "pricing": "seat"}
USD: Data = {"organisation": {"currency": "USD"}}


def space(data: Data, around: Stack | None = None, locked: tuple[str, ...] = ()) -> Space:
    around = around or stack(organisation=USD)
    return space_of(facts(data, around), around, schema_of(around), PROGRAM, locked)


def step(found: Space, fact: str, option: Any) -> Step:  # noqa: ANN401 - a value of a fact
    for place, variable in enumerate(found.variables):
        if variable.fact == fact and option in variable.options:
            return Step(place, variable.options.index(option))
    raise AssertionError(f"{fact} cannot become {option}")


def choice(found: Space, *steps: tuple[str, Any]) -> Choice:
    return tuple(sorted(step(found, fact, option) for fact, option in steps))


def value(after: Facts, path: str) -> Any:  # noqa: ANN401 - a value of a fact
    return to_data(SCHEMA[path], after.value(path))


def test_nothing_taken_changes_nothing() -> None:
    found = space({"contract": {"seats": 10, **PRICED}})
    assert found.facts_with(UNCHANGED) is found.facts
    assert found.allows(UNCHANGED)


@pytest.mark.parametrize(("pricing", "amount"), [("seat", 50), ("flat", 100), (None, 100)])
def test_fewer_seats_cost_less_where_seats_are_what_is_paid_for(pricing: str | None, amount: int) -> None:
    found = space({"request": {"users": 2}, "contract": {"seats": 10, **PRICED, "pricing": pricing}})
    after = found.facts_with(choice(found, ("contract.seats", 5)))
    assert (value(after, "contract.amount"), value(after, "cost.annual")) == (amount, amount * 12)


def test_a_price_is_rounded_to_the_nearest_and_never_lost() -> None:
    found = space({"request": {"users": 1}, "contract": {"seats": 3, **PRICED}})
    after = found.facts_with(choice(found, ("contract.seats", 2)))
    assert value(after, "contract.amount") == 66.6667


def test_what_is_left_of_lists_has_a_meaning() -> None:
    data = {
        "data": {"categories": ["health", "behaviour"], "regions": ["EU", "US"]},
        "messaging": {"channels": ["sms"]},
    }
    found = space(data)
    one = choice(found, ("data.categories", "health"))
    assert value(found.facts_with(one), "data.categories") == ["behaviour"]
    none = choice(found, ("data.categories", "health"), ("data.categories", "behaviour"))
    assert value(found.facts_with(none), "data.categories") == [PUBLIC]
    assert value(found.facts_with(choice(found, ("messaging.channels", "sms"))), "messaging.channels") == []
    somewhere = choice(found, ("data.regions", "EU"))
    nowhere = choice(found, ("data.regions", "EU"), ("data.regions", "US"))
    assert [found.allows(each) for each in (one, none, somewhere, nowhere)] == [True, True, True, False]


def test_a_must_have_is_kept_and_everything_wanted_where_nobody_has_said_which() -> None:
    wanted = {"capabilities": ["sms-marketing", "surveys"], "users": 1}
    channels = {"messaging": {"channels": ["sms", "email"]}}
    for request, kept in (
        ({**wanted, "must": ["sms-marketing"]}, False),
        ({**wanted, "must": ["surveys"]}, True),
        (wanted, False),
    ):
        found = space({"request": request, **channels})
        assert found.allows(choice(found, ("messaging.channels", "email")))
        assert found.allows(choice(found, ("messaging.channels", "sms"))) is kept


SOLD: Data = {
    "id": "acme",
    "products": [
        {
            "id": "thing",
            "plans": [
                {"id": "page", "facts": {"product": {"delivery": ["browser_extension"], "scim": False}}},
                {
                    "id": "top",
                    "facts": {
                        "product": {"delivery": ["web_app", "browser_extension"], "scim": True},
                        "ai": {"used": False, "functions": []},
                    },
                },
            ],
        }
    ],
}
ON_PAGE: Data = {"product": {"vendor": "acme", "id": "thing", "plan": "page"}}


def test_what_is_forbidden_on_the_plan_proposed_is_so_on_every_other() -> None:
    found = space(ON_PAGE, stack(organisation=USD, vendors=[SOLD]))
    nothing_left = choice(found, ("product.delivery", "browser_extension"))
    assert not found.allows(nothing_left)
    assert found.allows(choice(found, ("product.plan", "top")))
    assert not found.allows(choice(found, ("product.plan", "top"), ("product.delivery", "browser_extension")))


def test_a_plan_may_not_take_a_must_have_away_either() -> None:
    request = {"capabilities": ["ai-copywriting"], "must": ["ai-copywriting"]}
    data = {**ON_PAGE, "request": request, "ai": {"used": True, "functions": ["generate_text"]}}
    found = space(data, stack(organisation=USD, vendors=[SOLD]))
    assert not found.allows(choice(found, ("product.plan", "top")))


@pytest.mark.parametrize("locked", ["product.plan", "product.scim", "product.delivery"])
def test_what_is_locked_stays_whatever_carries_it(locked: str) -> None:
    found = space(ON_PAGE, stack(organisation=USD, vendors=[SOLD]), (locked,))
    assert "product.plan" not in {variable.fact for variable in found.variables}


def test_a_locked_price_keeps_what_it_is_computed_from() -> None:
    data = {"request": {"users": 2}, "contract": {"seats": 10, "term_months": 36, **PRICED}}
    assert {variable.fact for variable in space(data, None, ("cost.annual",)).variables} == {"contract.term_months"}


def test_whoever_changes_a_fact_speaks_of_it_today_and_proves_nothing_by_what_others_said() -> None:
    said = {"value": "none", "source": "contract", "as_of": "2025-01-01"}
    found = space({"contract": {"dpa": said}, "product": {"scim": False}})
    after = found.facts_with(choice(found, ("contract.dpa", "signed"), ("product.scim", True)))
    assert (after.known["contract.dpa"].source, after.known["contract.dpa"].as_of) == ("vendor", DAY.isoformat())
    assert after.known["product.scim"].source == "vendor"


OWNED = {
    "tools": [
        tool("does-it", capabilities={"surveys": "full"}),
        tool("leaving", capabilities={"surveys": "full"}, status="retired"),
        tool("other", capabilities={"crm": "full"}),
    ]
}


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        ({"capabilities": ["surveys"], "replaces": []}, ["does-it"]),
        ({"capabilities": ["surveys"], "replaces": ["does-it"]}, []),
        ({"capabilities": ["surveys"], "replaces": [], "tool": "does-it"}, []),
        ({"capabilities": ["surveys"]}, []),
    ],
)
def test_given_up_can_be_an_active_tool_that_does_some_of_it(request_: Data, expected: list[str]) -> None:
    found = space({"request": request_}, stack(organisation=USD, inventory=OWNED))
    assert [each.options[0] for each in found.variables if each.fact == "request.replaces"] == expected


def test_what_is_sold_on_another_plan_is_not_asked_for_on_this_one() -> None:
    scim = {"basic": False, "top": True}
    plans = [{"id": name, "facts": {"product": {"scim": value}}} for name, value in scim.items()]
    vendor: Data = {"id": "acme", "products": [{"id": "thing", "plans": plans}, {"id": "single"}]}
    around = stack(organisation=USD, vendors=[vendor])
    for product, expected in (("thing", ["product.plan"]), ("single", ["product.scim"])):
        found = space({"product": {"vendor": "acme", "id": product, "plan": "basic", "scim": False}}, around)
        assert [each.fact for each in found.variables] == expected


def test_variables_come_in_the_order_of_facts_without_those_that_are_locked() -> None:
    data = {"contract": {"dpa": "none", "auto_renew": True}, "product": {"scim": False}}
    order = [*SCHEMA.types]
    paths = [each.fact for each in space(data).variables]
    assert paths == sorted(paths, key=order.index)
    assert {"contract.dpa", "product.scim"} <= {*paths}
    assert "contract.dpa" not in [each.fact for each in space(data, locked=("contract.dpa",)).variables]


def test_a_variable_touches_what_is_stated_and_may_be_different_then() -> None:
    found = space({})
    seats, agreement = (Variable(fact, "set", "buyer", 1, (1,)) for fact in ("contract.seats", "contract.dpa"))
    assert found.touches(seats) == {"contract.seats", "contract.amount"}
    assert found.touches(agreement) == {"contract.dpa"}


APPROVED = {
    "purchase": "surveys",
    "decided_on": "2026-05-01",
    "outcome": "approved",
    "facts": {"data": {"categories": ["customer_contact"]}},
}


def test_a_change_that_brings_back_what_was_approved_is_found() -> None:
    around = stack(decisions=[APPROVED])
    data = {"request": {"id": "surveys"}, "data": {"categories": ["customer_contact", "health"]}}
    program = program_of([policy_document("as-approved", None, "!history.changed")])
    known = facts(data, around, DAY)
    assert evaluate(known, program).decision.best is Rung.NEEDS_REVIEW
    found = space_of(known, around, schema_of(around), program)
    names = {found.variables[place].fact for place in found.moving(["history.changed"])}
    assert names == {"data.categories"}
    [back] = cheapest(Wish(Goal(Rung.APPROVE, sure=True)), Trials(found, program)).choices
    assert found.facts_with(back).value("data.categories") == ("customer_contact",)
