"""Whether the changes that a search found are the smallest: z3 is asked for the same, and the answers are compared."""

from collections.abc import Iterable, Iterator, Sequence
from time import monotonic
from typing import NamedTuple

from procureguard.changes.search import Found, Wish, cost_of
from procureguard.changes.trial import Trials
from procureguard.changes.variable import OWNERS, Choice
from procureguard.changes.way import Searched
from procureguard.facts.schema import ChangedBy
from procureguard.policy.written import WrittenPolicies
from procureguard.solver.diagram import TooLarge
from procureguard.solver.minimise import Proof
from procureguard.solver.search import TimeUp, solver_library
from procureguard.solver.wish import MOST_ROUNDS, Question, choice_of, question

MOST_MILLISECONDS = 4_000
"""How long everything together may take."""

TIME = "the time was too short"
ROUNDS = "too much of what was proposed had to be turned down"
AT_ODDS = "the solver missed what the search had found, which is our fault; please report it"


class Proved(NamedTuple):
    """What a solver found of searches.

    Attributes:
        searched: the searches, each with the best answers that either of the two found.
        smaller: the choices that only the solver found.
        reason: why not everything was proved; None where it was.
        by_evaluation: the policies that could not be looked into.
    """

    searched: tuple[Searched, ...]
    smaller: frozenset[Choice]
    reason: str | None
    by_evaluation: tuple[str, ...]


class _Told(NamedTuple):
    """One search with what the solver has to say of it."""

    searched: Searched
    smaller: frozenset[Choice]
    reason: str | None


def prove(
    searched: Sequence[Searched], trials: Trials, written: WrittenPolicies, milliseconds: int = MOST_MILLISECONDS
) -> Proved:
    """What a solver finds where a search has looked; none takes more than half of the time that those before have left.

    Raises:
        SolverMissing: z3 is not installed.
    """
    solver_library()
    end = monotonic() + milliseconds / 1_000
    try:
        asked = question(trials, written, end)
    except TimeUp:
        return Proved(tuple(searched), frozenset(), TIME, ())
    told = [*_each(searched, asked, end)]
    return Proved(
        tuple(each.searched for each in told),
        frozenset[Choice]().union(*(each.smaller for each in told)),
        next((each.reason for each in told if each.reason), None),
        tuple(asked.encoding.not_analysed),
    )


def _each(searched: Sequence[Searched], asked: Question, end: float) -> Iterator[_Told]:
    known: list[Searched] = []
    for each in searched:
        found = _following(each.wish, known, asked.trials)
        reason = None
        if found is None:
            left = end - monotonic()
            found, reason = _asked(each.wish, asked, int(left * (1_000 if each is searched[-1] else 500)))
        if reason is None:
            known.append(Searched(each.wish, found))
        yield _compared(each, found, reason, asked.trials)


def _following(wish: Wish, known: Iterable[Searched], trials: Trials) -> Found | None:
    """What is proved already: the best of all changes that one owner makes alone are the best that he can make."""
    for of, (choices, _) in known:
        if of.owners == OWNERS and of._replace(owners=wish.owners, answers=wish.answers) == wish:
            own = tuple(choice for choice in choices if _makers(choice, trials) <= {*wish.owners})
            if len(own) >= wish.answers or len(choices) < of.answers:
                return Found(own[: wish.answers], complete=True)
    return None


def _makers(choice: Choice, trials: Trials) -> set[ChangedBy]:
    return {trials.space.variables[step.variable].owner for step in choice}


def _asked(wish: Wish, asked: Question, milliseconds: int) -> tuple[Found, str | None]:
    """What the solver finds, and why not all of it."""
    try:
        proof = asked.proof(wish, milliseconds)
    except TooLarge as problem:
        return Found((), complete=False), str(problem)
    choices = tuple(choice_of(found.assignment, asked.variables) for found in proof.found)
    return Found(choices, proof.complete), _reason(proof)


def _reason(proof: Proof) -> str | None:
    if proof.complete:
        return None
    return ROUNDS if proof.rejected == MOST_ROUNDS else TIME


def _compared(searched: Searched, proved: Found, reason: str | None, trials: Trials) -> _Told:
    """The best of what both found: all of it was evaluated, whoever found it."""
    wish, (choices, complete) = searched
    best = _best({*choices, *proved.choices}, wish.answers, trials)
    smaller = frozenset(
        found
        for found in proved.choices
        if found not in choices and (not choices or cost_of(found, trials) < cost_of(choices[-1], trials))
    )
    if proved.complete and best != proved.choices:
        reason = AT_ODDS
    settled = complete or (proved.complete and reason is None)
    return _Told(Searched(wish, Found(best, settled)), smaller, reason)


def _best(choices: Iterable[Choice], answers: int, trials: Trials) -> tuple[Choice, ...]:
    """The cheapest of these of which none is another with more steps."""
    found: list[Choice] = []
    for choice in sorted(choices, key=lambda choice: cost_of(choice, trials)):
        if not any({*other} <= {*choice} for other in found):
            found.append(choice)
    return tuple(found[:answers])
