"""Tracing: one policy read by the interpreter, the second evaluator, which can say what an outcome rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from procureguard.cel.checker import Checked
from procureguard.cel.interpreter import Unknown, trace
from procureguard.cel.support import support
from procureguard.facts.gather import Facts
from procureguard.finding import Finding, Outcome
from procureguard.policy.written import WrittenPolicies, WrittenPolicy


@dataclass(frozen=True, slots=True)
class Seen:
    """What an expression came to, and the facts and definitions that rests on.

    Attributes:
        read: all facts and definitions that were looked up on the way.
        truths: the nodes that came out true or false, each with what it came to.
    """

    value: Any
    rests_on: tuple[str, ...]
    read: tuple[str, ...]
    truths: frozenset[tuple[int, bool]]


@dataclass(frozen=True, slots=True)
class LookedAt:
    """What was evaluated to decide a policy: not what must hold where it does not apply, nor a definition not read."""

    when: Seen | None
    require: Seen | None
    definitions: Mapping[str, Seen]


class Trace:
    """One reading of a policy by the interpreter: the second evaluator, and the one that can say what it rests on."""

    def __init__(self, facts: Facts, policies: WrittenPolicies) -> None:
        self._facts = facts
        self._definitions = {definition.name: definition.expression.checked for definition in policies.definitions}
        self._seen: dict[str, Seen] = {}

    def outcome(self, written: WrittenPolicy) -> Finding:
        """What the policy says while it is in force, by law 3, with the facts it rests on and those it waits for."""
        policy = written.policy
        when, require = self._asked(written)
        if require is None:
            applies_by = self._facts_below(when)
            return Finding(policy.identity, policy.effect, Outcome.NOT_APPLICABLE, applies_by=applies_by)
        if require.value is True:
            return Finding(policy.identity, policy.effect, Outcome.PASS, self._facts_below(require))
        reads, applies_by = self._facts_below(require), self._facts_below(when)
        if require.value is False and (when is None or when.value is True):
            return Finding(policy.identity, policy.effect, Outcome.FAIL, reads, applies_by)
        waits = _waits(when) | _waits(require)
        return Finding(policy.identity, policy.effect, Outcome.UNKNOWN, reads, applies_by, waits)

    def looked_at(self, written: WrittenPolicy) -> LookedAt:
        """What is evaluated to decide the policy while it is in force, definitions below definitions included."""
        when, require = self._asked(written)
        definitions: dict[str, Seen] = {}
        open_names = [path for seen in (when, require) if seen is not None for path in seen.read]
        while open_names:
            name = open_names.pop()
            if name in self._definitions and name not in definitions:
                definitions[name] = self._seen[name]
                open_names += self._seen[name].read
        return LookedAt(when, require, definitions)

    def _asked(self, written: WrittenPolicy) -> tuple[Seen | None, Seen | None]:
        """Whether the policy applies, and, unless it does not, whether what it asks for holds."""
        when = None if written.when is None else self._see(written.when.checked)
        applies = when is None or when.value is not False
        return when, self._see(written.require.checked) if applies else None

    def _see(self, checked: Checked) -> Seen:
        seen = trace(checked, self._lookup)
        return Seen(seen.value, support(checked, seen), seen.read, seen.truths)

    def _lookup(self, path: str) -> Any:  # noqa: ANN401 - a value of the path's type, or Unknown
        definition = self._definitions.get(path)
        if definition is not None:
            if path not in self._seen:
                self._seen[path] = self._see(definition)
            return self._seen[path].value
        value = self._facts.value(path)
        return Unknown(self._facts.waits_for(path)) if value is None else value

    def _facts_below(self, seen: Seen | None) -> tuple[str, ...]:
        """The facts a value rests on, those below definitions included, each once."""
        found: dict[str, None] = {}
        for path in seen.rests_on if seen is not None else ():
            found.update(dict.fromkeys(self._below(path)))
        return tuple(found)

    def _below(self, path: str) -> tuple[str, ...]:
        """A fact itself, or the facts a definition rests on, evaluated now if no value has needed it so far."""
        if path not in self._definitions:
            return (path,)
        self._lookup(path)
        return self._facts_below(self._seen[path])


def _waits(seen: Seen | None) -> frozenset[str]:
    return seen.value.paths if seen is not None and isinstance(seen.value, Unknown) else frozenset()
