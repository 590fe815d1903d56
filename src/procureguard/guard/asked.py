"""What to ask about a purchase, in any of the modes of law 9."""

from datetime import date
from typing import TYPE_CHECKING

from procureguard.evaluate import evaluate
from procureguard.purchase import Purchase
from procureguard.questions.asking import NO_QUESTIONS, Mode, questions
from procureguard.report.question_contract import QuestionSheet
from procureguard.report.question_sheet import question_sheet
from procureguard.report.words import Words
from procureguard.settle import settled_verdict
from procureguard.source.document import Document
from procureguard.version import __version__

if TYPE_CHECKING:
    from procureguard.guard.guard import Guard


def asked_about(guard: "Guard", document: Document, mode: Mode, as_of: date) -> QuestionSheet:
    """The questions about the purchase that a document describes, on a day; none where the verdict is given.

    Raises:
        InvalidInput: the document is no valid purchase; everything wrong with it is named.
    """
    facts = guard.facts(document, as_of)
    evaluation = evaluate(facts, guard.program)
    settled = settled_verdict(facts, evaluation, guard.program, guard.schema)
    words = Words(facts, guard.schema, guard.stack.name_of)
    found = (
        questions(facts, evaluation, guard.program, guard.schema, words, mode)
        if settled is None
        else NO_QUESTIONS.in_mode(mode)
    )
    subject, answer = (Purchase(document).identity, facts), (evaluation.decision, settled)
    return question_sheet(subject, answer, found, guard.policies, guard.schema, __version__)
