"""Explanations of policies, findings, facts and diagnostic codes as text."""

import textwrap
from collections.abc import Iterator

from procureguard.cel import bullets
from procureguard.compile import Program
from procureguard.facts import Facts, FactSchema, FactType, to_words
from procureguard.finding import Outcome
from procureguard.policy import Expression, Policy
from procureguard.report import ROLES
from procureguard.source import CODES
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


def explain_policy(policy: Policy, program: Program) -> str:
    """A policy in words: what it asks, why, and the way to yes."""
    return "\n".join(_policy(policy, program)) + "\n"


def explain_finding(policy: Policy, program: Program, schema: FactSchema, facts: Facts) -> str:
    """Why a policy comes out as it does for a purchase: line by line, with the facts it read."""
    finding = Trace(facts, program.policies).outcome(policy)
    lines = [f"{policy.identity}: {OUTCOMES[finding.outcome]}", ""]
    lines += _policy(policy, program)
    lines += ["", "It rests on these facts:"]
    for path in finding.reads:
        lines += _read(path, schema, facts)
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


def _policy(policy: Policy, program: Program) -> Iterator[str]:
    yield f"{policy.title} ({policy.effect.word}, {ROLES[policy.role]})"
    if policy.when is not None:
        yield ""
        yield "It applies when all of this is so:"
        yield from _bullets(policy.when)
    yield ""
    yield "It asks that all of this holds:"
    yield from _bullets(policy.require)
    yield ""
    yield from textwrap.wrap(f"Why: {policy.why}", WIDTH, subsequent_indent="  ")
    yield from textwrap.wrap(f"Way to yes: {policy.remedy}", WIDTH, subsequent_indent="  ")
    if policy.references:
        yield from textwrap.wrap(f"See: {', '.join(policy.references)}", WIDTH, subsequent_indent="  ")
    place = policy.place
    file = program.policies.get(policy.identity)
    assert file is not None
    yield f"File: {file.document.source.name}:{place.line}"


def _bullets(expression: Expression) -> Iterator[str]:
    for phrase in bullets(expression.checked):
        for line in phrase.split("\n"):
            yield from textwrap.wrap(
                line, WIDTH, initial_indent="  - ", subsequent_indent="    ", break_on_hyphens=False
            )
