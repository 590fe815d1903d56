"""Explanations of policies, findings, facts and diagnostic codes as text."""

import textwrap
from collections.abc import Iterator

from procureguard.cel.english import bullets
from procureguard.facts.gather import Facts
from procureguard.facts.schema import FactSchema, FactType, to_words
from procureguard.finding import Outcome
from procureguard.policy.expression import Expression
from procureguard.policy.written import WrittenPolicies, WrittenPolicy
from procureguard.report.headline import ROLES
from procureguard.source.codes import CODES
from procureguard.trace import Trace

WIDTH = 80

OUTCOMES = {
    Outcome.PASS: "holds",
    Outcome.FAIL: "does not hold",
    Outcome.UNKNOWN: "not known yet",
    Outcome.NOT_APPLICABLE: "does not apply",
}


def explain_code(code: str) -> str:
    """What a diagnostic code means, and how to mend it."""
    return f"{code}: {CODES[code].title}\n\n{textwrap.fill(CODES[code].explanation, WIDTH)}\n"


def explain_fact(kind: FactType, policies: list[str]) -> str:
    """What a fact means, who states it, and which policies read it."""
    lines = [f"{kind.path}: {kind.title}", ""]
    lines.append(f"  type: {kind.type}{f', in {kind.unit}' if kind.unit else ''}")
    if kind.values:
        lines += textwrap.wrap(
            f"one of: {', '.join(kind.values)}", WIDTH, initial_indent="  ", subsequent_indent="    "
        )
    if kind.question:
        lines += textwrap.wrap(f"asked as: {kind.question}", WIDTH, initial_indent="  ", subsequent_indent="    ")
    lines.append(f"  stated by: {ROLES.get(kind.stated_by, kind.stated_by)}")
    read = ", ".join(policies) or "no policy"
    lines += textwrap.wrap(f"read by: {read}", WIDTH, initial_indent="  ", subsequent_indent="    ")
    return "\n".join(lines) + "\n"


def explain_policy(written: WrittenPolicy) -> str:
    """A policy in words: what it asks, why, and the way to yes."""
    return "\n".join(_policy(written)) + "\n"


def explain_finding(written: WrittenPolicy, policies: WrittenPolicies, schema: FactSchema, facts: Facts) -> str:
    """Why a policy comes out as it does for a purchase: line by line, with the facts it rests on."""
    finding = Trace(facts, policies).outcome(written)
    lines = [f"{written.policy.identity}: {OUTCOMES[finding.outcome]}", "", *_policy(written)]
    for title, paths in (
        ("It applies because of these facts:", finding.applies_by),
        ("It rests on these facts:", finding.reads),
    ):
        if paths:
            lines += ["", title, *(line for path in paths for line in _read(path, schema, facts))]
    if finding.waits:
        lines += ["", "It waits for:", *(f"  {path}: {schema[path].title}" for path in sorted(finding.waits))]
    return "\n".join(lines) + "\n"


def _read(path: str, schema: FactSchema, facts: Facts) -> list[str]:
    fact = facts.known.get(path)
    if fact is None:
        return [f"  {path}: nobody has stated it"]
    source = (
        f"computed from {', '.join(fact.inputs) or 'the day given'}"
        if fact.source == "computed"
        else f"said by {fact.source}"
    )
    if fact.place is not None:
        source += f", {fact.place.role} {fact.place.document} line {fact.place.line}"
    text = f"{path}: {to_words(schema[path], fact.value)} ({source})"
    return textwrap.wrap(text, WIDTH, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)


def _policy(written: WrittenPolicy) -> Iterator[str]:
    policy = written.policy
    yield f"{policy.title} ({policy.effect.word}, {ROLES[policy.role]})"
    if written.when is not None:
        yield ""
        yield "It applies when all of this is so:"
        yield from _bullets(written.when)
    yield ""
    yield "It asks that all of this holds:"
    yield from _bullets(written.require)
    yield ""
    yield from textwrap.wrap(f"Why: {policy.why}", WIDTH, subsequent_indent="  ")
    yield from textwrap.wrap(f"Way to yes: {policy.remedy}", WIDTH, subsequent_indent="  ")
    if policy.references:
        yield from textwrap.wrap(f"See: {', '.join(policy.references)}", WIDTH, subsequent_indent="  ")
    yield f"File: {policy.file}:{policy.place.line}"


def _bullets(expression: Expression) -> Iterator[str]:
    for phrase in bullets(expression.checked):
        for line in phrase.split("\n"):
            yield from textwrap.wrap(
                line, WIDTH, initial_indent="  - ", subsequent_indent="    ", break_on_hyphens=False
            )
