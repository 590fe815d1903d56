"""Purchases in small whose changes can all be tried: a few policies over a few facts, some of them unknown."""

import os
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import reduce
from itertools import product
from math import prod
from operator import or_
from typing import Any

from hypothesis import strategies as st

from procureguard.changes.plan import OF_THE_PRICE
from procureguard.changes.space import Space, sources_of, space_of
from procureguard.changes.trial import Goal
from procureguard.changes.variable import OWNERS, Choice, Step, Variable
from procureguard.compile.program import Program
from procureguard.evaluate import evaluate
from procureguard.facts.fact import COMPUTED
from procureguard.facts.gather import Facts
from procureguard.facts.schema import PLAN, ChangedBy, to_data
from procureguard.finding import NOTHING_FOUND, Decision, Outcome, Rung, decide
from property.deciding import policy_document, program_of
from written import DAY, Data, facts, schema_of, stack

INSTANCES = int(os.environ.get("PROCUREGUARD_INSTANCES", "80"))
"""How many purchases are drawn for each property; 5,000 and more when somebody has the time."""

MOST_COMBINATIONS = 600

ATOMS = (
    "product.sso_on_plan",
    "product.scim",
    'product.mfa == "enforced"',
    "contract.auto_renew",
    'contract.dpa == "signed"',
    'contract.dpa in ["offered", "signed"]',
    '"health" in data.categories',
    'data.categories.exists(c, c in ["health", "customer_contact"])',
    "size(data.categories) > 1",
    "contract.seats > 10",
    "contract.seats * 2 <= request.users * 3",
    "contract.term_months <= 12",
    "contract.term_months < 7",
    "cost.annual < 2000.0",
    "cost.annual <= 1000.0",
    "contract.price_cap_percent <= 7.0",
    "vendor.penetration_tested_on + days(365) >= today",
    '"sms" in messaging.channels',
    "size(messaging.channels) == 0",
    "size(request.metrics) >= 2",
    "request.trial_days <= 30",
    "integration.scheduled",
    '"EU" in data.regions',
)
"""Conditions on booleans, choices, sets, whole numbers, money, shares and days; some are true of a plan only."""

MARKED = ("contract.term_months", "contract.seats", "data.categories", "product.plan")

KNOWN: dict[str, dict[str, tuple[Any, ...]]] = {
    "product": {"sso_on_plan": (True, False), "scim": (True, False), "mfa": ("enforced", "available", "none")},
    "contract": {
        "auto_renew": (True, False),
        "dpa": ("none", "offered", "signed"),
        "seats": (4, 12, 20),
        "amount": (100, 1200, 3000),
        "period": ("month", "year"),
        "pricing": ("seat", "flat"),
        "term_months": (6, 12, 36),
        "price_cap_percent": (5, 12.5),
    },
    "data": {
        "regions": (["EU"], ["EU", "US"]),
        "categories": (["health"], ["customer_contact", "health"], ["public_content"], ["customer_contact"]),
    },
    "request": {
        "users": (4, 8),
        "metrics": ([], ["usage"]),
        "trial_days": (14, 60),
        "must": (["surveys"], ["email-campaigns"]),
    },
    "vendor": {"penetration_tested_on": ("2024-01-05", "2026-06-01")},
    "messaging": {"channels": ([], ["sms"], ["email", "sms"])},
    "integration": {"scheduled": (True, False)},
}

PLANS: Data = {
    "id": "acme",
    "products": [
        {
            "id": "thing",
            "plans": [
                {"id": "basic", "facts": {"product": {"sso_on_plan": False}}},
                {
                    "id": "team",
                    "facts": {"product": {"sso_on_plan": True, "mfa": "available"}},
                    "price": {"amount": 10, "currency": "USD", "period": "month", "per": "seat"},
                },
                {
                    "id": "top",
                    "facts": {"product": {"sso_on_plan": True, "scim": True}, "contract": {"auto_renew": True}},
                    "price": {"amount": 2400, "currency": "USD", "period": "year", "per": "flat"},
                },
            ],
        }
    ],
}


AROUND = stack(organisation={"organisation": {"currency": "USD"}}, vendors=[PLANS])

FAR = 100
"""Numbers further apart are not tried one by one."""


@dataclass(frozen=True)
class Case:
    """A purchase, the policies it is judged by, and what could be changed about it."""

    data: Data
    policies: tuple[Data, ...]
    program: Program
    facts: Facts
    space: Space

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: ANN401, FBT001 - asked for by Hypothesis
        del cycle
        printer.text(f"case_of({self.data!r}, {self.policies!r})")


