"""The words for what a JSON Schema refuses: what is wrong, where, and how to mend it."""

import json
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from jsonschema_rs import is_valid

from procureguard.source.diagnostic import closest, did_you_mean
from procureguard.source.document import Data, Document, to_pointer
from procureguard.source.scalar import resolve
from procureguard.source.schema_branch import Subschema, resolved
from procureguard.source.schema_dates import date_hint
from procureguard.source.text import Span, shown

_MOST_CHOICES = 8
_COMMA_FOR_POINT = re.compile(r"-?\d+,\d{1,2}")
_TWO_READINGS = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")
"""`4.400` is four thousand four hundred to some and four and a bit to others."""

_LONGEST_GUESS = 200
_TYPE_WORDS = {
    "integer": "a whole number",
    "number": "a number",
    "string": "text",
    "boolean": "true or false",
    "array": "a list",
    "object": "a group of keys",
    "null": "empty",
}
_YES_AND_NO = {"yes": "true", "y": "true", "on": "true", "no": "false", "n": "false", "off": "false"}


class Complaint(NamedTuple):
    """What a schema refuses: the keyword and the subschema it stands in, the value and its path from the root.

    `names` are the keys it is about, where it is about keys.
    """

    keyword: str
    path: tuple[str | int, ...]
    schema: Subschema
    value: Data
    names: tuple[str, ...]

    @property
    def limit(self) -> object:
        """What the schema demands: the value of its keyword."""
        return self.schema.get(self.keyword)

    @property
    def name(self) -> str:
        """The value's name in a sentence: its keys below the nearest list, or its number in that list."""
        keys: list[str] = []
        for part in reversed(self.path):
            if isinstance(part, int):
                break
            keys.insert(0, part)
        if keys:
            return shown(".".join(keys))
        if not self.path:
            return "the file"
        listed = [part for part in self.path if isinstance(part, str)][-1:]
        return f"entry {int(self.path[-1]) + 1}" + (f" of {shown(listed[0])}" if listed else "")


class Saying(NamedTuple):
    """The parts of a diagnostic about one complaint."""

    code: str
    message: str
    span: Span
    hint: str | None


def sayings(document: Document, complaints: list[Complaint], schema: Subschema) -> list[Saying]:
    """What to say about complaints that belong together: those about one mapping's keys, or a single other one."""
    first = complaints[0]
    if first.names and first.keyword != "propertyNames":
        return _Keys(document, complaints, schema).sayings()
    speak = _SPEAKERS.get(first.keyword, _other)
    return [speak(document, first)]


class _Keys:
    """Missing and unknown keys of one mapping; one of each that resemble each other are one mistake."""

    def __init__(self, document: Document, complaints: list[Complaint], schema: Subschema) -> None:
        self._document = document
        self._path = complaints[0].path
        self._about = complaints[0]
        self._schema = schema
        value = complaints[0].value
        self._present = value if isinstance(value, dict) else {}
        required = [complaint for complaint in complaints if complaint.keyword in {"required", "dependentRequired"}]
        self._missing = {name: complaint.schema for complaint in required for name in complaint.names}
        others = [complaint for complaint in complaints if complaint not in required]
        self._unknown = {name: _properties(complaint.schema) for complaint in others for name in complaint.names}

    def sayings(self) -> list[Saying]:
        """Unknown keys first, in the order of the file, then what is missing and resembles none of them."""
        return [self._about_unknown(name) for name in self._unknown] + [
            self._about_missing(name) for name in list(self._missing)
        ]

    def _about_unknown(self, name: str) -> Saying:
        span = self._document.key_span(to_pointer((*self._path, name)))
        allowed = [key for key in self._unknown[name] if key not in self._present]
        meant = closest(name, self._missing) or closest(name, allowed)
        if meant is not None and meant in self._missing:
            del self._missing[meant]
            message = f"{shown(name)} is not known here, and {shown(meant)} is missing"
            return Saying("PG202", message, span, f"did you mean `{meant}`?")
        hint = f"did you mean `{meant}`?" if meant is not None else self._elsewhere(name) or _keys_hint(allowed)
        return Saying("PG202", f"{shown(name)} is not known here", span, hint)

    def _about_missing(self, name: str) -> Saying:
        where = "" if not self._path else f" in {self._about.name}"
        subschema = _properties(self._missing[name]).get(name)
        hint = _listed(_choices(subschema)) if isinstance(subschema, dict) else None
        span = self._document.key_span(to_pointer(self._path))
        return Saying("PG201", f"{shown(name)} is missing{where}", span, hint)

    def _elsewhere(self, name: str) -> str | None:
        """Where a key belongs that was written in the wrong section."""
        for section in _properties(self._schema):
            if name in _properties(resolved(self._schema, ["properties", section])) and (section,) != self._path:
                return f"`{name}` belongs below `{section}:`"
        return None


