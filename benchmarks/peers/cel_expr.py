"""cel-expr-python (cel-cpp): one program for each rule, generated from the policies' own expressions.

Definitions are written out where they are used; parameters and the company's thresholds become literals. A day is text
in the purchase and a timestamp in the expression. The host computes the annual cost, once, and leaves it out where it
cannot. An error of evaluation is a value in this library, and text: whoever tests it for truth takes it for a yes.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import Any

from cel_expr_python import cel

from benchmarks.by_hand import EXCHANGE_RATES, PERIODS_A_YEAR
from benchmarks.peers import Outcomes
from benchmarks.requests import Request
from benchmarks.workload import DAY, guard, library, thresholds
from procureguard.cel.checker import Checked
from procureguard.cel.tree import Binary, Call, Field, ListLiteral, Literal, Logical, Node, Path, Unary
from procureguard.cel.types import DATE, DECIMAL, DECIMAL_SCALE, DURATION, STRING, Constant, Type
from procureguard.cel.unparser import unparse

TITLE = "cel-expr-python"
RULES = "40 of 40, a program each; annual cost in the host"
DISTRIBUTIONS = ("cel-expr-python",)

SECTIONS = ("request", "vendor", "product", "data", "integration", "web", "messaging", "ai", "contract", "cost")
_NOWHERE = {"identity": 0, "start": 0, "end": 0}
_MIDNIGHT = "T00:00:00Z"


def prepare() -> Callable[[Request], list[object]]:
    """What each program says, in the order of the policies: true, false or the text of an error."""
    record = cel.Type.Map(cel.Type.STRING, cel.Type.DYN)
    variables = dict.fromkeys(SECTIONS, record) | {"today": cel.Type.TIMESTAMP}
    environment = cel.NewEnv(variables=variables)
    programs = [environment.compile(text) for text in programs_of_policies().values()]
    today = datetime(DAY.year, DAY.month, DAY.day, tzinfo=UTC)

    def answer(request: Request) -> list[object]:
        data = {section: request[section] for section in SECTIONS[:-1]}
        activation = environment.Activation({**data, "cost": _cost(request["contract"]), "today": today})
        return [program.eval(activation).value() for program in programs]

    return answer


def _cost(contract: Mapping[str, Any]) -> dict[str, float]:
    try:
        if contract["period"] == "free":
            return {"annual": 0.0}
        rate = EXCHANGE_RATES[contract["currency"]]
        return {"annual": contract["amount"] * PERIODS_A_YEAR[contract["period"]] * rate}
    except KeyError:
        return {}


def programs_of_policies() -> dict[str, str]:
    """The text of each rule in standard CEL, true where the rule holds."""
    texts = {}
    for written in library().written.written:
        holds = _standard(written.require.checked)
        if written.when is not None:
            applies = Unary("!", _standard(written.when.checked), **_NOWHERE)
            holds = Logical("||", (applies, holds), **_NOWHERE)
        texts[written.policy.identity] = unparse(holds)
    return texts


def _standard(checked: Checked) -> Node:
    """An expression of the profile as a tree of standard CEL."""
    return _Standard(checked).node(checked.tree)


class _Standard:
    """The rewriting of one expression."""

    def __init__(self, checked: Checked) -> None:
        self.checked = checked
        self.definitions = {found.name: found.expression.checked for found in library().written.definitions}

    def node(self, node: Node) -> Node:
        kind = self.checked.types[node.identity]
        if node.identity in self.checked.constants and not isinstance(node, Literal):
            return _constant(kind, self.checked.constants[node.identity])
        if isinstance(node, Path) and node.path in self.definitions:
            return _standard(self.definitions[node.path])
        if isinstance(node, Path) and node.path in thresholds():
            return _constant(kind, thresholds()[node.path])
        if isinstance(node, Path | Field) and kind == DATE and node != Path("today", **_NOWHERE):
            text = Binary("+", self.below(node), Literal(_MIDNIGHT, STRING, **_NOWHERE), **_NOWHERE)
            return Call("timestamp", (text,), member=False, **_NOWHERE)
        return self.below(node)

    def below(self, node: Node) -> Node:
        """The same node with what stands below it rewritten."""
        changes: dict[str, Any] = {}
        for field in fields(node):
            value = getattr(node, field.name)
            if isinstance(value, Node):
                changes[field.name] = self.node(value)
            elif isinstance(value, tuple):
                changes[field.name] = tuple(self.node(part) for part in value)
        return replace(node, **changes)


def _constant(kind: Type, value: Constant) -> Node:
    if isinstance(value, tuple):
        assert kind.element is not None
        return ListLiteral(tuple(_constant(kind.element, item) for item in value), **_NOWHERE)
    if kind == DATE:
        assert isinstance(value, int)
        text = Literal(date.fromordinal(value).isoformat() + _MIDNIGHT, STRING, **_NOWHERE)
        return Call("timestamp", (text,), member=False, **_NOWHERE)
    if kind == DURATION:
        assert isinstance(value, int)
        return Call("duration", (Literal(f"{24 * value}h", STRING, **_NOWHERE),), member=False, **_NOWHERE)
    if kind == DECIMAL:
        assert isinstance(value, int)
        return Literal(value / DECIMAL_SCALE, kind, **_NOWHERE)
    return Literal(value, kind, **_NOWHERE)


def _naively(answer: list[object]) -> Outcomes:
    return {policy: "pass" if value else "fail" for policy, value in zip(_identities(), answer, strict=True)}


def _strictly(answer: list[object]) -> Outcomes:
    words = {True: "pass", False: "fail"}
    return {
        policy: words[value] if isinstance(value, bool) else "unknown"
        for policy, value in zip(_identities(), answer, strict=True)
    }


def _identities() -> list[str]:
    return [policy.identity for policy in guard().policies.policies]


READINGS = {"read naively": _naively, "errors read as unknown": _strictly}
