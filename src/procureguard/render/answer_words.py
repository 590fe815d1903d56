"""What answers have changed, in sentences."""

from procureguard.facts.replaced import Replaced
from procureguard.facts.schema import FactType, to_value, to_words
from procureguard.render.counting import counted
from procureguard.render.facts import SAID_BY, said
from procureguard.render.style import one_line
from procureguard.render.view import R, View
from procureguard.report.contract import ReportedFact
from procureguard.report.headline import number
from procureguard.source.document import Data
from procureguard.source.stated import plain

_SPEAKERS = {**SAID_BY, "requester": "the requester"}


def replaced_words(found: Replaced, kind: FactType) -> str:
    """What the purchase said, and what it says now; and where a weaker source speaks now, that it does."""
    before, after = (_words(kind, data) for data in (found.before, found.after))
    if plain(found.after) is None:
        return f"{kind.path} was {before}, is open now"
    stronger, weaker = (_SPEAKERS[source] for source in found.sources)
    if not found.is_weaker:
        return f"{kind.path} was {before}, is {after} now"
    if plain(found.before) == plain(found.after):
        return f"{kind.path} is {after} as before, but now {weaker} says so, whose word counts less than {stronger}"
    return f"{kind.path} was {before}, said by {stronger}; is {after} now, said by {weaker}, whose word counts less"


def not_counted(view: View[R], fact: ReportedFact) -> str:
    """Where another document says otherwise, with a better source or a newer day: what it says."""
    return f"your answer does not count, for another document is stronger: {said(view, fact)}"


def wrote(count: int, purchase: str, *, diff: bool) -> str:
    """How many answers were written, or would be."""
    if not count:
        return f"nothing to write: {one_line(purchase)} says all of this already"
    return f"{'would write' if diff else 'wrote'} {counted(count, 'answer', 'answers')} into {one_line(purchase)}"


def questions_left(count: int, purchase: str) -> str:
    """How many questions are open still, and where they are to be seen."""
    if not count:
        return "No question is left."
    questions = f"{number(count).capitalize()} {'question is' if count == 1 else 'questions are'} left"
    return f"{questions}: `procureguard check {one_line(purchase)}` shows {'it' if count == 1 else 'them'}."


def _words(kind: FactType, data: Data) -> str:
    value = plain(data)
    return one_line("unknown" if value is None else to_words(kind, to_value(kind, value)))