def expressions() -> st.SearchStrategy[str]:
    atoms = st.sampled_from(ATOMS)
    return st.recursive(
        atoms,
        lambda inner: st.one_of(
            inner.map(lambda text: f"!({text})"),
            st.tuples(inner, st.sampled_from(("&&", "||")), inner).map(lambda parts: f"({' '.join(parts)})"),
        ),
        max_leaves=3,
    )


@st.composite
def policies(draw: st.DrawFn) -> tuple[Data, ...]:
    found = []
    for number in range(draw(st.integers(2, 7))):
        marks = draw(st.sets(st.sampled_from(MARKED), max_size=1)) if draw(st.booleans()) else set()
        found.append(
            {
                "identity": f"policy-{number}",
                "when": draw(st.one_of(st.none(), st.none(), expressions())),
                "require": draw(expressions()),
                "effect": draw(st.sampled_from(("advise", "condition", "review", "review", "deny", "deny"))),
                **({"never_suggest": sorted(marks)} if marks else {}),
            }
        )
    return tuple(found)


@st.composite
def purchases(draw: st.DrawFn) -> Data:
    data: Data = {}
    for section, names in KNOWN.items():
        for name, values in names.items():
            place = draw(st.integers(-1, 3 * len(values) - 1))
            if place >= 0:
                data.setdefault(section, {})[name] = values[place % len(values)]
    data.setdefault("contract", {})["currency"] = "USD"
    if draw(st.booleans()):
        plan = draw(st.sampled_from(("basic", "team", "top", None)))
        data.setdefault("product", {}).update({"vendor": "acme", "id": "thing", **({"plan": plan} if plan else {})})
    return data


def case_of(data: Data, drawn: tuple[Data, ...]) -> Case:
    program = program_of(policy_document(**policy) for policy in drawn)
    known = facts(data, AROUND, DAY)
    used = frozenset[str]().union(*(policy.facts for policy in program.policies.policies))
    space = space_of(known, AROUND, schema_of(AROUND), program)
    # What no policy reads changes nothing but the number of combinations.
    relevant = [
        place
        for place, variable in enumerate(space.variables)
        if space.touches(variable) & frozenset[str]().union(*map(sources_of, used))
    ]
    small = Space(known, tuple(space.variables[place] for place in relevant[:9]), space.plans, space.taxonomy)
    return Case(data, drawn, program, known, small)


def refused(case: Case) -> Case:
    """The same with policies turned round that hold as things are: most of them stand in the way then."""
    passed = {finding.policy for finding in evaluate(case.facts, case.program).with_outcome(Outcome.PASS)}
    turned = tuple(
        {**policy, "require": f"!({policy['require']})"} if policy["identity"] in passed else policy
        for policy in case.policies
    )
    return case_of(case.data, turned)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    case = case_of(draw(purchases()), draw(policies()))
    if draw(st.integers(0, 3)):
        case = refused(case)
    while combinations_of(case.space) > MOST_COMBINATIONS:
        smaller = Space(case.facts, case.space.variables[:-1], case.space.plans, case.space.taxonomy)
        case = Case(case.data, case.policies, case.program, case.facts, smaller)
    return case


def combinations_of(space: Space) -> int:
    return prod(len(variable.options) + 1 for variable in space.variables)


# --- brute force: every combination is evaluated, nothing is inferred from another ---


def every_choice(space: Space) -> Iterator[Choice]:
    taken = [
        [None, *(Step(place, option) for option in range(len(variable.options)))]
        for place, variable in enumerate(space.variables)
    ]
    for steps in product(*taken):
        yield tuple(step for step in steps if step is not None)


def decision_with(case: Case, choice: Choice) -> Decision:
    """What comes out, where no policy comes out better for a change that is no way out."""
    space, program = case.space, case.program
    found = {finding.policy: finding for finding in evaluate(space.facts_with(choice), program).findings}
    whole = reduce(or_, (finding.decision for finding in found.values()), NOTHING_FOUND)
    lost = forgotten(space, choice)
    for policy in program.policies.policies:
        dodges = {*policy.never_suggest, *((PLAN,) if found[policy.identity].waits & lost else ())}
        honest = tuple(step for step in choice if space.variables[step.variable].fact not in dodges)
        if honest != choice:
            otherwise = evaluate(space.facts_with(honest), program).findings
            whole |= decide(finding for finding in otherwise if finding.policy == policy.identity)
    return whole


