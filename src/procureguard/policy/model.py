"""What is known of policies when purchases are checked: all but their expressions, which are compiled by then."""

from collections.abc import Mapping
from datetime import date
from enum import IntEnum
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, Self

from procureguard.facts.fact import Place

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


class Turn(NamedTuple):
    """A day that a policy compares with today.

    It is a day of the calendar, as an ordinal in `days`; or a fact, in a list of records the field at a place, moved by
    `days`; or the day on which a countdown has come to `days`, where None stands for every number on the way.
    """

    fact: str | None
    field: int | None
    days: int | None


class Pack(NamedTuple):
    """A folder of policies that both sides have agreed; without a jurisdiction it holds everywhere."""

    identity: str
    title: str
    domain: str
    release: str
    agreed_by: tuple[str, ...]
    agreed_on: date | None
    review_by: date | None
    jurisdiction: str | None


class Policy(NamedTuple):
    """One rule.

    Attributes:
        required: the facts and definitions that what must hold names itself.
        facts: every fact it may read, through definitions too.
        proven: those of them that what must hold rests on and that somebody outside the organisation's file states.
        fresh_for_days: how long a statement of a fact counts as fresh, where it does not count for ever.
        turns: the days it compares with today, through definitions too.
        registers: what its facts need to be supplied.
        never_suggest: facts whose change is no way to satisfy it, for itself or for a definition it rests on.
    """

    identity: str
    title: str
    effect: Effect
    role: str
    pack: str
    domain: str
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
    required: tuple[str, ...]
    facts: frozenset[str]
    proven: frozenset[str]
    fresh_for_days: Mapping[str, int]
    turns: tuple[Turn, ...]
    registers: frozenset[str]
    never_suggest: frozenset[str]
    place: Place
    file: str
    digest: str

    def in_force(self, day: date | None) -> bool:
        """Whether the policy applies on a day; without a day it counts as in force."""
        if day is None:
            return True
        return (self.effective_from is None or self.effective_from <= day) and (
            self.effective_to is None or day <= self.effective_to
        )


class Mentioned(NamedTuple):
    """What policies compare a fact with: where its values make a difference.

    Attributes:
        days: days of the calendar, as ordinals.
        lengths: lengths of time, in days.
        numbers: other numbers, as evaluators hold them.
        texts: texts.
        facts: other facts named in the same conditions; their values count too, once they are known.
        whole: whether these and what lies beside them stand for all values; not so for what is counted, searched in or
            computed with.
    """

    days: frozenset[int] = frozenset()
    lengths: frozenset[int] = frozenset()
    numbers: frozenset[int] = frozenset()
    texts: frozenset[str] = frozenset()
    facts: frozenset[str] = frozenset()
    whole: bool = True

    def __or__(self, other: "Mentioned") -> "Mentioned":
        """What is mentioned in one place or the other."""
        return Mentioned(
            self.days | other.days,
            self.lengths | other.lengths,
            self.numbers | other.numbers,
            self.texts | other.texts,
            self.facts | other.facts,
            self.whole and other.whole,
        )


class PolicySet(NamedTuple):
    """All policies in the order of their ids, their packs, the titles of root causes, and what is mentioned of facts.

    Attributes:
        mentioned: for each fact that a policy can depend on, if only through what is computed from it, what it is
            compared with.
        asked: the facts that the form asks a buyer for, in its order, each with the facts that decide whether it does.
    """

    policies: tuple[Policy, ...]
    packs: Mapping[str, Pack]
    roots: Mapping[str, str]
    digest: str
    mentioned: Mapping[str, Mentioned] = MappingProxyType({})
    asked: Mapping[str, frozenset[str]] = MappingProxyType({})

    def get(self, identity: str) -> Policy | None:
        """The policy of that id."""
        return next((policy for policy in self.policies if policy.identity == identity), None)
