"""A policy set as generated Python over a flat vector of fact values.

One function gives all outcomes, with shared facts and definitions computed once; small ones, two for each policy, say
what an outcome rests on. The generated text holds names that are made here and constants, nothing that a file says.
"""

from collections.abc import Mapping
from typing import NamedTuple

from procureguard.cel.generator import Emitter
from procureguard.cel.types import Constant
from procureguard.compile.explaining import Explainer
from procureguard.compile.program import FAIL, NOT_APPLICABLE, PASS, TIERS, UNKNOWN, Program
from procureguard.policy.written import Definition, WrittenPolicies, WrittenPolicy


class Generated(NamedTuple):
    """The text of a program, the facts it takes, where its tiers stand, and the patterns it searches for."""

    source: str
    slots: tuple[str, ...]
    tiers: tuple[int | None, ...]
    patterns: dict[str, str]


def compile_policies(policies: WrittenPolicies) -> Program:
    """The program of a policy set; the set must be free of problems."""
    generated = generate(policies)
    code = compile(generated.source, "<policies>", "exec")
    return Program.of(policies.policies, generated.slots, generated.tiers, code, generated.patterns)


def generate(policies: WrittenPolicies) -> Generated:
    """The program of a policy set as Python text."""
    definitions = needed(policies)
    below = (definition.facts for definition in definitions)
    slots = tuple(sorted(frozenset[str]().union(*below, *(policy.facts for policy in policies.policies.policies))))
    writer = _Writer(slots)
    for definition in definitions:
        writer.define(definition)
    outcomes = [writer.policy(number, written) for number, written in enumerate(policies.written)]
    explainer = Explainer(slots, definitions, writer.emitter)
    functions = [
        writer.function(outcomes),
        explainer.definitions(),
        *map(explainer.policy, range(len(outcomes)), policies.written),
    ]
    parts = [_sets(writer.emitter.sets), *functions]
    source = "\n\n".join(part for part in parts if part)
    names = [definition.name for definition in definitions]
    tiers = tuple(names.index(f"risk.{tier}") if f"risk.{tier}" in names else None for tier in TIERS)
    return Generated(source, slots, tiers, dict(writer.emitter.patterns))


def needed(policies: WrittenPolicies) -> tuple[Definition, ...]:
    """The definitions the policies and the risk tiers use, parts before wholes."""
    names = {definition.name for definition in policies.definitions}
    wanted = {f"risk.{tier}" for tier in TIERS} & names
    for written in policies.written:
        for checked in written.expressions():
            wanted |= names & {*checked.paths}
    for definition in reversed(policies.definitions):
        if definition.name in wanted:
            wanted |= names & {*definition.expression.checked.paths}
    return tuple(definition for definition in policies.definitions if definition.name in wanted)


class _Writer:
    """Collects the statements of the function that gives all outcomes."""

    def __init__(self, slots: tuple[str, ...]) -> None:
        self._operands = {path: f"f{number}" for number, path in enumerate(slots)}
        self._definitions: list[str] = []
        self._constants: dict[str, Constant] = {}
        self.emitter = Emitter(self._operands.__getitem__, 1, self._constants.get)
        if slots:
            self.emitter.write(f"{', '.join(self._operands.values())}, = facts")

    def define(self, definition: Definition) -> None:
        """The operand of a definition is the one that holds its expression, or a constant kept under a name."""
        checked = definition.expression.checked
        if checked.tree.identity in checked.constants:
            self._constants[definition.name] = checked.constants[checked.tree.identity]
        value = self.emitter.emit(checked)
        if not value.isidentifier():
            self.emitter.write(f"d{len(self._definitions)} = {value}")
            value = f"d{len(self._definitions)}"
        self._operands[definition.name] = value
        self._definitions.append(value)

    def policy(self, number: int, written: WrittenPolicy) -> str:
        """Law 3: not applicable where `when` is false, otherwise the value of `!when || require`."""
        name = f"o{number}"
        when = "True" if written.when is None else self.emitter.emit(written.when.checked)
        require = self.emitter.emit(written.require.checked)
        applies = f"{NOT_APPLICABLE} if {when} is False else " if when != "True" else ""
        fails = f"{when} and {require} is False" if when != "True" else f"{require} is False"
        self.emitter.write(f"{name} = {applies}{PASS} if {require} else {FAIL} if {fails} else {UNKNOWN}")
        return name

    def function(self, outcomes: list[str]) -> str:
        self.emitter.write(f"return {_tuple(outcomes)}, {_tuple(self._definitions)}")
        return "\n".join(["def evaluate(facts):", *self.emitter.lines, ""])


def _sets(sets: Mapping[str, frozenset[Constant]]) -> str:
    """The constants that items are looked up in, in an order that does not change from run to run."""
    return "".join(f"{name} = frozenset({_tuple(sorted(map(repr, values)))})\n" for name, values in sets.items())


def _tuple(names: list[str]) -> str:
    return f"({''.join(f'{name}, ' for name in names)})"
