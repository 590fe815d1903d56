"""Facts in words: how a report names and shows what is known, and what is not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from procureguard.facts.gather import Facts
from procureguard.facts.schema import FactSchema, FactType, Value, to_words
from procureguard.policy.model import PARAMETER_PREFIX


@dataclass(frozen=True, slots=True)
class Words:
    """How facts are named and shown."""

    facts: Facts
    schema: FactSchema
    name_of: Callable[[str, str], str | None]
    params: Mapping[str, object] = field(default_factory=dict)

    def of(self, kind: FactType, value: Value) -> str:
        """A value in words; vendors and tools by their names where those are known."""
        name = self._name(kind.unit or "", value) if isinstance(value, str) else None
        return name or to_words(kind, value)

    def _name(self, unit: str, identity: str) -> str | None:
        if unit == "product id":
            name: str | None = self.facts.value("product.name")
            return name
        return self.name_of(unit, identity)

    def __call__(self, path: str) -> str:
        """A fact's value in words, or its title while nobody has stated it; a parameter in words too."""
        if path.startswith(PARAMETER_PREFIX):
            return _parameter(self.params[path.removeprefix(PARAMETER_PREFIX)])
        value = self.facts.value(path)
        kind = self.schema[path]
        return kind.title if value is None else self.of(kind, value)


def _parameter(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(_parameter(item) for item in value) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int) else str(value)
