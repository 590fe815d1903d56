"""Best case: the fewest answers that can already reach the best verdict (law 9)."""

from collections.abc import Iterable, Iterator
from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple

from procureguard.facts.gather import Facts
from procureguard.facts.schema import Value
from procureguard.finding import Decision, Rung
from procureguard.questions.cases import Case, Cases, TooMany

MOST_CASES = 500
"""Cases that are looked at: counted, never timed, so that the answer is the same on every machine."""

MOST_HASTY_CASES = 300
"""Cases that are looked at after that, in a hurry, for answers that reach it and may not be the fewest."""

Cost = tuple[int, int, int]
"""What answers cost: how many there are, then who gives them, then their places among all facts."""

FREE: Cost = (0, 0, 0)


class BestCase(NamedTuple):
    """The facts to ask for, answers with which the verdict is no worse than a rung, and whether fewer cannot do it.

    Without a rung nothing is known to reach one, and nothing is asked for.
    """

    asks: tuple[str, ...]
    answers: tuple[tuple[str, Value], ...]
    reached: Rung | None
    proved: bool


def best_case(facts: Facts, decision: Decision, cases: Cases, most: int = MOST_CASES) -> BestCase:
    """The fewest answers for the best verdict that any can reach; of as few, those that are easiest to get."""
    first = cases.first(facts)
    proved = True
    for rung in range(max(decision.best, Rung.APPROVE_WITH_CONDITIONS), decision.worst):
        cases.left = most
        found = _Search(cases, Rung(rung)).best(first)
        if found.reached is not None:
            return found._replace(proved=found.proved and proved)
        proved = proved and found.proved
    return BestCase((), (), None, proved)


class _Found(NamedTuple):
    cost: Cost
    answers: tuple[tuple[str, Value], ...]


