"""What to write where a JSON Schema refuses a value: the hint, and the value where it is plain."""

import json
import re
from collections.abc import Mapping

from jsonschema_rs import is_valid

from procureguard.source.diagnostic import guess
from procureguard.source.document import Data
from procureguard.source.mending import Advice, Mending
from procureguard.source.schema_branch import Subschema
from procureguard.source.schema_numbers import number_advice, resolved
from procureguard.source.text import shown

MOST_CHOICES = 8
"""More than these are too many for a hint to list."""

_LONGEST_GUESS = 200
_YES_AND_NO = {"yes": "true", "y": "true", "on": "true", "no": "false", "n": "false", "off": "false"}
_LOST_WORD = re.compile(r"^[_.-]|[_.-]{2}|[_.-]$")
_BARE_LIST = "write the value without brackets or `-`"


def choices(schema: Mapping[str, object]) -> list[object]:
    """The values a schema allows, where it lists them."""
    options = schema.get("enum", [schema["const"]] if "const" in schema else [])
    return options if isinstance(options, list) else []


def as_written(value: object) -> str:
    """A value as its author would write it."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def listed(options: list[object] | list[str]) -> str | None:
    """The hint that lists what can stand here, if that is short enough to read."""
    if not 0 < len(options) <= MOST_CHOICES:
        return None
    words = [shown(as_written(option)) for option in options]
    return f"write {words[0]}" if len(words) == 1 else f"choose one of {', '.join(words)}"


def type_advice(types: list[str], value: Data, written: str, beside: Mapping[str, Data]) -> Advice:  # noqa: PLR0911 -- one answer for each type
    """What to write where a value is of another type than expected; `written` is how it stands in the file."""
    match value:
        case None:
            return Advice("write a value after the `:`" if "null" not in types else None)
        case str():
            return _for_text(types, value, beside)
        case [alone] if "object" not in types:
            return Advice(_BARE_LIST, Mending(alone) if not isinstance(alone, dict | list) else None)
        case bool() | int() | float() if "string" in types:
            hint = f'put it in quotes: `"{written}"`' if len(written) < _LONGEST_GUESS else "put it in quotes"
            return Advice(hint, Mending(written))
        case bool() | int() | float() if "array" in types:
            return Advice(f"write it as a list: `[{written}]`", Mending([value], written))
        case float() if "integer" in types:
            return Advice("write it without decimal places")
        case _:
            return Advice()


def _for_text(types: list[str], value: str, beside: Mapping[str, Data]) -> Advice:
    """What to write where a text stands and another type is expected."""
    if "array" in types:
        return Advice(f"write it as a list: {shown(f'[{value}]')}", Mending([value]) if "," not in value else None)
    if "boolean" in types:
        word = _YES_AND_NO.get(value.strip().lower(), value.strip().lower())
        if word in {"true", "false"}:
            return Advice(f"write `{word}` without quotes", Mending(word == "true"))
    return number_advice(value, beside) if {"integer", "number"} & set(types) else Advice()


def choice_advice(value: Data, options: list[object]) -> Advice:
    """Which of the values allowed is meant, and which there are."""
    if isinstance(value, str):
        meant = resolved(value)
        if not isinstance(meant, str) and any(meant == option and type(meant) is type(option) for option in options):
            return Advice("remove the quotes", Mending(meant, None if isinstance(meant, bool) else value.strip()))
    elif isinstance(value, bool | int | float) and json.dumps(value) in options:
        return Advice(f'put it in quotes: `"{json.dumps(value)}"`', Mending(json.dumps(value)))
    elif isinstance(value, list) and len(value) == 1 and value[0] in options:
        return Advice(_BARE_LIST, Mending(value[0]))
    words = [option for option in options if isinstance(option, str)]
    found = Advice.of(guess(value, words) if isinstance(value, str) else None)
    hints = [hint for hint in (found.hint, listed(options)) if hint is not None]
    return found._replace(hint=" ".join(hints) or None)


def form_advice(schema: Subschema, value: str) -> Advice:
    """A spelling of the user's own text that is accepted, else an example, a description or the pattern itself."""
    pattern = {"pattern": schema.get("pattern")}
    dashed = re.sub(r"[^a-z0-9]+", "-", value.strip().lower()).strip("-")
    spellings = (value.strip(), value.strip().lower(), value.strip().upper(), dashed, dashed.replace("-", "_"))
    if len(value) < _LONGEST_GUESS and isinstance(pattern["pattern"], str):
        for spelling in spellings:
            if spelling and is_valid(pattern, spelling):
                return Advice(f"write {shown(spelling)}", Mending(spelling) if _same(spelling, value) else None)
    examples = schema.get("examples")
    if isinstance(examples, list) and examples:
        return Advice(f"write it as in {shown(as_written(examples[0]))}")
    return Advice(described(schema) or (f"it must match the pattern {shown(str(pattern['pattern']))}"))


def described(schema: Subschema) -> str | None:
    """What the schema says of itself, as a hint."""
    description = schema.get("description")
    return description[:1].lower() + description[1:].rstrip(".") if isinstance(description, str) else None


def _same(spelling: str, value: str) -> bool:
    """Whether two texts differ in nothing but capitals and what stands between their words.

    Where a word seems to be lost, at an end or between two dashes, nobody knows which: the name of another thing.
    """
    if _LOST_WORD.search(value.strip()):
        return False
    one, other = (re.sub(r"[\s_.-]+", "", text).lower() for text in (spelling, value))
    return one == other
