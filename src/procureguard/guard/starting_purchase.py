"""The file of a purchase that begins: what is known, and as comments what could still be said."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from textwrap import wrap

from procureguard.facts.gather import Facts
from procureguard.facts.schema import FactType
from procureguard.guard.buyers_words import MOST_NUMBERED, Choice, choices
from procureguard.guard.interview import Interview, Standing
from procureguard.guard.settings import Setting
from procureguard.purchase import SECTIONS
from procureguard.render.starting_files import Line, Section, purchase_file
from procureguard.render.style import one_line
from procureguard.render.yaml_value import yaml_value
from procureguard.source.stated import plain

MOST_SHOWN = 8
"""So many values of a long list are shown."""

_WIDEST = 96


def purchase_text(interview: Interview, said: Iterable[Setting], standing: Standing, modeline: str, path: Path) -> str:
    """The whole file; facts stand in the order in which the form asks for them."""
    stated = {setting.path: setting.data for setting in said if plain(setting.data) is not None}
    lines = {name: Line(name.partition(".")[2], yaml_value(data), ()) for name, data in stated.items()}
    for asked in interview.open_questions(standing):
        offered = choices(asked.fact, standing.facts, interview.guard.stack)
        comments = (*_comment(asked.ask), *_comment(_what_to_write(asked.fact, offered)))
        lines.setdefault(asked.fact.path, Line(asked.fact.path.partition(".")[2], None, comments))
    title = f"{_name(standing.facts)}, begun on {interview.day.isoformat()}."
    return purchase_file(title, _sections(lines, sorted(lines, key=interview.order)), modeline, str(path))


def _sections(lines: Mapping[str, Line], order: Sequence[str]) -> list[Section]:
    found = {section: tuple(lines[path] for path in order if path.startswith(f"{section}.")) for section in SECTIONS}
    return [Section(name, inside) for name, inside in found.items() if inside]


def _name(facts: Facts) -> str:
    words = (facts.value(path) for path in ("product.name", "product.id", "product.vendor"))
    return next((str(word) for word in words if word is not None), "A purchase")


def _what_to_write(kind: FactType, offered: Sequence[Choice]) -> str:
    if kind.type == "bool":
        return "true or false"
    if not offered:
        return ""
    shown = [choice.value for choice in offered[: MOST_SHOWN if len(offered) > MOST_NUMBERED else None]]
    more = f" and {len(offered) - len(shown)} more" if len(shown) < len(offered) else ""
    return f"{'several' if kind.is_list else 'one'} of {', '.join(shown)}{more}"


def _comment(text: str) -> Sequence[str]:
    return wrap(one_line(text), _WIDEST, break_on_hyphens=False)
