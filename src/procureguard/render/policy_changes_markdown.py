"""A change of policies as a comment on a pull request: the point first, details folded, nothing in it but text."""

from collections.abc import Iterable, Iterator, Sequence

from procureguard.analysis.sayings import Change
from procureguard.render.cases import CASES
from procureguard.render.change_words import (
    READ,
    asked,
    cause_words,
    concerned,
    kept_words,
    kind_words,
    label,
    part_words,
    read_out,
    reading,
    value,
)
from procureguard.render.counting import counted
from procureguard.render.markdown import Section, code, escaped, folded, row, within
from procureguard.report.change_contract import ChangedPart, ChangedPolicy, ChangeReport, Turn

MOST = 65_000
"""Characters that a comment may have."""

LONGEST = 400
"""Characters of one text that are shown."""

MOST_CAUSES = 10
"""Causes that a row of a table can hold; text and JSON name all of them."""

TURN_COLUMNS = ("purchase", "whom it concerns", "before", "now", "why")


def render_changes_markdown(report: ChangeReport) -> str:
    """The report as Markdown of at most 65,000 characters, ending in a new line."""
    turned = report.purchases.turned if report.purchases is not None else ()
    lead = [row(TURN_COLUMNS), row("---" for _ in TURN_COLUMNS)]
    sections = (
        Section("Answers that turn", lead, [_turn(turn) for turn in turned]),
        Section("Policies", (), list(_policies(report.policies))),
        Section("Definitions", (), [_part(part) for part in report.definitions]),
        Section("Packs", (), [_part(part) for part in report.packs]),
        Section("Root causes", (), [_part(part) for part in report.roots]),
        Section("Form", (), [_part(part) for part in report.form]),
    )
    return within("\n\n".join(_head(report)), sections, MOST)


def _head(report: ChangeReport) -> Iterator[str]:
    yield f"## {_text(report.summary.removesuffix('.'))}"
    day = f", purchases as of {report.purchases.as_of}" if report.purchases else ""
    yield f"{code(report.before.name)} → {code(report.after.name)}{day}"
    kept = kept_words(report.purchases) if report.purchases is not None else None
    if kept is not None:
        yield _text(kept)


def _turn(turn: Turn) -> str:
    causes = [_text(cause_words(cause)) for cause in turn.causes[:MOST_CAUSES]]
    further = len(turn.causes) - len(causes)
    why = "<br>".join([*causes, f"and {further:,} more"] if further else causes)
    name = f"{_text(turn.name)} ({_text(turn.purchase)})"
    return row((name, _text(concerned(turn) or ""), CASES[turn.before], f"**{CASES[turn.after]}**", why))


def _policies(policies: Sequence[ChangedPolicy]) -> Iterator[str]:
    """Every policy, the first of each pack under the name of the pack."""
    last = None
    for policy in policies:
        heading = f"#### {_text(policy.pack or 'of no pack')}\n\n" if policy.pack != last else ""
        last = policy.pack
        told = f"{code(policy.id)} {_text(kind_words(policy))}: {_text(policy.title)}"
        yield heading + _entry(told, _changes(asked(policy), new=policy.change == "new"))


def _part(part: ChangedPart) -> str:
    title = "" if part.title == part.id else f": {_text(part.title)}"
    users = counted(len(part.policies), "policy rests", "policies rest")
    rests = [f"- {users} on it: {', '.join(map(code, part.policies))}"] if part.policies else []
    changes = _changes(part.changes if part.change == "different" else (), new=False)
    return _entry(f"{code(part.id)} {part_words(part)}{title}", [*rests, *changes])


def _entry(told: str, lines: Iterable[str]) -> str:
    """A point; what there is to say of it is folded."""
    inside = list(lines)
    return folded(told, inside) if inside else f"- {told}"


def _changes(changes: Sequence[Change], *, new: bool) -> Iterator[str]:
    for change in changes:
        about = f" ({_text(change.about)})" if change.about else ""
        if change.aspect in READ:
            yield f"- **{_text(reading(change))}**"
            for side, phrase in read_out(change, new=new):
                yield f"  - {side}: {_text(phrase)}" if side else f"  - {_text(phrase)}"
        else:
            before, after = (_text(value(change, lines)) for lines in (change.before, change.after))
            yield f"- **{_text(label(change))}**{about}: {before} → {after}"


def _text(text: str) -> str:
    return escaped(text, LONGEST)
