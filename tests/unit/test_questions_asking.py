"""Which questions are asked, whom, and in which order."""

import pytest

from procureguard.evaluate import evaluate
from procureguard.facts.fact import Fact
from procureguard.facts.gather import complete
from procureguard.finding import Rung
from procureguard.questions.asking import Questions, questions
from property.asking import GUARD, SCHEMA
from property.checking import DAY, registers
from property.deciding import policy_document, program_of
from written import Json

ANY_OF_THREE = policy_document("p", None, "product.scim || !ai.used || integration.sandbox_tested", "deny")


def asked(*policies: Json, mode: Json = "best_case", **stated: Json) -> Questions:
    program = program_of(policies)
    known = {path: Fact(path, value, "requester") for path, value in stated.items()}
    facts = complete(known, registers(GUARD, ()), DAY)
    return questions(facts, evaluate(facts, program), program, SCHEMA, str, mode)


def paths(found: Questions) -> list[str]:
    return [question.fact for question in found.asked]


def at_worst(found: Questions) -> Rung | None:
    return None if found.hoped is None else found.hoped.worst


def test_what_one_answer_can_settle_is_asked_of_the_one_who_is_asked_first() -> None:
    found = asked(ANY_OF_THREE)
    assert paths(found) == ["ai.used"]
    assert (found.proved, at_worst(found), len(found.others)) == (True, Rung.APPROVE, 2)


def test_once_means_whatever_the_answers() -> None:
    assert paths(asked(ANY_OF_THREE, mode="send_once")) == ["ai.used", "product.scim", "integration.sandbox_tested"]


def test_next_is_what_the_strongest_policies_wait_for() -> None:
    found = asked(
        policy_document("a", None, "!ai.used", "review"),
        policy_document("b", None, "!ai.used", "review"),
        policy_document("c", None, "product.scim", "deny"),
        mode="next",
    )
    assert paths(found) == ["product.scim"]


@pytest.mark.parametrize("mode", ["best_case", "send_once", "next"])
def test_what_is_decided_is_not_asked(mode: str) -> None:
    rules = policy_document("a", None, "ai.used", "deny"), policy_document("b", None, "product.scim", "deny")
    assert paths(asked(*rules, mode=mode, **{"ai.used": False})) == []


def test_where_no_answers_lead_to_a_yes_the_next_best_is_aimed_at_and_said() -> None:
    found = asked(
        policy_document("a", None, "ai.used && product.scim", "review"),
        policy_document("b", None, "!ai.used", "review"),
        policy_document("c", None, "integration.sandbox_tested", "deny"),
    )
    assert paths(found) == ["integration.sandbox_tested"]
    assert (found.proved, at_worst(found)) == (True, Rung.NEEDS_REVIEW)


def test_a_price_is_tried_on_both_sides_of_what_is_computed_from_it() -> None:
    found = asked(
        policy_document("a", None, "cost.annual >= 1200.0 && cost.annual <= 1300.0", "deny"),
        policy_document("b", None, "contract.amount > 101.0", "deny"),
        **{"contract.currency": "USD", "contract.period": "month", "organisation.currency": "USD"},
    )
    assert paths(found) == ["contract.amount"]
    assert at_worst(found) is Rung.APPROVE


def test_where_no_answers_are_known_all_that_is_waited_for_is_asked() -> None:
    found = asked(policy_document("a", None, 'product.name.matches("^x+y$")', "deny"))
    assert (paths(found), found.proved, at_worst(found)) == (["product.name"], False, None)
