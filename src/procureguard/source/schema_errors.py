"""What a JSON Schema's errors come down to, in words for the person who wrote the file."""

from jsonschema_rs import ValidationError, ValidationErrorKind

from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Data, Document
from procureguard.source.schema_branch import Alternatives, Subschema, discriminator, resolved
from procureguard.source.schema_fixes import fixes_of
from procureguard.source.schema_words import Complaint, sayings
from procureguard.source.text import Span
from procureguard.source.validator import Validator

_MOST_LISTED = 100
_TELLING = (("format", {"pattern"}), ("type", {"const", "enum"}))
"""What need not be said, because a complaint about the same value says it better."""

_STRUCTURE = {"required", "dependentRequired", "additionalProperties", "unevaluatedProperties"}


def schema_diagnostics(document: Document, validator: Validator) -> list[Diagnostic]:
    """Everything that keeps a document from being valid, in the order of the file."""
    complaints: list[Complaint] = []
    for error in validator.errors(document.data):
        complaints += _complaints(error, document.data, validator.schema)
        if len(complaints) > _MOST_LISTED:
            break
    said = [
        saying for group in _grouped(_each_once(complaints)) for saying in sayings(document, group, validator.schema)
    ]
    fixes = fixes_of(document, said, validator.schema)
    found = [
        Diagnostic.error(saying.code, saying.message, document.source, saying.span, saying.advice.hint).mended_by(fix)
        for saying, fix in zip(said, fixes, strict=True)
    ]
    found = sorted(dict.fromkeys(found), key=_place)
    if len(found) <= _MOST_LISTED:
        return found
    message = "there may be more errors than are listed"
    more = Diagnostic.error("PG119", message, document.source, Span(0, 0), "mend these first")
    return [*found[:_MOST_LISTED], more]


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
        parent = resolved(schema, error.schema_path[:-1])
        return [Complaint("type", path, {**alone, "type": types}, value, (), parent)]
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


def _each_once(complaints: list[Complaint]) -> list[Complaint]:
    """Of one mistake the telling complaint: not the pattern beside the format, nor the choice beside the type."""
    said = {(complaint.keyword, complaint.path) for complaint in complaints}
    return [
        each
        for each in complaints
        if all((telling, each.path) not in said for telling, silent in _TELLING if each.keyword in silent)
    ]


def _grouped(complaints: list[Complaint]) -> list[list[Complaint]]:
    """Complaints about the keys of one mapping together, every other one alone."""
    groups: dict[object, list[Complaint]] = {}
    for index, complaint in enumerate(complaints):
        groups.setdefault(complaint.path if complaint.keyword in _STRUCTURE else index, []).append(complaint)
    return list(groups.values())
