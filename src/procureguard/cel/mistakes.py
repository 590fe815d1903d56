"""Hints for the mistakes people make: what they probably meant, and how to write it."""

from procureguard.cel.functions import FUNCTIONS, REFUSED
from procureguard.cel.tree import ARITHMETIC, ListLiteral, Literal, Node, Path
from procureguard.cel.types import BOOL, DATE, DECIMAL, DOUBLE, DURATION, INT, STRING, Environment, Type, unify
from procureguard.cel.unparser import unparse
from procureguard.source.diagnostic import did_you_mean

MONEY_HINT = "arithmetic on money lives in derived facts; an expression only compares it"
_LISTED_VALUES = 12


def unknown_path(path: str, environment: Environment) -> tuple[str, str | None]:
    """Message and hint for a path that means nothing."""
    head = _declared_head(path, environment)
    if head is not None:
        return _beyond(path, head, environment)
    below = [known for known in environment if known.startswith(f"{path}.")]
    if below:
        return f"`{path}` is a section, not a fact", f"name one of its facts, such as `{min(below)}`"
    if "." not in path:
        return f"unknown name `{path}`", _word_hint(path, environment)
    section = path.split(".", maxsplit=1)[0]
    sections = sorted({known.split(".", maxsplit=1)[0] for known in environment})
    if section not in sections:
        return f"unknown section `{section}`", did_you_mean(path, environment) or did_you_mean(section, sections)
    inside = [known for known in environment if known.startswith(f"{section}.")]
    hint = did_you_mean(path, inside) or _elsewhere(path, environment)
    return f"unknown fact `{path}`", hint


def _declared_head(path: str, environment: Environment) -> str | None:
    parts = path.split(".")
    heads = (".".join(parts[:count]) for count in range(len(parts) - 1, 0, -1))
    return next((head for head in heads if head in environment), None)


def _beyond(path: str, head: str, environment: Environment) -> tuple[str, str]:
    """A path that goes on below a fact."""
    kind, rest = environment[head].type, path[len(head) + 1 :]
    if kind.element is not None:
        return f"`{head}` is a list, so `.{rest}` does not apply to it", f"write `{head}.exists(x, x.{rest} == ...)`"
    return f"`{head}` is of type {kind} and has no field `{rest}`", f"write `{head}`"


def _word_hint(word: str, environment: Environment) -> str | None:
    """Hint for a single word: a value without quotes, a type name, or a misspelt path."""
    if any(word in (declaration.values or ()) for declaration in environment.values()):
        return f'write it in quotes: `"{word}"`'
    if word == "elvis":
        return "write `condition ? value : other`"
    return did_you_mean(word, environment) or _elsewhere(word, environment)


def _elsewhere(path: str, environment: Environment) -> str | None:
    """The fact of another section with the same last word."""
    last = path.rsplit(".", maxsplit=1)[-1]
    same = sorted(known for known in environment if known.rsplit(".", maxsplit=1)[-1] == last)
    return f"did you mean `{same[0]}`?" if same else None


def unknown_function(name: str) -> tuple[str, str]:
    """Message and hint for a function that is not part of the language."""
    if name in REFUSED:
        return f"`{name}` is not part of this language", REFUSED[name]
    known = ", ".join(f"`{function}`" for function in FUNCTIONS)
    return f"unknown function `{name}`", did_you_mean(
        name, FUNCTIONS
    ) or f"there are {known}, and `all`, `exists`, `exists_one`, `filter`"


def mismatch(operator: str, left: Node, right: Node, kinds: tuple[Type, Type]) -> tuple[str, str | None]:
    """Message and hint for an operator whose operands do not fit."""
    one, other = kinds
    if operator in ARITHMETIC:
        hint = MONEY_HINT if DECIMAL in kinds else _arithmetic_hint(operator, kinds)
        return f"`{operator}` does not apply to {one} and {other}", hint
    if operator == "in":
        return f"`in` does not apply to {one} and {other}", _membership_hint(left, right, kinds)
    same = unify(one, other)
    if same is not None and same not in _ORDERED:
        return f"`{operator}` does not apply to {same}", _emptiness_hint(operator, left, right)
    return f"cannot compare {one} with {other}", _comparison_hint((left, right), kinds)


_ORDERED = (BOOL, INT, DOUBLE, DECIMAL, STRING, DATE, DURATION)


