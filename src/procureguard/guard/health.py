"""What a check would work with here: the program, the files it finds, and what of it needs somebody's look."""

import os
import platform
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Any

from procureguard.facts.fact import Fact
from procureguard.facts.gather import offer_facts
from procureguard.facts.schema import FactSchema
from procureguard.facts.statements import organisation_facts
from procureguard.guard.cache import LOCATION, Cache
from procureguard.guard.editor import SCHEMAS, stale_schemas
from procureguard.guard.guard import Guard
from procureguard.guard.pulled import FOLDER
from procureguard.policy.model import Pack
from procureguard.render.counting import counted
from procureguard.render.health import Health, Part, Row
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.shipped import is_shipped
from procureguard.source.stated import is_stated
from procureguard.stack.profile import PARTIES
from procureguard.stack.stack import Stack
from procureguard.version import __version__

DISTRIBUTION = "procureguard"
INVENTORY_DAYS = 180
"""After half a year, tools and owners have changed."""

RATES_DAYS = 100
"""Finance fixes rates by the quarter; a little more is not late yet."""

BYTES_A_MEGABYTE = 1_000_000
NOT_PULLED = "PG321"
VALIDATE = "`procureguard validate .` names all mistakes"

_NAME = re.compile(r"[\w.-]+")
_EXTRA = re.compile(r"""extra == ['"]([\w-]+)['"]""")


def health(
    guard: Guard | Sequence[Diagnostic], files: Mapping[str, str], cache: Row, keeper: Path | None, day: date
) -> Health:
    """What a check finds on a day; in place of a guard stands what is wrong where the files allow none.

    `files` are the names of what was found, by what it is; `keeper` is the folder that keeps schemas for editors.
    """
    parts = [Part("Program", (*_program(), cache)), Part("Dependencies", tuple(_dependencies()))]
    if not isinstance(guard, Guard):
        found = (Row(title, name) for title, name in files.items())
        parts.append(Part("Files", (*found, _state(guard))))
    else:
        parts += [
            Part("Organisation", tuple(_organisation(guard, files, day))),
            Part("Policies", tuple(_policies(guard, files, day))),
            Part("Registers", tuple(_registers(guard, files, day))),
        ]
    return Health(__version__, (*parts, Part("Editors", tuple(_editors(keeper)))))


def cache_row(cache: Cache, warning: str | None) -> Row:
    """Where the cache lies, how large it is, and whether it may be used."""
    mend = f"mend that, or set {LOCATION} to another folder"
    if warning is not None:
        return Row("cache", warning, mend)
    if cache.folder is None:
        return Row("cache", f"none: {LOCATION} is empty")
    if not os.access(cache.folder, os.W_OK):
        return Row("cache", f"{cache.folder}, which cannot be written", mend)
    sizes = list(_sizes(cache.folder))
    held = f"{sum(sizes) / BYTES_A_MEGABYTE:.1f} MB in {counted(len(sizes), 'entry', 'entries')}"
    packs = sum(1 for _ in (cache.folder / FOLDER).glob("*.tar.gz"))
    among = f", {counted(packs, 'pack', 'packs')} of policies among them" if packs else ""
    return Row("cache", f"{cache.folder}, {held}{among}")


def _sizes(folder: Path) -> Iterator[int]:
    """The sizes of all files, without those that another run removes meanwhile."""
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                yield os.stat(os.path.join(place, name)).st_size  # noqa: PTH116, PTH118 - many entries, no paths of them


def _state(problems: Sequence[Diagnostic]) -> Row:
    """Why nothing can be checked; policies that are not here yet are no mistake in a file."""
    if problems and all(problem.code == NOT_PULLED for problem in problems):
        return Row("state", "policies are not here yet, so nothing can be checked", problems[0].hint)
    return Row("state", "not valid, so nothing can be checked", VALIDATE)


def _program() -> Iterator[Row]:
    yield Row("version", __version__)
    yield Row("Python", f"{platform.python_version()} ({platform.python_implementation()}, {platform.system()})")


