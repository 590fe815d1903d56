"""What a buyer types, made a value of the fact that was asked for; and what there is to choose from."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from procureguard.capability_search import SURE, search
from procureguard.facts.gather import Facts
from procureguard.facts.schema import FactType, to_words
from procureguard.guard.list_price import price_of
from procureguard.guard.meanings import called_so, meanings
from procureguard.guard.settings import Setting, read_settings, settings_of
from procureguard.source.diagnostic import Diagnostic, InvalidInput, did_you_mean
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

MOST_LIKELY = 3
"""So many capabilities are offered for a word that is none."""

MOST_LISTED = 40
"""So many vendors or tools are still a list that somebody reads."""

OF_TOOLS = frozenset({"tool id", "tool ids"})
_NUMBER = re.compile(r"[\d.]+")
_EITHER_WAY = re.compile(r"([1-9]\d{0,2})[.,](\d{3})")
_COMMAS_APART = re.compile(r"[1-9]\d{0,2}(,\d{3})+(\.\d+)?")
_POINTS_APART = re.compile(r"[1-9]\d{0,2}(\.\d{3})+(,\d+)?|\d+,\d+")
_AS_TYPED = frozenset({"int", "decimal", "date"})


class Choice(NamedTuple):
    """A value that may be chosen, what it is called, and what it means where that says more."""

    value: str
    title: str
    meaning: str = ""


class HalfUnderstood(InvalidInput):
    """Some words of a list stand for no value; `understood` are the values of the others."""

    def __init__(self, diagnostics: Iterable[Diagnostic], understood: Sequence[str]) -> None:
        self.understood = tuple(understood)
        super().__init__(diagnostics)


def choices(kind: FactType, facts: Facts, stack: Stack) -> tuple[Choice, ...]:
    """What there is to choose from for a fact, none where anything may be said; facts say what is chosen already."""
    if kind.values is not None:
        told = meanings(kind.values)
        titles = ((value, to_words(kind, (value,) if kind.is_list else value)) for value in kind.values)
        return tuple(Choice(value, title, told.get(value, "")) for value, title in titles)
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
        return read_settings([f"{kind.path}={_as_number(words, kind)}"], NAME)[0]
    if kind.is_list:
        return settings_of({kind.path: _list(words, kind, offered, stack)}, NAME)[0]
    if kind.type == "bool":
        return settings_of({kind.path: _truth(words)}, NAME)[0]
    value = _meant(words, kind, offered, stack)
    if _is_foreign(value, kind, stack):
        raise InvalidInput([_unknown(words, kind, offered, stack)])
    return settings_of({kind.path: value}, NAME)[0]


def _list(words: str, kind: FactType, offered: Sequence[Choice], stack: Stack) -> list[str]:
    """The values that the words of a list stand for, each once.

    Raises:
        HalfUnderstood: some stand for none.
    """
    parts = [part for part in (word.strip() for word in words.split(",")) if part] if words.lower() != NONE else []
    meant = {part: _meant(part, kind, offered, stack) for part in parts}
    foreign = [part for part, value in meant.items() if _is_foreign(value, kind, stack)]
    values = list(dict.fromkeys(value for part, value in meant.items() if part not in foreign))
    if foreign:
        raise HalfUnderstood([_unknown(part, kind, offered, stack) for part in foreign], values)
    return values


def _is_foreign(value: str, kind: FactType, stack: Stack) -> bool:
    """Whether a fixed list or the capabilities do not hold a value."""
    if kind.element == "capability":
        return value not in stack.taxonomy.capabilities
    if kind.unit in OF_TOOLS:
        return _NUMBER.fullmatch(value) is not None
    return kind.values is not None and value not in kind.values


def _unknown(word: str, kind: FactType, offered: Sequence[Choice], stack: Stack) -> Diagnostic:
    """That a word stands for nothing, with what may be meant."""
    if kind.element == "capability":
        likely = [f"`{found.title}`" for found in search(stack.taxonomy, word, MOST_LIKELY)]
        hint = f"did you mean {' or '.join(likely)}?" if likely else "say it in other words"
    elif kind.unit in OF_TOOLS:
        hint = "write the names or ids of tools"
    else:
        names = [name for choice in offered for name in {choice.value, choice.title}]
        numbers = f"choose 1 to {len(offered)}" if 0 < len(offered) <= MOST_NUMBERED else "choose one of those listed"
        hint = did_you_mean(word, names) or numbers
    return Diagnostic("PG227", "error", f"I do not know {shown(word)}", name=NAME, hint=hint)


def _as_number(words: str, kind: FactType) -> str:
    """The number as YAML writes it; other words stay as they are.

    Raises:
        InvalidInput: in some countries it is a thousand times what it is in others.
    """
    either = _EITHER_WAY.fullmatch(words)
    if either is not None and (kind.type == "decimal" or "." in words):
        parts = either.groups()
        meant = f"{''.join(parts)} or {_shortened(*parts)}" if kind.type == "decimal" else "".join(parts)
        message = f"{shown(words)} can be read in two ways: write {meant}"
        raise InvalidInput([Diagnostic("PG227", "error", message, name=NAME)])
    if _COMMAS_APART.fullmatch(words):
        return words.replace(",", "")
    return words.replace(".", "").replace(",", ".") if _POINTS_APART.fullmatch(words) else words


def _shortened(whole: str, fraction: str) -> str:
    """The same number with any other count of places than three, which nobody takes for thousands."""
    return f"{whole}.{fraction[:2] if fraction.endswith('0') else f'{fraction}0'}"


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
    if kind.unit in OF_TOOLS and stack.inventory is not None:
        named = (tool.identity for tool in stack.inventory.tools if tool.name.casefold() == word.casefold())
        return next(named, None)
    if kind.values is not None:
        return called_so(word, kind.values)
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
            price = price_of(manifest.price(Offer(product, place)))
            yield Choice(name, name if price is None else f"{name}: {price.words}")


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
