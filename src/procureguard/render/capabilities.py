"""Capabilities as people read them on a terminal, and as JSON."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from procureguard.capabilities import Area, Capability, Needs, Taxonomy
from procureguard.capability_search import Match
from procureguard.render.json import as_json
from procureguard.render.style import wrapped

_NO_AREA = Area("", "in no area", "")


def matches_as_text(matches: Sequence[Match], taxonomy: Taxonomy) -> str:
    """What was found, best first, each with what a tool with it does."""
    return _text(line for match in matches for line in _found(match, taxonomy.capabilities[match.identity]))


def matches_as_json(matches: Sequence[Match]) -> str:
    """What was found, best first, with how sure it is, from 0 to 1, and the words it was found by."""
    keys = ("id", "title", "score", "by", "words")
    return as_json({"matches": [dict(zip(keys, match, strict=True)) for match in matches]})


def list_as_text(taxonomy: Taxonomy, area: str | None) -> str:
    """The capabilities of one area or all, by areas."""
    by_area: dict[str, list[Capability]] = {name: [] for name in (*taxonomy.areas, "")}
    for capability in _of_area(taxonomy, area):
        by_area[capability.area].append(capability)
    return _text(line for name, found in by_area.items() if found for line in _shelf(name, found, taxonomy))


def list_as_json(taxonomy: Taxonomy, area: str | None) -> str:
    """The capabilities of one area or all, with everything about them."""
    return as_json({"capabilities": [_data(capability) for capability in _of_area(taxonomy, area)]})


def capability_as_text(capability: Capability, taxonomy: Taxonomy) -> str:
    """Everything about one capability."""
    return _text(_in_full(capability, taxonomy))


def capability_as_json(capability: Capability) -> str:
    """Everything about one capability."""
    return as_json(_data(capability))


def _found(match: Match, capability: Capability) -> Iterator[str]:
    yield from _brief(capability)
    if match.by == "synonym":
        yield from wrapped(f"also called: {match.words}", "  ", "    ")


def _brief(capability: Capability) -> Iterator[str]:
    yield from wrapped(f"{capability.identity}: {capability.title}", "", "  ")
    if capability.does:
        yield from wrapped(capability.does, "  ", "  ")


def _of_area(taxonomy: Taxonomy, area: str | None) -> Iterable[Capability]:
    return (capability for capability in taxonomy.capabilities.values() if area in {None, capability.area})


def _shelf(name: str, found: list[Capability], taxonomy: Taxonomy) -> Iterator[str]:
    area = taxonomy.areas.get(name, _NO_AREA)
    yield from wrapped(f"{area.identity or '-'}: {_place(area)}", "", "    ")
    for capability in found:
        yield from wrapped(f"{capability.identity:<28} {capability.title}", "  ", " " * 31)


def _place(area: Area) -> str:
    return f"{area.title} ({area.group})" if area.group else area.title


def _in_full(capability: Capability, taxonomy: Taxonomy) -> Iterator[str]:
    yield from _brief(capability)
    yield ""
    suites = sorted(taxonomy.doers([capability.identity]) - {capability.identity})
    for name, text in (
        ("area", _place(taxonomy.areas.get(capability.area, _NO_AREA))),
        ("also called", ", ".join(capability.synonyms) or "nothing else"),
        ("brings along", ", ".join(capability.implies) or "nothing else"),
        ("comes along with", ", ".join(suites) or "nothing else"),
        ("one system only", "yes" if capability.exclusive else "no"),
        ("cannot do without", "; ".join(_needs(capability.needs)) or "nothing in particular"),
    ):
        yield from wrapped(f"{name}: {text}", "  ", "    ")


def _needs(needs: Needs) -> Iterator[str]:
    """What is needed, in the words of facts; of several of a kind, one will do."""
    for kind, wanted in (("data", needs.categories), ("messages", needs.channels), ("AI", needs.ai)):
        if wanted:
            yield f"{kind} ({' or '.join(word.replace('_', ' ') for word in wanted)})"
    if needs.loads_on_site:
        yield "code on our website"
    if needs.connects:
        yield "a connection to our systems"


def _data(capability: Capability) -> dict[str, Any]:
    return {
        "id": capability.identity,
        "title": capability.title,
        "does": capability.does or None,
        "area": capability.area or None,
        "synonyms": capability.synonyms,
        "implies": capability.implies,
        "exclusive": capability.exclusive,
        "needs": {name: value for name, value in capability.needs._asdict().items() if value},
    }


def _text(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
