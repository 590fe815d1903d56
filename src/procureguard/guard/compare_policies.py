"""Comparing two policy sets, and the answers that purchases get from each."""

from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from procureguard.analysis.answers import causes, judge, renamed, same_reasons
from procureguard.analysis.changes import PolicyChanges, compare
from procureguard.facts.derived import shipped_schema
from procureguard.facts.gather import Facts
from procureguard.guard.cache import Cache
from procureguard.guard.guard import Guard, identity_of_purchase
from procureguard.guard.library import load_written, read_policies
from procureguard.guard.overrides import fit_overrides, fit_packs, parameters_of
from procureguard.guard.own_types import own_types
from procureguard.guard.policies import compiled
from procureguard.guard.policy_files import PolicyFile
from procureguard.guard.policy_sides import Sides
from procureguard.guard.stack_files import FileName, organisation_of
from procureguard.policy.written import WrittenPolicies
from procureguard.report.build import called
from procureguard.report.change_contract import ChangeReport, NamedPurchase, Purchases, Turn
from procureguard.report.changes import Compared, build_change_report, reported_cause
from procureguard.report.reporter import Reporter
from procureguard.report.words import Words
from procureguard.source.diagnostic import Diagnostic, InvalidInput
from procureguard.source.document import Document
from procureguard.stack.organisation import Organisation, load_organisation
from procureguard.stack.stack import Stack
from procureguard.version import __version__


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two policy sets as they are written, without what an organisation changes of them, and what is different."""

    sides: Sides
    before: WrittenPolicies
    after: WrittenPolicies
    changes: PolicyChanges

    @classmethod
    def load(cls, sides: Sides, organisation: FileName | None) -> "Comparison":
        """Compares two policy sets; of the organisation, only its own facts matter. Examples are not run.

        Raises:
            InvalidInput: anything is wrong with a file; all of it is named.
        """
        problems: list[Diagnostic] = []
        owner = organisation_of(organisation, problems)
        before, after = _load(sides, owner, problems)
        return cls(sides, before, after, compare(before, after))

    def report(self, purchases: Purchases | None = None) -> ChangeReport:
        """What is different, and what that turns for purchases that were checked with both sets."""
        before = Compared(self.sides.before.name, self.before.policies)
        after = Compared(self.sides.after.name, self.after.policies)
        return build_change_report(before, after, self.changes, purchases, __version__)


class Rejudged(NamedTuple):
    """A purchase checked with both sets: what turns, if its answer does, and whether the reasons are the same."""

    purchase: NamedPurchase
    turn: Turn | None
    same_reasons: bool


@dataclass(frozen=True, slots=True)
class Contest:
    """Two policy sets among the same tools, vendors and settings, for any number of purchases.

    Attributes:
        warnings: what the organisation changes of policies that the second set has no place for.
    """

    before: Guard
    after: Guard
    changes: PolicyChanges
    warnings: tuple[Diagnostic, ...]

    @classmethod
    def load(cls, compared: Comparison, stack: Stack, cache: Cache) -> "Contest":
        """Compiles both sets for the surroundings of purchases; each takes what the organisation changes of it.

        Raises:
            InvalidInput: anything is wrong with the policies or what the organisation changes; all of it is named.
        """
        old, new = parameters_of(compared.before), parameters_of(compared.after)
        owner, names = stack.organisation, compared.changes.renamed
        packs = compared.before.policies.packs.keys(), compared.after.policies.packs.keys()
        packed = fit_packs(owner, packs[1], packs[0])
        was = fit_overrides(fit_packs(owner, *packs).organisation, old, new, compared.changes.former)
        now = fit_overrides(packed.organisation, new, old, names)
        sides = compared.sides
        return cls(
            _guard(sides.before.files, replace(stack, organisation=was.organisation), cache),
            _guard(sides.after.files, replace(stack, organisation=now.organisation), cache),
            compared.changes,
            (*packed.left_out, *now.left_out),
        )

    def judge(self, document: Document, as_of: date) -> Rejudged:
        """The purchase a document describes, checked with both sets on a day.

        Raises:
            InvalidInput: the document is no valid purchase; everything wrong with it is named.
        """
        facts = self.after.facts(document, as_of)
        before = renamed(judge(facts, self.before.program, self.before.schema), self.changes.renamed)
        after = judge(facts, self.after.program, self.after.schema)
        purchase = NamedPurchase(identity_of_purchase(document), called(facts))
        if before.verdict == after.verdict:
            return Rejudged(purchase, None, same_reasons(before, after))
        was, now = self._reporter(facts, self.before), self._reporter(facts, self.after)
        turn = Turn(
            purchase.purchase,
            purchase.name,
            facts.value("request.department"),
            facts.value("request.owner"),
            before.verdict,
            after.verdict,
            tuple(reported_cause(cause, was, now, self.changes.former) for cause in causes(before, after)),
        )
        return Rejudged(purchase, turn, same_reasons=False)

    def _reporter(self, facts: Facts, guard: Guard) -> Reporter:
        return Reporter(Words(facts, guard.schema, guard.stack.name_of), guard.policies)


def gathered(judged: list[Rejudged], as_of: date) -> Purchases:
    """Purchases that were checked with both sets, in the order of what they are called."""
    in_order = sorted(judged, key=lambda found: (found.purchase.purchase, found.purchase.name))
    turned = tuple(found.turn for found in in_order if found.turn is not None)
    kept = [found for found in in_order if found.turn is None]
    other = tuple(found.purchase for found in kept if not found.same_reasons)
    return Purchases(as_of.isoformat(), len(judged), turned, len(kept), other)


def _load(sides: Sides, owner: Organisation, problems: list[Diagnostic]) -> tuple[WrittenPolicies, WrittenPolicies]:
    """Both sets, or everything that is wrong with either."""
    schema = shipped_schema().with_types(own_types(owner, problems))
    nobody = load_organisation(None, problems)
    assert nobody is not None
    loaded: list[WrittenPolicies] = []
    for side in sides:
        found: list[Diagnostic] = []
        try:
            loaded.append(load_written(read_policies(side.files, found), schema, nobody, found))
        except InvalidInput as error:
            problems += error.diagnostics
    if len(loaded) < len(sides):
        raise InvalidInput(problems)
    return loaded[0], loaded[1]


def _guard(files: tuple[PolicyFile, ...], stack: Stack, cache: Cache) -> Guard:
    schema = shipped_schema().with_types(own_types(stack.organisation, []))
    return Guard(schema, stack, compiled(files, schema, stack, cache), files)
