"""A vendor manifest checked alone: what policies say of each plan while nothing is known of a purchase (law 6).

Whatever fails here fails for every purchase of the plan, for stating a fact never turns a failing policy.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from procureguard.compile.program import Program
from procureguard.evaluate import Evaluation, evaluate
from procureguard.facts.gather import Facts, gather_offer
from procureguard.facts.schema import FactSchema
from procureguard.facts.statements import Identity
from procureguard.finding import Finding, Outcome
from procureguard.policy.model import Effect
from procureguard.stack.manifest import Offer, VendorManifest
from procureguard.stack.stack import Stack


class Plan(NamedTuple):
    """A product on one of its plans, or the vendor alone (no offer), with what is known and what follows."""

    offer: Offer | None
    facts: Facts
    evaluation: Evaluation

    def fails(self) -> tuple[Finding, ...]:
        """What does not hold whatever the purchase, the strongest effect first."""
        found = self.evaluation.with_outcome(Outcome.FAIL)
        return tuple(sorted(found, key=lambda finding: (-finding.effect, finding.policy)))

    def wanted(self, schema: FactSchema) -> tuple["Wanted", ...]:
        """What policies wait for that the vendor can state: by strongest effect, then by how many policies wait."""
        found = (wanted for wanted in self._waiting() if schema[wanted.fact].stated_by == "vendor")
        return tuple(sorted(found, key=lambda wanted: (-wanted.effect, -len(wanted.findings), wanted.fact)))

    def of_the_purchase(self, schema: FactSchema) -> int:
        """How many facts policies wait for that others than the vendor state."""
        return sum(schema[wanted.fact].stated_by != "vendor" for wanted in self._waiting())

    def _waiting(self) -> Iterable["Wanted"]:
        waiting: dict[str, list[Finding]] = {}
        for finding in self.evaluation.with_outcome(Outcome.UNKNOWN):
            for path in finding.waits:
                waiting.setdefault(path, []).append(finding)
        return (Wanted(path, tuple(findings)) for path, findings in waiting.items())


class Wanted(NamedTuple):
    """A fact nobody has stated, and the findings that wait for it."""

    fact: str
    findings: tuple[Finding, ...]

    @property
    def effect(self) -> Effect:
        """The strongest effect among the findings that wait."""
        return max(finding.effect for finding in self.findings)


def evaluate_plans(
    manifest: VendorManifest, stack: Stack, schema: FactSchema, program: Program, as_of: date
) -> tuple[Plan, ...]:
    """Every plan of a manifest in its order, or the vendor alone where no product is described."""
    return tuple(
        _plan(manifest, offer, stack, schema, program, as_of) for offer in (tuple(manifest.offers()) or (None,))
    )


def _plan(
    manifest: VendorManifest, offer: Offer | None, stack: Stack, schema: FactSchema, program: Program, as_of: date
) -> Plan:
    identity = Identity(manifest, None, None) if offer is None else Identity(manifest, *offer)
    facts = gather_offer(identity, stack, schema, as_of)
    return Plan(offer, facts, evaluate(facts, program))
