"""How a fact is declared: one field of a section, with everything known of it in one place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, Generic, Literal, ParamSpec, TypeAlias, TypeVar, get_args, get_origin

from pydantic import BaseModel, Field, JsonValue
from pydantic.config import JsonDict

from procureguard.vocabulary.kinds import Closed, Day, Kind, Text, may_be_absent

T = TypeVar("T")
P = ParamSpec("P")

StatedBy = Literal["requester", "vendor", "it", "organisation"]
ChangeableBy = Literal["buyer", "vendor", "internal", "never"]
Direction = Literal["up", "down", "earlier", "later", "add", "remove", "set"]

Provenance = Annotated[
    Literal["measured", "contract", "report", "vendor", "it", "catalogue", "requester"],
    Kind(
        "Provenance",
        "enum",
        {
            "measured": "Somebody tried it out or read it off",
            "contract": "It stands in a contract or an order",
            "report": "It stands in an auditor's report or a certificate",
            "vendor": "The vendor says so",
            "it": "Our IT says so",
            "catalogue": "It stands in a manifest of the vendor that names no better source",
            "requester": "The person who wants to buy says so",
        },
    ),
]


class Stated(Closed, Generic[T]):
    """A value together with who says so, since when, and where it is written."""

    value: T = Field(title="Value", description="The value itself, as it could also stand there plainly.")
    source: Provenance = may_be_absent(
        title="Who says so", description="The list runs from the strongest word to the weakest."
    )
    as_of: Day = may_be_absent(
        title="Day on which it was true",
        description="Year, month and day; policies may ask that it is not too long ago.",
        examples=["2026-09-30", "2026-11-02"],
    )
    evidence: Text = may_be_absent(
        title="Where it is written",
        description="A document, a page, a mail: enough for somebody else to find it.",
        examples=["Order form, section 3", "https://formwise.example/security"],
    )

    @classmethod
    def model_parametrized_name(cls, params: tuple[Any, ...]) -> str:
        """The name in the schemas, such as `StatedWholeNumber`."""
        plain, *null = get_args(params[0]) if type(None) in get_args(params[0]) else (params[0],)
        return f"{'Stated' if null else 'Known'}{name_of(plain)}"


if TYPE_CHECKING:
    Said: TypeAlias = T | Stated[T | None] | None
    Told: TypeAlias = T | Stated[T]
else:

    class Said:
        """A fact: plain, with its source, or null."""

        def __class_getitem__(cls, plain: object) -> object:
            """The union for one kind of value; typing cannot substitute inside a pydantic class by itself."""
            return plain | Stated[plain | None] | None

    class Told:
        """A fact that must be known: plain or with its source."""

        def __class_getitem__(cls, plain: object) -> object:
            """The union for one kind of value; typing cannot substitute inside a pydantic class by itself."""
            return plain | Stated[plain]


def name_of(plain: object) -> str:
    """How a kind of value is called in the schemas: its own name, or that of its items and `List`."""
    for mark in getattr(plain, "__metadata__", ()):
        if isinstance(mark, Kind):
            return mark.name
    if get_origin(plain) is Annotated:
        return name_of(get_args(plain)[0])
    if get_origin(plain) is list:
        return f"{name_of(get_args(plain)[0])}List"
    if isinstance(plain, type) and issubclass(plain, BaseModel):
        return plain.__name__
    raise TypeError(f"a kind of value without a name: {plain}")


@dataclass(frozen=True, slots=True)
class Change:
    """How a fact could be made different: the direction, what bounds it, and how the step is told.

    `to` are the values it may be set to, `since` those from which it can be, all where none are named; `only` those
    that may be removed, `between` the range of a number, `at_least` another fact that it may not fall below.

    `says` tells one step, as a sentence in the imperative without its full stop: `{value}` is the new value, or what is
    added or removed; ` instead of {now}` goes away where nobody knows what it is now. `value_says` does so for single
    values that would not read well in it; a record goes by its first field.
    """

    direction: Direction
    says: str
    to: tuple[str | bool, ...] = ()
    only: tuple[str, ...] = ()
    between: tuple[int, int] | None = None
    at_least: str | None = None
    since: tuple[str, ...] = ()
    value_says: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of a fact besides its name and the kind of its value.

    A fact that is no choice has `examples`, values as people write them.
    """

    title: str
    ask: str
    stated_by: StatedBy
    unit: str | None = None
    examples: tuple[JsonValue, ...] = ()
    derives_from: tuple[str, ...] = ()
    changeable_by: ChangeableBy = "never"
    change: Change | None = None
    effort: int | None = None
    fresh_for_days: int | None = None

    def __call__(self, schema: JsonDict) -> None:
        """Writes the words that an editor shows into the field's schema.

        Examples go with the plain value. Beside the title, editors would take a single one for what a new key is to
        hold, and state a fact that nobody has stated.
        """
        schema["title"] = self.title
        schema["description"] = f"{self.ask} Unit: {self.unit}." if self.unit else self.ask
        branches = schema.get("anyOf")
        plain = branches[0] if isinstance(branches, list) else schema
        if self.examples and isinstance(plain, dict):
            plain["examples"] = list(self.examples)


def _declaring(know: Callable[P, Fact], default: object) -> Callable[P, Any]:
    def declare(*words: P.args, **known: P.kwargs) -> Any:  # noqa: ANN401  # stands for the default of any kind of field
        return Field(default, json_schema_extra=know(*words, **known))

    return declare


fact = _declaring(Fact, None)
"""Declares a field as a fact that may be absent; takes what `Fact` takes."""

required_fact = _declaring(Fact, ...)
"""Declares a field as a fact that must be there; takes what `Fact` takes."""


class Section(Closed):
    """Facts about one thing; each is optional, and what is absent or null is unknown."""
