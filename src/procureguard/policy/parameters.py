"""Parameters: what an organisation may change of a policy without touching its file."""

from collections.abc import Mapping
from typing import Any

from procureguard.cel.types import Declaration
from procureguard.policy.definitions import TYPES
from procureguard.policy.model import PARAMETER_PREFIX
from procureguard.policy.text import as_written
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Document
from procureguard.source.mending import Mistake
from procureguard.stack.organisation import Override

_PYTHON: Mapping[str, tuple[type, ...]] = {
    "bool": (bool,),
    "int": (int,),
    "double": (int, float),
    "string": (str,),
    "list(string)": (str,),
    "list(int)": (int,),
}


def load_parameters(
    document: Document,
    data: Mapping[str, Any],
    override: Override | None,
    owner: Document | None,
    problems: list[Diagnostic],
) -> Mapping[str, Any]:
    """The values of a policy's parameters, an organisation's own ones instead of the shipped ones."""
    values: dict[str, Any] = {}
    for name, spec in data.items():
        value = spec["value"]
        if fits(spec["type"], value):
            values[name] = _constant(spec["type"], value)
        else:
            _add(
                problems,
                document,
                f"/params/{name}/value",
                f"`{as_written(value)}` is no {spec['type']}",
                f"write a value of type {spec['type']}",
            )
    if override is not None and owner is not None:
        _override(values, data, override, owner, problems)
    return values


def _override(
    values: dict[str, Any], data: Mapping[str, Any], override: Override, owner: Document, problems: list[Diagnostic]
) -> None:
    for name, value in override.params.items():
        pointer = f"{override.pointer}/params/{name}"
        if name not in data:
            message = f"the policy has no parameter `{name}`"
            mistake = Mistake("PG309", message, owner, pointer, of_key=True)
            problems.append(mistake.misspelt(name, data, f"it has {', '.join(data) or 'none'}"))
        elif not fits(data[name]["type"], value):
            kind = data[name]["type"]
            _add(problems, owner, pointer, f"`{as_written(value)}` is no {kind}", f"write a value of type {kind}")
        else:
            values[name] = _constant(data[name]["type"], value)


def parameter_environment(data: Mapping[str, Any], values: Mapping[str, Any]) -> Mapping[str, Declaration]:
    """How expressions see the parameters: constants, named by what they are about."""
    return {
        f"{PARAMETER_PREFIX}{name}": Declaration(TYPES[data[name]["type"]], data[name]["about"], constant=value)
        for name, value in values.items()
    }


def fits(kind: str, value: Any) -> bool:  # noqa: ANN401 - any YAML value
    """Whether a value is one of a type that parameters may have."""
    allowed = _PYTHON[kind]
    if kind.startswith("list("):
        return isinstance(value, list) and all(_is(item, allowed) for item in value)
    return _is(value, allowed)


def _is(value: Any, allowed: tuple[type, ...]) -> bool:  # noqa: ANN401 - any YAML value
    return isinstance(value, allowed) and isinstance(value, bool) == (allowed == (bool,))


def _constant(kind: str, value: Any) -> Any:  # noqa: ANN401 - any YAML value
    if kind == "double":
        return float(value)
    return tuple(value) if isinstance(value, list) else value


def _add(problems: list[Diagnostic], document: Document, pointer: str, message: str, hint: str) -> None:
    problems.append(Diagnostic.error("PG309", message, document.source, document.value_span(pointer), hint))
