"""Conditions on a purchase that benchmarks put in words of policies, read by the interpreter."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from procureguard import Guard
from procureguard.cel.checker import Checked, check
from procureguard.cel.interpreter import Unknown, interpret
from procureguard.cel.parser import parse
from procureguard.cel.types import BOOL, Environment
from procureguard.facts.derived import shipped_schema
from procureguard.facts.gather import Facts
from procureguard.policy.written import WrittenPolicies


@cache
def shipped_policies() -> WrittenPolicies:
    """The shipped policies as they are written, with their definitions and the form."""
    return Guard.load().library().written


class Conditions:
    """Named expressions over facts and the shipped definitions, as texts or checked already.

    Raises:
        ValueError: a text is none.
    """

    def __init__(self, texts: Mapping[str, str], checked: Mapping[str, Checked] | None = None) -> None:
        definitions = shipped_policies().definitions
        environment = {
            **shipped_schema().environment,
            **{found.name: found.expression.checked.declaration(found.title) for found in definitions},
        }
        self._definitions = {found.name: found.expression.checked for found in definitions}
        self._conditions = {name: _checked(text, environment) for name, text in texts.items()} | dict(checked or {})

    def not_held(self, facts: Facts) -> frozenset[str]:
        """The names of those that are false of a purchase, or unknown."""

        def value(path: str) -> Any:  # noqa: ANN401 - a value of the path's type, or Unknown
            if path in self._definitions:
                return defined(path)
            found = facts.value(path)
            return Unknown(facts.waits_for(path)) if found is None else found

        @cache
        def defined(name: str) -> Any:  # noqa: ANN401 - a value of the definition's type, or Unknown
            return interpret(self._definitions[name], value)

        return frozenset(name for name, found in self._conditions.items() if interpret(found, value) is not True)


def _checked(text: str, environment: Environment) -> Checked:
    tree = parse(text)
    found = tree if isinstance(tree, tuple) else check(tree, environment, BOOL)
    if isinstance(found, tuple):
        raise ValueError(f"`{text}`: {'; '.join(problem.message for problem in found)}")  # noqa: TRY004 - a wrong text
    return found
