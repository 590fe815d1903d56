"""What two forms say, question by question, so that a question is laid beside what it was before."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from procureguard.analysis.sayings import Aspect, Saying, Sayings, reading
from procureguard.policy.form import Form, FormQuestion

QUESTION = Aspect("question")
"""The words of a question."""


class FormPart(NamedTuple):
    """What is said before and after of the form as a whole, or of one question; None where there is none."""

    identity: str
    before: Sayings | None
    after: Sayings | None


class _Pair(NamedTuple):
    before: FormQuestion | None
    after: FormQuestion | None


def form_parts(before: Form | None, after: Form | None) -> Iterator[FormPart]:
    """The form as a whole, its questions as they are asked now, and those that are asked no more."""
    pairs = list(_pairs(before.questions if before else (), after.questions if after else ()))
    kept = [(was, now) for was, now in pairs if was is not None and now is not None]
    now = [new for _, new in kept]
    formerly = [new for _, new in sorted(kept, key=lambda pair: pair[0].number)]
    yield FormPart("form", _whole(before, formerly), _whole(after, now))
    yield from (FormPart(_called(pair), _question(pair.before), _question(pair.after)) for pair in pairs)


def _pairs(before: Sequence[FormQuestion], after: Sequence[FormQuestion]) -> Iterator[_Pair]:
    """A question is the one that was asked in the same words, else the first that asked for one of its facts."""
    waiting = list(before)
    former: dict[int, FormQuestion] = {}
    for alike in (_same_words, _same_fact):
        for question in after:
            found = next((old for old in waiting if alike(old, question)), None)
            if found is not None and question.number not in former:
                former[question.number] = found
                waiting.remove(found)
    yield from (_Pair(former.get(question.number), question) for question in after)
    yield from (_Pair(gone, None) for gone in waiting)


def _same_words(one: FormQuestion, other: FormQuestion) -> bool:
    return one.ask == other.ask


def _same_fact(one: FormQuestion, other: FormQuestion) -> bool:
    return not set(one.facts).isdisjoint(other.facts)


def _called(pair: _Pair) -> str:
    """A question by its number now; those that are gone have none."""
    if pair.after is not None:
        return f"question {pair.after.number}"
    assert pair.before is not None
    return f"former question {pair.before.number}"


def _whole(form: Form | None, kept: Iterable[FormQuestion]) -> Sayings | None:
    """What a form says besides its questions; of those on both sides only the order, in the words of now."""
    if form is None:
        return None
    order = list(kept)
    in_order = Saying(tuple(found.ask for found in order), tuple(str(found.number) for found in order))
    return {Aspect("quick"): Saying.of(str(form.quick)), Aspect("questions"): in_order}


def _question(question: FormQuestion | None) -> Sayings | None:
    if question is None:
        return None
    conditions = {Aspect("asked_if", path): reading(found) for path, found in question.asked_if.items()}
    return {QUESTION: Saying.of(question.ask), Aspect("facts"): Saying.of(*question.facts), **conditions}
