"""The first sentence: it always begins with what is possible."""

from collections.abc import Sequence
from typing import Literal

from procureguard.finding import NEEDS_INFO
from procureguard.report.contract import ReportedAlternative, ReportedCondition, ReportedFinding, ReportedSearch
from procureguard.report.way_contract import ReportedWay

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
ENOUGH = 0.8
"""The share of the need from which an owned tool does the job."""

WELCOME = ("approve", "approve_with_conditions")
"""Answers that nobody has to agree to any more."""

ROLES = {
    "it": "IT",
    "security": "security",
    "privacy": "privacy",
    "legal": "legal",
    "finance": "finance",
    "procurement": "procurement",
    "marketing_operations": "marketing operations",
    "accessibility": "accessibility",
    "owner": "the owner",
    "leaders": "the heads of marketing and IT",
    "requester": "you",
    "vendor": "the vendor",
    "organisation": "your company",
}
"""Roles and answerers as sentences name them."""


def number(count: int) -> str:
    """A small number in words, a large one in digits."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def listed(words: Sequence[str], joint: str = "and") -> str:
    """Words as a sentence lists them: `a`, `a and b`, `a, b and c`."""
    return f" {joint} ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def headline(  # noqa: PLR0913, PLR0917 - each part of the report that it may speak of
    verdict: str,
    deciding: Sequence[ReportedFinding],
    questions: int,
    conditions: Sequence[ReportedCondition],
    alternatives: Sequence[ReportedAlternative],
    perhaps: Sequence[ReportedFinding] = (),
    ways: Sequence[ReportedWay] = (),
) -> str:
    """The sentence a verdict is said in; `perhaps` are open findings that would bring more people in."""
    if verdict == "approve":
        return "Yes."
    if verdict == "approve_with_conditions":
        return _with_conditions(conditions)
    if verdict == NEEDS_INFO:
        return f"Not yet: {number(questions)} {'answer' if questions == 1 else 'answers'} missing."
    doing_the_job = sum(_does_the_job(alternative) for alternative in alternatives)
    if doing_the_job:
        start = "Not as asked" if verdict == "deny" else "Not as asked yet"
        tools = "tool you own does" if doing_the_job == 1 else "tools you own do"
        return f"{start}; {number(doing_the_job)} {tools} most of this."
    if verdict == "deny":
        return _with_changes(ways) or _not_as_asked(deciding)
    return _once_agreed(deciding, perhaps, ways)


def headline_of_a_need(alternatives: Sequence[ReportedAlternative], searched: ReportedSearch) -> str:
    """The sentence for a need without a product: what could meet it."""
    if not searched.need:
        return "Tell us what it should do, and tools that do it are looked for."
    owned = [found for found in alternatives if found.kind != "catalogue"]
    doing = sum(_does_the_job(alternative) for alternative in owned)
    if doing:
        return f"Before you buy: {number(doing)} {'tool' if doing == 1 else 'tools'} you own can do most of this."
    if owned:
        tools = "tool" if len(owned) == 1 else "tools"
        return f"Before you buy: {number(len(owned))} {tools} you own can do part of this."
    others = len(alternatives)
    if others:
        return f"There is something to choose from: {number(others)} we know of {'does' if others == 1 else 'do'} this."
    return "Name a product, and it is looked at; nothing else is known that does this."


def _with_changes(ways: Sequence[ReportedWay]) -> str | None:
    """That changes make it a yes, as far as that is known; nothing where people would have to agree to it."""
    sure, open_ones = _steps(ways, "worst"), _steps(ways, "best")
    if not open_ones:
        return None
    if sure and min(sure) <= min(open_ones):
        plainly = any(way.worst == "approve" and len(way.steps) == min(sure) for way in ways)
        return f"Not as asked; with {_changes(min(sure))}: yes{'' if plainly else ', with conditions'}."
    return f"Not as asked; {_changes(min(open_ones))} could make it a yes."


def _steps(ways: Sequence[ReportedWay], case: Literal["best", "worst"]) -> list[int]:
    """How many changes each way has that is a yes in the best or in the worst case."""
    return [len(way.steps) for way in ways if getattr(way, case) in WELCOME]


def _changes(count: int) -> str:
    return f"{number(count)} {'change' if count == 1 else 'changes'}"


def _not_as_asked(deciding: Sequence[ReportedFinding]) -> str:
    things = "thing has" if len(deciding) == 1 else "things have"
    return f"Not as asked; {number(len(deciding))} {things} to change."


def _once_agreed(
    deciding: Sequence[ReportedFinding], perhaps: Sequence[ReportedFinding], ways: Sequence[ReportedWay]
) -> str:
    roles = sorted({ROLES[finding.role] for finding in deciding})
    others = sorted({ROLES[finding.role] for finding in perhaps}.difference(roles))
    agree = "agrees" if len(roles) == 1 and roles[0] != ROLES["leaders"] else "agree"
    sure = _steps(ways, "worst")
    alone = f", or with {_changes(min(sure))}" if sure else ""
    return f"Yes, once {listed(roles)} {agree}{f', and perhaps {listed(others)}' if others else ''}{alone}."


def _with_conditions(conditions: Sequence[ReportedCondition]) -> str:
    if len(conditions) == 1:
        text = conditions[0].text
        verb = "done" if conditions[0].state == "not_met" else "confirmed"
        return f"Yes, if one thing is {verb}: {text[0].lower()}{text[1:]}"
    return f"Yes, if {number(len(conditions))} things are seen to."


def _does_the_job(alternative: ReportedAlternative) -> bool:
    covers_enough = alternative.coverage is not None and alternative.coverage >= ENOUGH
    return alternative.kind == "owned" and alternative.cleared is not False and covers_enough
