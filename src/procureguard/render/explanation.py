"""Explanations of policies, findings, facts and diagnostic codes as text."""

from collections.abc import Iterable, Iterator, Sequence

from procureguard.cel.english import alternatives, bullets
from procureguard.cel.types import BOOL
from procureguard.cel.unparser import unparse
from procureguard.examples import ExampleResult
from procureguard.facts.gather import Facts
from procureguard.facts.schema import FactSchema, FactType, to_words
from procureguard.finding import Outcome
from procureguard.policy.expression import Expression
from procureguard.policy.model import Effect, Pack, Policy, PolicySet
from procureguard.policy.written import Definition, WrittenPolicies, WrittenPolicy
from procureguard.render.policy_words import (
    OUTCOMES,
    Parameter,
    agreement,
    exception,
    parameters,
    period,
    with_parameters,
)
from procureguard.render.report_words import DUES
from procureguard.render.style import item, listing, wrapped
from procureguard.report.headline import ROLES
from procureguard.source.codes import CODES
from procureguard.source.text import printable
from procureguard.trace import Trace


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


def explain_definition(definition: Definition, policies: tuple[str, ...]) -> str:
    """What a name that policies share stands for, and which of them rest on it."""
    checked = definition.expression.checked
    any_of, all_of = alternatives(checked), bullets(checked)
    head = "one of these is so" if len(any_of) > 1 else "all of this is so"
    yes_or_no = checked.types[checked.tree.identity] == BOOL
    lines = [*wrapped(f"{definition.name}: {definition.title}")]
    lines += listing(f"It holds when {head}:" if yes_or_no else "It stands for:", any_of if len(any_of) > 1 else all_of)
    if definition.left_alone:
        lines += ["", *wrapped(f"Not a way out: {', '.join(sorted(definition.left_alone))}")]
    lines += ["", *wrapped(f"Policies that rest on it: {', '.join(policies) or 'none'}")]
    return _text(lines)


def explain_policy(written: WrittenPolicy) -> str:
    """A policy in words: what it asks, why, and the way to yes."""
    return _text(_policy(written))


def show_in_full(written: WrittenPolicy, policies: PolicySet, examples: Sequence[ExampleResult]) -> str:
    """Everything about a policy: as English and as CEL, its parameters, its sentences, and what its examples gave."""
    return _text(_full(written, policies, examples))


def explain_finding(written: WrittenPolicy, policies: WrittenPolicies, schema: FactSchema, facts: Facts) -> str:
    """Why a policy comes out as it does for a purchase: line by line, with the facts it rests on."""
    return _text(_finding(written, policies, schema, facts))


def _finding(written: WrittenPolicy, policies: WrittenPolicies, schema: FactSchema, facts: Facts) -> Iterator[str]:
    finding = Trace(facts, policies).outcome(written)
    yield from wrapped(f"{written.policy.identity}: {_state(written.policy, finding.outcome, facts)}")
    yield ""
    yield from _policy(written)
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


def _policy(written: WrittenPolicy) -> Iterator[str]:
    policy = written.policy
    yield from wrapped(f"{policy.title} ({policy.effect.word}, {ROLES[policy.role]})")
    yield from _asked(written)
    yield ""
    yield from _entry("Why", policy.why)
    yield from _entry("Way to yes", with_parameters(policy.remedy, policy))
    yield from _origin(policy)


def _asked(written: WrittenPolicy, *, in_cel: bool = False) -> Iterator[str]:
    """When a policy applies and what it asks, in English; on demand as expressions too, each in one line to copy."""
    for title, expression in (
        ("It applies when all of this is so:", written.when),
        ("It asks that all of this holds:", written.require),
    ):
        if expression is not None:
            yield ""
            yield title
            yield from _bullets(expression)
            if in_cel:
                yield f"  in CEL: {printable(unparse(expression.checked.tree))}"


def _origin(policy: Policy) -> Iterator[str]:
    if policy.references:
        yield from _entry("See", ", ".join(policy.references))
    yield from _entry("File", f"{policy.file}:{policy.place.line}")


def _full(written: WrittenPolicy, policies: PolicySet, examples: Sequence[ExampleResult]) -> Iterator[str]:
    policy = written.policy
    yield from wrapped(f"{policy.identity}: {policy.title}", "", "  ")
    yield ""
    for name, text in _head(written, policies):
        yield from _indented(f"{name}: {text}")
    yield from _asked(written, in_cel=True)
    yield from listing("Parameters:", (f"{found.name}: {_parameter(found)}" for found in parameters(written)))
    yield ""
    yield from _entry("Message", with_parameters(policy.message, policy))
    yield from _entry("Why", policy.why)
    yield from _entry("Way to yes", with_parameters(policy.remedy, policy))
    if policy.never_suggest:
        yield from _entry("Not a way out", ", ".join(sorted(policy.never_suggest)))
    if policy.ask:
        yield from _entry("Question to the vendor", with_parameters(policy.ask, policy))
    yield from _origin(policy)
    yield from listing("Examples:", [_example(result) for result in examples])


def _head(written: WrittenPolicy, policies: PolicySet) -> Iterator[tuple[str, str]]:
    """What decides who is asked, and when it counts."""
    policy = written.policy
    due = f", due {DUES[policy.due]}" if policy.effect is Effect.CONDITION else ""
    yield "effect", f"{policy.effect.word}{due}"
    yield "role", ROLES[policy.role]
    pack = policies.packs.get(policy.pack)
    yield "pack", "none" if pack is None else _pack(pack)
    yield "in force", period(policy)
    yield "may be waived", exception(written)
    if policy.evidence:
        yield "weakest source that proves it", policy.evidence
    if policy.root:
        yield "root cause", f"{policy.root} ({policies.roots.get(policy.root, 'not declared')})"


def _pack(pack: Pack) -> str:
    told = [
        f"release {pack.release}",
        f"agreed by {agreement(pack)}",
        *([f"to be looked at again by {pack.review_by}"] if pack.review_by else []),
    ]
    return f"{pack.identity} ({pack.title}; {', '.join(told)})"


def _parameter(found: Parameter) -> str:
    changed = "" if found.in_file is None else f", in its file {found.in_file}"
    return f"{found.value} ({found.type}{changed}): {found.about}"


def _example(result: ExampleResult) -> str:
    waits = f", waiting for {', '.join(sorted(result.waits))}" if result.waits else ""
    day = f" (on {result.example.as_of})" if result.example.as_of else ""
    return f"{result.outcome}{waits}: {result.example.name}{day}"


def _entry(name: str, text: str) -> Iterator[str]:
    return wrapped(f"{name}: {text}", "", "  ")


def _bullets(expression: Expression) -> Iterator[str]:
    for phrase in bullets(expression.checked):
        for line in phrase.split("\n"):
            yield from item(line)


def _indented(text: str) -> Iterator[str]:
    return wrapped(text, "  ", "    ")


def _text(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"
