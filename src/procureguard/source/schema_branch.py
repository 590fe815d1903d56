"""Which of several alternatives in a schema the author of a file most likely had in mind."""

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

from jsonschema_rs import ValidationError, ValidationErrorKind

from procureguard.source.diagnostic import closest
from procureguard.source.document import Data

Subschema: TypeAlias = dict[str, object]

_LIKELIHOOD = {"array": 1, "object": 2, "null": 3}


class Discriminator(NamedTuple):
    """The key whose value tells alternatives apart (`kind`), and its value in each."""

    name: str
    values: tuple[object, ...]


def resolved(schema: Subschema, path: Iterable[str | int]) -> Subschema:
    """The subschema at a path from the root, local references followed; empty if there is none."""
    found: object = schema
    for part in path:
        if isinstance(found, dict):
            found = _dereferenced(schema, found) if part not in found else found
            found = found.get(str(part), {})
        elif isinstance(found, list) and isinstance(part, int) and part < len(found):
            found = found[part]
        else:
            return {}
    return _dereferenced(schema, found) if isinstance(found, dict) else {}


def discriminator(options: list[Subschema], schema: Subschema) -> Discriminator | None:
    """The key that has a constant value in every alternative, if there is one and the values differ."""
    constants = [_constants(option, schema) for option in options]
    shared = sorted(set.intersection(*(set(each) for each in constants))) if constants else []
    for name in shared:
        values = tuple(each[name] for each in constants)
        if len({str(value) for value in values}) == len(values) > 1:
            return Discriminator(name, values)
    return None


class Alternatives(NamedTuple):
    """The alternatives of an `anyOf` or `oneOf` that all refuse a value, each with its errors.

    `depth` is the length of the value's path from the root of the file.
    """

    errors: list[list[ValidationError]]
    options: list[Subschema]
    value: Data
    depth: int
    schema: Subschema

    def likeliest(self) -> int:
        """The index of the alternative that fits the value best."""
        return min(range(len(self.options)), key=self._misfit)

    def types_to_name(self) -> list[str]:
        """The types to ask for if the value is of none of them; empty if that is not what is wrong."""
        if not self._is_of_another_type(self.likeliest()):
            return []
        types = [_types(option, self.schema) for option in self.options]
        plain = [name for names in types for name in names if name not in {"object", "null"}]
        return list(dict.fromkeys(plain)) if all(types) else []

    def _misfit(self, index: int) -> tuple[int, int, int]:
        """Smaller is likelier: of the right type, then plain before written out, then fewest unknown keys."""
        unknown = _unknown_keys(self.options[index], self.value)
        if self._is_of_another_type(index):
            types = _types(self.options[index], self.schema) or ["string"]
            return 1, min(_LIKELIHOOD.get(name, 0) for name in types), unknown
        return 0, unknown, len(self.errors[index])

    def _is_of_another_type(self, index: int) -> bool:
        if isinstance(self.value, dict) and self.value and not _resembles(self.options[index], self.value):
            return True
        return any(self._is_type_error(error) for error in self.errors[index])

    def _is_type_error(self, error: ValidationError) -> bool:
        if len(error.instance_path) != self.depth:
            return False
        kind = error.kind
        if isinstance(kind, ValidationErrorKind.AnyOf | ValidationErrorKind.OneOfNotValid):
            return all(any(self._is_type_error(each) for each in branch) for branch in kind.context)
        if isinstance(kind, ValidationErrorKind.Enum | ValidationErrorKind.Constant):
            return isinstance(self.value, dict | list)
        return isinstance(kind, ValidationErrorKind.Type)


def _dereferenced(schema: Subschema, subschema: Subschema) -> Subschema:
    for _ in range(len(schema) + 8):
        reference = subschema.get("$ref")
        if not isinstance(reference, str) or not reference.startswith("#/"):
            break
        found: object = schema
        for part in reference.split("/")[1:]:
            key = part.replace("~1", "/").replace("~0", "~")
            found = found.get(key) if isinstance(found, dict) else None
        if not isinstance(found, dict):
            break
        subschema = found
    return subschema


def _properties(option: Subschema) -> dict[str, object]:
    properties = option.get("properties")
    return properties if isinstance(properties, dict) else {}


def _constants(option: Subschema, schema: Subschema) -> dict[str, object]:
    found = {}
    for name, subschema in _properties(option).items():
        target = _dereferenced(schema, subschema) if isinstance(subschema, dict) else {}
        if "const" in target:
            found[name] = target["const"]
    return found


def _resembles(option: Subschema, value: dict[str, Data]) -> bool:
    """Whether an alternative knows at least one key of a mapping, misspelt perhaps."""
    if _unknown_keys(option, value) < len(value):
        return True
    return any(closest(key, _properties(option)) is not None for key in value)


def _unknown_keys(option: Subschema, value: Data) -> int:
    if not isinstance(value, dict) or option.get("additionalProperties") is not False:
        return 0
    properties = _properties(option)
    return sum(key not in properties for key in value)


def _types(option: Subschema, schema: Subschema) -> list[str]:
    """The JSON types an alternative allows; empty if it is not a matter of types alone."""
    if "enum" in option or "const" in option:
        return []
    if isinstance(named := option.get("type"), str):
        return [named]
    if isinstance(named, list):
        return [str(name) for name in named]
    choices = option.get("anyOf") or option.get("oneOf")
    if not isinstance(choices, list):
        return []
    nested = [_types(_dereferenced(schema, choice), schema) for choice in choices if isinstance(choice, dict)]
    return [name for names in nested for name in names] if all(nested) else []
