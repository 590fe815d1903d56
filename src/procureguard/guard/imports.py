"""Imports: an export of another system read beside the inventory, the vendors and the organisation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import partial
from pathlib import Path

from procureguard.capabilities import Taxonomy
from procureguard.capability_search import search
from procureguard.facts.check import check_values
from procureguard.facts.schema import stated_facts
from procureguard.guard.files import MOST_REGISTER_BYTES, SUFFIXES, read_file
from procureguard.imports.columns import best_profile
from procureguard.imports.profile import Profile, load_profile, shipped_profiles
from procureguard.imports.read_table import read_table
from procureguard.imports.rows import Purse
from procureguard.imports.table import Table
from procureguard.imports.tools import Import, Surroundings, import_table
from procureguard.imports.values import Formats
from procureguard.source.diagnostic import Diagnostic, InvalidInput, did_you_mean
from procureguard.source.read import read_document
from procureguard.source.stated import plain
from procureguard.stack.inventory import load_inventory
from procureguard.stack.organisation import Organisation
from procureguard.stack.stack import Stack

SUGGESTED = 3
LIKELY = 0.5
"""Matches of a search less sure than this are no suggestion."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """How an export is to be read: the profile (a name, a path, or the best), days and numbers, and the day of it."""

    profile: str | None
    formats: Formats
    as_of: date


def import_content(
    name: str, content: bytes, wishes: Wishes, stack: Stack, problems: list[Diagnostic]
) -> Import | None:
    """What the content of an export comes to, or None with everything wrong added where it is no table.

    Raises:
        InvalidInput: the profile cannot be read.
    """
    profiles = _profiles(wishes.profile)
    known = frozenset(heading for profile in profiles.values() for heading in profile.known_headings)
    table = read_table(name, content, known, problems)
    return None if table is None else _import(table, profiles, wishes, stack)


def _import(table: Table, profiles: Mapping[str, Profile], wishes: Wishes, stack: Stack) -> Import:
    profile, matching = best_profile(table, profiles.values(), wishes.formats)
    catalogue = stack.catalogue
    around = Surroundings(
        stack.inventory,
        catalogue.index.names,
        catalogue.resolve,
        partial(_suggested, stack.taxonomy),
        purse_of(stack.organisation),
        wishes.as_of,
    )
    return import_table(table, profile, matching, around)


def check_inventory(name: str, text: str, taxonomy: Taxonomy) -> list[Diagnostic]:
    """Everything wrong with the text of an inventory."""
    problems: list[Diagnostic] = []
    document = read_document(name, text.encode(), problems, MOST_REGISTER_BYTES)
    inventory = load_inventory(document, problems) if document is not None else None
    if document is not None and inventory is not None:
        check_values(document, inventory.blocks(), stated_facts(), taxonomy, problems)
    return problems


def _profiles(wanted: str | None) -> Mapping[str, Profile]:
    shipped = shipped_profiles()
    if wanted is None:
        return shipped
    if wanted in shipped:
        return {wanted: shipped[wanted]}
    if not wanted.endswith(SUFFIXES) and not Path(wanted).exists():
        hint = did_you_mean(wanted, shipped) or f"write one of {', '.join(shipped)}, or the path of a profile"
        raise InvalidInput(
            [Diagnostic("PG243", "error", "there is no mapping profile of this name", name=wanted, hint=hint)]
        )
    problems: list[Diagnostic] = []
    document = read_file(wanted, problems)
    profile = load_profile(document, problems) if document is not None else None
    if profile is None:
        raise InvalidInput(problems)
    return {profile.identity: profile}


def _suggested(taxonomy: Taxonomy, text: str) -> tuple[str, ...]:
    """The capabilities a text most likely speaks of; for a person to look at, never a fact."""
    return tuple(match.identity for match in search(taxonomy, text, SUGGESTED) if match.score >= LIKELY)


def purse_of(organisation: Organisation) -> Purse:
    """The organisation's own currency and its exchange rates, exactly as they are written."""
    stated = [block.facts for block in (*organisation.preset_blocks(), *organisation.blocks())]
    facts = {name: plain(value) for block in stated for name, value in block.items() if plain(value) is not None}
    rates = facts.get("exchange_rates") or {}
    return Purse(
        str(facts["currency"]),
        {currency: Fraction(Decimal(repr(rate))) for currency, rate in rates.items()},
    )
