"""The kinds of value a fact can have: what a document may write for each, and what the schemas say of it.

Every kind accepts exactly what its JSON Schema accepts, so that a document is judged the same by either.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

T = TypeVar("T")
K = TypeVar("K")

NAME_OF_KIND = "x-kind"
"""The keyword under which a generated schema tells its maker what a kind is called; it is never published."""

MOST_ITEMS = 500
"""How many items a list of a document may have, unless it says otherwise."""

ID_PATTERN = "^[a-z0-9]+(-[a-z0-9]+)*$"
"""Lower-case words joined by hyphens: capabilities, policies, packs."""

CURRENCY_PATTERN = "^[A-Z]{3}$"
"""ISO 4217 in capitals."""


class Closed(BaseModel):
    """A mapping that takes the keys it names and no others."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


may_be_absent: Callable[..., Any] = partial(Field, None)
"""A field that may be left out, though not written as null; takes what `Field` takes."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a kind of value is called: `name` in the schemas, `type` in the table of facts.

    Of a choice, `words` says what each word means, in the order in which it is declared.
    """

    name: str
    type: str
    words: Mapping[str, str] = field(default_factory=dict, compare=False)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The schema of the kind with its name, and with the meanings of its words as editors read them.

        Raises:
            TypeError: the words are not those of the choice.
        """
        written = handler(schema)
        words = written.get("enum", ())
        if list(words) != list(self.words):
            raise TypeError(f"{self.name} explains other words than it offers")
        written[NAME_OF_KIND] = self.name
        if words:
            written["enumDescriptions"] = list(self.words.values())
        return written


def whole(value: object) -> object:
    """The whole number that a float stands for; JSON Schema makes no difference between 4 and 4.0."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def counted(value: object) -> object:
    """The whole number, unless it is a truth value; Python takes `True` for 1, JSON Schema does not.

    Raises:
        ValueError: a truth value.
    """
    if isinstance(value, bool):
        raise ValueError("a truth value is no number")  # noqa: TRY004  # pydantic collects only this kind
    return whole(value)


def day_of_calendar(text: str) -> str:
    """The day itself, when the calendar has it.

    Raises:
        ValueError: the month has no such day.
    """
    date.fromisoformat(text)
    return text


def not_value(key: str) -> str:
    """The key itself, unless it is `value`.

    Raises:
        ValueError: it is `value`.
    """
    if key == "value":
        raise ValueError("`value` is the key of a stated value")
    return key


def unique(items: Sequence[T]) -> Sequence[T]:
    """The items themselves, when no two are the same.

    Raises:
        ValueError: an item stands there twice.
    """
    if len({_as_written(item) for item in items}) < len(items):
        raise ValueError("an item stands there twice")
    return items


def _as_written(item: object) -> str:
    written = item.model_dump(exclude_unset=True) if isinstance(item, BaseModel) else item
    return json.dumps(written, sort_keys=True)


YesNo = Annotated[bool, Kind("YesNo", "bool")]

WholeNumber = Annotated[int, Field(ge=0, le=1_000_000_000), BeforeValidator(whole), Kind("WholeNumber", "int")]

Rank = Annotated[int, Field(ge=1, le=1_000_000_000), BeforeValidator(whole), Kind("Rank", "int")]

# That a number has four places at most is left to the reader of facts. JSON Schema could say `multipleOf: 0.0001`, but
# only validators that reckon in decimals follow it: editors divide binary floats and would underline a price of 20.75.
Number = Annotated[float, Field(ge=0, le=100_000_000_000), Kind("Number", "decimal")]

Share = Annotated[float, Field(ge=0, le=1), Kind("Share", "decimal")]

Percent = Annotated[float, Field(ge=0, le=100), Kind("Percent", "decimal")]

PercentChange = Annotated[float, Field(ge=-100, le=1_000_000), Kind("PercentChange", "decimal")]

# An empty text is refused: it would be neither an answer nor an open question.
Text = Annotated[str, Field(min_length=1, max_length=500), Kind("Text", "string")]

Purpose = Annotated[str, Field(min_length=1, max_length=280), Kind("Purpose", "string")]

Currency = Annotated[str, Field(pattern=CURRENCY_PATTERN), Kind("Currency", "string")]

Id = Annotated[str, Field(pattern="^[a-z0-9]+([._-][a-z0-9]+)*$", max_length=100), Kind("Id", "string")]

Day = Annotated[
    str,
    Field(
        pattern="^(19[2-9][0-9]|2[01][0-9]{2})-[0-9]{2}-[0-9]{2}$",
        json_schema_extra={"format": "date"},
    ),
    AfterValidator(day_of_calendar),
    Kind("Day", "date"),
]

Country = Annotated[str, Field(pattern="^[A-Z]{2}$"), Kind("Country", "country")]

Capability = Annotated[str, Field(pattern=ID_PATTERN, max_length=100), Kind("Capability", "capability")]

Slug = Annotated[str, Field(pattern=ID_PATTERN, max_length=100), Kind("Slug", "string")]

Version = Annotated[Literal[1], BeforeValidator(counted), Kind("Version", "int")]

Free = dict[str, Any]
"""A mapping whose inside somebody else describes."""

Items = Annotated[list[T], Field(max_length=MOST_ITEMS)]

Named = Annotated[dict[K, T], Field(max_length=MOST_ITEMS)]

Many = Annotated[
    list[T],
    Field(max_length=MOST_ITEMS, json_schema_extra={"uniqueItems": True}),
    AfterValidator(unique),
]
