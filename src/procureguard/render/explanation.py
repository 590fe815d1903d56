"""Explanations of policies, findings, facts and diagnostic codes as text."""

from collections.abc import Iterable, Iterator

from procureguard.cel import bullets
from procureguard.compile import Program
from procureguard.facts import Facts, FactSchema, FactType, to_words
from procureguard.finding import Outcome
from procureguard.policy import Expression, Policy
from procureguard.render.style import wrapped
from procureguard.report import ROLES
from procureguard.source import CODES
from procureguard.trace import Trace

OUTCOMES = {
    Outcome.PASS: "holds",
    Outcome.FAIL: "does not hold",
    Outcome.UNKNOWN: "not known yet",
    Outcome.NOT_APPLICABLE: "does not apply",
}


def explain_code(code: str) -> str:
    """What a diagnostic code means, and how to mend it."""
    return _text([f"{code}: {CODES[code].title}", "", *wrapped(CODES[code].explanation)])


def explain_fact(kind: FactType, policies: list[str]) -> str:
    """What a fact means, who states it, and which policies read it."""
    lines = [*wrapped(f"{kind.path}: {kind.title}"), ""]
    lines += _indented(f"type: {kind.type}{f', in {kind.unit}' if kind.unit else ''}")
    if kind.values:
        lines += _indented(f"one of: {', '.join(kind.values)}")
    if kind.question:
        lines += _indented(f"asked as: {kind.question}")
    lines += _indented(f"stated by: {ROLES.get(kind.stated_by, kind.stated_by)}")
    lines += _indented(f"read by: {', '.join(policies) or 'no policy'}")
    return _text(lines)


def explain_policy(policy: Policy) -> str:
    """A policy in words: what it asks, why, and the way to yes."""
    return _text(_policy(policy))


def explain_finding(policy: Policy, program: Program, schema: FactSchema, facts: Facts) -> str:
    """Why a policy comes out as it does for a purchase: line by line, with the facts it rests on."""
    return _text(_finding(policy, program, schema, facts))


def _finding(policy: Policy, program: Program, schema: FactSchema, facts: Facts) -> Iterator[str]:
    finding = Trace(facts, program.policies).outcome(policy)
    yield from wrapped(f"{policy.identity}: {_state(policy, finding.outcome, facts)}")
    yield ""
    yield from _policy(policy)
    yield ""
    yield "It rests on these facts:"
    for path in dict.fromkeys((*finding.applies_by, *finding.reads)):
        yield from _indented(_read(path, schema, facts))
    if finding.waits:
        yield ""
        yield "It waits for:"
        for path in sorted(finding.waits):
            yield from _indented(f"{path}: {schema[path].title}")


def _state(policy: Policy, outcome: Outcome, facts: Facts) -> str:
    missing = policy.registers - facts.registers.supplied
    if not policy.in_force(facts.as_of):
        return f"not in force on {facts.as_of}"
    return f"not checked without {', '.join(sorted(missing))}" if missing else OUTCOMES[outcome]


def _read(path: str, schema: FactSchema, facts: Facts) -> str:
    fact = facts.known.get(path)
    if fact is None:
        return f"{path}: nobody has stated it"
    source = (
        f"computed from {', '.join(fact.inputs) or 'the day given'}"
        if fact.source == "computed"
        else f"said by {fact.source}"
    )
    if fact.place is not None:
        source += f", {fact.place.role} {fact.place.document} line {fact.place.line}"
    return f"{path}: {to_words(schema[path], fact.value)} ({source})"


def _policy(policy: Policy) -> Iterator[str]:
    yield from wrapped(f"{policy.title} ({policy.effect.word}, {ROLES[policy.role]})")
    if policy.when is not None:
        yield ""
        yield "It applies when all of this is so:"
        yield from _bullets(policy.when)
    yield ""
    yield "It asks that all of this holds:"
    yield from _bullets(policy.require)
    yield ""
    yield from wrapped(f"Why: {policy.why}", "", "  ")
    yield from wrapped(f"Way to yes: {policy.remedy}", "", "  ")
    if policy.references:
        yield from wrapped(f"See: {', '.join(policy.references)}", "", "  ")
    yield from wrapped(f"File: {policy.document.source.name}:{policy.place.line}", "", "  ")


def _bullets(expression: Expression) -> Iterator[str]:
    for phrase in bullets(expression.checked):
        for line in phrase.split("\n"):
            yield from wrapped(line, "  - ", "    ")


def _indented(text: str) -> Iterator[str]:
    return wrapped(text, "  ", "    ")


def _text(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"