def _properties(schema: Mapping[str, object]) -> dict[str, object]:
    properties = schema.get("properties")
    return properties if isinstance(properties, dict) else {}


def _choices(schema: Mapping[str, object]) -> list[object]:
    options = schema.get("enum", [schema["const"]] if "const" in schema else [])
    return options if isinstance(options, list) else []


def _listed(options: list[object] | list[str]) -> str | None:
    """The hint that lists what can stand here, if that is short enough to read."""
    if not 0 < len(options) <= _MOST_CHOICES:
        return None
    words = [shown(_as_written(option)) for option in options]
    return f"write {words[0]}" if len(words) == 1 else f"choose one of {', '.join(words)}"


def _keys_hint(keys: list[str]) -> str | None:
    if not 0 < len(keys) <= _MOST_CHOICES:
        return None
    return f"{'one key' if len(keys) == 1 else 'keys'} known here and not used: {', '.join(map(shown, keys))}"


def _as_written(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _got(value: Data) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return shown(_as_written(value))
        case str():
            return f"text {shown(value)}" if value else "an empty text"
        case int() | float():
            return f"the number {shown(_as_written(value))}"
        case list():
            return "a list"
        case _:
            return "a group of keys"


def _span(document: Document, complaint: Complaint) -> Span:
    return document.value_span(to_pointer(complaint.path))


def _type(document: Document, complaint: Complaint) -> Saying:
    span = _span(document, complaint)
    limit = complaint.limit
    types = [str(name) for name in limit] if isinstance(limit, list) else [str(limit)]
    named = [name for name in types if name != "null"] or types
    named = [name for name in named if name != "integer" or "number" not in named]
    words = " or ".join(sorted((_TYPE_WORDS.get(name, name) for name in named), key=len))
    written = document.source.text[span.start : span.end]
    message = f"{complaint.name} must be {words}, got {_got(complaint.value)}"
    if complaint.schema.get("format") == "date":
        message = f"{complaint.name} must be a day, got {_got(complaint.value)}"
        return Saying("PG203", message, span, date_hint(written))
    return Saying("PG203", message, span, _type_hint(named, complaint.value, written))


def _type_hint(types: list[str], value: Data, written: str) -> str | None:  # noqa: PLR0911 -- one answer for each type
    match value:
        case None:
            return "write a value after the `:`" if "null" not in types else None
        case str():
            return _text_hint(types, value)
        case list() if len(value) == 1 and "object" not in types:
            return "write the value without brackets or `-`"
        case bool() | int() | float() if "string" in types:
            return f'put it in quotes: `"{written}"`' if len(written) < _LONGEST_GUESS else "put it in quotes"
        case bool() | int() | float() if "array" in types:
            return f"write it as a list: `[{written}]`"
        case float() if "integer" in types:
            return "write it without decimal places"
        case _:
            return None


def _text_hint(types: list[str], value: str) -> str | None:
    """What to write where a text stands and another type is expected."""
    if "array" in types:
        return f"write it as a list: {shown(f'[{value}]')}"
    if "boolean" in types and (word := _YES_AND_NO.get(value.strip().lower(), value.strip().lower())) in {
        "true",
        "false",
    }:
        return f"write `{word}` without quotes"
    if {"integer", "number"} & set(types) and len(value) < _LONGEST_GUESS:
        return _number_hint(value)
    return None


def _number_hint(value: str) -> str | None:
    """How a number is written; one that could mean two amounts is not guessed."""
    bare = re.sub(r"[\s_'$€£%]|[A-Za-z]+$|^[A-Za-z]+", "", value)
    if _TWO_READINGS.fullmatch(bare):
        small = bare.rstrip("0").rstrip(".")
        return f"write `{bare.replace('.', '')}` or `{small}`, whichever is meant, without quotes or signs"
    if isinstance(_resolved_or_none(value), int | float):
        return "remove the quotes"
    number = bare.replace(",", "." if _COMMA_FOR_POINT.fullmatch(bare) else "")
    if isinstance(_resolved_or_none(number), int | float) and number:
        return f"write the number alone, without signs or separators: `{number}`"
    return None


def _resolved_or_none(text: str) -> object:
    try:
        return resolve(text.strip())
    except OverflowError:
        return None


def _enum(document: Document, complaint: Complaint) -> Saying:
    options = _choices(complaint.schema)
    code = "PG210" if complaint.keyword == "kind" or complaint.path[-1:] == ("kind",) else "PG204"
    if isinstance(complaint.value, dict | list) or complaint.value is None:
        message = f"{complaint.name} must be one of certain words, got {_got(complaint.value)}"
    elif len(options) == 1:
        wanted, given = shown(_as_written(options[0])), shown(_as_written(complaint.value))
        message = f"{complaint.name} must be {wanted}, got {_got(complaint.value) if wanted == given else given}"
    else:
        message = f"{shown(_as_written(complaint.value))} is not a value of {complaint.name}"
    return Saying(code, message, _span(document, complaint), _choice_hint(complaint.value, options))


def _choice_hint(value: Data, options: list[object]) -> str | None:
    if isinstance(value, str):
        if _resolved_or_none(value) in options and not isinstance(_resolved_or_none(value), str):
            return "remove the quotes"
    elif isinstance(value, bool | int | float) and json.dumps(value) in options:
        return f'put it in quotes: `"{json.dumps(value)}"`'
    words = [option for option in options if isinstance(option, str)]
    meant = did_you_mean(value, words) if isinstance(value, str) else None
    hints = [hint for hint in (meant, _listed(options)) if hint is not None]
    return " ".join(hints) or None


def _property_name(document: Document, complaint: Complaint) -> Saying:
    key = str(complaint.value)
    span = document.key_span(to_pointer(complaint.path))
    options = _choices(complaint.schema)
    if options:
        return Saying("PG204", f"{shown(key)} cannot stand here as a key", span, _choice_hint(key, options))
    hint = _form_hint(complaint.schema, key)
    return Saying("PG205", f"the key {shown(key)} is not of the form expected here", span, hint)


def _pattern(document: Document, complaint: Complaint) -> Saying:
    value = _as_written(complaint.value)
    message = f"{shown(value)} is not of the form expected of {complaint.name}"
    return Saying("PG205", message, _span(document, complaint), _form_hint(complaint.schema, value))


def _form_hint(schema: Subschema, value: str) -> str | None:
    """A spelling of the user's own text that is accepted, else an example, a description or the pattern itself."""
    pattern = {"pattern": schema.get("pattern")}
    dashed = re.sub(r"[^a-z0-9]+", "-", value.strip().lower()).strip("-")
    guesses = (value.strip(), value.strip().lower(), value.strip().upper(), dashed, dashed.replace("-", "_"))
    if len(value) < _LONGEST_GUESS and isinstance(pattern["pattern"], str):
        for guess in guesses:
            if guess and is_valid(pattern, guess):
                return f"write {shown(guess)}"
    examples = schema.get("examples")
    if isinstance(examples, list) and examples:
        return f"write it as in {shown(_as_written(examples[0]))}"
    description = schema.get("description")
    if isinstance(description, str):
        return description[:1].lower() + description[1:].rstrip(".")
    return f"it must match the pattern {shown(str(pattern['pattern']))}" if pattern["pattern"] else None


def _format(document: Document, complaint: Complaint) -> Saying:
    value = _as_written(complaint.value)
    span = _span(document, complaint)
    if complaint.limit == "date":
        return Saying("PG206", f"{shown(value)} is not a calendar day", span, date_hint(value))
    what, hint = _FORMATS.get(str(complaint.limit), (f"of the form {shown(str(complaint.limit))}", None))
    return Saying("PG205", f"{shown(value)} is not {what}", span, hint)


_FORMATS = {
    "email": ("an e-mail address", "write it as in `ana@example.com`"),
    "uri": ("a web address", "write it in full, as in `https://example.com`"),
    "date-time": ("a moment in time", "write it as in `2026-11-30T14:00:00Z`"),
    "hostname": ("the name of an internet domain", "write it as in `example.com`"),
}


def _range(document: Document, complaint: Complaint) -> Saying:
    words = {
        "minimum": "at least",
        "maximum": "at most",
        "exclusiveMinimum": "more than",
        "exclusiveMaximum": "less than",
        "multipleOf": "a multiple of",
    }[complaint.keyword]
    number = _as_written(complaint.value)
    message = f"{complaint.name} must be {words} {_as_written(complaint.limit)}, got {shown(number)}"
    return Saying("PG207", message, _span(document, complaint), None)


def _length(document: Document, complaint: Complaint) -> Saying:
    value = complaint.value if isinstance(complaint.value, str) else ""
    span = _span(document, complaint)
    if complaint.keyword == "minLength" and not value:
        return Saying("PG205", f"{complaint.name} must not be empty", span, "write a text, or leave the key out")
    word = "at least" if complaint.keyword == "minLength" else "at most"
    message = f"{complaint.name} must have {word} {complaint.limit} characters, got {len(value)}"
    return Saying("PG205", message, span, None)


def _amount(document: Document, complaint: Complaint) -> Saying:
    """Too few or too many entries of a list or keys of a mapping."""
    value = complaint.value if isinstance(complaint.value, list | dict) else []
    span = _span(document, complaint)
    if complaint.keyword.startswith("min") and not value:
        return Saying("PG208", f"{complaint.name} must not be empty", span, "add an entry, or leave the key out")
    word = "at least" if complaint.keyword.startswith("min") else "at most"
    entries = "entry" if complaint.limit == 1 else "entries"
    message = f"{complaint.name} must have {word} {complaint.limit} {entries}, got {len(value)}"
    return Saying("PG208", message, span, None)


def _unique(document: Document, complaint: Complaint) -> Saying:
    value = complaint.value if isinstance(complaint.value, list) else []
    seen: dict[str, int] = {}
    for index, item in enumerate(value):
        written = json.dumps(item, sort_keys=True)
        if written in seen:
            span = document.value_span(to_pointer((*complaint.path, index)))
            words = shown(_as_written(item))
            return Saying("PG208", f"{words} is listed twice in {complaint.name}", span, "remove one of them")
        seen[written] = index
    hint = "remove all but one of each"
    return Saying("PG208", f"{complaint.name} lists something twice", _span(document, complaint), hint)


def _forbidden(document: Document, complaint: Complaint) -> Saying:
    span = document.key_span(to_pointer(complaint.path))
    return Saying("PG202", f"{complaint.name} cannot stand here", span, "remove it")


def _other(document: Document, complaint: Complaint) -> Saying:
    description = complaint.schema.get("description")
    hint = description[:1].lower() + description[1:].rstrip(".") if isinstance(description, str) else None
    message = f"{complaint.name} does not keep the rule {shown(complaint.keyword)} of its schema"
    return Saying("PG209", message, _span(document, complaint), hint)


_SPEAKERS: dict[str, Callable[[Document, Complaint], Saying]] = {
    "type": _type,
    "enum": _enum,
    "const": _enum,
    "kind": _enum,
    "propertyNames": _property_name,
    "pattern": _pattern,
    "format": _format,
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"), _range),
    **dict.fromkeys(("minLength", "maxLength"), _length),
    **dict.fromkeys(("minItems", "maxItems", "minProperties", "maxProperties"), _amount),
    "uniqueItems": _unique,
    "falseSchema": _forbidden,
}
