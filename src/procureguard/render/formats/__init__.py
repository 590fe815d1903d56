"""The formats of output by name: each is a module of this package with a `FORMAT`, and is loaded when it is asked for.

Adding one is adding a module.
"""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from procureguard.render.batch import Batch

DEFAULT = "text"


class Format(NamedTuple):
    """How what came of a run is written.

    `beside` is how it is written where what is wrong with files is shown beside it, None where it is always part of it.
    """

    render: Callable[[Batch], str]
    beside: Callable[[Batch], str] | None = None


@cache
def format_names() -> tuple[str, ...]:
    """The names of all formats, the one for people first."""
    found = sorted(file.stem for file in Path(__file__).parent.glob("[a-z]*.py"))
    return tuple(sorted(found, key=lambda name: name != DEFAULT))


def format_named(name: str) -> Format:
    """The format of a name that is known to be one."""
    found: Format = import_module(f"{__name__}.{name}").FORMAT
    return found
