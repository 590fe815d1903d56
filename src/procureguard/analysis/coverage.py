"""Coverage: which outcomes of policies, which branches of their conditions and which facts cases have tried.

A case is a policy applied to facts: an example with its own policy, a purchase with every policy.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple, TypeAlias

from procureguard.cel.conditions import conditions
from procureguard.cel.unparser import unparse
from procureguard.facts.gather import Facts
from procureguard.finding import Outcome
from procureguard.policy.expression import Expression
from procureguard.policy.model import Policy
from procureguard.policy.written import Definition, WrittenPolicies, WrittenPolicy
from procureguard.source.document import Document
from procureguard.source.text import Position
from procureguard.trace import Trace

Branch: TypeAlias = tuple[str, str, int, bool]
"""A policy or definition, its part, the identity of a condition in it, and what that came to."""

BRANCHES = (True, False)


class Case(NamedTuple):
    """A policy, those it stands among, and the facts it is applied to."""

    policies: WrittenPolicies
    written: WrittenPolicy
    facts: Facts


class Tally(NamedTuple):
    """How many of some things were met."""

    met: int
    total: int

    @property
    def percent(self) -> float:
        """The share that was met, 0 to 100, rounded down to one decimal; of nothing, all was met."""
        return self.met * 1000 // self.total / 10 if self.total else 100.0

    def is_below(self, percent: float) -> bool:
        """Whether less than a percentage was met."""
        return self.met * 100 < percent * self.total


@dataclass(frozen=True, slots=True)
class Seen:
    """What cases have seen.

    Attributes:
        outcomes: by policy.
        branches: the truth values that conditions came to.
        stated: the facts that were known where a policy that reads them was applied.
        decided: those of them that an outcome other than unknown rested on.
    """

    outcomes: frozenset[tuple[str, Outcome]]
    branches: frozenset[Branch]
    stated: frozenset[str]
    decided: frozenset[str]


class NeverTaken(NamedTuple):
    """A condition that never came to a truth value: as text of the language, and its place in the file."""

    condition: str
    value: bool
    place: Position


class Branches(NamedTuple):
    """The branches of a policy or definition: how many were taken, and which were not."""

    taken: Tally
    never: tuple[NeverTaken, ...]


class PolicyCoverage(NamedTuple):
    """What was seen of a policy: its outcomes, those that are still to be shown, and its branches."""

    policy: Policy
    outcomes: tuple[Outcome, ...]
    missing: tuple[Outcome, ...]
    branches: Branches


class DefinitionCoverage(NamedTuple):
    """What was seen of a definition, through all policies."""

    name: str
    file: str
    branches: Branches


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was seen of policies, definitions and the facts that these policies read, each by name."""

    policies: tuple[PolicyCoverage, ...]
    definitions: tuple[DefinitionCoverage, ...]
    facts: tuple[str, ...]
    stated: tuple[str, ...]
    decided: tuple[str, ...]

    @property
    def of_policies(self) -> Tally:
        """Policies of which every outcome was seen that says something of the policy itself."""
        return Tally(sum(not found.missing for found in self.policies), len(self.policies))

    @property
    def of_branches(self) -> Tally:
        """Branches of what policies ask."""
        return _sum(found.branches.taken for found in self.policies)

    @property
    def of_definitions(self) -> Tally:
        """Branches of definitions."""
        return _sum(found.branches.taken for found in self.definitions)

    @property
    def of_facts(self) -> Tally:
        """Facts that were stated."""
        return Tally(len(self.stated), len(self.facts))

    @property
    def of_deciding(self) -> Tally:
        """Facts that an outcome rested on."""
        return Tally(len(self.decided), len(self.facts))

    def below(self, percent: float) -> tuple[str, ...]:
        """What is covered by less than a percentage: policies, or the branches of what they ask."""
        counted = {"policies": self.of_policies, "branches of `when` and `require`": self.of_branches}
        return tuple(name for name, tally in counted.items() if tally.is_below(percent))


