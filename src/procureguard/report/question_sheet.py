"""Building the sheet of questions about a purchase."""

from collections.abc import Mapping

from procureguard.facts.fact import ANSWERERS
from procureguard.facts.gather import Facts
from procureguard.facts.schema import FactSchema
from procureguard.finding import Decision, VerdictWord
from procureguard.policy.model import PolicySet
from procureguard.questions.asking import Questions
from procureguard.questions.question import Question
from procureguard.report.build import reported_asking, reported_subject
from procureguard.report.question_contract import QuestionSheet, ReportedAsk

MOST_ANSWERS = 20
"""Answers that are listed; nobody reads a longer list in a letter."""

ROLES_OF: Mapping[str, tuple[str, ...]] = {"it": ("it",), "organisation": ("procurement", "marketing_operations")}
"""The roles that stand for who can answer, the first that somebody has."""


def question_sheet(
    subject: tuple[str, Facts],
    answer: tuple[Decision, VerdictWord | None],
    questions: Questions,
    policies: PolicySet,
    schema: FactSchema,
    program: str,
) -> QuestionSheet:
    """The sheet of a purchase, given by what it is called and its facts.

    `answer` is its decision, and the verdict that law 5 gives where it gives one.
    """
    identity, facts = subject
    decision, settled = answer
    return QuestionSheet(
        version=1,
        kind="question-sheet",
        program=program,
        as_of=facts.as_of.isoformat() if facts.as_of else "",
        purchase=reported_subject(identity, facts),
        verdict=settled or decision.verdict,
        best=decision.best.word,
        worst=decision.worst.word,
        settled=settled is not None,
        asking=reported_asking(questions),
        questions=tuple(_ask(question, policies, schema) for question in questions.asked),
        people={who: people for who in ANSWERERS if (people := _people(who, facts))},
    )


def _ask(question: Question, policies: PolicySet, schema: FactSchema) -> ReportedAsk:
    kind = schema[question.fact]
    found = (policies.get(identity) for identity in question.policies)
    values = kind.values or ()
    return ReportedAsk(
        kind.path,
        kind.title,
        question.answered_by,
        question.ask,
        kind.type,
        kind.unit,
        values if kind.element == "enum" and len(values) <= MOST_ANSWERS else (),
        question.policies,
        tuple(policy.title for policy in found if policy is not None),
    )


def _people(answerer: str, facts: Facts) -> tuple[str, ...]:
    """The addresses of those who can answer: of the one who asks, or of the people behind a role."""
    roles = facts.value("organisation.roles") or {}
    named = next((roles[role] for role in ROLES_OF.get(answerer, ()) if roles.get(role)), ())
    owner = (facts.value("request.owner"),) if answerer == "requester" else ()
    return tuple(person for person in (*owner, *named) if isinstance(person, str) and "@" in person)
