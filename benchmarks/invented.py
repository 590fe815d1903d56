"""An invented company's files in any size: an inventory and vendor manifests, the same ones for the same seed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from procureguard.capabilities import shipped_taxonomy

SEED = 20261121
DONE = {"surveys": "full", "forms": "full"}
"""What the purchase of the example asks for, done."""

LATENT = {"surveys": "latent", "forms": "full"}
"""The same with its must-have not switched on: a tool worth a look that makes no new one a duplicate."""

EVERY = 20
"""Every twentieth tool and product does what is asked for, more than a check looks at; no other does any of it."""

DAY = date(2026, 11, 1)

_SYLLABLES = ("bar", "dun", "fen", "gol", "hul", "kip", "lom", "mir", "nep", "quo", "ras", "tiv", "wex", "yor", "zam")
_DEPARTMENTS = ("brand", "customer-success", "demand-gen", "events", "marketing-operations", "sales")
_PEOPLE = ("ana", "ben", "chloe", "dario", "emre", "farah")
_CLEARANCES = (
    ("public_content",),
    ("public_content", "prospect_contact", "customer_contact"),
    ("public_content", "confidential_business", "prospect_contact", "customer_contact", "behaviour"),
)


def write_inventory(
    path: Path, tools: int, vendors: int = 0, needed: Mapping[str, str] = DONE, seed: int = SEED
) -> None:
    """An inventory of that many tools of fifteen facts each, written as a person would; every capability occurs.

    Half of the tools are of as many vendors as are named; `needed` is how tools do what the purchase asks for.
    """
    random = Random(seed)
    head = ["kind: inventory", "version: 1", f"as_of: {DAY}", "", "tools:"]
    body = (line for number in range(tools) for line in _entry(_tool(number, vendors, needed, random)))
    path.write_text("\n".join([*head, *body, ""]), encoding="utf-8")


def write_vendors(folder: Path, vendors: int, seed: int = SEED) -> None:
    """That many vendor manifests of two products on two plans each; the dearer plan of a good vendor may be had."""
    random = Random(seed)
    folder.mkdir()
    for number in range(vendors):
        lines = _lines(_vendor(number, random), "")
        path = folder / f"{_word(number)}.vendor.yaml"
        path.write_text("\n".join([*lines, ""]), encoding="utf-8")


def _tool(number: int, vendors: int, needed: Mapping[str, str], random: Random) -> dict[str, Any]:
    seats = random.choice((5, 12, 25, 40, 180))
    vendor = _word(number % vendors if vendors and random.random() < 0.5 else vendors + number)
    return {
        "id": f"tool-{number}",
        "name": f"{vendor.capitalize()} {number}",
        "vendor": vendor,
        "product": vendor,
        "department": random.choice(_DEPARTMENTS),
        "owner": f"{random.choice(_PEOPLE)}@tarnwick.example",
        "operator": random.choice(("team", "it", "agency")),
        "status": random.choice(("active", "active", "active", "trial", "retired")),
        "capabilities": _capabilities(number, needed, random),
        "cleared_for": list(random.choice(_CLEARANCES)),
        "seats": seats,
        "seats_used": random.randint(0, seats),
        "annual_cost": random.randint(0, 400) * 120,
        "renews_on": str(DAY + timedelta(days=random.randint(30, 400))),
        "notice_days": random.choice((30, 60, 90)),
    }


def _vendor(number: int, random: Random) -> dict[str, Any]:
    name = _word(number)
    issued = str(DAY - timedelta(days=random.randint(20, 500)))
    return {
        "kind": "vendor",
        "version": 1,
        "id": name,
        "source": "vendor",
        "as_of": str(DAY),
        "vendor": {
            "name": name.capitalize(),
            "legal_names": [f"{name.capitalize()} Ltd"],
            "domains": [f"{name}.example"],
            "country": random.choice(("DE", "IE", "US")),
            "privacy_framework": True,
            "subprocessor_list": True,
            "recent_breach": random.random() < 0.1,
            "attestations": [{"kind": "soc2_type2", "issued_on": issued, "scope": "all services", "exceptions": False}],
        },
        "products": [_product(f"{name}-{place}", 2 * number + place, random) for place in range(2)],
    }


def _product(identity: str, number: int, random: Random) -> dict[str, Any]:
    return {
        "id": identity,
        "description": f"Does {random.choice(_SYLLABLES)} for teams of every size",
        "capabilities": _capabilities(number, DONE, random),
        "facts": {
            "product": {
                "name": identity.capitalize(),
                "delivery": ["web_app"],
                "mfa": "available",
                "encrypted_in_transit": True,
                "encrypted_at_rest": True,
                "data_export": True,
                "person_requests": True,
                "accessibility": "wcag_2_1_aa",
                "end_announced": False,
                "on_market_since": "2019-02-01",
            },
            "data": {"vendor_role": "processor", "stored_in": ["DE"], "accessed_from": ["DE"], "vendor_reuses": False},
            "ai": {"used": False},
            "contract": {
                "dpa": "signed",
                "standard_clauses": True,
                "california_terms": True,
                "deletion_days": 30,
                "breach_notice_hours": 48,
                "subprocessor_notice_days": 30,
            },
        },
        "plans": [_plan("team", 9, sso=False), _plan("business", random.choice((14, 19)), sso=True)],
    }


def _plan(identity: str, amount: int, *, sso: bool) -> dict[str, Any]:
    return {
        "id": identity,
        "price": {"amount": amount, "currency": "USD", "period": "month", "per": "seat"},
        "facts": {"product": {"sso_on_plan": sso, "api_on_plan": sso, "connector": sso}},
    }


def _capabilities(number: int, needed: Mapping[str, str], random: Random) -> dict[str, str]:
    """One by its number, so that all occur, and some others; of what is needed all or nothing."""
    known = sorted(shipped_taxonomy().capabilities.keys() - needed.keys())
    names = {known[number % len(known)], *random.sample(known, random.randint(0, 3))}
    found = {name: random.choice(("full", "full", "partial", "latent")) for name in sorted(names)}
    return found | (dict(needed) if number % EVERY == 0 else {})


def _word(number: int) -> str:
    """A word that means nothing, another one for every number."""
    base, syllables = len(_SYLLABLES), []
    for _ in range(4):
        number, place = divmod(number, base)
        syllables.append(_SYLLABLES[place])
    return "".join(syllables)


def _entry(data: Mapping[str, Any]) -> Iterator[str]:
    for place, line in enumerate(_lines(data, "    ")):
        yield f"  - {line.lstrip()}" if place == 0 else line


def _lines(data: Mapping[str, Any], indent: str) -> Iterator[str]:
    """Mappings of mappings in lines of their own, anything else in one line."""
    for name, value in data.items():
        if isinstance(value, dict) and any(isinstance(part, dict | list) for part in value.values()):
            yield f"{indent}{name}:"
            yield from _lines(value, f"{indent}  ")
        elif isinstance(value, list) and any("id" in part for part in value if isinstance(part, dict)):
            yield f"{indent}{name}:"
            yield from (f"{indent}{line}" for part in value for line in _entry(part))
        else:
            yield f"{indent}{name}: {_flow(value)}"


def _flow(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_flow(part)}" for name, part in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(map(_flow, value))}]"
    return str(value).lower() if isinstance(value, bool) else str(value)