class _Search:
    """Best first, by what the answers given cost and what the policies that are still open cost at least.

    Open policies that can read nothing in common are looked at apart: what they cost adds up.
    """

    def __init__(self, cases: Cases, rung: Rung) -> None:
        self._cases = cases
        self._rung = rung
        self._whole = True
        self._known: dict[tuple[object, ...], _Found | None] = {}

    def best(self, first: Case) -> BestCase:
        """The cheapest answers with which nothing worse than the rung can come out."""
        case = self._cases.among(first, frozenset(self.blocking(first)))
        if self.is_dead(first):
            return BestCase((), (), None, proved=True)
        try:
            found = self.cheapest(case)
            certain = self._whole or (found is not None and found.cost[0] == self.bound(case)[0])
        except TooMany:
            found, certain = self.hastily(case), False
        if found is None:
            return BestCase((), (), None, certain)
        asks = sorted((path for path, _ in found.answers), key=self._cases.rank)
        return BestCase(tuple(asks), found.answers, self._rung, certain)

    def cheapest(self, case: Case) -> _Found | None:
        """The cheapest further answers, None where none reach the rung."""
        sight = self._cases.sight(case)
        if sight not in self._known:
            parts = self._cases.apart(case)
            self._known[sight] = self.of_all(parts) if len(parts) > 1 else self.search(case)
        return self._known[sight]

    def of_all(self, parts: Iterable[Case]) -> _Found | None:
        whole = _Found(FREE, ())
        for part in parts:
            found = self.cheapest(part)
            if found is None:
                return None
            whole = _Found(_sum([whole.cost, found.cost]), (*whole.answers, *found.answers))
        return whole

    def search(self, first: Case) -> _Found | None:
        """What the first case that reaches the rung has answered; one that falls apart is worked out part by part."""
        queue = _Queue(first)
        while (node := queue.pop()) is not None:
            case, cost, found = node
            if found is not None:
                return found
            if case is not first and (not case.standing.waits or len(self._cases.apart(case)) > 1):
                further = self.cheapest(case) if case.standing.waits else _Found(FREE, ())
                if further is not None:
                    whole = _Found(_sum([cost, further.cost]), (*queue.answers(case), *further.answers))
                    queue.push(whole.cost, case, cost, whole)
                continue
            for answered in self.answered(case):
                spent = self.cost(path for path, _ in queue.answers(answered))
                if queue.is_better(self._cases.sight(answered), spent):
                    queue.push(_sum([spent, self.bound(answered)]), answered, spent)
        return None

    def answered(self, case: Case) -> Iterator[Case]:
        """Every way to answer a question that one of the open policies waits for: without that it stays open."""
        for path in self.branches(case):
            answers = self._cases.choices(case, path)
            self._whole = self._whole and answers.whole
            for value in answers.values:
                answered = self._cases.answered(case, path, value)
                if not self.is_dead(answered):
                    yield answered

    def branches(self, case: Case) -> list[str]:
        """What the policy waits for that leaves the fewest ways to go."""
        ways = (sorted(paths, key=self._cases.rank) for paths in case.standing.waits.values())
        return min(ways, key=lambda paths: (len(paths), [self._cases.rank(path) for path in paths]))

    def hastily(self, first: Case) -> _Found | None:
        """Answers that reach the rung, always going where fewer seem to be missing; they may not be the fewest."""
        self._cases.left = MOST_HASTY_CASES
        try:
            case = self.dive(first)
        except TooMany:
            return None
        return None if case is None else _Found(self.cost(case.asks()), case.answers)

    def dive(self, case: Case) -> Case | None:
        if not case.standing.waits:
            return case
        now = self.bound(case)
        others = []
        for answered in self.answered(case):
            if self.bound(answered) >= now:
                others.append(answered)
            elif (found := self.dive(answered)) is not None:
                return found
        others.sort(key=self.bound)
        return next((found for other in others if (found := self.dive(other)) is not None), None)

    def blocking(self, case: Case) -> Iterator[int]:
        """The open policies that could make it worse than the rung."""
        return (number for number in case.standing.waits if self._cases.rung(number) > self._rung)

    def is_dead(self, case: Case) -> bool:
        """Whether a policy fails already that makes it worse: no further answer can help (law 6)."""
        return any(self._cases.rung(number) > self._rung for number in case.standing.failed)

    def bound(self, case: Case) -> Cost:
        """What open policies that wait for nothing in common cost at least, each for itself."""
        taken: set[str] = set()
        costs = []
        for paths in sorted({*case.standing.waits.values()}, key=_spread):
            if taken.isdisjoint(paths):
                taken |= paths
                ranks = [self._cases.rank(path) for path in paths]
                costs.append((1, min(who for who, _ in ranks), min(place for _, place in ranks)) if ranks else FREE)
        return _sum(costs)

    def cost(self, paths: Iterable[str]) -> Cost:
        """What it costs to ask for some facts."""
        return _sum((1, *self._cases.rank(path)) for path in paths)


class _Queue:
    """Cases by what they are expected to cost in all, those that have come further first among equals."""

    def __init__(self, first: Case) -> None:
        self._before = len(first.answers)
        self._places = count()
        self._heap: list[tuple[Cost, int, int, tuple[Case, Cost, _Found | None]]] = []
        self._least: dict[tuple[object, ...], Cost] = {}
        self.push(FREE, first, FREE)

    def push(self, expected: Cost, case: Case, spent: Cost, found: _Found | None = None) -> None:
        heappush(self._heap, (expected, -len(case.answers), next(self._places), (case, spent, found)))

    def pop(self) -> tuple[Case, Cost, _Found | None] | None:
        return heappop(self._heap)[-1] if self._heap else None

    def is_better(self, sight: tuple[object, ...], cost: Cost) -> bool:
        """Whether nothing as cheap has come to where the same can follow."""
        better = sight not in self._least or cost < self._least[sight]
        if better:
            self._least[sight] = cost
        return better

    def answers(self, case: Case) -> tuple[tuple[str, Value], ...]:
        """What has been answered since the first."""
        return case.answers[self._before :]


def _spread(paths: frozenset[str]) -> tuple[int, list[str]]:
    return len(paths), sorted(paths)


def _sum(costs: Iterable[Cost]) -> Cost:
    number = who = place = 0
    for one, two, three in costs:
        number, who, place = number + one, who + two, place + three
    return number, who, place
