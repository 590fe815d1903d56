"""Where a vendor stands: the family it belongs to, and the lists it may be on."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache

from procureguard.facts.computation import Computation, Registers
from procureguard.facts.fact import Fact
from procureguard.facts.schema import Value
from procureguard.stack.names import endings_of, host_of


def family(facts: Computation) -> Value:
    """The vendor that this one belongs to in the end, on the day of the check; itself if it belongs to nobody."""
    return _line(facts, facts.read_one("product.vendor"), facts.day)[-1]


def owners(facts: Computation, word: str, day: int) -> tuple[str, ...]:
    """The vendor a word stands for, and those it belongs to on a day, given as an ordinal, up to the top."""
    return _line(facts, word, date.fromordinal(day))


def family_days(registers: Registers, known: Mapping[str, Fact]) -> Iterator[int]:
    """The days, as ordinals, on which a vendor changes hands."""
    del known
    return registers.catalogue.families.days()


def banned(facts: Computation) -> Value:
    """Whether the do-not-buy list names the vendor, or one it belongs to, by any word of its manifest."""
    return _listed(facts, "organisation.banned_vendors")


def sanctioned(facts: Computation) -> Value:
    """Whether the sanctions list names the vendor, or one it belongs to, by any word of its manifest."""
    return _listed(facts, "organisation.sanctioned_vendors")


def _listed(facts: Computation, path: str) -> bool:
    vendor, listed = facts.read("product.vendor", path)
    return is_listed((vendor,), listed) or any(is_listed(names, listed) for names in _names(facts, vendor))


def _names(facts: Computation, vendor: str) -> Iterator[tuple[str, ...]]:
    """What lists may call the vendor and those it belongs to, as far as manifests say."""
    catalogue = facts.registers.catalogue
    for member in _line(facts, vendor, facts.day) if catalogue.identities else ():
        manifest = catalogue.get(member)
        yield (member, *(manifest.listed_as if manifest else ()))


def is_listed(names: Iterable[str], listed: Iterable[str]) -> bool:
    """Whether a list has one of some names, in whatever case, or a domain that one of them is or lies below."""
    entries = _entries(tuple(listed))
    for name in names:
        if name.casefold() in entries:
            return True
        if (host := host_of(name)) is not None and not entries.isdisjoint(endings_of(host)):
            return True
    return False


# The lists are the organisation's, the same for every purchase.
@lru_cache(maxsize=16)
def _entries(listed: tuple[str, ...]) -> frozenset[str | None]:
    return frozenset(key for entry in listed for key in (entry.casefold(), host_of(entry)))


def _line(facts: Computation, word: str, day: date) -> tuple[str, ...]:
    """The vendor that a word stands for, and those it belongs to on a day, up to the top."""
    catalogue = facts.registers.catalogue
    vendor, families = catalogue.identify(word) or word, catalogue.families
    return families.line(vendor, day) if vendor in families.ties else (vendor,)
