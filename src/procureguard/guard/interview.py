"""The interview: what to ask a buyer next, until no answer of theirs can change the verdict any more."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from procureguard.analysis.lookup import lookup
from procureguard.cel.interpreter import interpret
from procureguard.facts.derived import DERIVED, below
from procureguard.facts.fact import ANSWERERS
from procureguard.facts.gather import Facts
from procureguard.facts.schema import FactType, Value
from procureguard.finding import NEEDS_INFO
from procureguard.guard.guard import Answer, Guard
from procureguard.guard.library import load_written, read_policies
from procureguard.guard.list_price import AMOUNT, SEATS, list_price
from procureguard.guard.policies import refuse
from procureguard.guard.settings import Setting, with_settings
from procureguard.policy.form import Form, FormQuestion
from procureguard.policy.model import Policy
from procureguard.policy.written import Definition
from procureguard.report.contract import ReportedQuestion
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Document
from procureguard.source.read import read_document

BLANK = b"kind: purchase\nversion: 1\n"
BUYER = ANSWERERS[0]
REFUSED = "deny"

MUST = "request.must"
"""Which jobs are a must: nobody is asked who has named no jobs."""

OF_THE_NEED = frozenset({"request.capabilities", MUST})
"""What is asked even where the answer is no already: with it, the report can name other tools."""

SAID_BY = {"product.name": "product.id"}
"""Facts that are not asked where another names the same."""


class Asked(NamedTuple):
    """A fact the buyer is asked for, in words; of which question of the form it is part, None beyond the form."""

    fact: FactType
    ask: str
    number: int | None


class Standing(NamedTuple):
    """How a purchase stands: its facts, and the answer of a check."""

    facts: Facts
    answer: Answer


@dataclass(frozen=True, slots=True)
class Interview:
    """What a buyer is asked about one purchase, on a day."""

    guard: Guard
    form: Form | None
    definitions: Mapping[str, Definition]
    day: date

    @classmethod
    def of(cls, guard: Guard, day: date) -> "Interview":
        """The interview by the form that belongs to the policies of a guard.

        Raises:
            InvalidInput: anything is wrong with a policy.
        """
        problems: list[Diagnostic] = []
        written = load_written(read_policies(guard.files, problems), guard.schema, guard.stack.organisation, problems)
        refuse(problems)
        return cls(guard, written.form, {found.name: found for found in written.definitions}, day)

    def standing(self, answers: Sequence[Setting]) -> Standing:
        """How the purchase stands that says this and nothing else.

        Raises:
            InvalidInput: the answers do not go together.
        """
        document = blank_purchase()
        facts = self.guard.facts(with_settings(document, answers), self.day)
        return Standing(facts, self.guard.answer(document, self.day, answers))

    def next_question(self, standing: Standing, passed: Collection[str]) -> Asked | None:
        """What to ask next, None when no answer of the buyer's can change the verdict; `passed` is not asked again.

        The first questions of the form make a purchase; of the others those are asked that the report asks for.
        """
        refused = standing.answer.report.verdict == REFUSED
        pointless = set(passed) | ({MUST} if not standing.facts.value("request.capabilities") else set())
        for asked in self._first_questions(standing.facts):
            if asked.fact.path not in pointless and (not refused or asked.fact.path in OF_THE_NEED):
                return asked
        return next((asked for asked in self._telling(standing) if asked.fact.path not in pointless), None)

    def open_questions(self, standing: Standing) -> tuple[Asked, ...]:
        """All that the buyer could still say: what a purchase is made of, and what could change the verdict."""
        sure = standing.answer.report.verdict != NEEDS_INFO
        found = [*self._first_questions(standing.facts, sure=sure), *self._telling(standing)]
        return tuple({asked.fact.path: asked for asked in reversed(found)}.values())[::-1]

    def reasons(self, path: str, standing: Standing) -> tuple[Policy, ...]:
        """The policies for which a fact is asked: those that wait for it now, else those that may read it.

        First come those that read it, or what is computed from it at once; of these the strictest.
        """
        waiting = {finding.policy for finding in standing.answer.report.findings if path in finding.waits_for}
        policies = self.guard.policies.policies
        found = [policy for policy in policies if policy.identity in waiting]
        found = found or [policy for policy in policies if _rests_on(policy, path)]
        return tuple(sorted(found, key=lambda policy: (not _reads(policy, path), -policy.effect, policy.identity)))

    def order(self, path: str) -> int:
        """The place of a fact in the form; what is not in it comes last."""
        asked = list(self.form.facts()) if self.form else []
        return asked.index(path) if path in asked else len(asked)

    def may_be_asked(self, path: str, facts: Facts) -> bool:
        """Whether the form has no reason, by these facts, to pass over a fact."""
        value = lookup(facts, self.definitions)
        questions = self.form.questions if self.form else ()
        return all(_holds(question, path, value) is not False for question in questions if path in question.facts)

    def _first_questions(self, facts: Facts, *, sure: bool = True) -> Iterator[Asked]:
        """The facts of the first questions that nobody has stated, and that are known to be asked, or may be."""
        if self.form is None:
            return
        value = lookup(facts, self.definitions)
        for question in self.form.questions[: self.form.quick]:
            by_seat = AMOUNT in question.facts and self._charged_by_seat(facts)
            for path in (SEATS, *question.facts) if by_seat else question.facts:
                holds = (by_seat and path == SEATS) or _holds(question, path, value)
                wanted = holds is True or (not sure and holds is not False)
                if wanted and path not in facts.known and SAID_BY.get(path) not in facts.known:
                    yield self._asked(path, None, question.number)

    def _charged_by_seat(self, facts: Facts) -> bool:
        """Whether nobody can know the price of an order without its number of seats."""
        price = list_price(facts, self.guard.stack)
        return price is not None and price.per == "seat"

    def _telling(self, standing: Standing) -> Iterator[Asked]:
        """What the report asks of the buyer, in the order of the form."""
        report = standing.answer.report
        if report.verdict == NEEDS_INFO:
            asked = (question for question in report.questions if question.answered_by == BUYER)
            for question in sorted(asked, key=lambda found: self.order(found.fact)):
                yield self._asked(question.fact, question, None)

    def _asked(self, path: str, question: ReportedQuestion | None, number: int | None) -> Asked:
        kind = self.guard.schema[path]
        ask = question.ask if question else kind.question or f"What is the {kind.title}?"
        return Asked(kind, ask, number)


def _holds(question: FormQuestion, path: str, value: Callable[[str], Value]) -> object:
    """Whether a fact of a question is to be asked; anything but a truth is not known yet."""
    condition = question.asked_if.get(path)
    return True if condition is None else interpret(condition.checked, value)


def _reads(policy: Policy, path: str) -> bool:
    """Whether a policy reads a fact or what is computed from it at once, not only a tier that it is part of."""
    computed = {row.path for row in DERIVED if path in row.inputs}
    return any(fact == path or fact in computed for fact in policy.facts)


def _rests_on(policy: Policy, path: str) -> bool:
    return any(path == fact or path in below(fact) for fact in policy.facts)


def blank_purchase() -> Document:
    """A purchase that states nothing."""
    document = read_document("purchase", BLANK, [])
    assert document is not None
    return document
