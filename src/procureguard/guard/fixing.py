"""Mending files: the fixes that diagnostics carry, made in their texts as long as new ones appear."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Data, Document, Node
from procureguard.source.edit import Edit, edited
from procureguard.source.text import Span

MOST_ROUNDS = 200
"""A hundred mistakes of a file are listed at once, and some show only when others are mended."""

Check = Callable[[Mapping[str, str]], tuple[list[Document], list[Diagnostic]]]
"""Reads and checks all files, those named with these texts in place of their own; says what is wrong."""


class Mended(NamedTuple):
    """What became of the files: the new texts of those that changed, what is still wrong, how much was mended."""

    texts: Mapping[str, str]
    problems: list[Diagnostic]
    made: int


def mended(documents: Iterable[Document], problems: list[Diagnostic], check: Check) -> Mended:
    """Makes all fixes, and those that appear once they are made; a file that would not read as it should stays."""
    texts: dict[str, str] = {}
    stuck: set[str] = set()
    seen: set[tuple[str, str]] = set()
    made = 0
    for _ in range(MOST_ROUNDS):
        fixes = {name: fix for name, fix in _fixes(problems).items() if name not in stuck}
        if not fixes:
            break
        before = {document.source.name: document for document in documents}
        tried = {name: edited(fix.text, fix.edits) for name, fix in fixes.items()}
        read, found = check({**texts, **tried})
        after = {document.source.name: document for document in read}
        wrong = {name for name, fix in fixes.items() if not _is_mended(before.get(name), after.get(name), fix.edits)}
        wrong |= {name for name, text in tried.items() if (name, text) in seen}
        stuck |= wrong
        if wrong:
            continue
        seen |= tried.items()
        texts |= tried
        made += sum(fix.mistakes for fix in fixes.values())
        documents, problems = read, found
    return Mended(texts, problems, made)


class _Fix(NamedTuple):
    """All that can be changed in one text at once, and how many mistakes that mends."""

    text: str
    edits: tuple[Edit, ...]
    mistakes: int


def _fixes(problems: Iterable[Diagnostic]) -> dict[str, _Fix]:
    """For each file the fixes that do not touch each other; the others have their turn later."""
    found: dict[str, _Fix] = {}
    for problem in problems:
        if problem.fix and problem.source is not None:
            fix = found.get(problem.name, _Fix(problem.source.text, (), 0))
            if set(problem.fix) <= set(fix.edits):
                found[problem.name] = fix._replace(mistakes=fix.mistakes + 1)
            elif not any(_touch(edit.span, other.span) for edit in problem.fix for other in fix.edits):
                found[problem.name] = _Fix(fix.text, (*fix.edits, *problem.fix), fix.mistakes + 1)
    return found


def _touch(one: Span, other: Span) -> bool:
    return one.start <= other.end and other.start <= one.end


def _is_mended(before: Document | None, after: Document | None, edits: tuple[Edit, ...]) -> bool:
    """Whether a text can be read after mending, and reads as before but for what was mended."""
    if after is None or before is None:
        return after is not None
    return _is_same((before.data, before.root), (after.data, after.root), edits)


def _is_same(before: tuple[Data, Node], after: tuple[Data, Node], edits: tuple[Edit, ...]) -> bool:
    """Whether two values are the same but for the stretches of the first that are edited."""
    (old, old_node), (new, new_node) = before, after
    if not any(edit.span.start < old_node.end and old_node.start < edit.span.end for edit in edits):
        return old == new and type(old) is type(new)
    if isinstance(old, dict) and isinstance(new, dict):
        return _same_members((old, old_node), (new, new_node), edits)
    if isinstance(old, list) and isinstance(new, list) and old_node.items is not None and new_node.items is not None:
        pairs = zip(zip(old, old_node.items, strict=True), zip(new, new_node.items, strict=True), strict=False)
        return len(old) == len(new) and all(_is_same(one, other, edits) for one, other in pairs)
    return not isinstance(old, dict) and not isinstance(new, dict)


def _same_members(
    before: tuple[dict[str, Data], Node], after: tuple[dict[str, Data], Node], edits: tuple[Edit, ...]
) -> bool:
    (old, old_node), (new, new_node) = before, after
    assert old_node.members is not None
    assert new_node.members is not None
    if len(old) != len(new):
        return False
    for (name, member), (new_name, new_member) in zip(old_node.members.items(), new_node.members.items(), strict=True):
        renamed = any(edit.span == Span(member.start, member.end) for edit in edits)
        if name != new_name and not renamed:
            return False
        if not _is_same((old[name], member.node), (new[new_name], new_member.node), edits):
            return False
    return True
