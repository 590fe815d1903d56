"""What a buyer types, made a value of the fact that was asked for; and what there is to choose from."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from procureguard.capability_search import SURE, search
from procureguard.facts.gather import Facts
from procureguard.facts.schema import FactType, to_words
from procureguard.guard.settings import Setting, read_settings, settings_of
from procureguard.source.diagnostic import Diagnostic, InvalidInput
from procureguard.source.stated import plain
from procureguard.source.text import shown
from procureguard.stack.manifest import Offer
from procureguard.stack.stack import Stack

NAME = "answer"
"""What the text of an answer is called in diagnostics."""

CURRENCY = "ISO 4217"
TRUTHS = {"y": True, "yes": True, "true": True, "n": False, "no": False, "false": False}
NONE = "none"
MOST_NUMBERED = 20
"""So many choices are shown one by one."""

MOST_LISTED = 40
"""So many vendors or tools are still a list that somebody reads."""

_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")
_AS_TYPED = frozenset({"int", "decimal", "date"})


class Choice(NamedTuple):
    """A value that may be chosen, and what it is called."""

    value: str
    title: str


def choices(kind: FactType, facts: Facts, stack: Stack) -> tuple[Choice, ...]:
    """What there is to choose from for a fact, none where anything may be said; facts say what is chosen already."""
    if kind.values is not None:
        return tuple(Choice(value, to_words(kind, (value,) if kind.is_list else value)) for value in kind.values)
    if kind.path == "request.must":
        wanted = facts.value("request.capabilities") or ()
        return tuple(Choice(name, stack.taxonomy.title(name)) for name in wanted)
    offering = OFFERED.get(kind.unit or "")
    listed = tuple(offering(facts, stack)) if offering is not None else ()
    return listed if len(listed) <= MOST_LISTED else ()


def read_answer(words: str, kind: FactType, offered: Sequence[Choice], stack: Stack) -> Setting:
    """The fact with the value that somebody's words stand for; whether it may have that is still to be checked.

    Raises:
        InvalidInput: the words are no value at all.
    """
    if kind.type in _AS_TYPED:
        written = words.replace(",", "") if _THOUSANDS.fullmatch(words) else words
        return read_settings([f"{kind.path}={written}"], NAME)[0]
    if kind.is_list:
        parts = [part for part in (word.strip() for word in words.split(",")) if part]
        listed = [] if words.lower() == NONE else [_meant(part, kind, offered, stack) for part in parts]
        return settings_of({kind.path: list(dict.fromkeys(listed))}, NAME)[0]
    value = _truth(words) if kind.type == "bool" else _meant(words, kind, offered, stack)
    return settings_of({kind.path: value}, NAME)[0]


def _meant(word: str, kind: FactType, offered: Sequence[Choice], stack: Stack) -> str:
    """The value that a word stands for: itself, its number among what is offered, its title, or what it is known by."""
    values = [choice.value for choice in offered]
    if word in values:
        return word
    if word.isascii() and word.isdigit() and 1 <= int(word) <= len(values):
        return values[int(word) - 1]
    named = (
        choice.value for choice in offered if word.casefold() in {choice.value.casefold(), choice.title.casefold()}
    )
    return next(named, None) or _known_as(word, kind, stack) or word


def _known_as(word: str, kind: FactType, stack: Stack) -> str | None:
    """What a word stands for that is not the value itself: an address of a vendor, a need in somebody's own words."""
    if kind.unit == "vendor id":
        return stack.catalogue.identify(word)
    if kind.unit == CURRENCY:
        return word.upper()
    if kind.element == "capability" and word not in stack.taxonomy.capabilities:
        found = search(stack.taxonomy, word, 1)
        return found[0].identity if found and found[0].score >= SURE else None
    return None


def _truth(words: str) -> bool:
    if words.lower() not in TRUTHS:
        message = f"{shown(words)} is neither yes nor no"
        raise InvalidInput([Diagnostic("PG227", "error", message, name=NAME, hint="answer y or n")])
    return TRUTHS[words.lower()]


def _vendors(_: Facts, stack: Stack) -> Iterator[Choice]:
    for vendor in sorted(stack.catalogue.identities):
        yield Choice(vendor, stack.name_of("vendor id", vendor) or vendor)


def _tools(_: Facts, stack: Stack) -> Iterator[Choice]:
    if stack.inventory is not None:
        yield from (Choice(tool.identity, tool.name) for tool in stack.inventory.tools)


def _products(facts: Facts, stack: Stack) -> Iterator[Choice]:
    manifest = stack.catalogue.resolve(facts.value("product.vendor"))
    for place, name in enumerate(manifest.product_ids() if manifest is not None else ()):
        told = manifest.description(place) if manifest is not None else ""
        yield Choice(name, f"{name}: {told}" if told else name)


def _plans(facts: Facts, stack: Stack) -> Iterator[Choice]:
    manifest = stack.catalogue.resolve(facts.value("product.vendor"))
    product = manifest.product(facts.value("product.id")) if manifest is not None else None
    if manifest is not None and product is not None:
        for place, name in enumerate(manifest.plan_ids(product)):
            yield Choice(name, f"{name}{_priced(manifest.price(Offer(product, place)))}")


def _priced(price: Mapping[str, Any] | None) -> str:
    if price is None or price.get("amount") is None:
        return ""
    often = f" a {price['period']}" if price.get("period") in {"month", "quarter", "year"} else ""
    return f": {price['amount']} {price.get('currency', '')}{often}"


def _currencies(facts: Facts, stack: Stack) -> Iterator[Choice]:
    rated = plain(stack.organisation.data.get("organisation", {}).get("exchange_rates")) or {}
    return (Choice(code, code) for code in dict.fromkeys([facts.value("organisation.currency"), *rated]))


OFFERED: Mapping[str, Callable[[Facts, Stack], Iterable[Choice]]] = {
    "vendor id": _vendors,
    "product id": _products,
    "plan id": _plans,
    "tool id": _tools,
    "tool ids": _tools,
    CURRENCY: _currencies,
}
"""What there is to choose from for facts of a unit."""
