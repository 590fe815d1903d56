"""The words for what a JSON Schema refuses: what is wrong, where, and how to mend it."""

import json
from collections.abc import Callable, Mapping
from typing import NamedTuple

from procureguard.source.diagnostic import guess
from procureguard.source.document import Data, Document, to_pointer
from procureguard.source.mending import Advice
from procureguard.source.schema_advice import (
    MOST_CHOICES,
    as_written,
    choice_advice,
    choices,
    described,
    form_advice,
    listed,
    type_advice,
)
from procureguard.source.schema_branch import Subschema, resolved
from procureguard.source.schema_dates import day_advice
from procureguard.source.text import Span, shown

_TYPE_WORDS = {
    "integer": "a whole number",
    "number": "a number",
    "string": "text",
    "boolean": "true or false",
    "array": "a list",
    "object": "a group of keys",
    "null": "empty",
}


class Complaint(NamedTuple):
    """What a schema refuses: the keyword and the subschema it stands in, the value and its path from the root.

    `names` are the keys it is about, where it is about keys. `alternatives` is the subschema with all that may stand
    there, where `schema` is only one of them.
    """

    keyword: str
    path: tuple[str | int, ...]
    schema: Subschema
    value: Data
    names: tuple[str, ...]
    alternatives: Subschema | None = None

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
    """The parts of a diagnostic about one complaint; the advice is about the value at the pointer, or about its key."""

    code: str
    message: str
    span: Span
    advice: Advice
    complaint: Complaint
    pointer: str
    of_key: bool = False


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
        allowed = [key for key in self._unknown[name] if key not in self._present]
        found = guess(name, self._missing) or guess(name, allowed)
        message = f"{shown(name)} is not known here"
        if found is not None and found.word in self._missing:
            del self._missing[found.word]
            message = f"{message}, and {shown(found.word)} is missing"
        advice = Advice.of(found, self._elsewhere(name) or _keys_hint(allowed))
        return _of_key("PG202", message, self._document, self._about._replace(path=(*self._path, name)), advice)

    def _about_missing(self, name: str) -> Saying:
        where = "" if not self._path else f" in {self._about.name}"
        subschema = _properties(self._missing[name]).get(name)
        hint = listed(choices(subschema)) if isinstance(subschema, dict) else None
        return _of_key("PG201", f"{shown(name)} is missing{where}", self._document, self._about, Advice(hint))

    def _elsewhere(self, name: str) -> str | None:
        """Where a key belongs that was written in the wrong section."""
        for section in _properties(self._schema):
            if name in _properties(resolved(self._schema, ["properties", section])) and (section,) != self._path:
                return f"`{name}` belongs below `{section}:`"
        return None


def _properties(schema: Mapping[str, object]) -> dict[str, object]:
    properties = schema.get("properties")
    return properties if isinstance(properties, dict) else {}


def _keys_hint(keys: list[str]) -> str | None:
    if not 0 < len(keys) <= MOST_CHOICES:
        return None
    return f"{'one key' if len(keys) == 1 else 'keys'} known here and not used: {', '.join(map(shown, keys))}"


def _got(value: Data) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return shown(as_written(value))
        case str():
            return f"text {shown(value)}" if value else "an empty text"
        case int() | float():
            return f"the number {shown(as_written(value))}"
        case list():
            return "a list"
        case _:
            return "a group of keys"


def _saying(code: str, message: str, document: Document, complaint: Complaint, advice: Advice | None = None) -> Saying:
    """What to say at a value."""
    pointer = to_pointer(complaint.path)
    return Saying(code, message, document.value_span(pointer), advice or Advice(), complaint, pointer)


def _of_key(code: str, message: str, document: Document, complaint: Complaint, advice: Advice) -> Saying:
    """What to say at a key."""
    pointer = to_pointer(complaint.path)
    return Saying(code, message, document.key_span(pointer), advice, complaint, pointer, of_key=True)


def _type(document: Document, complaint: Complaint) -> Saying:
    limit = complaint.limit
    types = [str(name) for name in limit] if isinstance(limit, list) else [str(limit)]
    named = [name for name in types if name != "null"] or types
    named = [name for name in named if name != "integer" or "number" not in named]
    words = " or ".join(sorted((_TYPE_WORDS.get(name, name) for name in named), key=len))
    span = document.value_span(to_pointer(complaint.path))
    written = document.source.text[span.start : span.end]
    message = f"{complaint.name} must be {words}, got {_got(complaint.value)}"
    if complaint.schema.get("format") == "date":
        message = f"{complaint.name} must be a day, got {_got(complaint.value)}"
        return _saying("PG203", message, document, complaint, day_advice(written))
    beside = document.value(to_pointer(complaint.path[:-1]))
    advice = type_advice(named, complaint.value, written, beside if isinstance(beside, dict) else {})
    return _saying("PG203", message, document, complaint, advice)


