"""Deciding many purchases fast: plain data in, outcomes out, no report."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from procureguard.compile.flatten import Waits, compile_flatten
from procureguard.compile.program import FAIL, NOT_APPLICABLE, UNKNOWN, Code, Explain, Paths, Program, Told, Values
from procureguard.compile.swift import NOT_PLAIN, Failing, compile_swift
from procureguard.evaluate import OUTCOMES, SHOWN, evaluate
from procureguard.facts.gather import gather, registers_for
from procureguard.facts.schema import FactSchema
from procureguard.facts.statements import EXTENDS_A_TOOL, organisation_facts
from procureguard.finding import Finding, OutcomeWord
from procureguard.guard.plain_data import document_of
from procureguard.policy.model import Effect
from procureguard.policy.written import WrittenPolicies
from procureguard.purchase import Purchase
from procureguard.source.diagnostic import Diagnostic, InvalidInput
from procureguard.source.stated import plain
from procureguard.stack.stack import Stack
from procureguard.stack.vendors import Catalogue

NOTHING: frozenset[str] = frozenset()
NO_WAITS: Waits = {}
WORDS: Mapping[Code, OutcomeWord] = {code: outcome.word for code, outcome in OUTCOMES.items()}


class _Entry(NamedTuple):
    """What explaining a policy takes."""

    identity: str
    effect: Effect
    applies: Explain | None
    holds: Explain


class _Day(NamedTuple):
    """The policies in force on a day, by number, and the outcomes of the others."""

    numbers: tuple[int, ...]
    not_in_force: dict[str, OutcomeWord]


class Decider:
    """Outcomes of purchases given as plain data that answers to the purchase schema.

    It knows the organisation, the registers and what the inventory says of a tool that is renewed or extended, not the
    vendor manifests: what is known of a product must be in the purchase. Policies whose registers are not supplied are
    left out.
    """

    def __init__(self, policies: WrittenPolicies, program: Program, schema: FactSchema, stack: Stack) -> None:
        known = organisation_facts(stack, schema)
        registers = registers_for(stack, known)
        constants = {path: fact.value for path, fact in known.items()}
        self._program = program
        self._flatten = compile_flatten(program.slots, schema, constants, registers)
        self._swift = compile_swift(policies, program.slots, schema, constants, registers)
        self._supplied, self._registers = registers.supplied, registers
        self._stack, self._schema = replace(stack, catalogue=Catalogue.of()), schema
        self._entries = tuple(
            _Entry(policy.identity, policy.effect, applies, holds)
            for policy, applies, holds in zip(program.policies.policies, program.applies, program.holds, strict=True)
        )
        self._decided = registers.decisions.by_purchase.keys()
        self._on = lru_cache(maxsize=64)(self._find_day)

    def outcomes(self, purchase: Mapping[str, Any], as_of: date) -> dict[str, OutcomeWord]:
        """The outcome of every policy, by its id."""
        if self._has_a_past(purchase):
            return {finding.policy: finding.outcome.word for finding in self._gathered(purchase, as_of)}
        try:
            return self._swift.outcomes(purchase, as_of)
        except NOT_PLAIN:
            return self._outcomes(purchase, as_of)

    def _outcomes(self, purchase: Mapping[str, Any], as_of: date) -> dict[str, OutcomeWord]:
        """The same by the three-valued program, whatever is missing."""
        day = self._on(as_of)
        codes, _ = self._program.run(self._flatten(purchase, as_of)[0])
        found = {self._entries[number].identity: WORDS[codes[number]] for number in day.numbers}
        return found | day.not_in_force

    def explain(self, purchase: Mapping[str, Any], as_of: date) -> tuple[Finding, ...]:
        """The findings that fail or are unknown, each with the facts that its policy applies by and rests on."""
        if self._has_a_past(purchase):
            return tuple(finding for finding in self._gathered(purchase, as_of) if finding.outcome in SHOWN)
        try:
            return self._explain_failing(self._swift.failing(purchase, as_of))
        except NOT_PLAIN:
            return self._explain(purchase, as_of)

    def _has_a_past(self, purchase: Mapping[str, Any]) -> bool:
        """Whether inventory or decision log have a say in what is known of the purchase."""
        request = purchase.get("request")
        if not request:
            return False
        extends = self._stack.inventory is not None and plain(request.get("type")) in EXTENDS_A_TOOL
        return extends or plain(request.get("id")) in self._decided

    def _gathered(self, purchase: Mapping[str, Any], as_of: date) -> tuple[Finding, ...]:
        """All findings, from what purchase and registers say together, as a check weighs it."""
        problems: list[Diagnostic] = []
        document = document_of(purchase, problems)
        if document is None:
            raise InvalidInput(problems)
        facts = gather(Purchase(document), self._stack, self._schema, as_of, self._registers)
        return evaluate(facts, self._program).findings

    def _explain_failing(self, failing: Failing) -> tuple[Finding, ...]:
        """What failed where nothing that decides is unknown."""
        numbers, facts, definitions = failing
        told: Told = [None] * len(definitions)
        return tuple([_finding(self._entries[number], FAIL, facts, definitions, told, NO_WAITS) for number in numbers])

    def _explain(self, purchase: Mapping[str, Any], as_of: date) -> tuple[Finding, ...]:
        """The same by the three-valued program, whatever is missing."""
        day = self._on(as_of)
        values, unknown = self._flatten(purchase, as_of)
        codes, definitions = self._program.run(values)
        told: Told = [None] * len(definitions)
        shown = [number for number in day.numbers if codes[number]]
        return tuple(
            _finding(self._entries[number], codes[number], values, definitions, told, unknown) for number in shown
        )

    def _find_day(self, day: date) -> _Day:
        policies, entries = self._program.policies.policies, self._entries
        run = [number for number, policy in enumerate(policies) if not policy.registers - self._supplied]
        in_force = tuple(number for number in run if policies[number].in_force(day))
        rest = [number for number in run if not policies[number].in_force(day)]
        return _Day(in_force, dict.fromkeys((entries[number].identity for number in rest), WORDS[NOT_APPLICABLE]))


def _finding(entry: _Entry, code: Code, values: Values, definitions: Values, told: Told, unknown: Waits) -> Finding:
    identity, effect, applies, holds = entry
    applies_by: Paths = {}
    reads: Paths = {}
    waits: Paths = {}
    if applies is not None:
        applies(values, definitions, told, applies_by, waits)
    holds(values, definitions, told, reads, waits)
    open_facts = NOTHING.union(*(unknown.get(path, {path}) for path in waits)) if code == UNKNOWN else NOTHING
    # Made from a tuple it takes two thirds of the time.
    return Finding._make((identity, effect, OUTCOMES[code], tuple(reads), tuple(applies_by), open_facts, NOTHING))
