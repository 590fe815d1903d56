"""Variables: what about a purchase could be otherwise, one fact or one item of a list at a time."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from procureguard.facts.schema import ChangedBy, Value

OWNERS: tuple[ChangedBy, ...] = ("buyer", "vendor", "internal")
"""Who can change a fact, those first who need nobody else."""

SOURCES: Mapping[ChangedBy, str] = {"buyer": "requester", "vendor": "vendor", "internal": "it"}
"""Whose word a changed fact would be: nobody's word counts for more than that of the one who changes it."""

Action = Literal["set", "add", "remove"]


class Variable(NamedTuple):
    """Something that is left as it is, or changed to one of its options.

    Attributes:
        action: whether the fact becomes an option, or a list gains or loses the one item that is its option.
        options: other values than today's, the nearest first; of a list the item alone.
        effort: 1 a tick, 2 a mail, 3 a paper or another plan, 4 a project or other people's money, 5 a different goal.
    """

    fact: str
    action: Action
    owner: ChangedBy
    effort: int
    options: tuple[Value, ...]


class Step(NamedTuple):
    """One change: a variable and an option, by their places."""

    variable: int
    option: int


Choice = tuple[Step, ...]
"""Steps in the order of variables, at most one for each."""

UNCHANGED: Choice = ()


def with_step(choice: Choice, step: Step) -> Choice:
    """The choice with one more step."""
    return tuple(sorted((*choice, step)))


def without_step(choice: Choice, step: Step) -> Choice:
    """The choice with one step less."""
    return tuple(other for other in choice if other != step)