def _dependencies() -> Iterator[Row]:
    """What the program needs, and what it can use: an extra that is not installed is no fault."""
    try:
        required = metadata.requires(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        yield Row("state", "not installed as a package, so nobody knows what it needs")
        return
    for requirement in required:
        name = _NAME.match(requirement)
        assert name is not None
        extra = _EXTRA.search(requirement)
        title = f"{name[0]} (extra {extra[1]})" if extra else name[0]
        try:
            yield Row(title, metadata.version(name[0]))
        except metadata.PackageNotFoundError:
            hint = None if extra else f"python -m pip install '{requirement}'"
            yield Row(title, "not installed", hint)


def _organisation(guard: Guard, files: Mapping[str, str], day: date) -> Iterator[Row]:
    organisation = guard.stack.organisation
    yield Row("file", files.get("organisation", "none found: `procureguard init` writes one"))
    yield Row("preset", organisation.preset_name)
    stated: Any = organisation.data.get("organisation", {})
    rates = stated.get("exchange_rates")
    if is_stated(rates) and rates.get("as_of"):
        yield _dated("exchange rates", "", rates["as_of"], RATES_DAYS, day)
    for path, fact in organisation_facts(guard.stack, guard.schema).items():
        if (days := guard.schema[path].fresh_for_days) is not None and fact.as_of is not None:
            yield _dated(guard.schema[path].title.lower(), "", fact.as_of, days, day)


def _policies(guard: Guard, files: Mapping[str, str], day: date) -> Iterator[Row]:
    yield from _sources(files)
    yield Row("in use", counted(len(guard.policies.policies), "policy", "policies"))
    used = {policy.pack: policy.file for policy in guard.policies.policies}
    packs = sorted(guard.policies.packs.values(), key=lambda found: found.identity)
    for pack in packs:
        if pack.identity in used:
            yield _pack(pack, is_shipped(used[pack.identity], "policies"), day)
    if idle := [pack.identity for pack in packs if pack.identity not in used]:
        yield Row("not in use", ", ".join(idle))


def _sources(files: Mapping[str, str]) -> Iterator[Row]:
    """Where the policies come from: those that come along, folders, and what an organisation names elsewhere."""
    yield Row("from", files["policies"])


def _pack(pack: Pack, comes_along: bool, day: date) -> Row:  # noqa: FBT001 - internal
    who = " and ".join(PARTIES.get(party, party) for party in pack.agreed_by)
    agreed = f"agreed by {who} on {pack.agreed_on}" if who and pack.agreed_on else "not agreed yet"
    value = f"{pack.release}, {agreed}"
    if pack.review_by is None:
        return Row(pack.identity, value)
    if day <= pack.review_by:
        return Row(pack.identity, f"{value}, to be reviewed by {pack.review_by}")
    mend = "look for a newer procureguard" if comes_along else "set a new day as `review_by` of its pack.yaml"
    hint = f"marketing and IT read these rules again; then {mend}"
    return Row(pack.identity, f"{value}, was to be reviewed by {pack.review_by}", hint)


def _registers(guard: Guard, files: Mapping[str, str], day: date) -> Iterator[Row]:
    stack, empty = guard.stack, guard.stack.organisation.empty_registers
    yield _inventory(stack, files, day) if stack.inventory is not None else _absent("inventory", empty)
    yield _vendors(stack, guard.schema, day) if stack.catalogue.identities else _absent("vendors", empty)
    for name in ("requests", "decisions", "card_payments"):
        yield Row(_title(name), files[name]) if name in files else _absent(name, empty)


def _inventory(stack: Stack, files: Mapping[str, str], day: date) -> Row:
    inventory = stack.inventory
    assert inventory is not None
    value = f"{files['inventory']}, {counted(len(inventory.identities), 'tool', 'tools')}"
    if inventory.as_of is None:
        return Row("inventory", f"{value}, of an unknown day", "state as `as_of` on which day the list was true")
    return _dated("inventory", value, inventory.as_of, INVENTORY_DAYS, day)


def _vendors(stack: Stack, schema: FactSchema, day: date) -> Row:
    """How many manifests there are, and how much of what they say no longer counts as fresh."""
    value = counted(len(stack.catalogue.identities), "manifest", "manifests")
    manifests = (stack.catalogue.get(vendor) for vendor in sorted(stack.catalogue.identities))
    old = {
        manifest.identity
        for manifest in manifests
        if manifest is not None
        for offer in manifest.offers()
        if any(_is_old(fact, schema, day) for fact in offer_facts(manifest, offer, schema).values())
    }
    if not old:
        return Row("vendors", value)
    names = ", ".join(sorted(old))
    return Row("vendors", f"{value}, {len(old)} with facts too old to count as fresh", f"ask again: {names}")


def _is_old(fact: Fact, schema: FactSchema, day: date) -> bool:
    days = schema[fact.path].fresh_for_days
    return days is not None and fact.as_of is not None and (day - date.fromisoformat(fact.as_of)).days > days


def _editors(keeper: Path | None) -> Iterator[Row]:
    if keeper is None:
        yield Row("schemas", "none kept here: `procureguard init --schemas` writes them")
        return
    stale = stale_schemas(keeper)
    hint = "`procureguard init --schemas` brings them up to date" if stale else None
    told = f"{counted(len(stale), 'file', 'files')} of another version" if stale else "those of this version"
    yield Row("schemas", f"{keeper / SCHEMAS}, {told}", hint)


def _dated(title: str, value: str, as_of: str, most: int, day: date) -> Row:
    """Something of a day, and whether that is too long ago."""
    age = (day - date.fromisoformat(as_of)).days
    hint = f"look at it again: after {most} days it counts as old" if age > most else None
    told = f"of {as_of}, {counted(age, 'day', 'days')} old" if age >= 0 else f"of {as_of}"
    return Row(title, ", ".join(filter(None, (value, told))), hint)


def _absent(name: str, empty: Iterable[str]) -> Row:
    return Row(_title(name), "stated to be empty" if name in empty else "none found")


def _title(name: str) -> str:
    return name.replace("_", " ")
