from pathlib import Path

import pytest

from procureguard import Guard
from procureguard.facts.derived import shipped_schema
from procureguard.guard.policy_files import policies_around
from procureguard.policy.form import Form, load_form
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Document
from procureguard.source.shipped import shipped
from written import Data, definitions, folder, kind, loaded, policy, policy_document, told, written


def form_of(*questions: Data, quick: int = 1) -> Document:
    return kind("form", {"quick": quick, "questions": list(questions)})


def shipped_form() -> Document:
    path = shipped("policies") / "form.yaml"
    return written(path.read_text(encoding="utf-8"), str(path))


def read(*documents: Document) -> tuple[Form | None, list[tuple[str, str | None]]]:
    problems = list[Diagnostic]()
    schema = shipped_schema()
    form = load_form(documents, schema, schema.environment, problems)
    return form, [(message, hint) for _, message, hint, _ in told(problems)]


def test_questions_state_facts_in_their_order_and_some_only_at_times() -> None:
    form, problems = read(
        form_of(
            {"ask": "Which tool?", "facts": ["product.vendor", "product.plan"]},
            {"ask": "AI?", "facts": ["ai.used", "ai.functions"], "asked_if": {"ai.functions": "ai.used"}},
        )
    )
    assert problems == []
    assert form is not None
    assert [question.number for question in form.questions] == [1, 2]
    assert list(form.facts()) == ["product.vendor", "product.plan", "ai.used", "ai.functions"]
    assert list(form.facts(form.quick)) == ["product.vendor", "product.plan"]
    assert form.conditions().keys() == {"ai.functions"}


@pytest.mark.parametrize(
    ("question", "problem"),
    [
        ({"facts": ["product.vendr"]}, ("there is no fact `product.vendr`", "did you mean `product.vendor`?")),
        (
            {"facts": ["cost.annual"]},
            ("no buyer states `cost.annual`", "ask for what it is computed from, or leave it out"),
        ),
        (
            {"facts": ["organisation.currency"]},
            ("no buyer states `organisation.currency`", "ask for what it is computed from, or leave it out"),
        ),
        (
            {"facts": ["ai.used"], "asked_if": {"ai.functions": "ai.used"}},
            ("this question does not ask for `ai.functions`", "add it to `facts`"),
        ),
    ],
)
def test_a_question_asks_for_what_a_buyer_can_state(question: Data, problem: tuple[str, str]) -> None:
    assert read(form_of({"ask": "What?", **question}))[1] == [problem]


def test_every_fact_is_asked_once_and_there_is_one_form() -> None:
    once = {"ask": "AI?", "facts": ["ai.used"]}
    assert read(form_of(once, once))[1] == [("question 1 asks for `ai.used` already", "ask for it once")]
    assert read(form_of(once), form_of(once))[1] == [("there is a form already, in form.yaml", "keep one of them")]


def test_a_form_of_ones_own_counts_in_place_of_the_shipped_one_whichever_comes_first() -> None:
    own = form_of({"ask": "AI?", "facts": ["ai.used"]})
    for documents in ((shipped_form(), own), (own, shipped_form())):
        form, problems = read(*documents)
        assert problems == []
        assert form is not None
        assert form.document is own


def test_two_forms_of_ones_own_are_refused_beside_the_shipped_one_too() -> None:
    own = form_of({"ask": "AI?", "facts": ["ai.used"]})
    form, problems = read(shipped_form(), own, own)
    assert form is not None
    assert problems == [("there is a form already, in form.yaml", "keep one of them")]


def test_a_wrong_form_of_ones_own_is_not_passed_over_for_the_shipped_one() -> None:
    form, problems = read(shipped_form(), form_of(quick=0))
    assert form is None
    assert len(problems) == 1


def test_policies_beside_the_shipped_ones_may_bring_their_form(tmp_path: Path) -> None:
    own = {"kind": "form", "version": 1, "quick": 1, "questions": [{"ask": "AI?", "facts": ["ai.used"]}]}
    folder(tmp_path, {"policies/form.yaml": own, "policies/ours/tested.yaml": policy()})
    form = Guard.load(policies=policies_around(tmp_path / "policies")).library().written.form
    assert form is not None
    assert [question.ask for question in form.questions] == ["AI?"]


def test_no_more_questions_are_quick_than_there_are() -> None:
    question = {"ask": "AI?", "facts": ["ai.used"]}
    assert read(form_of(question, quick=1))[1] == []
    assert read(form_of(question, quick=2))[1] == [("there is 1 question", "write a number up to 1")]


@pytest.mark.parametrize("questions", [[], [{"ask": "AI?", "facts": []}]])
def test_a_form_asks_something_and_every_answer_states_something(questions: list[Data]) -> None:
    form, problems = read(form_of(*questions, quick=0))
    assert form is None
    assert len(problems) == 1


def test_conditions_may_name_definitions_and_are_checked_like_any_expression() -> None:
    named = definitions({"name": "clever", "title": "it is clever", "is": "ai.used"})
    question = {"ask": "What?", "facts": ["ai.functions"], "asked_if": {"ai.functions": "clever"}}
    found, problems = loaded([named, policy_document(policy()), form_of(question)])
    assert problems == []
    assert found.form is not None
    wrong = {**question, "asked_if": {"ai.functions": "clevr"}}
    _, problems = loaded([named, policy_document(policy()), form_of(wrong)])
    assert [problem.code for problem in problems] == ["PG302"]


def test_the_shipped_form_has_fourteen_questions_of_which_eight_are_quick() -> None:
    form = Guard.load().library().written.form
    assert form is not None
    assert (len(form.questions), form.quick) == (14, 8)
    assert form.conditions().keys() <= set(form.facts())