def _arithmetic_hint(operator: str, kinds: tuple[Type, Type]) -> str | None:
    if operator == "%" and DOUBLE in kinds:
        return "only whole numbers have a remainder"
    if operator == "/" and DURATION in kinds:
        return "lengths of time are added and subtracted only; write the number of days that is meant"
    if set(kinds) == {INT, DOUBLE}:
        return "write the whole number with a decimal point, such as `2.0`"
    if set(kinds) == {DATE, INT}:
        return "write a number of days as `days(90)`"
    return None


def _emptiness_hint(operator: str, left: Node, right: Node) -> str | None:
    """Hint for a list that is compared with the empty one and cannot be."""
    for node, other in ((left, right), (right, left)):
        if isinstance(other, ListLiteral) and not other.items and operator in {"==", "!="}:
            return f"write `size({unparse(node)}) {operator} 0`"
    return None


def _membership_hint(left: Node, right: Node, kinds: tuple[Type, Type]) -> str | None:
    one, other = kinds
    if other == STRING:
        return f"write `{unparse(right)}.contains({unparse(left)})` to look inside a text"
    if one.element is not None and one == other:
        return f"write `{_spelled(left)}.exists(x, x in {_spelled(right)})`"
    if other.element is None:
        return f"write `{_spelled(left)} == {_spelled(right)}`" if one == other else "the right side must be a list"
    return None


def _spelled(node: Node) -> str:
    text = unparse(node)
    return text if isinstance(node, Path) or not text.count(" ") else f"({text})"


def _comparison_hint(nodes: tuple[Node, Node], kinds: tuple[Type, Type]) -> str | None:
    left, right = zip(nodes, kinds, strict=True)
    return _one_sided_hint(left, right) or _one_sided_hint(right, left)


def _one_sided_hint(this: tuple[Node, Type], other: tuple[Node, Type]) -> str | None:  # noqa: PLR0911 - one return for each kind
    """Hint about `this` operand, given the other one."""
    node, kind = this
    other_node, other_kind = other
    if kind == INT and other_kind in {DECIMAL, DOUBLE} and isinstance(node, Literal):
        return f"write `{unparse(node)}.0`"
    if kind in {DECIMAL, DOUBLE} and other_kind == INT and not isinstance(other_node, Literal):
        plain = "write a whole number, without a decimal point"
        return plain if isinstance(node, Literal) else "one of them must be declared as the other is"
    if kind == DOUBLE and other_kind == DECIMAL:
        return "compare a decimal with a number written out, a parameter, or another decimal"
    if kind == STRING and other_kind == DATE:
        return (
            f"write `date({unparse(node)})`"
            if isinstance(node, Literal)
            else 'compare it with a date, such as `date("2026-12-02")`'
        )
    if kind == INT and other_kind == DURATION:
        return (
            f"write `days({unparse(node)})`"
            if isinstance(node, Literal | Path)
            else "write a number of days as `days(90)`"
        )
    if kind.element is not None and other_kind == kind.element:
        return f"write `{_spelled(other_node)} in {_spelled(node)}`"
    if isinstance(node, Literal) and kind == STRING and other_kind == BOOL:
        return (
            f"write `{_spelled(other_node)}` or `!{_spelled(other_node)}`"
            if node.value in {"true", "false", "yes", "no"}
            else None
        )
    return None


def not_bool(node: Node, kind: Type) -> str | None:
    """Hint for an operand that should be true or false and is not."""
    text = _spelled(node)
    if kind.element is not None:
        return f"write `size({text}) > 0`"
    if kind in {INT, DOUBLE, DECIMAL}:
        return f"compare it, as in `{text} > 0{'' if kind == INT else '.0'}`"
    if kind == STRING:
        return f'compare it, as in `{text} == "..."`'
    return "compare it" if kind in {DATE, DURATION} else None


def unknown_value(value: str, values: tuple[str, ...]) -> str:
    """Hint for a text that an enum does not have."""
    listed = ", ".join(f'"{known}"' for known in values[:_LISTED_VALUES])
    return did_you_mean(value, values) or f"it is one of {listed}{', ...' if len(values) > _LISTED_VALUES else ''}"


def call_hint(function: str, kinds: list[Type]) -> str | None:
    """Hint for a function whose arguments do not fit."""
    if function == "contains" and kinds[0].element is not None:
        return "write `x in list`"
    if function == "size":
        return "`size` counts the items of one list or the characters of one text"
    if STRING in kinds or kinds[0] == STRING:
        return f'write `text.{function}("part")`'
    return None
