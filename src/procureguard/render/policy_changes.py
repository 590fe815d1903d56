"""A change of policies as a person reads it on a terminal, at most 80 columns wide, and as JSON."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from procureguard.analysis.sayings import Change
from procureguard.render.change_words import (
    READ,
    asked,
    cause_words,
    compared,
    concerned,
    kept_words,
    kind_words,
    label,
    part_words,
    read_out,
    reading,
    turn_words,
    value,
)
from procureguard.render.counting import counted
from procureguard.render.json import as_json
from procureguard.render.policy_changes_markdown import render_changes_markdown
from procureguard.render.style import Style, item, one_line, wrapped
from procureguard.report.change_contract import ChangedPart, ChangedPolicy, ChangeReport, Purchases, Turn

SHORT = 60
"""What is longer than this is set on two lines, before and now."""


def render_changes_text(report: ChangeReport, *, colour: bool = False) -> str:
    """The whole report in plain sentences, ending in a new line."""
    return "\n".join(_lines(report, Style(colour))) + "\n"


def render_changes_json(report: ChangeReport) -> str:
    """One JSON object that answers to its published schema; equal changes give equal bytes."""
    return as_json(report.to_dict())


FORMATS: Mapping[str, Callable[[ChangeReport], str]] = {
    "text": render_changes_text,
    "markdown": render_changes_markdown,
    "json": render_changes_json,
}
"""Formats by name; each takes a report on a change and returns its whole text."""


def _lines(report: ChangeReport, style: Style) -> Iterator[str]:
    yield from (style.strong(line) for line in wrapped(report.summary))
    yield ""
    day = f", purchases as of {report.purchases.as_of}" if report.purchases else ""
    yield from wrapped(f"{compared(report)}{day}", "  ", "    ")
    if report.purchases is not None:
        yield from style.section("Answers", _purchases(report.purchases))
    for pack in dict.fromkeys(policy.pack for policy in report.policies):
        found = [policy for policy in report.policies if policy.pack == pack]
        title = f"Policies of {one_line(pack)}" if pack else "Policies of no pack"
        yield from style.section(title, (line for policy in found for line in _policy(policy)))
    yield from style.section("Definitions", _parts(report.definitions))
    yield from style.section("Packs", _parts(report.packs))
    yield from style.section("Root causes", _parts(report.roots))
    yield from style.section("Form", _parts(report.form))


def _purchases(purchases: Purchases) -> Iterator[str]:
    for turn in purchases.turned:
        yield from _turn(turn)
    kept = kept_words(purchases)
    if kept is not None:
        yield from item(kept)


def _turn(turn: Turn) -> Iterator[str]:
    yield from item(f"{turn.name} ({turn.purchase}): {turn_words(turn)}")
    people = concerned(turn)
    if people is not None:
        yield from wrapped(f"This concerns {people}.", "    ", "    ")
    for cause in turn.causes:
        yield from wrapped(cause_words(cause), "    * ", "      ")


def _policy(policy: ChangedPolicy) -> Iterator[str]:
    yield from item(f"{policy.id} {kind_words(policy)}: {policy.title}")
    yield from _changes(asked(policy), new=policy.change == "new")


def _parts(found: Sequence[ChangedPart]) -> Iterator[str]:
    for part in found:
        title = "" if part.title == part.id else f": {part.title}"
        yield from item(f"{part.id} {part_words(part)}{title}")
        if part.policies:
            users = counted(len(part.policies), "policy rests", "policies rest")
            yield from wrapped(f"{users} on it: {', '.join(part.policies)}", "    ", "      ")
        yield from _changes(part.changes if part.change == "different" else (), new=False)


def _changes(changes: Sequence[Change], *, new: bool) -> Iterator[str]:
    for change in changes:
        yield from _read_out(change, new=new) if change.aspect in READ else _said(change)


def _read_out(change: Change, *, new: bool) -> Iterator[str]:
    yield from wrapped(reading(change), "    ", "      ")
    for side, phrase in read_out(change, new=new):
        yield from wrapped(f"{side}: {phrase}" if side else f"- {phrase}", "      ", "        ")


def _said(change: Change) -> Iterator[str]:
    before, after = value(change, change.before), value(change, change.after)
    about = f" ({change.about})" if change.about else ""
    if len(before) + len(after) <= SHORT:
        yield from wrapped(f"{label(change)}: {before} -> {after}{about}", "    ", "      ")
    else:
        yield from wrapped(f"{label(change)}{about}:", "    ", "      ")
        yield from wrapped(f"before: {before}", "      ", "        ")
        yield from wrapped(f"now: {after}", "      ", "        ")
