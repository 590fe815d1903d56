"""How verdicts become exit codes."""

from collections.abc import Iterable

from procureguard.finding import VERDICTS

BY_VERDICT = {"approve": 0, "approve_with_conditions": 10, "needs_info": 11, "needs_review": 12, "deny": 13}
"""Exit codes of `--exit-code verdict`."""

NEVER = "never"
FAIL_ON = (*VERDICTS[1:], NEVER)
"""From which verdict on a check counts as found something."""


def counts(verdict: str, fail_on: str) -> bool:
    """Whether a verdict is at or above the one that counts."""
    return fail_on != NEVER and VERDICTS.index(verdict) >= VERDICTS.index(fail_on)


def by_verdict(verdicts: Iterable[str]) -> int:
    """The exit code of the least welcome verdict."""
    return max((BY_VERDICT[verdict] for verdict in verdicts), default=0)