def to_show(written: WrittenPolicy) -> tuple[Outcome, ...]:
    """The outcomes that show what a policy does: pass, fail and, where it has a `when`, not applicable.

    Unknown is none of them: it says that the case is incomplete, and nothing of the policy.
    """
    always = (Outcome.PASS, Outcome.FAIL)
    return always if written.when is None else (*always, Outcome.NOT_APPLICABLE)


def cases_of(policies: WrittenPolicies, facts: Facts) -> Iterator[Case]:
    """A purchase as a case of every policy whose registers are supplied."""
    for written in policies.written:
        if not written.policy.registers - facts.registers.supplied:
            yield Case(policies, written, facts)


def seen_in(cases: Iterable[Case]) -> Seen:
    """What cases see; one on a day on which its policy is not in force sees nothing."""
    outcomes: set[tuple[str, Outcome]] = set()
    branches: set[Branch] = set()
    stated: set[str] = set()
    decided: set[str] = set()
    for policies, written, facts in cases:
        policy = written.policy
        if policy.in_force(facts.as_of):
            trace = Trace(facts, policies)
            finding = trace.outcome(written)
            outcomes.add((policy.identity, finding.outcome))
            branches.update(_branches(written, trace))
            stated |= policy.facts & facts.known.keys()
            if finding.outcome is not Outcome.UNKNOWN:
                decided.update(finding.reads, finding.applies_by)
    return Seen(frozenset(outcomes), frozenset(branches), frozenset(stated), frozenset(decided & stated))


def coverage(policies: WrittenPolicies, seen: Seen, files: Collection[str] | None = None) -> Coverage:
    """What was seen of the policies and definitions in these files, or of all."""
    written = [found for found in policies.written if files is None or found.document.source.name in files]
    defined = [found for found in policies.definitions if files is None or found.document.source.name in files]
    facts = frozenset[str]().union(*(found.policy.facts for found in written))
    return Coverage(
        tuple(_of_policy(found, seen) for found in written),
        tuple(_of_definition(found, seen) for found in sorted(defined, key=lambda found: found.name)),
        tuple(sorted(facts)),
        tuple(sorted(facts & seen.stated)),
        tuple(sorted(facts & seen.decided)),
    )


def _branches(written: WrittenPolicy, trace: Trace) -> Iterator[Branch]:
    looked_at = trace.looked_at(written)
    identity = written.policy.identity
    parts = [(identity, "when", looked_at.when), (identity, "require", looked_at.require)]
    for name, part, found in [*parts, *((name, "is", found) for name, found in looked_at.definitions.items())]:
        for node, value in found.truths if found is not None else ():
            yield name, part, node, value


def _of_policy(written: WrittenPolicy, seen: Seen) -> PolicyCoverage:
    identity = written.policy.identity
    outcomes = tuple(outcome for outcome in Outcome if (identity, outcome) in seen.outcomes)
    missing = tuple(outcome for outcome in to_show(written) if outcome not in outcomes)
    parts = {"when": written.when, "require": written.require}
    return PolicyCoverage(written.policy, outcomes, missing, _taken(identity, parts, written.document, seen))


def _of_definition(definition: Definition, seen: Seen) -> DefinitionCoverage:
    document = definition.document
    branches = _taken(definition.name, {"is": definition.expression}, document, seen)
    return DefinitionCoverage(definition.name, document.source.name, branches)


def _taken(name: str, parts: Mapping[str, Expression | None], document: Document, seen: Seen) -> Branches:
    total, never = 0, []
    for part, expression in parts.items():
        for node, value in product(conditions(expression.checked) if expression else (), BRANCHES):
            total += 1
            if expression is not None and (name, part, node.identity, value) not in seen.branches:
                span = expression.composed.locate(document, node.start, node.end)
                never.append(NeverTaken(unparse(node), value, document.source.position(span.start)))
    return Branches(Tally(total - len(never), total), tuple(never))


def _sum(tallies: Iterable[Tally]) -> Tally:
    found = list(tallies)
    return Tally(sum(tally.met for tally in found), sum(tally.total for tally in found))
