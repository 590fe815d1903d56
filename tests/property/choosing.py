"""Choices made for a test: variables with few options, facts that depend on them, and policies over these facts.

Instances are made from a seed. Each run takes a trimmed number of them; PROCUREGUARD_TIMES multiplies it.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product
from math import prod
from random import Random
from typing import Any

from procureguard.compile.program import Program
from procureguard.compile.python import compile_policies
from procureguard.facts.computation import Registers
from procureguard.facts.derived import shipped_schema
from procureguard.facts.fact import Fact
from procureguard.facts.gather import Facts, registers_for
from procureguard.policy.load import load_policies
from procureguard.policy.written import WrittenPolicies
from procureguard.solver.cases import Cases
from procureguard.solver.diagram import Assignment, Variable
from procureguard.source.document import Document
from procureguard.stack.organisation import load_organisation
from property.checking import DAY, document, miniature_guard
from property.deciding import policy_document

TIMES = int(os.environ.get("PROCUREGUARD_TIMES", "1"))
"""How many times as many instances are tried as in a quick run."""

MOST_COMBINATIONS = 600
MOST_VARIABLES = 9
MOST_TOUCHED = 3
"""On so many variables a fact depends at most."""

EFFECTS = ("advise", "condition", "review", "deny")
CONDITIONS = (
    "ai.used",
    "web.loads_on_site",
    "busy",
    "several == 2",
    'request.type in ["new", "trial"]',
    'web.cookies == "advertising"',
    "contract.seats > 5",
    "contract.seats * 100 <= request.users * 120",
    "(ai.used ? contract.seats : request.users) > 5",
    "cost.annual < 5000.0",
    "contract.renews_on - days(30) > today",
    'data.categories.exists(c, c in ["health", "children"])',
    'data.categories.all(c, c != "employee")',
    "size(data.categories) > 1",
    'vendor.attestations.exists(a, a.kind == "soc2_type2" && a.issued_on + days(365) >= today)',
    'vendor.attestations.exists_one(a, a.kind == "iso27001")',
    'size(vendor.attestations.filter(a, a.expires_on > date("2026-12-31"))) == 1',
    "overlap.best_coverage < 0.6",
)
DEFINITIONS = {
    "kind": "definitions",
    "version": 1,
    "definitions": [
        {"name": "busy", "title": "many use it", "is": "request.users > 3 || web.loads_on_site"},
        {"name": "several", "title": "kinds of data", "type": "int", "is": "size(data.categories)"},
    ],
}
_RECORDS = (
    (),
    (("soc2_type2", date(2026, 4, 1).toordinal(), None, None, None, None),),
    (("soc2_type2", None, None, None, None, None), ("iso27001", None, date(2027, 1, 1).toordinal(), None, None, None)),
    (("iso27001", None, None, None, None, None), (None, date(2026, 6, 1).toordinal(), None, None, None, None)),
)
VALUES: Mapping[str, Sequence[Any]] = {
    "ai.used": (True, False),
    "web.loads_on_site": (True, False),
    "request.type": ("new", "trial", "renewal"),
    "web.cookies": ("none", "advertising"),
    "contract.seats": (0, 4, 5, 6, 12),
    "request.users": (1, 3, 4, 5, 10),
    "cost.annual": (0, 49_999_999, 50_000_000, 90_000_000),
    "contract.renews_on": tuple(DAY.toordinal() + days for days in (0, 30, 31, 90)),
    "data.categories": ((), ("health",), ("employee", "children"), ("employee", "health", "children")),
    "vendor.attestations": _RECORDS,
    "overlap.best_coverage": (0, 5_999, 6_000, 10_000),
}
"""Values as evaluators hold them, near the places where the conditions change their mind."""


# --- choices ---


def variables(random: Random, most: int = MOST_VARIABLES) -> tuple[Variable, ...]:
    """Up to nine variables, of at most so many combinations that each can be tried."""
    found: list[Variable] = []
    for number in range(random.randint(1, most)):
        options = random.choice((1, 2, 2, 2, 3, 4))
        if options * prod(variable.options for variable in found) <= MOST_COMBINATIONS:
            found.append(Variable(f"v{number}", options))
    return tuple(random.sample(found, len(found)))


def depending(random: Random, among: Sequence[Variable], values: Iterable[Any]) -> Cases:
    """Something that depends on a few variables, with a value drawn for each of their combinations."""
    of = tuple(random.sample(among, min(len(among), random.choice((0, 1, 1, 1, 2, MOST_TOUCHED)))))
    drawn = list(values)
    rows = [random.choice(drawn) for _ in range(prod(variable.options for variable in of))]

    def value(assignment: Assignment) -> Any:  # noqa: ANN401 - values of every type
        place = 0
        for variable in of:
            place = place * variable.options + assignment[variable.name]
        return rows[place]

    return Cases(of, value)


def every_assignment(among: Sequence[Variable]) -> Iterator[dict[str, int]]:
    names = [variable.name for variable in among]
    for options in product(*(range(variable.options) for variable in among)):
        yield dict(zip(names, options, strict=True))


# --- policies ---


@dataclass(frozen=True, slots=True)
class Instance:
    """Policies, choices, and the facts that depend on them; everything for a day and with some registers supplied."""

    written: WrittenPolicies
    program: Program
    variables: tuple[Variable, ...]
    cases: Mapping[str, Cases]
    registers: Registers

    def facts(self, assignment: Assignment) -> Facts:
        values = {path: cases.value(assignment) for path, cases in self.cases.items()}
        known = {path: Fact(path, value, "contract") for path, value in values.items() if value is not None}
        return Facts(known, {}, {}, self.registers, DAY)


def instance(seed: int) -> Instance:
    """The instance of a seed."""
    random = Random(seed)  # noqa: S311 - cases, no secrets
    written = written_policies(tuple(_policy(random, number) for number in range(random.randint(1, 6))))
    chosen = variables(random)
    # Some facts know no unknown, and for some a policy may wait in every combination.
    cases = {
        path: depending(random, chosen, (*values, *[None] * random.choice((0, 0, 1, 2))))
        for path, values in VALUES.items()
        if random.random() < 0.95
    }
    cases["today"] = Cases.fixed(DAY.toordinal())
    supplied = frozenset({"inventory"} if random.random() < 0.7 else ())
    return Instance(written, compile_policies(written), chosen, cases, _registers()._replace(supplied=supplied))


def written_policies(documents: Sequence[Document]) -> WrittenPolicies:
    problems: list[Any] = []
    organisation = load_organisation(None, problems)
    assert organisation is not None
    loaded = load_policies([_definitions(), *documents], shipped_schema(), organisation, problems)
    assert problems == []
    return loaded


def _policy(random: Random, number: int) -> Document:
    when = None if random.random() < 0.3 else _condition(random, random.randint(0, 2))
    dates = {"effective_to": "2026-06-30"} if random.random() < 0.1 else {}
    return policy_document(
        f"policy-{number}", when, _condition(random, random.randint(0, 2)), random.choice(EFFECTS), **dates
    )


def _condition(random: Random, depth: int) -> str:
    if depth == 0:
        text = random.choice(CONDITIONS)
        return f"!({text})" if random.random() < 0.3 else text
    word = random.choice((" && ", " || "))
    return word.join(f"({_condition(random, depth - 1)})" for _ in range(random.choice((2, 2, 3))))


@cache
def _definitions() -> Document:
    return document(DEFINITIONS, "definitions.json")


@cache
def _registers() -> Registers:
    return registers_for(miniature_guard().stack, {})
