"""What the tests of the laws share: guards, purchases, and facts drawn from their types."""

import json
import random
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

from drawn_documents import BY_PATH, Json, plain
from procureguard import Guard
from procureguard.evaluate import OUTCOMES
from procureguard.facts.computation import Registers
from procureguard.facts.derived import DERIVED
from procureguard.facts.fact import Fact
from procureguard.facts.gather import Facts, complete, registers_for
from procureguard.facts.schema import FactType, to_value
from procureguard.finding import Decision, Outcome, Rung, rung_of
from procureguard.guard.files import NAMES as FOUND_BY_NAME
from procureguard.guard.files import levels, nearest, vendors_in
from procureguard.source.document import Document
from procureguard.source.read import read_document

ROOT = Path(__file__).parents[2]
MINIATURES = ROOT / "tests" / "miniatures"
EXAMPLES = sorted((ROOT / "examples").rglob("*.purchase.yaml"))
PURCHASES = [*sorted((MINIATURES / "purchases").glob("*.yaml")), *EXAMPLES]
DAY = date(2026, 11, 21)
COMPUTED = frozenset(row.path for row in DERIVED)


def stack_files(purchase: Path) -> dict[str, Any]:
    """Organisation, vendors and registers around a purchase, as the command line finds them from the top folder."""
    folders = [ROOT / folder for folder in levels(purchase, ROOT)]
    registers = {name.replace("-", "_"): nearest(name, folders) for name in FOUND_BY_NAME}
    return {
        **registers,
        "vendors": tuple(found for folder in folders for found in vendors_in(folder)),
        "requests": requests if (requests := tuple(_requests(folders))) else None,
    }


def _requests(folders: list[Path]) -> Iterable[Path]:
    folder = nearest("requests", folders)
    return sorted(folder.iterdir()) if folder is not None else ()


def guard_for(purchase: Path) -> Guard:
    return _guard(tuple(stack_files(purchase).items()))


@cache
def _guard(files: tuple[tuple[str, Any], ...]) -> Guard:
    return Guard.load(**dict(files))


def miniature_guard() -> Guard:
    return guard_for(MINIATURES / "purchases" / "instant.yaml")


def read(path: Path) -> Json:
    """The data of a file by our own reader, so that days stay text."""
    problems: list[Any] = []
    document = read_document(path.name, path.read_bytes(), problems)
    assert document is not None, problems
    return document.data


def document(data: Json, name: str = "purchase.json") -> Document:
    problems: list[Any] = []
    found = read_document(name, json.dumps(data).encode(), problems)
    assert found is not None, problems
    return found


def yaml_text(data: Json) -> str:
    """Data as YAML in the order of its keys."""
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True)


def stated(data: Json) -> Iterable[tuple[str, str]]:
    """Section and name of every fact that a purchase states."""
    for section, facts in data.items():
        if isinstance(facts, dict):
            yield from ((section, name) for name, value in facts.items() if value is not None)


def without(data: Json, section: str, name: str) -> Json:
    return {**data, section: {key: value for key, value in data[section].items() if key != name}}


# --- evaluating without explaining, as often as a law asks ---


def outcomes(facts: Facts, guard: Guard) -> dict[str, Outcome]:
    """The outcome of every policy whose registers are supplied; `test_law_04` holds it to what `evaluate` says."""
    codes, _ = guard.program.run([facts.value(path) for path in guard.program.slots])
    return {
        policy.identity: OUTCOMES[code] if policy.in_force(facts.as_of) else Outcome.NOT_APPLICABLE
        for policy, code in zip(guard.policies.policies, codes, strict=True)
        if policy.registers <= facts.registers.supplied
    }


def interval(found: Mapping[str, Outcome], guard: Guard) -> Decision:
    """Law 4 in the words of the law: what counts is the strongest effect that failed, and that failed or is open."""
    rungs = {policy.identity: rung_of(policy.effect) for policy in guard.policies.policies}
    failed = [rungs[identity] for identity, outcome in found.items() if outcome is Outcome.FAIL]
    unknown = [rungs[identity] for identity, outcome in found.items() if outcome is Outcome.UNKNOWN]
    return Decision(max(failed, default=Rung.APPROVE), max(failed + unknown, default=Rung.APPROVE))


def within(new: Decision, old: Decision) -> bool:
    return old.best <= new.best <= new.worst <= old.worst


def registers(guard: Guard, supplied: Iterable[str]) -> Registers:
    around = guard.stack
    return registers_for(around, {})._replace(supplied=frozenset(supplied))


def from_stated(known: Mapping[str, Fact], guard: Guard, supplied: Iterable[str], as_of: date | None = DAY) -> Facts:
    """Facts from stated ones alone; computed ones among them are computed again."""
    return complete(
        {path: fact for path, fact in known.items() if path not in COMPUTED}, registers(guard, supplied), as_of
    )


def fact(kind: FactType, data: Json) -> Fact:
    return Fact(kind.path, to_value(kind, data), "requester")


# --- drawing values: half as the type allows, half near the places where policies change their mind ---

