"""What could be better about policies that are valid: each rule is one small function in the table at the end."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from procureguard.cel.checker import Checked
from procureguard.cel.interpreter import Unknown, interpret
from procureguard.cel.unparser import unparse
from procureguard.facts.derived import stated_inputs
from procureguard.facts.schema import PLAN, stated_facts
from procureguard.policy.model import PARAMETER_PREFIX
from procureguard.policy.reading import grade, sentences, words
from procureguard.policy.text import placeholders
from procureguard.policy.written import TIERS, WrittenPolicies, WrittenPolicy
from procureguard.source.diagnostic import Diagnostic, did_you_mean
from procureguard.source.document import Document
from procureguard.source.kind import kind_of
from procureguard.stack.profile import PARTIES

LONGEST = 25
"""Words of a sentence."""

HARDEST = 9.0
"""School grade of a text, what stands in brackets left out."""

SPOKEN = ("title", "message", "why", "remedy", "ask")
"""Fields that whoever wants to buy something reads, or sends to the vendor."""

UNFILLED = frozenset({"title", "why"})
"""Fields in which no fact or parameter is filled in."""

OWN_AFFAIRS = frozenset({"cost"})
"""Domains of packs whose rules come from the organisation itself and need no standard behind them."""

FAMILIAR = frozenset({"AI", "EU", "IT", "UK", "US"})
BLAME = re.compile(r"\b(?:violat\w+|non-?complian\w+|failed|blocked|stakeholders?|leverag\w+)\b", re.IGNORECASE)
ABBREVIATION = re.compile(r"(?<![\w{.-])[A-Z][A-Z0-9]*[A-Z](?:s\b|(?!\w|[.}-]\w))")
ASIDE = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Subject:
    """The policies to look at, on a day."""

    policies: WrittenPolicies
    as_of: date

    def files(self, kind: str) -> Iterator[tuple[Document, Mapping[str, Any]]]:
        """The files of a kind with their data."""
        for document in self.policies.documents:
            if kind_of(document) == kind and isinstance(document.data, dict):
                yield document, document.data

    def passages(self, fields: tuple[str, ...]) -> "Iterator[Passage]":
        """What these fields of all policies say, as their files have it, and what the form asks."""
        for written in self.policies.written:
            yield from passages(written, fields)
        for document, data in self.files("form") if "ask" in fields else ():
            for place, question in enumerate(data["questions"]):
                yield Passage(document, f"questions/{place}/ask", question["ask"])


@dataclass(frozen=True, slots=True)
class Passage:
    """What one field of a policy says."""

    document: Document
    field: str
    text: str

    def warning(self, code: str, message: str, hint: str, start: int = 0, end: int | None = None) -> Diagnostic:
        """A warning about a stretch of the passage, or all of it."""
        span = self.document.locate(f"/{self.field}", start, len(self.text) if end is None else end)
        return Diagnostic.warning(code, message, self.document.source, span, hint)


Rule = Callable[[Subject], Iterator[Diagnostic]]


def lint(policies: WrittenPolicies, as_of: date) -> list[Diagnostic]:
    """Everything the rules have to say, rule by rule; all of it warnings."""
    return [found for rule in RULES for found in rule(Subject(policies, as_of))]


def passages(written: WrittenPolicy, fields: tuple[str, ...]) -> Iterator[Passage]:
    """What these fields of a policy say, as its file has it."""
    data = _data(written)
    return (Passage(written.document, field, data[field]) for field in fields if data.get(field))


# ---------------------------------------------------------------------- sentences


def long_sentences(subject: Subject) -> Iterator[Diagnostic]:
    """PG401: a sentence of more than 25 words."""
    for passage in subject.passages(SPOKEN):
        for start, end in sentences(passage.text):
            count = len(words(passage.text[start:end]))
            if count > LONGEST:
                message = f"this sentence has {count} words"
                yield passage.warning("PG401", message, f"say one thing, in {LONGEST} words at most", start, end)


def hard_reading(subject: Subject) -> Iterator[Diagnostic]:
    """PG402: a text is hard to read; brackets are for those who need them."""
    for passage in subject.passages(SPOKEN):
        level = grade(ASIDE.sub("", passage.text))
        if level > HARDEST:
            message = f"this takes {level:.1f} years of school"
            yield passage.warning("PG402", message, f"use shorter words and sentences, for {HARDEST:.0f} years at most")


def ids_in_sentences(subject: Subject) -> Iterator[Diagnostic]:
    """PG403: a sentence names a policy by its id; ids of one plain word cannot be told from that word."""
    ids = sorted(policy.identity for policy in subject.policies.policies.policies if "-" in policy.identity)
    if ids:
        pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, ids))})(?![\w-])")
        for passage in subject.passages(SPOKEN):
            for found in pattern.finditer(passage.text):
                message = f"`{found[0]}` is the id of a policy, which means nothing to the reader"
                yield passage.warning("PG403", message, "say what that policy asks", *found.span())


def abbreviations(subject: Subject) -> Iterator[Diagnostic]:
    """PG404: an abbreviation that stands neither in brackets nor before brackets that explain it."""
    for passage in subject.passages(SPOKEN):
        asides = list(ASIDE.finditer(passage.text))
        explained = {name for aside in asides for name in ABBREVIATION.findall(aside[0])}
        for found in ABBREVIATION.finditer(passage.text):
            before_brackets = passage.text[found.end() :].startswith(" (")
            if found[0] not in FAMILIAR | explained and not before_brackets:
                explained.add(found[0])
                hint = "use the words it stands for, and put it in brackets behind them if somebody needs it"
                yield passage.warning("PG404", f"not every reader knows `{found[0]}`", hint, *found.span())


def blame(subject: Subject) -> Iterator[Diagnostic]:
    """PG405: a word that accuses, or that only consultants use."""
    for passage in subject.passages(SPOKEN):
        for found in BLAME.finditer(passage.text):
            hint = "say what is missing, and what would help"
            yield passage.warning("PG405", f"`{found[0]}` sounds like blame or jargon", hint, *found.span())


# ---------------------------------------------------------------------- packs


def due_packs(subject: Subject) -> Iterator[Diagnostic]:
    """PG406: a pack past the day on which it is looked at again, or without such a day."""
    for document, data in subject.files("pack"):
        day = data.get("review_by")
        if day is None:
            message = f"nobody has said when the pack `{data['id']}` is looked at again"
            yield _warning("PG406", document, "/id", message, "add a line `review_by` with a day")
        elif date.fromisoformat(day) < subject.as_of:
            message = f"the pack `{data['id']}` was to be looked at again by {day}"
            yield _warning("PG406", document, "/review_by", message, "read its policies, then write a new day")


def agreed_packs(subject: Subject) -> Iterator[Diagnostic]:
    """PG407: a pack that marketing and IT have not both agreed to."""
    for document, data in subject.files("pack"):
        missing = sorted(PARTIES.keys() - set(data.get("agreed_by") or ()))
        if missing:
            message = f"the pack `{data['id']}` is not agreed by {' and '.join(missing)}"
            pointer = "/agreed_by" if data.get("agreed_by") else "/id"
            yield _warning("PG407", document, pointer, message, "write `agreed_by: [marketing, it]` once both have")


def ended_policies(subject: Subject) -> Iterator[Diagnostic]:
    """PG416: a policy whose last day in force is over."""
    for written in subject.policies.written:
        last = written.policy.effective_to
        if last is not None and last < subject.as_of:
            message, hint = f"this policy ended on {last}", "remove it, or correct the day"
            yield _warning("PG416", written.document, "/effective_to", message, hint)


# ---------------------------------------------------------------------- names


def references(subject: Subject) -> Iterator[Diagnostic]:
    """PG408: a policy that rests on no standard or law, where one is to be expected."""
    for written in subject.policies.written:
        if not written.policy.references and written.policy.domain not in OWN_AFFAIRS:
            message = f"the policy `{written.policy.identity}` names no standard or law it comes from"
            yield _warning("PG408", written.document, "/id", message, "list them under `references`")


def unused_definitions(subject: Subject) -> Iterator[Diagnostic]:
    """PG409: a definition that no policy and no risk tier needs."""
    named = {
        path for written in subject.policies.written for checked in written.expressions() for path in checked.paths
    }
    for definition in reversed(subject.policies.definitions):  # wholes before their parts
        if definition.name in named or definition.name.startswith(TIERS):
            named.update(definition.expression.checked.paths)
    for document, data in subject.files("definitions"):
        for place, entry in enumerate(data.get("definitions") or ()):
            if entry["name"] not in named and not entry["name"].startswith(TIERS):
                message = f"no policy uses the definition `{entry['name']}`"
                yield _warning("PG409", document, f"/definitions/{place}/name", message, "use it, or remove it")


def unused_roots(subject: Subject) -> Iterator[Diagnostic]:
    """PG410: a root cause that no policy names."""
    used = {policy.root for policy in subject.policies.policies.policies}
    for document, data in subject.files("definitions"):
        for name in data.get("roots") or ():
            if name not in used:
                span = document.key_span(f"/roots/{name}")
                message = f"no policy names the root cause `{name}`"
                yield Diagnostic.warning("PG410", message, document.source, span, "name it, or remove it")


def unknown_roots(subject: Subject) -> Iterator[Diagnostic]:
    """PG411: a root cause that is not declared."""
    known = subject.policies.policies.roots
    for written in subject.policies.written:
        root = written.policy.root
        if root is not None and root not in known:
            hint = did_you_mean(root, known) or "declare it under `roots` in a file of kind `definitions`"
            yield _warning("PG411", written.document, "/root", f"there is no root cause `{root}`", hint)


def unused_parameters(subject: Subject) -> Iterator[Diagnostic]:
    """PG412: a parameter that no expression and no sentence of its policy names."""
    for written in subject.policies.written:
        named = {path for checked in written.expressions() for path in checked.parameters}
        named |= {path for passage in passages(written, SPOKEN) for path in placeholders(passage.text)}
        for name in _data(written).get("params") or ():
            if f"{PARAMETER_PREFIX}{name}" not in named:
                span = written.document.key_span(f"/params/{name}")
                message = f"the policy does not use its parameter `{name}`"
                hint = f"name it as `{PARAMETER_PREFIX}{name}`, or remove it"
                yield Diagnostic.warning("PG412", message, written.document.source, span, hint)


def repeated_parameters(subject: Subject) -> Iterator[Diagnostic]:
    """PG418: a text repeats the value of a parameter, which an organisation may change."""
    for written in subject.policies.written:
        values = {name: spec["value"] for name, spec in (_data(written).get("params") or {}).items()}
        numbers = {name: f"{value:g}" for name, value in values.items() if type(value) in {int, float} and value > 1}
        for passage in passages(written, SPOKEN):
            for name, number in numbers.items():
                for found in re.finditer(rf"(?<![\d.:,]){re.escape(number)}(?![\d:]|[.,]\d)", passage.text):
                    message = f"`{number}` is the value of the parameter `{name}`, which may be another one elsewhere"
                    hint = "say it without the number" if passage.field in UNFILLED else f"write `{{params.{name}}}`"
                    yield passage.warning("PG418", message, hint, *found.span())


def idle_marks(subject: Subject) -> Iterator[Diagnostic]:
    """PG419: `never_suggest` names a fact whose change would not be suggested anyway."""
    definitions = {found.name: found for found in subject.policies.definitions}
    for written in subject.policies.written:
        yield from _idle(written.document, "", written.never_suggest, written.policy.facts)
    for document, data in subject.files("definitions"):
        for place, entry in enumerate(data.get("definitions") or ()):
            found = definitions.get(entry["name"])
            if found is not None:
                yield from _idle(document, f"/definitions/{place}", found.never_suggest, found.facts)


def _idle(document: Document, pointer: str, marks: Iterable[str], read: frozenset[str]) -> Iterator[Diagnostic]:
    reached = frozenset[str]().union(*map(stated_inputs, read))  # a plan carries whatever is read
    for place, path in enumerate(marks):
        kind = stated_facts().get(path)
        at = f"{pointer}/never_suggest/{place}"
        if path not in reached | read | {PLAN}:
            message = f"`{path}` is not read here, so that changing it could not help anyway"
            yield _warning("PG419", document, at, message, "take it out, or name the fact that is meant")
        elif kind is None or kind.way is None:
            message = f"nobody can change `{path}`, so that it is not suggested anyway"
            yield _warning("PG419", document, at, message, "take it out, or name the fact that it is computed from")


# ---------------------------------------------------------------------- meaning


def not_applicable(subject: Subject) -> Iterator[Diagnostic]:
    """PG413: no example shows a purchase that the policy leaves alone."""
    for written in subject.policies.written:
        shown = {example.expect for example in written.examples}
        if written.when is not None and "not_applicable" not in shown:
            message = f"no example shows when `{written.policy.identity}` does not apply"
            yield _warning("PG413", written.document, "/when", message, "add one with `expect: not_applicable`")


def duplicates(subject: Subject) -> Iterator[Diagnostic]:
    """PG414: two policies that apply to the same and ask the same, with the same parameters, at the same time."""
    first: dict[object, str] = {}
    for written in subject.policies.written:
        policy = written.policy
        texts = tuple(unparse(checked.tree) for checked in written.expressions())
        key = (texts, repr(sorted(policy.params.items())), policy.effective_from, policy.effective_to)
        other = first.setdefault(key, policy.identity)
        if other != policy.identity:
            message = f"the policy `{policy.identity}` asks the same as `{other}`"
            yield _warning("PG414", written.document, "/require", message, "keep one, or say how they differ")


def constants(subject: Subject) -> Iterator[Diagnostic]:
    """PG415: a `when` or `require` that is known even if nothing is known of the purchase."""
    definitions = {found.name: found.expression.checked for found in subject.policies.definitions}

    def value(checked: Checked) -> object:
        return interpret(checked, lambda path: value(definitions[path]) if path in definitions else None)

    for written in subject.policies.written:
        for field, expression in (("when", written.when), ("require", written.require)):
            result = Unknown(frozenset()) if expression is None else value(expression.checked)
            if not isinstance(result, Unknown):
                message = f"`{field}` is {str(result).lower()} whatever is known of a purchase"
                yield _warning("PG415", written.document, f"/{field}", message, "name the facts that decide it")


RULES: tuple[Rule, ...] = (
    long_sentences,
    hard_reading,
    ids_in_sentences,
    abbreviations,
    blame,
    due_packs,
    agreed_packs,
    ended_policies,
    references,
    unused_definitions,
    unused_roots,
    unknown_roots,
    unused_parameters,
    repeated_parameters,
    idle_marks,
    not_applicable,
    duplicates,
    constants,
)
"""All rules; adding one is a function, its line here and its code."""


def _data(written: WrittenPolicy) -> Mapping[str, Any]:
    assert isinstance(written.document.data, dict)
    return written.document.data


def _warning(code: str, document: Document, pointer: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic.warning(code, message, document.source, document.value_span(pointer), hint)
