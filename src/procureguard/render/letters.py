"""Letters: the questions about a purchase, one letter for each of those who can answer, ready to be sent."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from procureguard.render.alternatives import cost_words
from procureguard.render.counting import counted
from procureguard.render.style import one_line, wrapped
from procureguard.report.headline import ROLES, listed, number
from procureguard.report.question_contract import QuestionSheet, ReportedAsk

OPENINGS = {
    "requester": "You would like to {do} {thing}.",
    "vendor": "We are thinking of {doing} {thing} for our marketing.",
}
"""What a letter begins with, by who reads it."""

OTHERS = "Our marketing would like to {do} {thing}."
DOING = {
    "renewal": ("renew", "renewing"),
    "expansion": ("order more of", "ordering more of"),
    "trial": ("try", "trying"),
}
"""What is to be done with it, by the type of request; everything else is bought."""

BUYING = ("buy", "buying")
CLOSING = (
    "To answer, reply to this mail and write what is so below each question. If you do not know something, say just "
    "that: nothing is assumed. Papers that show it, or links to them, are welcome."
)
THANKS = "Thank you!"
MOST_DECIDED = 2
"""Reasons that are told for one question."""

_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(\.[\w-]+)*", re.ASCII)


class Letter(NamedTuple):
    """A letter: who reads it, their addresses as far as they are known, what it is about, and its parts in order."""

    reader: str
    to: tuple[str, ...]
    subject: str
    opening: str
    questions: tuple[str, ...]
    closing: str = CLOSING

    def body(self) -> str:
        """The letter as plain text, at most 80 columns wide."""
        return "\n".join(self.lines()) + "\n"

    def lines(self) -> Iterator[str]:
        """The lines of the plain text."""
        yield from ("Hello,", "", *wrapped(self.opening), "")
        for place, question in enumerate(self.questions, start=1):
            first = f"{place}. "
            for line, text in enumerate(question.split("\n")):
                yield from wrapped(text, first if line == 0 else " " * len(first), " " * len(first))
            yield ""
        yield from (*wrapped(self.closing), "", THANKS)


def letters(sheet: QuestionSheet, to: str | None = None) -> list[Letter]:
    """The letters to all who are asked something, or to some of them alone."""
    return [_letter(sheet, who) for who in sheet.answerers if to in (None, who)]


def _letter(sheet: QuestionSheet, who: str) -> Letter:
    asked = sheet.of(who)
    thing = _thing(sheet, who)
    do, doing = DOING.get(sheet.purchase.type or "", BUYING)
    one = len(asked) == 1
    before = (
        f"Before that can be decided, {number(len(asked))} {'question needs' if one else 'questions need'} an answer."
    )
    return Letter(
        ROLES.get(who, who),
        tuple(address for address in sheet.people.get(who, ()) if _ADDRESS.fullmatch(address)),
        one_line(f"{counted(len(asked), 'question', 'questions')} about {sheet.purchase.name}"),
        f"{OPENINGS.get(who, OTHERS).format(thing=thing, do=do, doing=doing)} {before}",
        tuple(map(_question, asked)),
    )


def _thing(sheet: QuestionSheet, who: str) -> str:
    """What is to be bought, in words that stand inside a sentence; what we reckon with is not told outside."""
    purchase = sheet.purchase
    plan = f"{purchase.plan} plan" if purchase.plan else None
    cost = None if who == "vendor" else cost_words(purchase.annual_cost, purchase.currency)
    about = ", ".join(part for part in (plan, cost) if part)
    return one_line(f"{purchase.name} ({about})" if about else purchase.name)


def _question(ask: ReportedAsk) -> str:
    """What is asked, how it can be answered, and why it is."""
    how = how_to_answer(ask)
    reasons = why(ask)
    return "\n".join([one_line(ask.ask), *([how] if how else []), *([reasons] if reasons else [])])


def how_to_answer(ask: ReportedAsk) -> str | None:
    """The possible answers in plain words."""
    words = [answer.replace("_", " ") for answer in ask.answers]
    match ask.type:
        case "bool":
            return "Yes or no?"
        case "enum" if words:
            return f"One of these: {listed(words, 'or')}."
        case "list(enum)" if words:
            return f"Any of these, or none: {listed(words)}."
        case "date":
            return "A day, written as 2026-12-31."
        case "int" | "decimal":
            return f"A number{f' ({ask.unit})' if ask.unit and '.' not in ask.unit else ''}."
        case _:
            return None


def why(ask: ReportedAsk) -> str | None:
    """What the answer decides."""
    if not ask.decides:
        return None
    rest = len(ask.decides) - MOST_DECIDED
    told = "; ".join(ask.decides[:MOST_DECIDED])
    return one_line(f"Why we ask: {told}{f'; and {number(rest)} more' if rest > 0 else ''}.")


def numbered(letter: Letter) -> Sequence[tuple[str, list[str]]]:
    """Each question with the lines below it."""
    parts = [question.split("\n") for question in letter.questions]
    return [(first, rest) for first, *rest in parts]
