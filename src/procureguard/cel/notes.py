"""What is found out about the nodes of a tree while it is checked."""

from dataclasses import dataclass, field
from typing import Final

from procureguard.cel import ranges
from procureguard.cel.problem import Problem
from procureguard.cel.ranges import Range
from procureguard.cel.tree import Node
from procureguard.cel.types import Constant, Declaration, Environment, Type

_RANGE_HINT: Final = "a smaller range declared for the facts in it, or another comparison, avoids this"


@dataclass(frozen=True, slots=True)
class Notes:
    """Tables by node identity, filled by the checker: types, known values, ranges, declarations; and the problems."""

    environment: Environment
    problems: list[Problem] = field(default_factory=list)
    types: dict[int, Type] = field(default_factory=dict)
    constants: dict[int, Constant] = field(default_factory=dict)
    ranges: dict[int, Range] = field(default_factory=dict)
    declared: dict[int, Declaration] = field(default_factory=dict)

    def report(self, node: Node, message: str, hint: str | None = None) -> None:
        """Record a problem at a node."""
        self.problems.append(Problem(node.start, node.end, message, hint))

    def declare(self, node: Node, kind: Type, declaration: Declaration | None) -> None:
        """A node stands for something declared, or for a part of it that has no declaration of its own."""
        if declaration is None:
            self.limit(node, ranges.of_type(kind))
            return
        self.declared[node.identity] = declaration
        self.limit(node, ranges.of_fact(declaration, kind))

    def range_of(self, node: Node) -> Range:
        """Range of a number."""
        return self.ranges.get(node.identity, (0, 0))

    def constant(self, node: Node, value: Constant, kind: Type) -> Type:
        """A node of this type has a value that is known."""
        self.constants[node.identity] = value
        self.limit(node, ranges.of_constant(value))
        return kind

    def limit(self, node: Node, known: Range | None) -> None:
        """A node lies in this range, if there is one."""
        if known is not None:
            self.ranges[node.identity] = known

    def bounded(self, node: Node, kind: Type, known: Range) -> Type | None:
        """The type of an arithmetic node, or None and a report when its value could leave what the type can hold."""
        limit = ranges.overflow(kind, known)
        if limit is not None:
            self.report(node, f"the result can leave {limit}", _RANGE_HINT)
            return None
        self.ranges[node.identity] = known
        return kind
