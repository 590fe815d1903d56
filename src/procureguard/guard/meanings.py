"""What the words of fixed lists mean, and other names by which people call them."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from procureguard.source.shipped import shipped

_EEA = (
    "austria belgium bulgaria croatia cyprus czechia denmark estonia finland france germany greece hungary iceland "
    "ireland italy latvia liechtenstein lithuania luxembourg malta netherlands norway poland portugal romania slovakia "
    "slovenia spain sweden"
)
ALSO_CALLED: Mapping[str, str] = {
    **dict.fromkeys([*_EEA.split(), "europe", "european union", "eea", "czech republic", "holland"], "EU"),
    **dict.fromkeys(["great britain", "britain", "england", "scotland", "wales", "gb"], "UK"),
    **dict.fromkeys(["usa", "united states", "united states of america", "america"], "US"),
}
"""Regions by the names of countries, in small letters."""


def meanings(values: tuple[str, ...]) -> Mapping[str, str]:
    """What each word of a fixed list means, empty where the schemas of files do not say."""
    return _told().get(values, {})


def called_so(word: str, values: tuple[str, ...]) -> str | None:
    """The word of a fixed list that somebody's own word stands for, by what it means or is called elsewhere."""
    said = word.casefold()
    also = ALSO_CALLED.get(said)
    if also in values:
        return also
    told = meanings(values).items()
    return next((value for value, meaning in told if said in {meaning.casefold(), _first(meaning)}), None)


def _first(meaning: str) -> str:
    return meaning.partition(",")[0].casefold()


@cache
def _told() -> Mapping[tuple[str, ...], Mapping[str, str]]:
    schema = json.loads((shipped("schemas") / "purchase.schema.json").read_text(encoding="utf-8"))
    return {
        tuple(found["enum"]): dict(zip(found["enum"], found["enumDescriptions"], strict=True))
        for found in _listings(schema)
    }


def _listings(node: Any) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401 - any part of a JSON Schema
    if isinstance(node, dict):
        if "enumDescriptions" in node:
            yield node
        for part in node.values():
            yield from _listings(part)
    elif isinstance(node, list):
        for part in node:
            yield from _listings(part)