NUMBERS = (0, 1, 2, 3, 5, 6, 10, 11, 12, 14, 30, 31, 60, 61, 72, 73, 90, 91, 4_999, 5_000, 100_000, 100_001)
AMOUNTS = (0, 0.4, 15, 41.66, 499.99, 500, 500.01, 4_999.99, 5_000, 24_999, 25_000, 99_999.99, 100_000, 5e6)
DAYS = ("2025-07-01", "2025-08-23", "2026-04-01", "2026-08-02", "2026-11-21", "2026-12-02", "2026-12-21", "2027-03-31")
COUNTRIES = ("DE", "US", "IN", "GB", "JP", "CN")
NAMES = ("formwise", "askwell", "leadshark", "postbird", "mailotter", "ledger", "ana@mini.example", "bo@mini.example")
CURRENCIES = ("USD", "EUR", "GBP", "JPY")
CAPABILITIES = (
    "surveys",
    "forms",
    "email-campaigns",
    "landing-pages",
    "crm",
    "session-replay",
    "web-analytics",
    "graphic-design",
    "marketing-automation",
    "customer-data-platform",
)
LONG = 8
"""More entries than any policy thinks reasonable."""

REGIONS = ("EU", "UK", "CH", "US", "US-CA", "US-NY")
RECORDS: dict[str, list[Json]] = {
    "vendor.attestations": [
        {"kind": "soc2_type2", "issued_on": "2026-04-01"},
        {"kind": "soc2_type2", "issued_on": "2024-04-01"},
        {"kind": "soc2_type2"},
        {"kind": "iso27001", "expires_on": "2027-01-01"},
        {"kind": "iso27001", "expires_on": None},
        {"kind": "pci_aoc", "issued_on": "2026-06-01"},
        {"kind": "pci_aoc"},
        {"issued_on": "2026-06-01"},
        {},
    ]
}


def near(kind: FactType) -> tuple[Json, ...]:
    """Values of one element near the places where policies change their mind."""
    if kind.element == "bool":
        return (True, False)
    if kind.element == "region":
        return REGIONS
    if kind.values:
        return kind.values
    if kind.path in RECORDS:
        return tuple(RECORDS[kind.path])
    if kind.path.endswith("currency"):
        return CURRENCIES
    by_type: dict[str, tuple[Json, ...]] = {
        "int": tuple(number for number in NUMBERS if number >= (kind.minimum or 0)),
        "decimal": tuple(amount for amount in AMOUNTS if kind.path != "messaging.complaint_rate" or amount <= 1),
        "date": DAYS,
        "country": COUNTRIES,
        "capability": CAPABILITIES,
        "string": NAMES,
    }
    return by_type.get(kind.element, ())


def simple_values(kind: FactType) -> list[Json]:
    """A handful of plain values of a type: all of a small one, the edges of policies of a large one."""
    if kind.path == "organisation.exchange_rates":
        return [{}, {"EUR": 1.1}, {"EUR": 1.1, "GBP": 1.3, "JPY": 0.0064}]
    if kind.is_map:
        return []
    single = list(near(kind))
    if not kind.is_list:
        return single
    pairs = [[one, single[(place + 1) % len(single)]] for place, one in enumerate(single) if len(single) > 1]
    return [[], *([one] for one in single), *pairs]


def facts_of(kind: FactType) -> st.SearchStrategy[Json]:
    """Values of a fact: near the edges, or anything its type allows."""
    simple = simple_values(kind)
    anything = plain(BY_PATH[kind.path])
    return st.sampled_from(simple) | anything if simple else anything


def random_value(kind: FactType, chance: random.Random) -> Json:
    """The same by a seed alone, for vectors by the ten thousand."""
    if kind.is_map:
        return chance.choice(simple_values(kind) or [{}])
    if kind.is_list:
        length = LONG if chance.random() < 0.05 else chance.choice((0, 1, 1, 2, 3))
        return [random_element(kind, chance) for _ in range(length)]
    return random_element(kind, chance)


def random_element(kind: FactType, chance: random.Random) -> Json:
    if kind.element == "record":
        whole: Json = chance.choice(RECORDS.get(kind.path, [{}]))
        return {name: value for name, value in whole.items() if chance.random() < 0.8}
    if kind.element == "int" and chance.random() < 0.3:
        return chance.randint(kind.minimum or 0, kind.maximum or 10**9)
    if kind.element == "decimal" and chance.random() < 0.3:
        return chance.randint(0, 10**9) / 10_000
    if kind.element == "date" and chance.random() < 0.3:
        return date.fromordinal(chance.randint(date(1990, 1, 1).toordinal(), date(2190, 1, 1).toordinal())).isoformat()
    if kind.element in {"string", "country"} and chance.random() < 0.1:
        return chance.choice(("", "ZZ", "x" * 40, "ünïcode"))
    return chance.choice(near(kind))


def harmless_value(kind: FactType) -> Json:
    """The value of a purchase without any risk; the thresholds of an organisation are out of its reach."""
    if kind.is_list:
        return []
    if kind.path.startswith("organisation."):
        return 1_000 if kind.element in {"int", "decimal"} else False
    return {"bool": False, "int": 0, "decimal": 0, "date": DAY.isoformat()}.get(kind.element, near(kind)[0])
