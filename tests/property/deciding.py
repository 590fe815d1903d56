"""Policies made for a test: loaded from text like any other, over a handful of facts with a truth value."""

import json
from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any

from procureguard.compile.program import Program
from procureguard.compile.python import compile_policies
from procureguard.evaluate import OUTCOMES
from procureguard.facts.derived import shipped_schema
from procureguard.finding import Outcome
from procureguard.policy.load import load_policies
from procureguard.policy.written import WrittenPolicies
from procureguard.source.document import Document
from procureguard.source.read import read_document
from procureguard.stack.organisation import load_organisation

ATOMS = ("ai.used", "ai.disclosed", "web.loads_on_site", "web.consent_gated")
"""Facts that stand for any truth value."""

EXAMPLES: list[dict[str, object]] = [
    {"name": word, "given": {}, "expect": word} for word in ("pass", "fail", "unknown")
]
KNOWN = (True, False)
THREE = (True, False, None)


def policy_document(identity: str, when: object, require: object, effect: str = "review", **more: object) -> Document:
    """A policy file; its examples are there because each must have some, and nobody runs them here."""
    data = {
        "id": identity,
        "title": "It holds",
        "effect": effect,
        "role": "it",
        "require": require,
        "message": "No.",
        "why": "Because.",
        "remedy": "So.",
        "examples": EXAMPLES,
        **({} if when is None else {"when": when}),
        **more,
    }
    problems: list[Any] = []
    document = read_document(f"{identity}.yaml", json.dumps(data).encode(), problems)
    assert document is not None, problems
    return document


def program_of(documents: Iterable[Document]) -> Program:
    """The program of these policy files, which must be right."""
    return compile_policies(written_of(documents))


def written_of(documents: Iterable[Document]) -> WrittenPolicies:
    """These policy files, which must be right, as they are written."""
    problems: list[Any] = []
    organisation = load_organisation(None, problems)
    assert organisation is not None
    loaded = load_policies(list(documents), shipped_schema(), organisation, problems)
    assert problems == []
    return loaded


def program_outcomes(program: Program, values: dict[str, bool | None]) -> list[Outcome]:
    codes, _ = program.run([values[path] for path in program.slots])
    return [OUTCOMES[code] for code in codes]


def completions(values: dict[str, bool | None]) -> Iterable[dict[str, bool | None]]:
    """Every way to answer what is unknown."""
    unknown = [path for path, value in values.items() if value is None]
    for answers in product(KNOWN, repeat=len(unknown)):
        yield {**values, **dict(zip(unknown, answers, strict=True))}


def every_state(atoms: Sequence[str], among: Sequence[bool | None] = THREE) -> Iterable[dict[str, bool | None]]:
    for values in product(among, repeat=len(atoms)):
        yield dict(zip(atoms, values, strict=True))
