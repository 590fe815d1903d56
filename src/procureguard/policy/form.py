"""The form: what a buyer is asked, in which order, and which facts each answer states."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from procureguard.cel.types import BOOL, Environment
from procureguard.facts.schema import FactSchema
from procureguard.policy.expression import Expression, load_expression
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Document
from procureguard.source.kind import check_kind
from procureguard.source.mending import Mistake
from procureguard.source.shipped import is_shipped
from procureguard.source.text import Span

NOT_ASKED = frozenset({"derived", "organisation"})
"""Facts stated by these are not the buyer's to state."""


class FormQuestion(NamedTuple):
    """One question: its number from 1, its words, and the facts its answer states.

    A fact with a condition is asked as soon as that is known to hold.
    """

    number: int
    ask: str
    facts: tuple[str, ...]
    asked_if: Mapping[str, Expression]


class Form(NamedTuple):
    """All questions in their order; after `quick` of them a purchase of the lowest tier has its answer."""

    quick: int
    questions: tuple[FormQuestion, ...]
    document: Document

    def facts(self, until: int | None = None) -> Iterator[str]:
        """The facts that the questions state, up to a number if one is given."""
        return (path for question in self.questions[:until] for path in question.facts)

    def conditions(self) -> Mapping[str, Expression]:
        """When a fact is asked, for those that are not always."""
        return {path: expression for question in self.questions for path, expression in question.asked_if.items()}


def load_form(
    documents: Iterable[Document], schema: FactSchema, environment: Environment, problems: list[Diagnostic]
) -> Form | None:
    """The form that the documents hold, None where there is none; every problem is added.

    One that does not come with the package counts in place of the one that does.
    """
    found = list(documents)
    own = [document for document in found if not is_shipped(document.source.name, "policies")]
    valid = [document for document in own or found if check_kind(document, "form", problems)]
    for document in valid[1:]:
        message = f"there is a form already, in {valid[0].source.name}"
        span = document.value_span("/kind")
        problems.append(Diagnostic.error("PG303", message, document.source, span, "keep one of them"))
    return _Reader(valid[0], schema, environment, problems).form() if valid else None


class _Reader(NamedTuple):
    document: Document
    schema: FactSchema
    environment: Environment
    problems: list[Diagnostic]

    def form(self) -> Form:
        data: Any = self.document.data
        questions = tuple(self._question(place, entry) for place, entry in enumerate(data["questions"]))
        form = Form(data["quick"], questions, self.document)
        if form.quick > (count := len(questions)):
            there = "there is 1 question" if count == 1 else f"there are {count} questions"
            self._add(self.document.value_span("/quick"), there, f"write a number up to {count}")
        first: dict[str, int] = {}
        for question in form.questions:
            for place, path in enumerate(question.facts):
                self._check_fact(f"/questions/{question.number - 1}/facts/{place}", path, first.get(path))
                first.setdefault(path, question.number)
        return form

    def _question(self, place: int, entry: Mapping[str, Any]) -> FormQuestion:
        pointer, conditions = f"/questions/{place}", dict[str, Expression]()
        for path in entry.get("asked_if") or {}:
            at = f"{pointer}/asked_if/{path}"
            if path not in entry["facts"]:
                self._add(self.document.key_span(at), f"this question does not ask for `{path}`", "add it to `facts`")
            found = load_expression(self.document, at, self.environment, BOOL, self.problems)
            if found is not None:
                conditions[path] = found
        return FormQuestion(place + 1, entry["ask"], tuple(entry["facts"]), conditions)

    def _check_fact(self, pointer: str, path: str, asked_before: int | None) -> None:
        kind, span = self.schema.get(path), self.document.value_span(pointer)
        if kind is None:
            mistake = Mistake("PG315", f"there is no fact `{path}`", self.document, pointer)
            self.problems.append(mistake.misspelt(path, self.schema.types))
        elif kind.stated_by in NOT_ASKED:
            self._add(span, f"no buyer states `{path}`", "ask for what it is computed from, or leave it out")
        elif asked_before is not None:
            self._add(span, f"question {asked_before} asks for `{path}` already", "ask for it once")

    def _add(self, span: Span, message: str, hint: str | None) -> None:
        self.problems.append(Diagnostic.error("PG315", message, self.document.source, span, hint))
