"""Settings: facts of a purchase stated anew for one check, as in `contract.dpa=signed`."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from procureguard.capabilities import Taxonomy
from procureguard.facts.check import check_values, fits
from procureguard.facts.derived import DERIVED
from procureguard.facts.schema import FactSchema, FactType
from procureguard.purchase import load_purchase
from procureguard.source.diagnostic import Diagnostic, InvalidInput, did_you_mean
from procureguard.source.document import Data, Document, Member, Node
from procureguard.source.stated import plain
from procureguard.source.text import Source, Span
from procureguard.source.yaml_reader import read_yaml

ELSEWHERE = {"organisation": "the organisation file", "tool": "the inventory"}
"""Sections of facts that no purchase states, and where they are stated."""

OWN = "ext"


@dataclass(frozen=True, slots=True)
class Setting:
    """One fact with the value it shall have; null is unknown. `node` is where the value stands in the source."""

    source: Source
    path: str
    data: Data
    node: Node

    @property
    def section(self) -> str:
        """The section of the purchase that the fact belongs to."""
        return self.path.partition(".")[0]

    @property
    def name(self) -> str:
        """The name of the fact in its section."""
        return self.path.partition(".")[2]

    def problem(self, message: str, hint: str | None) -> Diagnostic:
        """What is wrong with the choice of the fact."""
        return Diagnostic.error("PG227", message, self.source, Span(0, len(self.path)), hint)

    def alone(self) -> Document:
        """A purchase that states nothing but this, with places in the setting's own text."""
        start = len(self.section) + 1
        fact = {self.name: Member(start, len(self.path), self.node)}
        whole = Node(0, len(self.source.text), members={})
        section = whole._replace(members=fact)
        root = whole._replace(members={self.section: Member(0, len(self.section), section)})
        return Document(self.source, {"kind": "purchase", "version": 1, self.section: {self.name: self.data}}, root)


def read_settings(texts: Iterable[str], name: str = "settings") -> tuple[Setting, ...]:
    """The settings that texts `fact=value` state, the values in YAML; `name` is what the user knows them by.

    Raises:
        InvalidInput: a text has another form, or two are about one fact; everything wrong is named.
    """
    problems: list[Diagnostic] = []
    read = [_read(Source(name, text), problems) for text in texts]
    found: dict[str, Setting] = {}
    for setting in read:
        if setting is not None and found.setdefault(setting.path, setting) is not setting:
            problems += [setting.problem(f"`{setting.path}` is set twice", "keep one of the two")]
    if problems:
        raise InvalidInput(problems)
    return tuple(found.values())


def settings_of(values: Mapping[str, Any], name: str = "settings") -> tuple[Setting, ...]:
    """The settings that plain data states, by the paths of facts; `name` is what the user knows them by.

    Raises:
        InvalidInput: a value cannot be written down; everything wrong is named.
    """
    texts = {path: json.dumps(value, ensure_ascii=False, default=_written) for path, value in values.items()}
    return read_settings((f"{path}={text}" for path, text in texts.items()), name)


def check_settings(settings: Iterable[Setting], schema: FactSchema, taxonomy: Taxonomy) -> None:
    """Whether every setting is about a fact that a purchase can state, with a value that the fact can have.

    Raises:
        InvalidInput: one is not; everything wrong is named.
    """
    problems: list[Diagnostic] = []
    for setting in settings:
        kind = schema.get(setting.path)
        refusal = _refusal(setting, kind, schema)
        if refusal is not None:
            problems.append(refusal)
        elif setting.section != OWN:  # a schema of own facts may demand other facts beside this one
            document = setting.alone()
            purchase = load_purchase(document, problems)
            if purchase is not None:
                check_values(document, purchase.blocks(), schema, taxonomy, problems)
    if problems:
        raise InvalidInput(problems)


