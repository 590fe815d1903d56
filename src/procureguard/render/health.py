"""What a check would work with here, for people and for programs."""

from collections.abc import Iterator
from typing import NamedTuple

from procureguard.render.json import as_json
from procureguard.render.style import Style, wrapped

_COLUMN = 26


class Row(NamedTuple):
    """One thing that is so; `hint` says what to do where it needs a look."""

    title: str
    value: str
    hint: str | None = None


class Part(NamedTuple):
    """Things that belong together."""

    title: str
    rows: tuple[Row, ...]


class Health(NamedTuple):
    """Everything that was looked at."""

    version: str
    parts: tuple[Part, ...]

    @property
    def looks(self) -> int:
        """How many things need somebody's look."""
        return sum(row.hint is not None for part in self.parts for row in part.rows)


def health_text(health: Health, *, colour: bool = False) -> str:
    """Everything under its title; what needs a look is marked and says what to do."""
    style = Style(colour)
    found = "all is well" if not health.looks else f"{_counted(health.looks)} a look"
    lines = [style.strong(f"procureguard {health.version}: {found}.", "yellow" if health.looks else "green")]
    for part in health.parts:
        lines += style.section(part.title, _rows(part))
    return "\n".join(lines) + "\n"


def health_json(health: Health) -> str:
    """One JSON object: the version, whether all is well, and the rows of each part."""
    parts = [{"title": part.title, "rows": [row._asdict() for row in part.rows]} for part in health.parts]
    return as_json({"version": health.version, "well": not health.looks, "parts": parts})


def _rows(part: Part) -> Iterator[str]:
    for row in part.rows:
        mark = "!" if row.hint else " "
        first = f"{mark} {row.title}".ljust(_COLUMN)
        yield from wrapped(row.value, f"{first} " if len(first) > _COLUMN else first, " " * _COLUMN)
        if row.hint:
            yield from wrapped(row.hint, f"{' ' * _COLUMN}-> ", " " * (_COLUMN + 3))


def _counted(count: int) -> str:
    return "one thing needs" if count == 1 else f"{count} things need"
