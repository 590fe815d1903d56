"""How a fact is declared: one field of a section, with everything known of it in one place."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Generic, Literal, ParamSpec, TypeAlias, TypeVar, get_args, get_origin

from pydantic import BaseModel, Field
from pydantic.config import JsonDict

from procureguard.vocabulary.kinds import Closed, Day, Kind, Text, may_be_absent

T = TypeVar("T")
P = ParamSpec("P")

StatedBy = Literal["requester", "vendor", "it", "organisation"]
ChangeableBy = Literal["buyer", "vendor", "internal", "never"]
Direction = Literal["up", "down", "earlier", "later", "add", "remove", "set"]

Provenance = Annotated[
    Literal["measured", "contract", "report", "vendor", "it", "catalogue", "requester"],
    Kind("Provenance", "enum"),
]


class Stated(Closed, Generic[T]):
    """A value together with who says so, since when, and where it is written."""

    value: T = Field(description="The value itself.")
    source: Provenance = may_be_absent(description="Who says so; the list runs from the strongest word to the weakest.")
    as_of: Day = may_be_absent(description="The day on which it was true.", examples=["2026-09-30"])
    evidence: Text = may_be_absent(
        description="Where it is written: a document, a page, a mail.", examples=["Order form, section 3"]
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
    """How a fact could be made different: the direction, and what bounds it.

    `to` are the values it may be set to, `only` those that may be removed, `between` the range of a number,
    `at_least` another fact that it may not fall below.
    """

    direction: Direction
    to: tuple[str | bool, ...] = ()
    only: tuple[str, ...] = ()
    between: tuple[int, int] | None = None
    at_least: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of a fact besides its name and the kind of its value."""

    title: str
    ask: str
    stated_by: StatedBy
    unit: str | None = None
    derives_from: tuple[str, ...] = ()
    changeable_by: ChangeableBy = "never"
    change: Change | None = None
    effort: int | None = None
    fresh_for_days: int | None = None

    def __call__(self, schema: JsonDict) -> None:
        """Writes the words that an editor shows into the field's schema."""
        schema["title"] = self.title
        schema["description"] = f"{self.ask} Unit: {self.unit}." if self.unit else self.ask


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