def with_settings(document: Document, settings: Iterable[Setting]) -> Document:
    """The document with these facts stated instead of what it says of them; its text stays as it is.

    The place of a fact that is set is where the document states it, or would. A document that is no purchase is left as
    far as it is none, for the checks to refuse.
    """
    for setting in settings:
        document = _with(document, setting)
    return document


def canonical(settings: Iterable[Setting]) -> str:
    """The settings as a text that is the same for the same settings, whatever their order and spelling."""
    return json.dumps({setting.path: setting.data for setting in settings}, sort_keys=True)


def _written(value: object) -> str:
    """A day as files write it.

    Raises:
        TypeError: no file can hold such a value.
    """
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a file cannot hold a value of type {type(value).__name__}")


def _read(source: Source, problems: list[Diagnostic]) -> Setting | None:
    path, separator, value = (part.strip() for part in source.text.partition("="))
    if not separator or not path or not value:
        hint = "write FACT=VALUE, as in `contract.dpa=signed`; `null` stands for: nobody has stated it"
        whole = Span(0, len(source.text))
        problems.append(Diagnostic.error("PG227", "this is no fact with a value", source, whole, hint))
        return None
    source = Source(source.name, f"{path}={value}")
    blanked = Source(source.name, " " * (len(path) + 1) + value)
    wrong: list[Diagnostic] = []
    document = read_yaml(blanked, wrong)
    problems += [replace(problem, source=source) for problem in wrong]
    return None if document is None else Setting(source, path, document.data, document.root)


def _refusal(setting: Setting, kind: FactType | None, schema: FactSchema) -> Diagnostic | None:
    """Why a purchase cannot state the fact, or, of own facts, that it cannot have the value."""
    computed = next((row for row in DERIVED if row.path == setting.path), None)
    if computed is not None:
        hint = f"set what it is computed from: {', '.join(computed.inputs)}" if computed.inputs else "use `--as-of`"
        return setting.problem(f"`{setting.path}` is computed, not stated", hint)
    if kind is None:
        stated = [path for path in schema.types if path.partition(".")[0] not in ELSEWHERE]
        hint = did_you_mean(setting.path, stated) or "name a fact of the purchase, such as `contract.dpa`"
        return setting.problem(f"there is no fact `{setting.path}`", hint)
    if setting.section in ELSEWHERE:
        return setting.problem(f"no purchase states `{setting.path}`", f"state it in {ELSEWHERE[setting.section]}")
    if setting.section == OWN and not fits(kind, plain(setting.data)):
        allowed = f"write one of {', '.join(kind.values)}" if kind.values else f"write a value of type {kind.type}"
        return setting.problem(f"`{setting.path}` cannot have this value", allowed)
    return None


def _with(document: Document, setting: Setting) -> Document:
    if not isinstance(document.data, dict):
        return document
    facts = document.data.get(setting.section)
    if not isinstance(facts, dict | None):
        return document
    data = {**document.data, setting.section: {**(facts or {}), setting.name: setting.data}}
    return replace(document, data=data, root=_placed(document.root, setting))


def _placed(root: Node, setting: Setting) -> Node:
    """The places of a document with one for the fact, or the nearest parent's where it is not stated."""
    section = _member(root, setting.section)
    fact = _member(section.node, setting.name)
    fact = fact._replace(node=_nodes(setting.data, fact.node.start, fact.node.end))
    facts = section.node._replace(members={**(section.node.members or {}), setting.name: fact})
    return root._replace(members={**(root.members or {}), setting.section: section._replace(node=facts)})


def _member(node: Node, name: str) -> Member:
    return (node.members or {}).get(name) or Member(node.start, node.end, Node(node.start, node.end))


def _nodes(data: Data, start: int, end: int) -> Node:
    """All parts of a value at one place: those it is made of do not stand in the file."""
    match data:
        case dict():
            members = {name: Member(start, end, _nodes(value, start, end)) for name, value in data.items()}
            return Node(start, end, members=members)
        case list():
            return Node(start, end, items=[_nodes(value, start, end) for value in data])
        case _:
            return Node(start, end)
