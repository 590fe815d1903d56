"""Checks a document against a JSON Schema and says what is wrong in words for the person who wrote the file."""

from collections.abc import Iterator, Mapping
from typing import NoReturn

from jsonschema_rs import ValidationError, ValidationErrorKind, validator_for

from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Data, Document
from procureguard.source.schema_branch import Alternatives, Subschema, discriminator, resolved
from procureguard.source.schema_words import Complaint, sayings
from procureguard.source.text import Span

_MOST_LISTED = 100
_STRUCTURE = {"required", "dependentRequired", "additionalProperties", "unevaluatedProperties"}


class Validator:
    """A JSON Schema of draft 2020-12, compiled once; formats are checked, references leave the schema never.

    Raises ValueError if the schema is not valid.
    """

    __slots__ = ("_compiled", "schema")

    def __init__(self, schema: Mapping[str, object]) -> None:
        self.schema: Subschema = dict(schema)
        self._compiled = validator_for(self.schema, validate_formats=True, retriever=_refuse_to_fetch)

    def accepts(self, data: Data) -> bool:
        """Whether the data is valid."""
        return self._compiled.is_valid(data)

    def errors(self, data: Data) -> Iterator[ValidationError]:
        """Every error of the data, as the library reports them."""
        return self._compiled.iter_errors(data)


def check_schema(document: Document, validator: Validator, problems: list[Diagnostic]) -> bool:
    """Whether the document is valid; if not, adds what is wrong to `problems`, in the order of the file."""
    if validator.accepts(document.data):
        return True
    complaints: list[Complaint] = []
    for error in validator.errors(document.data):
        complaints += _complaints(error, document.data, validator.schema)
        if len(complaints) > _MOST_LISTED:
            break
    found = [
        Diagnostic.error(saying.code, saying.message, document.source, saying.span, saying.hint)
        for group in _grouped(complaints)
        for saying in sayings(document, group, validator.schema)
    ]
    found = sorted(dict.fromkeys(found), key=_place)
    problems += found[:_MOST_LISTED]
    if len(found) > _MOST_LISTED:
        message = "there may be more errors than are listed"
        problems.append(Diagnostic.error("PG119", message, document.source, Span(0, 0), "mend these first"))
    return False


def _refuse_to_fetch(uri: str) -> NoReturn:
    raise ValueError(f"a schema cannot refer to another file: {uri}")


def _place(diagnostic: Diagnostic) -> tuple[int, int]:
    return (diagnostic.span.start, diagnostic.span.end) if diagnostic.span is not None else (0, 0)


def _complaints(error: ValidationError, data: Data, schema: Subschema) -> list[Complaint]:
    """What an error comes down to: where a value may be one of several things, the errors of the likeliest."""
    kind = error.kind
    if isinstance(kind, ValidationErrorKind.AnyOf | ValidationErrorKind.OneOfNotValid):
        return _branch_complaints(error, kind.context, data, schema)
    path = tuple(error.instance_path)
    parent = resolved(schema, error.schema_path[:-1])
    names: tuple[str, ...] = ()
    if isinstance(kind, ValidationErrorKind.AdditionalProperties | ValidationErrorKind.UnevaluatedProperties):
        names = tuple(kind.unexpected)
    elif isinstance(kind, ValidationErrorKind.Required):
        names = (kind.property,)
    elif isinstance(kind, ValidationErrorKind.PropertyNames):
        return [_about_key(kind.error, path, schema)]
    return [Complaint(kind.name, path, parent, _value(data, path), names)]


def _about_key(error: ValidationError, path: tuple[str | int, ...], schema: Subschema) -> Complaint:
    key = str(error.instance)
    return Complaint("propertyNames", (*path, key), resolved(schema, error.schema_path[:-1]), key, (key,))


def _branch_complaints(
    error: ValidationError, context: list[list[ValidationError]], data: Data, schema: Subschema
) -> list[Complaint]:
    path = tuple(error.instance_path)
    value = _value(data, path)
    options = [resolved(schema, [*error.schema_path, index]) for index in range(len(context))]
    alternatives = Alternatives(context, options, value, len(path), schema)
    if isinstance(value, dict) and (kinds := discriminator(options, schema)) is not None:
        given = value.get(kinds.name)
        if given not in kinds.values:
            return [_about_kind(kinds.name, list(kinds.values), path, value)]
        chosen = kinds.values.index(given)
    elif types := alternatives.types_to_name():
        alone = options[alternatives.likeliest()] if len(types) == 1 else {}
        return [Complaint("type", path, {**alone, "type": types}, value, ())]
    else:
        chosen = alternatives.likeliest()
    return [complaint for each in context[chosen] for complaint in _complaints(each, data, schema)]


def _about_kind(name: str, allowed: list[object], path: tuple[str | int, ...], value: dict[str, Data]) -> Complaint:
    if name in value:
        return Complaint("kind", (*path, name), {"enum": allowed}, value[name], ())
    return Complaint("required", path, {"properties": {name: {"enum": allowed}}}, value, (name,))


def _value(data: Data, path: tuple[str | int, ...]) -> Data:
    for part in path:
        if isinstance(data, dict):
            data = data.get(str(part))
        elif isinstance(data, list):
            data = data[int(part)]
    return data


def _grouped(complaints: list[Complaint]) -> list[list[Complaint]]:
    """Complaints about the keys of one mapping together, every other one alone."""
    groups: dict[object, list[Complaint]] = {}
    for index, complaint in enumerate(complaints):
        groups.setdefault(complaint.path if complaint.keyword in _STRUCTURE else index, []).append(complaint)
    return list(groups.values())
