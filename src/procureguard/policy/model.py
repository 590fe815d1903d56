"""Policies, definitions and packs, as they are after loading."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Any, Literal, Self

from procureguard.cel import Checked
from procureguard.facts import Place
from procureguard.policy.expression import Expression
from procureguard.policy.turns import Turn
from procureguard.source import Document

PARAMETER_PREFIX = "params."


EffectWord = Literal["advise", "condition", "review", "deny"]


class Effect(IntEnum):
    """What a finding leads to, the weakest first."""

    ADVISE = 1
    CONDITION = 2
    REVIEW = 3
    DENY = 4

    @property
    def word(self) -> EffectWord:
        """The effect as files and reports write it."""
        return _WORDS[self]

    @classmethod
    def of(cls, word: str) -> Self:
        """The effect of that word."""
        return cls[word.upper()]


_WORDS: dict[Effect, EffectWord] = {
    Effect.ADVISE: "advise",
    Effect.CONDITION: "condition",
    Effect.REVIEW: "review",
    Effect.DENY: "deny",
}


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
    """A named expression over facts."""

    name: str
    title: str
    expression: Expression
    facts: frozenset[str]
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """A folder of policies that both sides have agreed."""

    identity: str
    title: str
    domain: str
    release: str
    agreed_by: tuple[str, ...]
    agreed_on: date | None
    review_by: date | None


@dataclass(frozen=True, slots=True)
class Policy:
    """One rule.

    Attributes:
        facts: every fact it may read, through definitions too.
        proven: those of them that what must hold rests on and that somebody outside the organisation's file states.
        fresh_for_days: how long a statement of a fact counts as fresh, where it does not count for ever.
        turns: the days it compares with today, through definitions too.
        registers: what its facts need to be supplied.
    """

    identity: str
    title: str
    effect: Effect
    role: str
    pack: str
    domain: str
    when: Expression | None
    require: Expression
    params: Mapping[str, Any]
    message: str
    why: str
    remedy: str
    ask: str | None
    due: str
    evidence: str | None
    root: str | None
    references: tuple[str, ...]
    effective_from: date | None
    effective_to: date | None
    examples: tuple[Example, ...]
    facts: frozenset[str]
    proven: frozenset[str]
    fresh_for_days: Mapping[str, int]
    turns: tuple[Turn, ...]
    registers: frozenset[str]
    document: Document
    digest: str

    @property
    def place(self) -> Place:
        """Where the policy stands."""
        return Place.of(self.document, "policy", self.identity, "")

    def in_force(self, day: date | None) -> bool:
        """Whether the policy applies on a day; without a day it counts as in force."""
        if day is None:
            return True
        return (self.effective_from is None or self.effective_from <= day) and (
            self.effective_to is None or day <= self.effective_to
        )

    def expressions(self) -> tuple[Checked, ...]:
        """What it asks: whether it applies, if it does not always, and what must hold."""
        when = () if self.when is None else (self.when.checked,)
        return (*when, self.require.checked)


@dataclass(frozen=True, slots=True)
class PolicySet:
    """All policies in the order of their ids, with the definitions in an order in which each finds its parts."""

    policies: tuple[Policy, ...]
    definitions: tuple[Definition, ...]
    packs: Mapping[str, Pack]
    roots: Mapping[str, str]
    digest: str

    def get(self, identity: str) -> Policy | None:
        """The policy of that id."""
        return next((policy for policy in self.policies if policy.identity == identity), None)
