"""The space of changes: which of them a fact hangs on."""

from procureguard.changes.search import Wish, cheapest
from procureguard.changes.space import space_of
from procureguard.changes.trial import Goal, Trials
from procureguard.evaluate import evaluate
from procureguard.finding import Rung
from property.deciding import policy_document, program_of
from written import DAY, facts, schema_of, stack

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
    space = space_of(known, around, schema_of(around), program)
    names = {space.variables[place].fact for place in space.moving(["history.changed"])}
    assert names == {"data.categories"}
    [choice] = cheapest(Wish(Goal(Rung.APPROVE, sure=True)), Trials(space, program)).choices
    assert space.facts_with(choice).value("data.categories") == ("customer_contact",)
