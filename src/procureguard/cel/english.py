"""Typed tree to plain English, from the titles of the facts.

`and` and `or` are set off by commas; whatever stands inside another one stands in brackets, so that no sentence has two
readings.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from procureguard.cel.checker import Checked
from procureguard.cel.functions import Operation, find
from procureguard.cel.tree import (
    ARITHMETIC,
    Binary,
    Call,
    Comprehension,
    Conditional,
    Field,
    Index,
    ListLiteral,
    Logical,
    Node,
    Path,
    Unary,
    Variable,
    children,
    unfiltered,
)
from procureguard.cel.types import DATE, DECIMAL, DECIMAL_SCALE, DURATION, INT, Constant, Declaration, Type

_QUANTIFIERS: Final = {
    "all": ("every one of", "not every one of"),
    "exists": ("at least one of", "none of"),
    "exists_one": ("exactly one of", "none or several of"),
}
_COUNTS: Final = {
    "<": ("fewer than", "at least"),
    "<=": ("at most", "more than"),
    ">": ("more than", "at most"),
    ">=": ("at least", "fewer than"),
    "==": ("exactly", "other than"),
    "!=": ("other than", "exactly"),
}
_WORDS: Final = {"&&": "and", "||": "or"}


def describe(checked: Checked) -> str:
    """What an expression says, as one phrase without a full stop."""
    return _Reader(checked).phrase(checked.tree)


def bullets(checked: Checked) -> list[str]:
    """What an expression says, one phrase for each part that must hold."""
    reader = _Reader(checked)
    tree = checked.tree
    parts = _flat(tree) if isinstance(tree, Logical) and tree.operator == "&&" else [tree]
    return [reader.phrase(part) for part in parts]


def alternatives(checked: Checked) -> list[str]:
    """What an expression says, one phrase for each part of which one must hold."""
    reader = _Reader(checked)
    tree = checked.tree
    parts = _flat(tree) if isinstance(tree, Logical) and tree.operator == "||" else [tree]
    return [reader.phrase(part) for part in parts]


def _flat(node: Logical) -> list[Node]:
    """The operands, those of the same operator below it included."""
    found: list[Node] = []
    for operand in node.operands:
        same = isinstance(operand, Logical) and operand.operator == node.operator
        found.extend(_flat(operand) if same and isinstance(operand, Logical) else [operand])
    return found


def _compound(node: Node) -> bool:
    return isinstance(node, Logical | Conditional) or (isinstance(node, Unary) and _compound(node.operand))


def _ambiguous(node: Node, whole: Node) -> bool:
    """Whether the words of a part could run into those around it: sums in sums, and comparisons anywhere."""
    if isinstance(node, Comprehension):
        return node.macro in _QUANTIFIERS
    if not isinstance(node, Binary):
        return False
    inside = isinstance(whole, Unary) or (isinstance(whole, Binary) and whole.operator in ARITHMETIC)
    return inside or node.operator not in ARITHMETIC or isinstance(node.left, Binary)


def _neither(node: Node) -> bool:
    """Whether a node reads `neither X nor Y` of simple things, which needs no brackets."""
    match node:
        case Unary(operator="!", operand=Logical(operator="||") as inner):
            return not any(_compound(part) for part in _flat(inner))
        case _:
            return False


class _Reader:
    def __init__(self, checked: Checked) -> None:
        self.checked = checked
        self.scope: dict[str, tuple[str, Declaration | None]] = {}

    def type(self, node: Node) -> Type:
        return self.checked.types[node.identity]

    # ------------------------------------------------------------------ what holds or does not

    def phrase(self, node: Node, *, holds: bool = True) -> str:  # noqa: PLR0911 - one return for each kind
        """A node of true or false: that it holds, or that it does not."""
        if node.identity in self.checked.constants:
            return self.term(node) if holds else f"not {self.term(node)}"
        match node:
            case Unary(operator="!", operand=operand):
                return self.phrase(operand, holds=not holds)
            case Logical():
                return self.logical(node, holds=holds)
            case Conditional(condition=condition, chosen=chosen, otherwise=otherwise):
                branches = [self.part(branch, holds=holds) for branch in (chosen, otherwise)]
                return f"if {self.part(condition)}, then {branches[0]}, otherwise {branches[1]}"
            case Comprehension() if node.macro in _QUANTIFIERS:
                return self.quantified(node, holds=holds)
            case Binary():
                return self.comparison(node, holds=holds)
            case Call():
                return self.filled(self.row(node), node, holds=holds)
            case Path(path=path) if not holds:
                return f"{'it is not so that' if self.checked.environment[path].clause else 'no'} {self.term(node)}"
            case _:
                return self.term(node) if holds else f"not {self.term(node)}"

    def part(self, node: Node, *, holds: bool = True) -> str:
        """A phrase inside another one."""
        text = self.phrase(node, holds=holds)
        return f"({text})" if _compound(node) and not (holds and _neither(node)) else text

    def logical(self, node: Logical, *, holds: bool) -> str:
        parts = _flat(node)
        if holds:
            return f", {_WORDS[node.operator]} ".join(self.part(part) for part in parts)
        if node.operator == "&&":
            return f"not ({self.phrase(node)})"
        *most, last = [self.part(part) for part in parts]
        return f"neither {', nor '.join(most)} nor {last}" if len(most) > 1 else f"neither {most[0]} nor {last}"

    def quantified(self, node: Comprehension, *, holds: bool) -> str:
        quantifier = f"{_QUANTIFIERS[node.macro][not holds]} {self.items(node.items)}"
        predicate = node.predicate
        direct = isinstance(predicate, Binary | Call) and _subject(predicate) == Variable(
            node.variable, identity=0, start=0, end=0
        )
        self.bind(node, quantifier if direct else "it")
        text = self.phrase(predicate) if direct else f"{quantifier} has ({self.phrase(predicate)})"
        del self.scope[node.variable]
        return text

    def bind(self, node: Comprehension, name: str) -> None:
        listed = unfiltered(node.items)
        declared = self.checked.environment.get(listed.path) if isinstance(listed, Path) else None
        self.scope[node.variable] = (name, declared)

    def items(self, node: Node) -> str:
        together = isinstance(node, ListLiteral | Binary) or _compound(node)
        return f"({self.term(node)})" if together else self.term(node)

    # ------------------------------------------------------------------ comparisons

    def comparison(self, node: Binary, *, holds: bool) -> str:
        if node.operator == "in":
            return self.membership(node, holds=holds)
        if node.operator in ARITHMETIC:
            return self.term(node)
        counted = self.count(node, holds=holds)
        return counted or self.filled(self.row(node), node, holds=holds)

    def count(self, node: Binary, *, holds: bool) -> str | None:
        """`more than 5 seats`, where a number of things is compared with a known number."""
        known = self.checked.constants.get(node.right.identity)
        if self.type(node.left) != INT or known is None or node.operator not in _COUNTS:
            return None
        word = _COUNTS[node.operator][not holds]
        if isinstance(node.left, Call):
            inner = self.counted(node.left)
            some = (node.operator, known, holds) in {(">", 0, True), ("!=", 0, True), (">=", 1, True), ("==", 0, False)}
            none = (node.operator, known, holds) in {("==", 0, True), (">", 0, False), ("<", 1, True), ("!=", 0, False)}
            if self.type(node.left.arguments[0]).element is None:
                return None
            return (
                f"at least one of {inner}"
                if some
                else f"none of {inner}"
                if none
                else f"{word} {self.term(node.right)} of {inner}"
            )
        title = self.term(node.left)
        plural = isinstance(node.left, Path) and _plural(title)
        return f"{word} {self.term(node.right)} {title}" if plural else None

    def counted(self, node: Call) -> str:
        """What `size` counts."""
        of = node.arguments[0]
        return self.chosen(of) if isinstance(of, Comprehension) else self.items(of)

    def chosen(self, node: Comprehension) -> str:
        """The items a filter keeps."""
        items = self.items(node.items)
        self.bind(node, "it")
        text = f"{items} for which ({self.phrase(node.predicate)})"
        del self.scope[node.variable]
        return text

    def membership(self, node: Binary, *, holds: bool) -> str:
        known = self.checked.constants.get(node.right.identity)
        item = self.term(node.left)
        if not isinstance(known, tuple):
            return f"{item} is {'' if holds else 'not '}among {self.items(node.right)}"
        listed = self.term(node.right)
        if len(known) == 1:
            return f"{item} is {'' if holds else 'not '}{listed}"
        return f"{item} is {'one' if holds else 'none'} of {listed}"

    def row(self, node: Unary | Binary | Call | Index) -> Operation:
        parts = children(node)
        name = "[]" if isinstance(node, Index) else node.function if isinstance(node, Call) else node.operator
        row = find(name, tuple(self.type(part) for part in parts))
        if row is None:
            raise AssertionError(node)  # the checker found the same row
        return row

    def filled(self, row: Operation, node: Node, *, holds: bool) -> str:
        terms = [self.bracketed(part, node) for part in children(node)]
        if holds:
            return row.english.format(*terms)
        return row.denied.format(*terms) if row.denied is not None else f"not {row.english.format(*terms)}"

    # ------------------------------------------------------------------ values

    def bracketed(self, node: Node, whole: Node) -> str:
        """What a part of an operation is called; what is put together itself may need brackets."""
        text = self.term(node)
        return f"({text})" if _compound(node) or _ambiguous(node, whole) else text

    def term(self, node: Node) -> str:  # noqa: PLR0911 - one return for each kind
        """What a value is called."""
        constant = self.checked.constants.get(node.identity)
        if constant is not None:
            return _constant(constant, self.type(node))
        match node:
            case Path(path=path):
                return _lowered(self.checked.environment[path].title)
            case Variable(name=name):
                return self.scope[name][0]
            case Field():
                return self.field(node)
            case ListLiteral(items=items):
                return _listed([self.term(item) for item in items])
            case Call(function="size"):
                return self.size(node)
            case Comprehension(macro="filter"):
                return f"those of {self.chosen(node)}"
            case Binary() | Call() | Index() | Unary(operator="-"):
                return self.filled(self.row(node), node, holds=True)
            case _:
                return self.phrase(node)

    def size(self, node: Call) -> str:
        if self.type(node.arguments[0]).element is None:
            return self.filled(self.row(node), node, holds=True)
        return f"the number of {self.counted(node)}"

    def field(self, node: Field) -> str:
        name = node.name.replace("_", " ")
        if isinstance(node.operand, Variable):
            declared = self.scope[node.operand.name][1]
            field = (declared.fields or {}).get(node.name) if declared is not None else None
            return _lowered(field.title) if field is not None else name
        return f"{name} of {self.term(node.operand)}"


def _subject(node: Binary | Call) -> Node:
    return node.left if isinstance(node, Binary) else node.arguments[0]


def _lowered(title: str) -> str:
    """A title inside a sentence: without its capital, unless the word is an abbreviation."""
    word = title.split(" ", maxsplit=1)[0]
    return title if word[1:] != word[1:].lower() else title[:1].lower() + title[1:]


def _plural(title: str) -> bool:
    word = title.split(" ", maxsplit=1)[0]
    return word == "people" or (word.endswith("s") and not word.endswith("ss"))


def _listed(texts: Sequence[str]) -> str:
    if not texts:
        return "nothing"
    *most, last = texts
    return f"{', '.join(most)} or {last}" if most else last


def _constant(value: Constant, kind: Type) -> str:
    if isinstance(value, tuple):
        return _listed([_constant(item, kind.element or kind) for item in value])
    if isinstance(value, str):
        return value.replace("_", " ") or "empty"
    if isinstance(value, bool):
        return "true" if value else "false"
    if kind == DATE:
        return date.fromordinal(int(value)).isoformat()
    if kind == DURATION:
        return "1 day" if value == 1 else f"{value:,} days"
    exact = Decimal(repr(value)) / (DECIMAL_SCALE if kind == DECIMAL else 1)
    return f"{exact:,f}".removesuffix(".0") if exact != exact.to_integral_value() else f"{int(exact):,}"
