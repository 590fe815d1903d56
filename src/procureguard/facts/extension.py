"""An organisation's own facts below `ext.`, typed by a JSON Schema of its own."""

from collections.abc import Mapping
from typing import Any

from procureguard.facts.schema import FactType
from procureguard.source import Diagnostic, Document, plain
from procureguard.stack import Organisation

_TYPES = {"boolean": "bool", "integer": "int", "number": "decimal", "string": "string"}


def extension_types(organisation: Organisation, problems: list[Diagnostic]) -> Mapping[str, FactType]:
    """The types of the organisation's own facts; a schema that is none, or a type no fact can have, is a problem."""
    schema = organisation.extension_schema
    if schema is None or organisation.document is None:
        return {}
    if not _is_schema(schema, organisation.document, problems):
        return {}
    types = {}
    for name, spec in schema.get("properties", {}).items():
        kind = _fact_type(name, spec)
        if kind is None:
            hint = "give it one of the types boolean, integer, number, string, or an array of these"
            _add(
                problems,
                organisation.document,
                f"/ext/properties/{name}",
                f"`{name}` has no type a fact can have",
                hint,
            )
        else:
            types[kind.path] = kind
    return types


def check_extension(
    document: Document, organisation: Organisation, facts: Mapping[str, Any], problems: list[Diagnostic]
) -> None:
    """Checks a purchase's own facts against the organisation's schema; every problem is added."""
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - slow to import, and few organisations need it

    schema = organisation.extension_schema
    if schema is None:
        hint = "describe them with a JSON Schema under `ext` in the organisation file, or remove them"
        _add(problems, document, "/ext", "the organisation has no facts of its own", hint)
        return
    stated = {name: plain(data) for name, data in facts.items()}
    known = {name: value for name, value in stated.items() if value is not None}
    for error in Draft202012Validator(schema).iter_errors(known):
        pointer = "".join(f"/{part}" for part in error.absolute_path)
        _add(
            problems,
            document,
            f"/ext{pointer}",
            error.message,
            "see `ext` in the organisation file for what is allowed",
        )


def _is_schema(schema: Mapping[str, Any], document: Document, problems: list[Diagnostic]) -> bool:
    from jsonschema import Draft202012Validator, SchemaError  # noqa: PLC0415 - as above

    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        pointer = "".join(f"/{part}" for part in error.absolute_path)
        _add(problems, document, f"/ext{pointer}", f"this is no JSON Schema: {error.message}", "see json-schema.org")
        return False
    return True


def _fact_type(name: str, spec: Any) -> FactType | None:  # noqa: ANN401 - any JSON Schema
    if not isinstance(spec, dict):
        return None
    is_list = spec.get("type") == "array"
    element = spec.get("items", {}) if is_list else spec
    kind = _TYPES.get(element.get("type", "string" if "enum" in element else ""))
    if kind is None:
        return None
    values = element.get("enum")
    if kind == "string" and element.get("format") == "date":
        kind = "date"
    elif kind == "string" and values:
        kind = "enum"
    title = spec.get("title", name.replace("_", " "))
    return FactType(
        f"ext.{name}",
        f"list({kind})" if is_list else kind,
        title,
        spec.get("description") or f"What is the {title}?",
        spec.get("x-stated-by", "requester"),
        tuple(values) if values and kind == "enum" else None,
        element.get("minimum") if kind == "int" else None,
        element.get("maximum") if kind == "int" else None,
    )


def _add(problems: list[Diagnostic], document: Document, pointer: str, message: str, hint: str) -> None:
    span = document.value_span(pointer)
    problems.append(Diagnostic.error("PG224", message, document.source, span, hint))
