"""Next: the one question that decides most, asked alone, so that a no comes early (law 9)."""

from collections.abc import Sequence

from procureguard.finding import Finding, rung_of
from procureguard.policy.model import PolicySet
from procureguard.questions.cases import Cases


def next_question(findings: Sequence[Finding], policies: PolicySet, cases: Cases) -> str | None:
    """The fact that decides most: the strongest effect, then the most policies, then who can answer.

    What the form asks only after something else waits until that is answered. None where nothing is open.
    """
    waiting: dict[str, list[Finding]] = {}
    for finding in findings:
        for path in finding.waits:
            waiting.setdefault(path, []).append(finding)
    ready = [path for path in waiting if policies.asked.get(path, frozenset()).isdisjoint(waiting.keys() - {path})]

    def weight(path: str) -> tuple[int, int, tuple[int, int]]:
        strongest = max(rung_of(finding.effect) for finding in waiting[path])
        return -strongest, -len(waiting[path]), cases.rank(path)

    return min(ready or waiting, key=weight, default=None)
