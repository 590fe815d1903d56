"""Looking up facts and definitions by name, as expressions outside the policies need it."""

from collections.abc import Callable, Mapping
from functools import cache

from procureguard.cel.interpreter import Unknown, interpret
from procureguard.facts.gather import Facts
from procureguard.facts.schema import Value
from procureguard.policy.written import Definition


def lookup(facts: Facts, definitions: Mapping[str, Definition]) -> Callable[[str], Value]:
    """The value of a fact or definition by its name, Unknown with the facts to state first where there is none."""

    @cache
    def value(path: str) -> Value:
        if path in definitions:
            return interpret(definitions[path].expression.checked, value)
        found = facts.value(path)
        return Unknown(facts.waits_for(path)) if found is None else found

    return value
