"""Deciding many purchases fast: plain data in, outcomes out, no report."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from procureguard.compile.flatten import Waits, compile_flatten
from procureguard.compile.program import NOT_APPLICABLE, UNKNOWN, Code, Explain, Program, Told, Values
from procureguard.compile.swift import NOT_PLAIN, compile_swift
from procureguard.evaluate import OUTCOMES
from procureguard.facts.gather import registers_for
from procureguard.facts.schema import FactSchema
from procureguard.facts.statements import organisation_facts
from procureguard.finding import Finding, OutcomeWord
from procureguard.policy.model import Effect
from procureguard.policy.written import WrittenPolicies
from procureguard.stack.stack import Stack

NOTHING: frozenset[str] = frozenset()
WORDS: Mapping[Code, OutcomeWord] = {code: outcome.word for code, outcome in OUTCOMES.items()}


class _Entry(NamedTuple):
    """What explaining a policy takes."""

    identity: str
    effect: Effect
    applies: Explain | None
    holds: Explain


class _Day(NamedTuple):
    """The policies in force on a day: what explaining them takes, their ids, what picks their codes, and the others."""

    entries: tuple[_Entry, ...]
    identities: tuple[str, ...]
    select: Callable[[Values], tuple[Code, ...]]
    not_in_force: dict[str, OutcomeWord]


class Decider:
    """Outcomes of purchases given as plain data that answers to the purchase schema.

    It knows the organisation and the registers, not the vendor manifests: what is known of a product must be in the
    purchase. Policies whose registers are not supplied are left out.
    """

    def __init__(self, policies: WrittenPolicies, program: Program, schema: FactSchema, stack: Stack) -> None:
        known = organisation_facts(stack, schema)
        registers = registers_for(stack, known)
        constants = {path: fact.value for path, fact in known.items()}
        self._program = program
        self._flatten = compile_flatten(program.slots, schema, constants, registers)
        self._swift = compile_swift(policies, schema, constants, registers)
        self._supplied = registers.supplied
        self._on = lru_cache(maxsize=64)(self._find_day)

    def outcomes(self, purchase: Mapping[str, Any], as_of: date) -> dict[str, OutcomeWord]:
        """The outcome of every policy, by its id."""
        try:
            return self._swift(purchase, as_of)
        except NOT_PLAIN:
            return self._outcomes(purchase, as_of)

    def _outcomes(self, purchase: Mapping[str, Any], as_of: date) -> dict[str, OutcomeWord]:
        """The same by the three-valued program, whatever is missing."""
        day = self._on(as_of)
        codes, _ = self._program.run(self._flatten(purchase, as_of)[0])
        found = dict(zip(day.identities, map(WORDS.__getitem__, day.select(codes)), strict=True))
        found.update(day.not_in_force)
        return found

    def explain(self, purchase: Mapping[str, Any], as_of: date) -> tuple[Finding, ...]:
        """The findings that fail or are unknown, each with the facts that its policy applies by and rests on."""
        day = self._on(as_of)
        values, unknown = self._flatten(purchase, as_of)
        codes, definitions = self._program.run(values)
        told: Told = [None] * len(definitions)
        return tuple(
            [
                _finding(entry, code, values, definitions, told, unknown)
                for code, entry in zip(day.select(codes), day.entries, strict=True)
                if code
            ]
        )

    def _find_day(self, day: date) -> _Day:
        program, policies = self._program, self._program.policies.policies
        run = [number for number, policy in enumerate(policies) if not policy.registers - self._supplied]
        numbers = tuple(number for number in run if policies[number].in_force(day))
        entries = tuple(
            _Entry(policies[number].identity, policies[number].effect, program.applies[number], program.holds[number])
            for number in numbers
        )
        rest = [policies[number].identity for number in run if not policies[number].in_force(day)]
        return _Day(
            entries,
            tuple(entry.identity for entry in entries),
            _selecting(numbers),
            dict.fromkeys(rest, WORDS[NOT_APPLICABLE]),
        )


def _finding(entry: _Entry, code: int, values: Values, definitions: Values, told: Told, unknown: Waits) -> Finding:
    identity, effect, applies, holds = entry
    applies_by: list[str] = []
    reads: list[str] = []
    waits: list[str] = []
    if applies is not None:
        applies(values, definitions, told, applies_by, waits)
    holds(values, definitions, told, reads, waits)
    return Finding(
        identity,
        effect,
        OUTCOMES[code],
        tuple(dict.fromkeys(reads)) if len(reads) > 1 else tuple(reads),
        tuple(dict.fromkeys(applies_by)) if len(applies_by) > 1 else tuple(applies_by),
        NOTHING.union(*(unknown.get(path, {path}) for path in waits)) if code == UNKNOWN else NOTHING,
        NOTHING,
    )


def _selecting(numbers: tuple[int, ...]) -> Callable[[Values], tuple[Code, ...]]:
    """What picks the codes at some places; `itemgetter` of fewer than two places would not give a tuple."""
    if len(numbers) > 1:
        return itemgetter(*numbers)
    return lambda codes: tuple(codes[number] for number in numbers)
