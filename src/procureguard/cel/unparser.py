"""Tree to text: the shortest usual spelling that parses to the same tree."""

from typing import Final

from procureguard.cel.tree import (
    LEVELS,
    ORDERING,
    Binary,
    Call,
    Comprehension,
    Conditional,
    Field,
    Index,
    ListLiteral,
    Literal,
    Logical,
    Node,
    Path,
    Unary,
    Variable,
)

_CONDITIONAL: Final = 1
_UNARY: Final = 7
_MEMBER: Final = 8
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_FIRST_PRINTABLE: Final = 0x20
_LAST_TWO_DIGITS: Final = 0xFF
_LAST_FOUR_DIGITS: Final = 0xFFFF


def unparse(tree: Node) -> str:
    """Text of a tree; parsing it gives an equal tree."""
    return _text(tree, 0)


def quoted(value: str) -> str:
    """A string as a CEL literal in double quotes."""
    return '"' + "".join(_escaped(character) for character in value) + '"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    code = ord(character)
    if character.isprintable() and code >= _FIRST_PRINTABLE:
        return character
    if code <= _LAST_TWO_DIGITS:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= _LAST_FOUR_DIGITS else f"\\U{code:08x}"


def _text(node: Node, least: int) -> str:
    """Text of a node, in brackets when it binds less tightly than `least`."""
    text, level = _spelled(node)
    return text if level >= least else f"({text})"


def _list(nodes: tuple[Node, ...]) -> str:
    return ", ".join(_text(node, 0) for node in nodes)


def _spelled(node: Node) -> tuple[str, int]:  # noqa: PLR0911 - one return for each kind
    match node:
        case Literal():
            return _literal(node)
        case Path(path=name) | Variable(name=name):
            return name, _MEMBER
        case Field(operand=operand, name=name):
            return f"{_text(operand, _MEMBER)}.{name}", _MEMBER
        case Unary(operator=operator, operand=operand):
            return _unary(operator, operand), _UNARY
        case Logical(operator=operator, operands=operands):
            level = LEVELS[operator]
            return f" {operator} ".join(_text(operand, level + 1) for operand in operands), level
        case Binary(operator=operator, left=left, right=right):
            return _binary(operator, left, right), LEVELS[operator]
        case Conditional(condition=condition, chosen=chosen, otherwise=otherwise):
            return f"{_text(condition, 2)} ? {_text(chosen, 2)} : {_text(otherwise, _CONDITIONAL)}", _CONDITIONAL
        case _:
            return _bracketed(node), _MEMBER


def _bracketed(node: Call | Index | Comprehension | ListLiteral) -> str:
    match node:
        case Call(function=function, arguments=(first, *rest), member=True):
            return f"{_text(first, _MEMBER)}.{function}({_list(tuple(rest))})"
        case Call(function=function, arguments=arguments):
            return f"{function}({_list(arguments)})"
        case Index(operand=operand, index=index):
            return f"{_text(operand, _MEMBER)}[{_text(index, 0)}]"
        case Comprehension(macro=macro, items=items, variable=variable, predicate=predicate):
            return f"{_text(items, _MEMBER)}.{macro}({variable}, {_text(predicate, 0)})"
        case ListLiteral(items=items):
            return f"[{_list(items)}]"


def _literal(node: Literal) -> tuple[str, int]:
    if isinstance(node.value, str):
        return quoted(node.value), _MEMBER
    if isinstance(node.value, bool):
        return ("true" if node.value else "false"), _MEMBER
    text = repr(node.value)
    if isinstance(node.value, float) and "e" not in text and "." not in text:
        text = f"{text}.0"
    # A sign belongs to the number only when the number follows directly, and then binds like the number.
    return text, _UNARY if text.startswith("-") else _MEMBER


def _unary(operator: str, operand: Node) -> str:
    inner = _text(operand, _UNARY)
    glued = operator == "-" and inner[0].isdigit()
    return f"{operator}({inner})" if glued else f"{operator}{inner}"


def _binary(operator: str, left: Node, right: Node) -> str:
    level = LEVELS[operator]
    # Orderings side by side are refused as a slip, so the left one keeps its brackets.
    chained = isinstance(left, Binary) and left.operator in ORDERING and operator in ORDERING
    return f"{_text(left, level + chained)} {operator} {_text(right, level + 1)}"
