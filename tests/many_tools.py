"""Inventories of any size, the same on every run: invented tools with jobs, costs, dates and connections."""

from typing import Any

from procureguard.capabilities import shipped_taxonomy

Data = dict[str, Any]

DEPARTMENTS = ("brand", "events", "demand-gen", "marketing-operations", "customer-success", "ecommerce", "it", "press")
BEGINNINGS = ("Amber", "Brook", "Copper", "Drift", "Elder", "Fern", "Gale", "Hollow", "Iron", "Juniper", "Kestrel")
ENDINGS = ("wick", "moor", "tarn", "gull", "heath", "barn", "finch", "mere", "stoat", "vole", "loom", "quay", "dell")
LEVELS = ("full", "partial", "full", "latent")


def many_tools(count: int, jobs_each: int = 4, *, connected_from: int = 3) -> list[Data]:
    """Tools of which one in 40 states no cost, one in nine exchanges data with nothing, and one in 13 says nothing."""
    return [_tool(number, jobs_each, connected_from) for number in range(count)]


def _tool(number: int, jobs_each: int, connected_from: int) -> Data:
    names = sorted(shipped_taxonomy().capabilities)
    jobs = {
        names[(number * 37 + step * (17 + number % 5)) % len(names)]: LEVELS[(number + step) % 4]
        for step in range(jobs_each)
    }
    name = f"{BEGINNINGS[number % 11]}{ENDINGS[number // 11 % 13]}"
    found: Data = {
        "id": f"{name.lower()}-{number}",
        "name": f"{name} {number // 143 + 1}" if number >= 143 else name,
        "department": DEPARTMENTS[number * 7 % 8],
        "owner": f"{BEGINNINGS[number * 3 % 11].lower()}@tarnwick.example",
        "status": "active",
        "capabilities": jobs,
        "seats": 10 + number % 90,
        "seats_used": number * 13 % (10 + number % 90),
        "renews_on": f"2027-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
        "notice_days": 30 + number % 3 * 30,
    }
    if number % 40:
        found["annual_cost"] = 1200 + number * 731 % 48000
    if number % 13:
        found["systems"] = _systems(number, connected_from)
    return found


def _systems(number: int, connected_from: int) -> list[str]:
    if number % 9 == 0 or number < connected_from:
        return []
    other = number // 3
    name = f"{BEGINNINGS[other % 11]}{ENDINGS[other // 11 % 13]}".lower()
    return [f"{name}-{other}"] if number % 29 else [f"{name}-{other}", "old-ledger"]
