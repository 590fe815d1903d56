"""What a buyer may answer to the first questions of the form, and the facts that follow from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from procureguard.analysis.lookup import lookup
from procureguard.cel.checker import Checked
from procureguard.cel.interpreter import interpret
from procureguard.facts.computation import Registers
from procureguard.facts.derived import DERIVED, below, registers_of
from procureguard.facts.fact import Fact
from procureguard.facts.gather import Facts, complete
from procureguard.facts.schema import FactSchema, Value
from procureguard.policy.choices import choices
from procureguard.policy.form import Form
from procureguard.policy.mentioned import mentioned_in
from procureguard.policy.written import Definition

ANSWERED_BY = "requester"
PRICED_IN = "contract.currency"
"""A price in the house currency needs no rate, and whether there is a rate is not the buyer's to say."""

ROWS = {row.path: row for row in DERIVED}
TOLD = tuple(path for path in ROWS if registers_of(path))
"""The facts that a register tells."""

FIRST_TOLD = tuple(path for path in TOLD if not any(map(registers_of, ROWS[path].inputs)))
"""Those among them that rest on no other."""

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
        if path == PRICED_IN:
            return (self.thresholds["organisation.currency"].value,)
        about = [checked for checked in expressions if any(path in {named, *below(named)} for named in checked.paths)]
        return choices(self.schema[path], mentioned_in(about, self.schema, self.thresholds), self.as_of)

    def facts(self, answers: Answers) -> Facts:
        """What is known once the questions are answered; a fact that is asked at times is stated only when it is."""
        conditions = self.form.conditions()
        stated = {path: answers[path] for path in self.form.facts(self.form.quick) if path not in conditions}
        while True:
            found = self._complete(stated, answers)
            value = lookup(found, self.definitions)
            open_ones = (path for path in self.form.facts(self.form.quick) if path not in stated)
            asked = {path: answers[path] for path in open_ones if interpret(conditions[path].checked, value) is True}
            if not asked:
                return found
            stated |= asked

    def _complete(self, stated: Answers, answers: Answers) -> Facts:
        """What follows from answers; what a register could tell by now, it tells as the answers have it."""
        known = {**self.thresholds, **{path: Fact(path, value, ANSWERED_BY) for path, value in stated.items()}}
        for told in (FIRST_TOLD, TOLD):  # what rests on another is derived once that is told
            found = complete(known, self.registers, self.as_of).known
            known |= {path: found[path]._replace(value=answers[path]) for path in told if path in found}
        return complete(known, self.registers, self.as_of)
