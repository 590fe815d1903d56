"""Compiled policy sets as bytes and back."""

from datetime import date
from typing import Any

from procureguard.compile.program import Program
from procureguard.facts.fact import Place
from procureguard.policy.model import Effect, Mentioned, Pack, Policy, PolicySet, Turn
from procureguard.stack.shelf import packed, unpacked


def packed_program(program: Program) -> bytes:
    """A program as bytes, for a cache."""
    policies = program.policies
    return packed(
        {
            "policies": [_row(policy) for policy in policies.policies],
            "packs": {identity: _row(pack) for identity, pack in policies.packs.items()},
            "roots": dict(policies.roots),
            "digest": policies.digest,
            "mentioned": {path: tuple(mentioned) for path, mentioned in policies.mentioned.items()},
            "asked": dict(policies.asked),
            "slots": program.slots,
            "tiers": program.tiers,
            "code": program.code,
            "patterns": dict(program.patterns),
        }
    )


def unpacked_program(content: bytes) -> Program:
    """The program that was packed."""
    data: dict[str, Any] = unpacked(content)
    policies = PolicySet(
        tuple(_policy(row) for row in data["policies"]),
        {identity: _pack(row) for identity, row in data["packs"].items()},
        data["roots"],
        data["digest"],
        {path: Mentioned(*mentioned) for path, mentioned in data["mentioned"].items()},
        data["asked"],
    )
    return Program.of(policies, data["slots"], data["tiers"], data["code"], data["patterns"])


def _row(thing: Policy | Pack) -> dict[str, Any]:
    return {name: _plain(value) for name, value in thing._asdict().items()}


def _plain(value: Any) -> Any:  # noqa: ANN401 - what the fields of policies and packs hold
    match value:
        case Effect():
            return int(value)
        case date():
            return value.toordinal()
        case Place():
            return (value.role, value.document, value.pointer, value.line, value.column)
        case Turn():
            return (value.fact, value.field, value.days)
        case tuple():
            return tuple(_plain(item) for item in value)
        case _:
            return value


def _policy(row: dict[str, Any]) -> Policy:
    return Policy(
        **{
            **row,
            "effect": Effect(row["effect"]),
            "effective_from": _day(row["effective_from"]),
            "effective_to": _day(row["effective_to"]),
            "turns": tuple(Turn(*turn) for turn in row["turns"]),
            "place": Place(*row["place"]),
        }
    )


def _pack(row: dict[str, Any]) -> Pack:
    return Pack(**{**row, "agreed_on": _day(row["agreed_on"]), "review_by": _day(row["review_by"])})


def _day(ordinal: int | None) -> date | None:
    return None if ordinal is None else date.fromordinal(ordinal)
