"""A compiled policy set: two generated functions and what is known of the policies."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import CodeType
from typing import Any

from procureguard.cel.pattern import searcher
from procureguard.policy.model import PolicySet

TIERS = ("light", "standard", "high", "critical")
"""Risk tiers above the lowest, each at least the one before; defined as `risk.light` and so on."""

PASS, FAIL, UNKNOWN = range(3)
NOT_APPLICABLE = None
"""Outcome codes of generated code: those that are shown with their reasons are true."""

Code = int | None

Values = Sequence[Any]
Paths = dict[str, None]
"""Facts in the order they are met, each once: what an outcome rests on, or waits for."""

Told = list[tuple[Paths, Paths] | None]
Explain = Callable[[Values, Values, Told, Paths, Paths], None]


@dataclass(frozen=True, slots=True)
class Program:
    """A compiled policy set.

    Attributes:
        slots: the facts whose values the functions take, in that order, None for unknown.
        tiers: for each risk tier above the lowest, the place of its definition, None where there is none.
        code: the generated functions, and the patterns they search for by the names they use.
        run: facts to one outcome code for each policy, in their order, and the values of the definitions.
        applies: for each policy, adds to two ordered sets the facts that `when` rests on and those it waits for; what
            definitions rest on is told once and kept in a list that has None for each in the beginning.
        holds: the same for `require`.
    """

    policies: PolicySet
    slots: tuple[str, ...]
    tiers: tuple[int | None, ...]
    code: CodeType
    patterns: Mapping[str, str]
    run: Callable[[Values], tuple[Values, Values]]
    applies: tuple[Explain | None, ...]
    holds: tuple[Explain, ...]

    @classmethod
    def of(
        cls,
        policies: PolicySet,
        slots: tuple[str, ...],
        tiers: tuple[int | None, ...],
        code: CodeType,
        patterns: Mapping[str, str],
    ) -> "Program":
        """The program of generated code; running the code defines its functions and nothing else."""
        namespace: dict[str, Any] = {name: searcher(pattern) for name, pattern in patterns.items()}
        exec(code, namespace)  # noqa: S102 - generated from typed trees
        count = range(len(policies.policies))
        return cls(
            policies,
            slots,
            tiers,
            code,
            patterns,
            namespace["evaluate"],
            tuple(namespace.get(f"applies{number}") for number in count),
            tuple(namespace[f"holds{number}"] for number in count),
        )
