"""Small purchases whose every completion can be tried: random policies over a few facts, and brute force over them."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import combinations, product
from typing import Any

from procureguard.compile.program import FAIL, UNKNOWN, Program
from procureguard.evaluate import evaluate
from procureguard.facts.computation import Registers
from procureguard.facts.fact import ANSWERERS, Fact
from procureguard.facts.gather import Facts
from procureguard.facts.schema import FactSchema, Value
from procureguard.finding import NEEDS_INFO, Decision, Rung, rung_of
from procureguard.settle import settled_verdict
from property.checking import from_stated, miniature_guard
from property.deciding import policy_document, program_of

SOURCES = ("own_contacts", "purchased", "scraped", "vendor_supplied")
NUMBERS = tuple(range(6))
BOOLS = ("ai.used", "web.loads_on_site", "product.sso_on_plan", "web.consent_gated", "vendor.recent_breach")
"""Facts that buyers, vendors and IT state."""

MOST_STATES = 1_500
"""Ways to answer some of what is unknown that brute force tries for one purchase."""

GUARD = miniature_guard()
SCHEMA: FactSchema = GUARD.schema

DOMAINS: Mapping[str, tuple[Value, ...]] = {
    **dict.fromkeys(BOOLS, (True, False)),
    "contract.dpa": SCHEMA["contract.dpa"].values or (),
    "product.mfa": SCHEMA["product.mfa"].values or (),
    "request.users": NUMBERS,
    "data.sources": tuple(
        chosen for size in range(5) for chosen in combinations(SCHEMA["data.sources"].values or (), size)
    ),
}
"""Every value that makes a difference, and some that do not."""


def atom(chance: random.Random) -> str:
    path = chance.choice((*BOOLS, *BOOLS, *DOMAINS))
    if path in BOOLS:
        return chance.choice((path, path, f"!{path}"))
    if path == "request.users":
        return f"{path} {chance.choice(('<', '<=', '>', '>=', '==', '!='))} {chance.randint(1, 3)}"
    values = SCHEMA[path].values or ()
    some = ", ".join(f'"{value}"' for value in chance.sample(values, chance.randint(1, 2)))
    if path == "data.sources":
        macro = chance.choice(("exists", "all"))
        return chance.choice((f"{path}.{macro}(s, s in [{some}])", f'"{chance.choice(values)}" in {path}'))
    return f"{path} in [{some}]"


def expression(chance: random.Random, depth: int = 2) -> str:
    if depth == 0 or chance.random() < 0.25:
        return atom(chance)
    one, two = expression(chance, depth - 1), expression(chance, depth - 1)
    shapes = ("({0} && {1})", "({0} && {1})", "({0} || {1})", "({0} || {1})", "!({0} && {1})", "({2} ? {0} : {1})")
    return chance.choice((*shapes, "({0}) == ({1})")).format(one, two, atom(chance))


@cache
def drawn_program(seed: int) -> Program:
    """Two to five policies of any effect."""
    chance = random.Random(seed)  # noqa: S311 - cases, no secrets
    effects = ("deny", "deny", "review", "review", "condition")
    return program_of(
        policy_document(
            f"p{place}",
            expression(chance, 1) if chance.random() < 0.5 else None,
            expression(chance),
            chance.choice(effects),
        )
        for place in range(chance.randint(2, 5))
    )


@dataclass(frozen=True)
class Purchase:
    """A purchase on which some facts are unknown, with everything that answering them can come to."""

    program: Program
    known: Mapping[str, Value]
    unknown: tuple[str, ...]

    @cached_property
    def facts(self) -> Facts:
        stated = {path: Fact(path, value, "requester") for path, value in self.known.items()}
        return from_stated(stated, GUARD, GUARD.stack.organisation.empty_registers)

    @property
    def registers(self) -> Registers:
        return self.facts.registers

    @cached_property
    def evaluation(self) -> Any:  # noqa: ANN401 - an evaluation, whose type says no more here
        return evaluate(self.facts, self.program)

    def decision(self, answers: Mapping[str, Value]) -> Decision:
        """Law 4 in its own words, on bare outcomes."""
        values = [answers.get(path, self.known.get(path)) for path in self.program.slots]
        codes, _ = self.program.run(values)
        rungs = [rung_of(policy.effect) for policy in self.program.policies.policies]
        failed = [rung for rung, code in zip(rungs, codes, strict=True) if code == FAIL]
        open_ones = [rung for rung, code in zip(rungs, codes, strict=True) if code == UNKNOWN]
        return Decision(max(failed, default=Rung.APPROVE), max(failed + open_ones, default=Rung.APPROVE))

    def answers(self, paths: Sequence[str]) -> Iterator[dict[str, Value]]:
        """Every way to answer some questions."""
        for values in product(*(DOMAINS[path] for path in paths)):
            yield dict(zip(paths, values, strict=True))

    @cached_property
    def best_rung(self) -> Rung | None:
        """The best verdict that any answers reach, law 9 read aloud; None where none reach more than is certain."""
        decision = self.decision({})
        for rung in range(max(decision.best, Rung.APPROVE_WITH_CONDITIONS), decision.worst):
            if any(self.decision(answers).worst <= rung for answers in self.answers(self.unknown)):
                return Rung(rung)
        return None

    @cached_property
    def fewest(self) -> tuple[int, int, int] | None:
        """How many answers reach it, then who gives them, then their places: the least of all."""
        rung = self.best_rung
        if rung is None:
            return None
        for size in range(1, len(self.unknown) + 1):
            reaching = [
                paths
                for paths in combinations(self.unknown, size)
                if any(self.decision(answers).worst <= rung for answers in self.answers(paths))
            ]
            if reaching:
                return min(map(cost, reaching))
        return None

    def settled(self, answers: Mapping[str, Value]) -> bool:
        """Whether the verdict is given, as it stands or because nothing can change it (law 5)."""
        if self.decision(answers).verdict != NEEDS_INFO:
            return True
        facts = self.facts.with_facts(Fact(path, value, "requester") for path, value in answers.items())
        return settled_verdict(facts, evaluate(facts, self.program), self.program, SCHEMA) is not None

    def is_enough(self, paths: Sequence[str]) -> bool:
        """Whether the answers to some questions settle the verdict, whatever they are."""
        return all(self.settled(answers) for answers in self.answers(paths))


PLACES = {path: place for place, path in enumerate(SCHEMA.types)}


def cost(paths: Sequence[str]) -> tuple[int, int, int]:
    who = sum(ANSWERERS.index(SCHEMA[path].stated_by) for path in paths)
    return len(paths), who, sum(PLACES[path] for path in paths)


def purchases(seeds: Sequence[int], states: int = 12) -> Iterator[Purchase]:
    """Open purchases: for each seed a program, and purchases on which it does not decide yet."""
    for seed in seeds:
        program = drawn_program(seed)
        chance = random.Random(-seed)  # noqa: S311 - cases, no secrets
        paths = [path for path in program.slots if path in DOMAINS]
        for _ in range(states):
            unknown = tuple(sorted(chance.sample(paths, chance.randint(min(2, len(paths)), len(paths)))))
            while _states(unknown) > MOST_STATES:
                unknown = unknown[1:]
            known = {path: chance.choice(DOMAINS[path]) for path in paths if path not in unknown}
            found = Purchase(program, known, unknown)
            if found.evaluation.decision.verdict == NEEDS_INFO:
                yield found


def _states(paths: Sequence[str]) -> int:
    count = 1
    for path in paths:
        count *= 1 + len(DOMAINS[path])
    return count