def forgotten(space: Space, choice: Choice) -> set[str]:
    """What was stated of the purchase and is not known with another plan."""
    if not any(space.variables[step.variable].fact == PLAN for step in choice):
        return set()
    known = {path for path, fact in space.facts.known.items() if fact.source != COMPUTED}
    return known - space.facts_with(choice).known.keys()


def reaches(decision: Decision, goal: Goal) -> bool:
    return (decision.worst if goal.sure else decision.best) <= goal.rung


def is_well(decision: Decision, goal: Goal, now: Rung) -> bool:
    """Whether a goal is reached, and the answer cannot become worse than it is now."""
    return reaches(decision, goal) and decision.worst <= max(now, goal.rung)


def brute_force(
    case: Case,
    goal: Goal,
    answers: int,
    owners: tuple[ChangedBy, ...] = OWNERS,
    most_steps: int | None = None,
) -> list[tuple[int, bool, int, int, int, Choice]]:
    """The costs of the cheapest choices that reach a goal and of which no part does, by trying all."""
    space = case.space
    now = evaluate(case.facts, case.program).decision.worst
    tried = (
        choice
        for choice in every_choice(space)
        if all(space.variables[step.variable].owner in owners for step in choice)
        and (most_steps is None or len(choice) <= most_steps)
    )
    reaching = {choice for choice in tried if space.allows(choice) and is_well(decision_with(case, choice), goal, now)}
    minimal = [choice for choice in reaching if not any({*other} < {*choice} for other in reaching)]
    return sorted(price(space, choice) for choice in minimal)[:answers]


def price(space: Space, choice: Choice) -> tuple[int, bool, int, int, int, Choice]:
    before, after = space.facts.value("cost.annual"), space.facts_with(choice).value("cost.annual")
    known = before is not None and after is not None
    effort = sum(space.variables[step.variable].effort for step in choice)
    distance = sum(step.option for step in choice)
    unknown = before is not None and after is None
    return effort, unknown, max(after - before, 0) if known else 0, len(choice), distance, choice


GOALS = [
    Goal(rung, sure)
    for rung in (Rung.APPROVE, Rung.APPROVE_WITH_CONDITIONS, Rung.NEEDS_REVIEW)
    for sure in (True, False)
]


@st.composite
def wishes(draw: st.DrawFn) -> tuple[Case, Goal]:
    """A purchase and a goal, most often one that it does not reach as it is."""
    case = draw(cases())
    now = evaluate(case.facts, case.program).decision
    ahead = [goal for goal in GOALS if not reaches(now, goal)]
    return case, draw(st.sampled_from(ahead or GOALS))


# --- the same changes made in other ways ---


def file_with(case: Case, choice: Choice) -> Facts:
    """The facts of a purchase file that states what the steps make of it, read like any other."""
    data: Data = deepcopy(case.data)
    after = case.space.facts_with(choice)
    taken = [case.space.variables[step.variable].fact for step in choice]
    if PLAN in taken:
        for path in forgotten(case.space, choice):
            _state(data, path, None)
        taken += [path for path in OF_THE_PRICE if path in after.known]
    for path in {*taken, *(("contract.amount",) if "contract.seats" in taken else ())} & after.known.keys():
        fact = after.known[path]
        value = to_data(schema_of(AROUND)[path], fact.value)
        _state(data, path, {"value": value, "source": fact.source, **({"as_of": fact.as_of} if fact.as_of else {})})
    return facts(data, AROUND, DAY)


def _state(data: Data, path: str, value: Any) -> None:  # noqa: ANN401 - any JSON value
    section, _, name = path.partition(".")
    data.setdefault(section, {})[name] = value


def with_every_number(case: Case) -> Case:
    """The same where a number may become any other in reach, not only those at which policies change their mind."""
    variables = tuple(
        variable._replace(options=_all_numbers(variable, case.facts.value(variable.fact)))
        for variable in case.space.variables
    )
    return replace(case, space=replace(case.space, variables=variables))


def _all_numbers(variable: Variable, now: Any) -> tuple[Any, ...]:  # noqa: ANN401 - a value of a fact
    options = variable.options
    if variable.action != "set" or type(options[0]) is not int or not variable.fact.startswith("contract."):
        return options
    furthest = min(options) if min(options) < now else max(options)
    by = 1 if furthest > now else -1
    return tuple(range(now + by, furthest + by, by)) if abs(furthest - now) < FAR else options