def _enum(document: Document, complaint: Complaint) -> Saying:
    options = choices(complaint.schema)
    code = "PG210" if complaint.keyword == "kind" or complaint.path[-1:] == ("kind",) else "PG204"
    if isinstance(complaint.value, dict | list) or complaint.value is None:
        message = f"{complaint.name} must be one of certain words, got {_got(complaint.value)}"
    elif len(options) == 1:
        wanted, given = shown(as_written(options[0])), shown(as_written(complaint.value))
        message = f"{complaint.name} must be {wanted}, got {_got(complaint.value) if wanted == given else given}"
    else:
        message = f"{shown(as_written(complaint.value))} is not a value of {complaint.name}"
    return _saying(code, message, document, complaint, choice_advice(complaint.value, options))


def _property_name(document: Document, complaint: Complaint) -> Saying:
    key = str(complaint.value)
    options = choices(complaint.schema)
    if options:
        message = f"{shown(key)} cannot stand here as a key"
        return _of_key("PG204", message, document, complaint, choice_advice(key, options))
    message = f"the key {shown(key)} is not of the form expected here"
    return _of_key("PG205", message, document, complaint, form_advice(complaint.schema, key))


def _pattern(document: Document, complaint: Complaint) -> Saying:
    value = as_written(complaint.value)
    message = f"{shown(value)} is not of the form expected of {complaint.name}"
    return _saying("PG205", message, document, complaint, form_advice(complaint.schema, value))


def _format(document: Document, complaint: Complaint) -> Saying:
    value = as_written(complaint.value)
    if complaint.limit == "date":
        return _saying("PG206", f"{shown(value)} is not a calendar day", document, complaint, day_advice(value))
    what, hint = _FORMATS.get(str(complaint.limit), (f"of the form {shown(str(complaint.limit))}", None))
    return _saying("PG205", f"{shown(value)} is not {what}", document, complaint, Advice(hint))


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
    number = as_written(complaint.value)
    message = f"{complaint.name} must be {words} {as_written(complaint.limit)}, got {shown(number)}"
    return _saying("PG207", message, document, complaint)


def _length(document: Document, complaint: Complaint) -> Saying:
    value = complaint.value if isinstance(complaint.value, str) else ""
    if complaint.keyword == "minLength" and not value:
        advice = Advice("write a text, or leave the key out")
        return _saying("PG205", f"{complaint.name} must not be empty", document, complaint, advice)
    word = "at least" if complaint.keyword == "minLength" else "at most"
    message = f"{complaint.name} must have {word} {complaint.limit} characters, got {len(value)}"
    return _saying("PG205", message, document, complaint)


def _amount(document: Document, complaint: Complaint) -> Saying:
    """Too few or too many entries of a list or keys of a mapping."""
    value = complaint.value if isinstance(complaint.value, list | dict) else []
    if complaint.keyword.startswith("min") and not value:
        advice = Advice("add an entry, or leave the key out")
        return _saying("PG208", f"{complaint.name} must not be empty", document, complaint, advice)
    word = "at least" if complaint.keyword.startswith("min") else "at most"
    entries = "entry" if complaint.limit == 1 else "entries"
    message = f"{complaint.name} must have {word} {complaint.limit} {entries}, got {len(value)}"
    return _saying("PG208", message, document, complaint)


def _unique(document: Document, complaint: Complaint) -> Saying:
    value = complaint.value if isinstance(complaint.value, list) else []
    seen: dict[str, int] = {}
    for index, item in enumerate(value):
        written = json.dumps(item, sort_keys=True)
        if written in seen:
            message = f"{shown(as_written(item))} is listed twice in {complaint.name}"
            second = complaint._replace(path=(*complaint.path, index))
            return _saying("PG208", message, document, second, Advice("remove one of them"))
        seen[written] = index
    advice = Advice("remove all but one of each")
    return _saying("PG208", f"{complaint.name} lists something twice", document, complaint, advice)


def _forbidden(document: Document, complaint: Complaint) -> Saying:
    return _of_key("PG202", f"{complaint.name} cannot stand here", document, complaint, Advice("remove it"))


def _other(document: Document, complaint: Complaint) -> Saying:
    message = f"{complaint.name} does not keep the rule {shown(complaint.keyword)} of its schema"
    return _saying("PG209", message, document, complaint, Advice(described(complaint.schema)))


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
