"""A policy set as one generated Python function over a flat vector of fact values.

Shared facts and definitions are computed once. The generated text holds names that are made here and constants, nothing
that a file says.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from procureguard.cel import Emitter
from procureguard.policy import Definition, Policy, PolicySet

TIERS = ("light", "standard", "high", "critical")
"""Risk tiers above the lowest, each at least the one before; defined as `risk.light` and so on."""


@dataclass(frozen=True, slots=True)
class Program:
    """A compiled policy set.

    Attributes:
        slots: the facts whose values the function takes, in that order, None for unknown.
        run: gives one outcome code for each policy, in their order, and the truth value of each risk tier.
    """

    policies: PolicySet
    slots: tuple[str, ...]
    source: str
    run: Callable[[Sequence[Any]], tuple[tuple[Any, ...], tuple[bool | None, ...]]]


PASS, FAIL, UNKNOWN, NOT_APPLICABLE = range(4)
"""Outcome codes of the generated function."""


def compile_policies(policies: PolicySet) -> Program:
    """The program of a policy set; the set must be free of problems."""
    definitions = _needed(policies)
    slots = tuple(sorted({path for policy in policies.policies for path in policy.facts} | _facts(definitions)))
    writer = _Writer(slots)
    for definition in definitions:
        writer.define(definition)
    outcomes = [writer.policy(number, policy) for number, policy in enumerate(policies.policies)]
    source = writer.function(outcomes, [writer.tier(name) for name in TIERS])
    namespace = writer.namespace()
    exec(compile(source, "<policies>", "exec"), namespace)  # noqa: S102 - the text is generated from typed trees
    return Program(policies, slots, source, namespace["evaluate"])


def _needed(policies: PolicySet) -> tuple[Definition, ...]:
    """The definitions the policies and the risk tiers use, parts before wholes."""
    by_name = {definition.name: definition for definition in policies.definitions}
    wanted = {f"risk.{tier}" for tier in TIERS} & by_name.keys()
    for policy in policies.policies:
        for checked in policy.expressions():
            wanted |= by_name.keys() & checked.paths
    for definition in reversed(policies.definitions):
        if definition.name in wanted:
            wanted |= by_name.keys() & definition.expression.checked.paths
    return tuple(definition for definition in policies.definitions if definition.name in wanted)


def _facts(definitions: tuple[Definition, ...]) -> frozenset[str]:
    return frozenset[str]().union(*(definition.facts for definition in definitions))


class _Writer:
    """Collects the statements of the generated function."""

    def __init__(self, slots: tuple[str, ...]) -> None:
        self._operands = {path: f"f{number}" for number, path in enumerate(slots)}
        self._emitter = Emitter(self._operands.__getitem__, indentation=1)
        if slots:
            self._emitter.write(f"{', '.join(self._operands.values())}, = facts")

    def namespace(self) -> dict[str, Any]:
        return dict(self._emitter.constants)

    def define(self, definition: Definition) -> None:
        """The operand of a definition is the one that holds its expression, or a constant kept under a name."""
        value = self._emitter.emit(definition.expression.checked)
        if not value.isidentifier():
            name = f"d{len(self._operands)}"
            self._emitter.write(f"{name} = {value}")
            value = name
        self._operands[definition.name] = value

    def tier(self, name: str) -> str:
        return self._operands.get(f"risk.{name}", "False")

    def policy(self, number: int, policy: Policy) -> str:
        """Law 3: not applicable where `when` is false, otherwise the value of `!when || require`."""
        name = f"o{number}"
        when = "True" if policy.when is None else self._emitter.emit(policy.when.checked)
        require = self._emitter.emit(policy.require.checked)
        applies = f"{NOT_APPLICABLE} if {when} is False else " if when != "True" else ""
        fails = f"{when} and {require} is False" if when != "True" else f"{require} is False"
        self._emitter.write(f"{name} = {applies}{PASS} if {require} else {FAIL} if {fails} else {UNKNOWN}")
        return name

    def function(self, outcomes: list[str], tiers: list[str]) -> str:
        self._emitter.write(f"return ({''.join(f'{name}, ' for name in outcomes)}), ({', '.join(tiers)})")
        return "\n".join(["def evaluate(facts):", *self._emitter.lines, ""])
