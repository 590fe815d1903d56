"""What examples and purchases try of policies, as text and JSON."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from procureguard.analysis.coverage import Branches, Coverage, NeverTaken, PolicyCoverage, Tally
from procureguard.finding import Outcome
from procureguard.render.columns import Column, Table
from procureguard.render.counting import counted
from procureguard.render.json import as_json
from procureguard.render.style import Style, one_line, wrapped
from procureguard.source.text import shown

_COLUMNS = (Column("what", wraps=True), Column("seen", right=True), Column("of", right=True), Column("", right=True))
_TO_SHOW = {Outcome.PASS: "to pass", Outcome.FAIL: "to fail", Outcome.NOT_APPLICABLE: "not to apply"}
_LONGEST = 100
"""Characters of a condition that are shown; the place says where the rest is."""


@dataclass(frozen=True, slots=True)
class CoverageView:
    """What is shown of coverage: the figures, and how many examples and purchases they come from."""

    coverage: Coverage
    examples: int
    purchases: int


def coverage_text(view: CoverageView) -> str:
    """The figures, then what nothing has tried, policy by policy with its places."""
    return "".join(f"{line}\n" for line in _lines(view))


def coverage_json(view: CoverageView) -> str:
    """The same for programs, with the outcomes seen of every policy."""
    found = view.coverage
    figures = {
        "policies": _share(found.of_policies),
        "branches": _share(found.of_branches),
        "definition_branches": _share(found.of_definitions),
        "facts": {
            **_share(found.of_facts),
            "never_stated": _without(found.facts, found.stated),
            "never_decided": _without(found.stated, found.decided),
        },
    }
    return as_json(
        {
            "examples": view.examples,
            "purchases": view.purchases,
            "figures": figures,
            "policies": [_policy_record(policy) for policy in found.policies],
            "definitions": [
                {"name": definition.name, "file": definition.file, **_branches_record(definition.branches)}
                for definition in found.definitions
            ],
        }
    )


def _lines(view: CoverageView) -> Iterator[str]:
    found = view.coverage
    purchases = f" and {counted(view.purchases, 'purchase', 'purchases')}" if view.purchases else ""
    policies = counted(len(found.policies), "policy", "policies")
    yield from wrapped(f"{policies}, tried by {counted(view.examples, 'example', 'examples')}{purchases}")
    yield ""
    rows = [_row(title, tally) for title, tally in _figures(found) if tally.total]
    yield from Table.fitted(_COLUMNS, rows).lines(rows)
    for policy in found.policies:
        yield from _untried(policy.policy.identity, policy.policy.file, policy.branches, policy.missing)
    for definition in found.definitions:
        yield from _untried(f"definition {definition.name}", definition.file, definition.branches)
    yield from _names("Facts nobody stated", _without(found.facts, found.stated))
    yield from _names("Facts that were stated and decided nothing", _without(found.stated, found.decided))


def _figures(found: Coverage) -> Iterator[tuple[str, Tally]]:
    yield "policies seen to pass, to fail and not to apply", found.of_policies
    yield "branches of `when` and `require`", found.of_branches
    yield "branches of definitions", found.of_definitions
    yield "facts that were stated", found.of_facts
    yield "facts that decided something", found.of_deciding


def _names(title: str, names: Iterable[str]) -> Iterator[str]:
    return Style(colour=False).section(title, wrapped(", ".join(names), "  ", "  "))


def _row(title: str, tally: Tally) -> list[str]:
    return [title, f"{tally.met:,}", f"{tally.total:,}", f"{tally.percent:g}%"]


def _untried(name: str, file: str, branches: Branches, missing: Iterable[Outcome] = ()) -> Iterator[str]:
    """What is left to try under the name of its policy or definition; nothing where all was tried.

    Places are not wrapped, so that an editor can follow them.
    """
    outcomes = [f"  never seen {_TO_SHOW[outcome]}" for outcome in missing]
    lines = [*outcomes, *(_place(file, branch) for branch in branches.never)]
    if lines:
        yield ""
        yield one_line(name)
        yield from lines


def _place(file: str, branch: NeverTaken) -> str:
    place = f"{file}:{branch.place.line}:{branch.place.column}"
    return one_line(f"  {place}: never {_word(value=branch.value)}: {shown(branch.condition, _LONGEST)}")


def _word(*, value: bool) -> str:
    return "true" if value else "false"


def _policy_record(found: PolicyCoverage) -> dict[str, Any]:
    return {
        "id": found.policy.identity,
        "file": found.policy.file,
        "outcomes": [outcome.word for outcome in found.outcomes],
        "never_seen": [outcome.word for outcome in found.missing],
        **_branches_record(found.branches),
    }


def _branches_record(found: Branches) -> dict[str, Any]:
    never = [
        {
            "condition": branch.condition,
            "value": branch.value,
            "line": branch.place.line,
            "column": branch.place.column,
        }
        for branch in found.never
    ]
    return {"branches": _share(found.taken), "never_taken": never}


def _share(tally: Tally) -> dict[str, float]:
    return {"met": tally.met, "total": tally.total, "percent": tally.percent}


def _without(names: Iterable[str], others: Iterable[str]) -> list[str]:
    known = frozenset(others)
    return [name for name in names if name not in known]
