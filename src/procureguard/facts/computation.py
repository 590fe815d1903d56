"""How a derived fact is computed: from facts and registers, unknown as long as one it needs is unknown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from procureguard.capabilities import Taxonomy
from procureguard.facts.fact import COMPUTED, Fact
from procureguard.facts.schema import FactType, Value
from procureguard.stack.card_payments import NOTHING_PAID, CardPayments
from procureguard.stack.decisions import NOTHING_DECIDED, DecisionLog
from procureguard.stack.inventory import Inventory
from procureguard.stack.requests import Requests
from procureguard.stack.vendors import Catalogue


class Missing(Exception):  # noqa: N818 - control flow inside a computation, never an error
    """A computation met facts that nobody has stated."""

    def __init__(self, waits: frozenset[str]) -> None:
        super().__init__(waits)
        self.waits = waits


class Registers(NamedTuple):
    """What is complete once supplied; `supplied` names the registers that are."""

    inventory: Inventory | None
    catalogue: Catalogue
    taxonomy: Taxonomy
    supplied: frozenset[str]
    requests: Requests = ()
    decisions: DecisionLog = NOTHING_DECIDED
    card_payments: CardPayments = NOTHING_PAID


@dataclass(frozen=True, slots=True)
class Computation:
    """What one derived fact may look at; it remembers what it has read."""

    known: Mapping[str, Fact]
    waits: Mapping[str, frozenset[str]]
    registers: Registers
    as_of: date | None
    inputs: list[str] = field(default_factory=list)

    def read(self, *paths: str) -> tuple[Value, ...]:
        """The values of facts.

        Raises:
            Missing: at least one is unknown; all of those are named.
        """
        unknown = frozenset[str]().union(
            *(self.waits.get(path, frozenset({path})) for path in paths if path not in self.known)
        )
        if any(path not in self.known for path in paths):
            raise Missing(unknown)
        self.inputs.extend(path for path in paths if path not in self.inputs)
        return tuple(self.known[path].value for path in paths)

    def read_one(self, path: str) -> Value:
        """The value of one fact.

        Raises:
            Missing: it is unknown.
        """
        return self.read(path)[0]

    @property
    def inventory(self) -> Inventory:
        """The tools owned; only rows that name the register may ask."""
        if self.registers.inventory is None:
            raise Missing(frozenset())
        return self.registers.inventory

    @property
    def requests(self) -> Requests:
        """The requests of others; only rows that name the register may ask."""
        return self.registers.requests

    @property
    def day(self) -> date:
        """The day of the check.

        Raises:
            Missing: there is none.
        """
        if self.as_of is None:
            raise Missing(frozenset({"today"}))
        return self.as_of


class Derived(NamedTuple):
    """One row of the table of derived facts: its type, what it is computed from, and how."""

    type: FactType
    inputs: tuple[str, ...]
    compute: Callable[[Computation], Value]
    register: str | None = None

    @property
    def path(self) -> str:
        """The path of the fact."""
        return self.type.path


def derive(row: Derived, computation: Computation) -> Fact | frozenset[str]:
    """The computed fact, or the facts that must be stated first (none where a register is not supplied)."""
    if row.register is not None and row.register not in computation.registers.supplied:
        return frozenset()
    try:
        value = row.compute(computation)
    except Missing as missing:
        return missing.waits
    return Fact(row.path, value, COMPUTED, inputs=tuple(computation.inputs))
