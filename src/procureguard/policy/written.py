"""Policies as they are written: with expressions, examples and the file, for compiling and explaining them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from procureguard.cel.checker import Checked
from procureguard.policy.expression import Expression
from procureguard.policy.form import Form
from procureguard.policy.model import Policy, PolicySet, Turn
from procureguard.source.document import Document

TIERS = "risk."
"""What the definitions begin with that are read whether or not a policy names them."""


@dataclass(frozen=True, slots=True)
class Example:
    """A tried case of a policy: what is given, what must come out, and what is asked when that is unknown."""

    name: str
    given: Mapping[str, Mapping[str, Any]]
    expect: str
    asks: frozenset[str]
    as_of: date | None
    pointer: str


@dataclass(frozen=True, slots=True)
class Definition:
    """A named expression over facts.

    Attributes:
        never_suggest: facts that its file names as no way to turn it.
        left_alone: these, and those of the definitions that it names.
    """

    name: str
    title: str
    expression: Expression
    facts: frozenset[str]
    turns: tuple[Turn, ...]
    document: Document
    never_suggest: tuple[str, ...] = ()
    left_alone: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class WrittenPolicy:
    """A policy with what its file says: when it applies, what must hold, its examples, and what is no way out."""

    policy: Policy
    when: Expression | None
    require: Expression
    examples: tuple[Example, ...]
    document: Document
    never_suggest: tuple[str, ...] = ()

    def expressions(self) -> tuple[Checked, ...]:
        """What it asks: whether it applies, if it does not always, and what must hold."""
        when = () if self.when is None else (self.when.checked,)
        return (*when, self.require.checked)


@dataclass(frozen=True, slots=True)
class WrittenPolicies:
    """A policy set with its expressions, files and form; each definition comes after its parts."""

    policies: PolicySet
    written: tuple[WrittenPolicy, ...]
    definitions: tuple[Definition, ...]
    documents: tuple[Document, ...] = ()
    form: Form | None = None

    def naming(self, definition: str) -> tuple[str, ...]:
        """The ids of the policies that name a definition, themselves or through definitions."""
        reaching = {definition}
        for found in self.definitions:  # parts come before wholes
            if reaching.intersection(found.expression.checked.paths):
                reaching.add(found.name)
        return tuple(
            written.policy.identity
            for written in self.written
            if any(reaching.intersection(expression.paths) for expression in written.expressions())
        )

    def no_way_out(self, written: WrittenPolicy) -> tuple[str, ...]:
        """The facts that a policy marks, or a definition it names itself.

        Marks of risk tiers and of what lies deeper count as well, though they tell a reader little of this policy.
        """
        named = {path for expression in written.expressions() for path in expression.paths}
        told = (each for each in self.definitions if each.name in named and not each.name.startswith(TIERS))
        found = (path for each in told for path in each.never_suggest)
        return tuple(sorted({*written.never_suggest, *found}))

    def get(self, identity: str) -> WrittenPolicy | None:
        """The policy of that id as it is written."""
        return next((found for found in self.written if found.policy.identity == identity), None)
