"""What a buyer may answer to the first questions of the form, and the facts that follow from it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from procureguard.analysis.one_of_each import SOMETHING
from procureguard.cel.checker import Checked
from procureguard.cel.interpreter import interpret
from procureguard.facts.computation import Registers
from procureguard.facts.derived import DERIVED, registers_of
from procureguard.facts.fact import Fact
from procureguard.facts.gather import Facts, complete
from procureguard.facts.schema import FactSchema, FactType, Value
from procureguard.policy.form import Form
from procureguard.policy.written import Definition

ANSWERED_BY = "requester"
ROWS = {row.path: row for row in DERIVED}
TOLD = tuple(path for path in ROWS if registers_of(path))
"""The facts that a register tells."""

Answers = Mapping[str, Value]
"""A value for each fact that may be asked, and for each that a register may tell."""


@dataclass(frozen=True, slots=True)
class QuickForm:
    """The questions after which a small purchase has its answer, with all that is known without them."""

    form: Form
    definitions: Mapping[str, Definition]
    schema: FactSchema
    thresholds: Mapping[str, Fact]
    registers: Registers
    as_of: date

    @property
    def paths(self) -> tuple[str, ...]:
        """The facts that may be asked, and those that a register may tell."""
        return (*self.form.facts(self.form.quick), *TOLD)

    def choices(self, path: str, expressions: Iterable[Checked]) -> tuple[Value, ...]:
        """The values of a fact worth trying on some expressions, the quietest first."""
        kind = self.schema[path]
        if path.endswith(".currency"):
            return (self.thresholds["organisation.currency"].value,)
        mentioned = {
            constant
            for checked in expressions
            if any(path == named or path in below(named) for named in checked.paths)
            for constant in self._constants(checked)
        }
        return tuple(dict.fromkeys(_choices(kind, mentioned)))

    def facts(self, answers: Answers) -> Facts:
        """What is known once the questions are answered; a fact that is asked at times is stated only when it is."""
        conditions = self.form.conditions()
        stated = {path: answers[path] for path in self.form.facts(self.form.quick) if path not in conditions}
        while True:
            found = self._complete(stated, answers)
            open_ones = (path for path in self.form.facts(self.form.quick) if path not in stated)
            asked = {path: answers[path] for path in open_ones if self._holds(conditions[path].checked, found)}
            if not asked:
                return found
            stated |= asked

    def _complete(self, stated: Answers, answers: Answers) -> Facts:
        """What follows from answers; what a register could tell by now, it tells as the answers have it."""
        known = {path: Fact(path, value, ANSWERED_BY) for path, value in stated.items()}
        found = complete({**self.thresholds, **known}, self.registers, self.as_of)
        told = {path: found.known[path]._replace(value=answers[path]) for path in TOLD if path in found.known}
        return Facts({**found.known, **told}, found.waits, {}, self.registers, self.as_of)

    def _holds(self, condition: Checked, facts: Facts) -> bool:
        def value(path: str) -> Value:
            definition = self.definitions.get(path)
            return facts.value(path) if definition is None else interpret(definition.expression.checked, value)

        return interpret(condition, value) is True

    def _constants(self, checked: Checked) -> Iterator[Value]:
        thresholds = (self.thresholds[path].value for path in checked.paths if path in self.thresholds)
        for constant in (*checked.constants.values(), *thresholds):
            if not isinstance(constant, dict):
                yield from constant if isinstance(constant, tuple) else (constant,)


def below(path: str) -> frozenset[str]:
    """The facts that a computed one is computed from, in the end; none for a stated fact."""
    inputs = ROWS[path].inputs if path in ROWS else ()
    return frozenset(inputs).union(*(below(needed) for needed in inputs))


def _choices(kind: FactType, mentioned: set[Value]) -> Iterator[Value]:
    if kind.is_list:
        yield ()
        yield from ((item,) for item in _items(kind, mentioned))
    else:
        yield from _items(kind, mentioned)


def _items(kind: FactType, mentioned: set[Value]) -> Iterator[Value]:
    match kind.element:
        case "bool":
            yield from (False, True)
        case "int" | "decimal":
            numbers = sorted(found for found in mentioned if type(found) is int)
            yield from (0, *numbers, *(number + 1 for number in numbers))
        case _ if kind.values:
            others = [value for value in kind.values if value not in mentioned]
            yield from (*others[:1], *(value for value in kind.values if value in mentioned))
        case _:
            yield from (SOMETHING, *sorted(found for found in mentioned if isinstance(found, str)))
