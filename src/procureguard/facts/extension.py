"""An organisation's own facts below `ext.`, typed by a JSON Schema of its own."""

from collections.abc import Mapping, Sequence
from math import ceil, floor
from typing import Any

from jsonschema_rs import ValidationError

from procureguard.facts.fact import ANSWERERS
from procureguard.facts.schema import FactType
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Document, to_pointer
from procureguard.source.schema import check_schema
from procureguard.source.stated import plain_part
from procureguard.source.validator import Validator
from procureguard.stack.organisation import Organisation

_TYPES = {"boolean": "bool", "integer": "int", "number": "decimal", "string": "string"}


def extension_types(organisation: Organisation, problems: list[Diagnostic]) -> Mapping[str, FactType]:
    """The types of the organisation's own facts; a schema that is none, or a type no fact can have, is a problem."""
    schema, document = organisation.extension_schema, organisation.document
    if schema is None or document is None or not _is_schema(schema, document, problems):
        return {}
    types = {}
    for name, spec in schema.get("properties", {}).items():
        pointer = to_pointer(["ext", "properties", name])
        kind = _fact_type(name, spec)
        if kind is None:
            message = f"`{name}` has no type a fact can have"
            hint = "give it one of the types boolean, integer, number, string, or an array of these"
            _add(problems, document, pointer, message, hint)
        elif kind.stated_by not in ANSWERERS:
            message = f"nobody called `{kind.stated_by}` can be asked"
            _add(problems, document, f"{pointer}/x-stated-by", message, f"write one of {', '.join(ANSWERERS)}")
        else:
            types[kind.path] = kind
    return types


def check_extension(
    document: Document, organisation: Organisation, problems: list[Diagnostic], keys: Sequence[str | int] = ("ext",)
) -> None:
    """Checks own facts, those of a purchase or where the keys lead, against the organisation's schema."""
    schema = organisation.extension_schema
    if schema is None:
        hint = "describe them with a JSON Schema under `ext` in the organisation file, or remove them"
        _add(problems, document, to_pointer(keys), "the organisation has no facts of its own", hint)
    else:
        check_schema(plain_part(document, keys), Validator(schema), problems)


def _is_schema(schema: Mapping[str, Any], document: Document, problems: list[Diagnostic]) -> bool:
    try:
        Validator(schema)
    except ValidationError as error:
        pointer = to_pointer(["ext", *error.instance_path])
        _add(problems, document, pointer, f"this is no JSON Schema: {error.message}", "see json-schema.org")
        return False
    return True


def _fact_type(name: str, spec: Any) -> FactType | None:  # noqa: ANN401 - any JSON Schema
    if not isinstance(spec, dict):
        return None
    is_list = spec.get("type") == "array"
    element: Any = spec.get("items") if is_list else spec
    kind = _element(element)
    if kind is None:
        return None
    title = spec.get("title", name.replace("_", " "))
    return FactType(
        f"ext.{name}",
        f"list({kind})" if is_list else kind,
        title,
        spec.get("description") or f"What is the {title}?",
        spec.get("x-stated-by", "requester"),
        tuple(element["enum"]) if kind == "enum" else None,
        ceil(element["minimum"]) if kind == "int" and "minimum" in element else None,
        floor(element["maximum"]) if kind == "int" and "maximum" in element else None,
    )


def _element(spec: Any) -> str | None:  # noqa: ANN401 - any JSON Schema
    if not isinstance(spec, dict):
        return None
    values = spec.get("enum")
    if values is not None and all(isinstance(value, str) for value in values):
        return "enum"
    stated = spec.get("type")
    kind = _TYPES.get(stated) if isinstance(stated, str) else None
    return "date" if kind == "string" and spec.get("format") == "date" else kind


def _add(problems: list[Diagnostic], document: Document, pointer: str, message: str, hint: str) -> None:
    span = document.value_span(pointer)
    problems.append(Diagnostic.error("PG224", message, document.source, span, hint))
