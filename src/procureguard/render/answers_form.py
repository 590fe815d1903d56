"""A file of answers to be filled in: each question, what may be answered, and the empty key to answer it behind."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from textwrap import wrap

from procureguard.facts.fact import SPEAKS_FOR
from procureguard.facts.schema import FactSchema, FactType
from procureguard.purchase import SECTIONS
from procureguard.render.style import one_line
from procureguard.render.yaml_value import yaml_value
from procureguard.report.headline import ROLES, listed

MOST_VALUES = 20
"""Of a longer list of values, only the first are shown."""

SHOWN_OF_MANY = 8

_WIDEST = 96
_SCALARS = {
    "int": "a whole number",
    "decimal": "a number",
    "date": "a day, as `2026-11-30`",
    "country": "a country by its two letters, as `DE`",
    "region": "a region, as `EU` or `US-CA`",
    "capability": "a capability, which `procureguard capability find` finds by your words",
    "string": "a text",
    "record": "an entry",
}


def answers_form(purchase: str, answered_by: str, as_of: date, asks: Mapping[str, str], schema: FactSchema) -> str:
    """The text of an answers file about a purchase, every key still empty; `answered_by` is who is asked, `asks` what.

    The questions stand by the paths of their facts. Facts that no purchase states are listed as comments.
    """
    here = {fact: kind for fact in asks if (kind := _stated_here(fact, schema)) is not None}
    lines = [*_head(purchase, answered_by, as_of)]
    for section in SECTIONS:
        of_section = [kind for fact, kind in here.items() if fact.partition(".")[0] == section]
        lines += ["", f"{section}:"] if of_section else []
        lines += (line for kind in of_section for line in _entry(asks[kind.path], kind))
    lines += _elsewhere({fact: ask for fact, ask in asks.items() if fact not in here})
    return "\n".join(lines) + "\n"


def _stated_here(fact: str, schema: FactSchema) -> FactType | None:
    kind = schema.get(fact)
    return kind if kind is not None and kind.stated_by != "derived" and fact.partition(".")[0] in SECTIONS else None


def _head(purchase: str, answered_by: str, as_of: date) -> Iterator[str]:
    yield from _comment(f"Questions for {ROLES.get(answered_by, answered_by)} about the purchase {purchase}.", "")
    yield "# Write each answer behind its key, and leave empty what you do not know; `[]` says: none of these."
    yield "# `evidence` is where the answers are written down, if they are: a document, a page, a mail."
    yield "kind: answers"
    yield "version: 1"
    yield f"purchase: {yaml_value(purchase)}"
    yield f"source: {SPEAKS_FOR.get(answered_by, '')}".rstrip()
    yield f"as_of: {as_of.isoformat()}"
    yield "evidence:"


def _entry(ask: str, kind: FactType) -> Iterator[str]:
    yield from _comment(ask, "  ")
    yield from _comment(f"Answer: {_what_to_write(kind)}", "  ")
    yield f"  {yaml_value(kind.path.partition('.')[2])}:"


def _elsewhere(asks: Mapping[str, str]) -> Iterator[str]:
    if asks:
        yield ""
        yield "# No purchase states these; they belong in files of your company, such as `organisation.yaml`:"
        for fact, ask in asks.items():
            yield from _comment(f"{fact}: {ask}", "")


def _what_to_write(kind: FactType) -> str:
    unit = f" ({kind.unit})" if kind.unit else ""
    if kind.type == "bool":
        return "true or false"
    if kind.is_map:
        return f"names with a value each, as `{{name: value}}`{unit}"
    if kind.values is not None:
        return f"{'several' if kind.is_list else 'one'} of {_values(kind.values)}{_in_brackets(kind)}"
    if kind.fields:
        return f"entries with {listed([name for name, _ in kind.fields])}, as `[{{{kind.fields[0][0]}: …}}]`"
    return f"{_SCALARS.get(kind.element, 'a value')}{unit}{', or several' if kind.is_list else ''}{_in_brackets(kind)}"


def _values(values: Sequence[str]) -> str:
    if len(values) <= MOST_VALUES:
        return listed(values, "or")
    return f"{', '.join(values[:SHOWN_OF_MANY])} and {len(values) - SHOWN_OF_MANY} more"


def _in_brackets(kind: FactType) -> str:
    return ", in brackets: `[…, …]`" if kind.is_list else ""


def _comment(text: str, indent: str) -> Iterator[str]:
    return (f"{indent}# {line}" for line in wrap(one_line(text), _WIDEST, break_on_hyphens=False))
