"""Ways to evaluate an expression, one for each evaluator, to be compared."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from procureguard.cel.checker import Checked, check
from procureguard.cel.generator import Emitter
from procureguard.cel.interpreter import Unknown, interpret
from procureguard.cel.parser import parse
from procureguard.cel.types import BOOL, DATE, DECIMAL, Environment, Type
from property.cel_facts import FACTS, RECORD


def checked(text: str, environment: Environment, expected: Type | None = BOOL) -> Checked:
    """The typed tree of an expression that must be right."""
    tree = parse(text)
    assert not isinstance(tree, tuple), (text, tree)
    found = check(tree, environment, expected)
    assert not isinstance(found, tuple), (text, found)
    return found


def generated_source(expressions: list[Checked], paths: list[str]) -> tuple[str, dict[str, object]]:
    """Text and namespace of one function that takes the facts in order and gives all results."""
    names = {path: f"f{place}" for place, path in enumerate(paths)}
    emitter = Emitter(names.__getitem__, indentation=1)
    results = [emitter.emit(expression) for expression in expressions]
    head = f"def evaluate({', '.join(names.values())}):"
    return "\n".join(
        [head, *emitter.lines, f"    return ({' '.join(f'{result},' for result in results)})"]
    ), emitter.constants


def generated(expressions: list[Checked], paths: list[str]) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    """One generated function for all expressions."""
    source, namespace = generated_source(expressions, paths)
    exec(compile(source, "<generated>", "exec"), namespace)  # noqa: S102 - what is generated is what is tested
    function: Any = namespace["evaluate"]
    return lambda inputs: function(*(inputs.get(path) for path in paths))


def interpreted(expression: Checked, inputs: Mapping[str, Any]) -> Any:  # noqa: ANN401 - values of every type
    """The interpreter's value, None for unknown."""
    value = interpret(expression, inputs.get)
    return None if isinstance(value, Unknown) else value


def oracle_type(kind: Type) -> str:
    """A type as the reference implementation calls it."""
    if kind.element is not None:
        return f"list({oracle_type(kind.element)})"
    return {"decimal": "double", "date": "timestamp"}.get(kind.name, kind.name)


def oracle_row(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Inputs as the reference implementation takes them; what is missing is left out."""
    return {path: _bound(value, FACTS[path].type) for path, value in inputs.items() if value is not None}


def _bound(value: Any, kind: Type) -> Any:  # noqa: ANN401 - values of every type
    if kind == RECORD:
        fields = zip(RECORD.fields, value, strict=True)
        return {name: _in_record(item, field) for (name, field), item in fields if item is not None}
    if kind.element is not None:
        return [_bound(item, kind.element) for item in value]
    if kind == DATE:
        return {"day": value}
    return value / 10_000 if kind == DECIMAL else value


def _in_record(value: Any, kind: Type) -> Any:  # noqa: ANN401 - values of every type
    return f"{date.fromordinal(value).isoformat()}T00:00:00Z" if kind == DATE else _bound(value, kind)
