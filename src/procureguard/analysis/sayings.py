"""What the files of a policy set say, aspect by aspect, in words that can be laid side by side."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from procureguard.cel.english import bullets
from procureguard.cel.unparser import unparse
from procureguard.policy.expression import Expression
from procureguard.policy.text import as_written
from procureguard.policy.written import Definition, WrittenPolicies, WrittenPolicy
from procureguard.source.document import Document
from procureguard.source.kind import kind_of

PACK_KEYS = ("title", "domain", "jurisdiction", "release", "agreed_by", "agreed_on", "review_by", "unverified")


class Aspect(NamedTuple):
    """What is said something about: a key of the file, and of parameters and conditions of facts which one."""

    key: str
    name: str | None = None


class Saying(NamedTuple):
    """What is said of an aspect.

    Attributes:
        lines: in words, as short as one can agree to it.
        exact: the same to the letter, for where two sayings differ and their words do not.
        about: what a parameter is for.
    """

    lines: tuple[str, ...]
    exact: tuple[str, ...]
    about: str | None = None

    @classmethod
    def of(cls, *lines: str) -> "Saying":
        """What is said to the letter."""
        return cls(lines, lines)


Sayings = Mapping[Aspect, Saying]
"""What a file says, in the order in which it is told; what it says nothing of is left out."""


@dataclass(frozen=True, slots=True)
class Change:
    """One aspect of which something else is said; an empty `before` or `after` stands for nothing said.

    Attributes:
        aspect: the key of the file: `effect`, `when`, `params`; of the form, `question` for the words of one.
        name: which parameter, or which fact of a question is asked in other cases; null for other aspects.
        about: what the parameter is for.
        before: what was said, in words.
        after: what is said now.
    """

    aspect: str
    name: str | None
    about: str | None
    before: tuple[str, ...]
    after: tuple[str, ...]


def changes(before: Sayings, after: Sayings) -> tuple[Change, ...]:
    """The aspects of which something else is said, in the order in which they are told."""
    order = dict.fromkeys((*after, *before))
    found = ((aspect, before.get(aspect), after.get(aspect)) for aspect in order)
    return tuple(_change(aspect, old, new) for aspect, old, new in found if _exact(old) != _exact(new))


def _change(aspect: Aspect, old: Saying | None, new: Saying | None) -> Change:
    was, now = (old.lines if old else ()), (new.lines if new else ())
    if was == now:
        was, now = _exact(old), _exact(new)
    said = new or old
    return Change(aspect.key, aspect.name, said.about if said else None, was, now)


def _exact(saying: Saying | None) -> tuple[str, ...]:
    return saying.exact if saying is not None else ()


def reading(expression: Expression) -> Saying:
    """An expression in English; parameters are read out with their values, which are told apart."""
    return Saying(tuple(bullets(expression.checked)), (unparse(expression.checked.tree),))


def policy_sayings(written: WrittenPolicy) -> Sayings:
    """What a policy says; its effect, role and parameters are those that count, its other keys those of its file."""
    policy, data = written.policy, _mapping(written.document)
    said = {
        "effect": (policy.effect.word,),
        "role": (policy.role,),
        "pack": _text(policy.pack),
        "when": written.when,
        "require": written.require,
        "params": None,
        "effective_from": _text(policy.effective_from),
        "effective_to": _text(policy.effective_to),
        "evidence": _text(policy.evidence),
        "due": (policy.due,),
        "waivable": ("no" if data.get("waivable") is False else "yes",),
        "max_days": _text(data.get("max_days")),
        "root": _text(policy.root),
        "title": (policy.title,),
        "message": (policy.message,),
        "why": (policy.why,),
        "remedy": (policy.remedy,),
        "never_suggest": tuple(sorted(written.never_suggest)),
        "ask": _text(policy.ask),
        "references": policy.references,
    }
    found: dict[Aspect, Saying] = {}
    for key, value in said.items():
        if key == "params":
            found.update(_parameters(data.get("params") or {}, policy.params))
        elif isinstance(value, Expression):
            found[Aspect(key)] = reading(value)
        elif value:
            found[Aspect(key)] = Saying.of(*value)
    return found


def examples(written: WrittenPolicy) -> tuple[str, ...]:
    """The examples of a policy, each whole."""
    return tuple(as_written(example) for example in _mapping(written.document).get("examples") or ())


def definition_sayings(definition: Definition, entry: Mapping[str, Any]) -> Sayings:
    """What a definition says; `entry` is how its file has it."""
    found = {
        Aspect("is"): reading(definition.expression),
        Aspect("type"): Saying.of(entry.get("type") or "bool"),
        Aspect("title"): Saying.of(definition.title),
    }
    if definition.never_suggest:
        found[Aspect("never_suggest")] = Saying.of(*sorted(definition.never_suggest))
    return {**found, Aspect("about"): Saying.of(entry["about"])} if entry.get("about") else found


def definition_entries(policies: WrittenPolicies) -> Mapping[str, Mapping[str, Any]]:
    """How files have the definitions, by name."""
    return {entry["name"]: entry for data in _of_kind(policies, "definitions") for entry in data.get("definitions", ())}


def pack_sayings(policies: WrittenPolicies) -> Mapping[str, Sayings]:
    """What the manifests of packs say, by the ids of the packs."""
    return {
        data["id"]: {Aspect(key): Saying.of(*_listed(data[key])) for key in PACK_KEYS if data.get(key)}
        for data in _of_kind(policies, "pack")
    }


def root_sayings(policies: WrittenPolicies) -> Mapping[str, Sayings]:
    """The titles of root causes, by their ids."""
    return {identity: {Aspect("title"): Saying.of(title)} for identity, title in policies.policies.roots.items()}


def _parameters(specs: Mapping[str, Any], values: Mapping[str, Any]) -> Iterator[tuple[Aspect, Saying]]:
    for name, spec in specs.items():
        value = as_written(list(values[name]) if isinstance(values[name], tuple) else values[name])
        exact = f"{value} ({spec['type']}): {spec['about']}"
        yield Aspect("params", name), Saying((value,), (exact,), spec["about"])


def _of_kind(policies: WrittenPolicies, kind: str) -> Iterator[Mapping[str, Any]]:
    return (_mapping(document) for document in policies.documents if kind_of(document) == kind)


def _mapping(document: Document) -> Mapping[str, Any]:
    assert isinstance(document.data, dict)
    return document.data


def _listed(value: Any) -> Iterable[str]:  # noqa: ANN401 - a text or a list of texts, as the schema of packs has it
    return value if isinstance(value, list) else (str(value),)


def _text(value: object) -> tuple[str, ...]:
    return (str(value),) if value else ()
