"""Definitions: named expressions that may name facts and each other, never in a circle."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from procureguard.cel.types import BOOL, DECIMAL, DOUBLE, INT, STRING, Declaration, Environment, Type, list_of
from procureguard.facts.schema import FactSchema
from procureguard.policy.expression import Expression, load_expression
from procureguard.policy.marks import check_marks, marks
from procureguard.policy.written import Definition
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Data, Document
from procureguard.source.kind import check_kind

TYPES: Mapping[str, Type] = {
    "bool": BOOL,
    "int": INT,
    "double": DOUBLE,
    "decimal": DECIMAL,
    "string": STRING,
    "list(string)": list_of(STRING),
    "list(int)": list_of(INT),
}
"""Types that definitions and parameters may have, in the words of their files."""


@dataclass(frozen=True, slots=True)
class _Entry:
    document: Document
    pointer: str
    data: Mapping[str, Any]

    @property
    def name(self) -> str:
        return str(self.data["name"])

    def problem(self, code: str, message: str, hint: str) -> Diagnostic:
        span = self.document.value_span(f"{self.pointer}/name")
        return Diagnostic.error(code, message, self.document.source, span, hint)


def load_definitions(
    documents: list[Document], schema: FactSchema, problems: list[Diagnostic]
) -> tuple[tuple[Definition, ...], Environment, Mapping[str, str]]:
    """The sound definitions, parts before wholes, and the titles of root causes; every problem is added.

    The environment declares the others too, so that no policy is blamed for naming one.
    """
    valid = [document for document in documents if check_kind(document, "definitions", problems)]
    entries = _unique(valid, schema, problems)
    declared = {name: _declaration(entry) for name, entry in entries.items()}
    environment = {**schema.environment, **declared}
    expressions = {
        name: load_expression(entry.document, f"{entry.pointer}/is", environment, declared[name].type, problems)
        for name, entry in entries.items()
    }
    loaded = {name: found for name, found in expressions.items() if found is not None}
    for entry in entries.values():
        check_marks(entry.data, entry.document, entry.pointer, schema, problems)
    return tuple(_ordered(entries, loaded, problems)), declared, _roots(valid)


def _unique(documents: list[Document], schema: FactSchema, problems: list[Diagnostic]) -> dict[str, _Entry]:
    entries: dict[str, _Entry] = {}
    for document in documents:
        for entry in _entries(document):
            if schema.get(entry.name) is not None:
                problems.append(entry.problem("PG303", f"`{entry.name}` is a fact already", "choose another name"))
            elif entry.name in entries:
                first = entries[entry.name].document.source.name
                message = f"the definition `{entry.name}` stands twice, first in {first}"
                problems.append(entry.problem("PG303", message, "keep one of them"))
            else:
                entries[entry.name] = entry
    return entries


def _entries(document: Document) -> Iterator[_Entry]:
    data: Any = document.data
    return (_Entry(document, f"/definitions/{place}", entry) for place, entry in enumerate(data.get("definitions", ())))


def _declaration(entry: _Entry) -> Declaration:
    return Declaration(TYPES[entry.data.get("type") or "bool"], str(entry.data["title"]), clause=True)


def _ordered(
    entries: Mapping[str, _Entry], expressions: Mapping[str, Expression], problems: list[Diagnostic]
) -> Iterator[Definition]:
    """Sound definitions by depth-first search; a circle is reported once, at the definition that closes it."""
    done: dict[str, Definition] = {}
    visited: set[str] = set()
    open_names: list[str] = []

    def visit(name: str) -> None:
        if name in open_names:
            circle = " -> ".join(f"`{part}`" for part in [*open_names[open_names.index(name) :], name])
            hint = "take one of them out of the others' expressions"
            problems.append(entries[name].problem("PG304", f"these definitions need each other: {circle}", hint))
        if name in visited or name not in expressions:
            return
        visited.add(name)
        open_names.append(name)
        read = expressions[name].checked.paths
        for path in read:
            visit(path)
        open_names.pop()
        if any(path in entries and path not in done for path in read):
            return
        parts = [done[path] for path in read if path in entries]
        facts = frozenset[str]().union(set(read) - entries.keys(), *(part.facts for part in parts))
        turns = dict.fromkeys(chain(expressions[name].turns, *(part.turns for part in parts)))
        entry = entries[name]
        title = str(entry.data["title"])
        own = marks(entry.data)
        left_alone = frozenset(own).union(*(part.left_alone for part in parts))
        done[name] = Definition(name, title, expressions[name], facts, tuple(turns), entry.document, own, left_alone)

    for name in sorted(expressions):
        visit(name)
    return iter(done.values())


def _roots(documents: list[Document]) -> dict[str, str]:
    found: dict[str, str] = {}
    for document in documents:
        data: Data = document.data
        roots = data.get("roots", {}) if isinstance(data, dict) else {}
        found |= {str(name): str(title) for name, title in roots.items()} if isinstance(roots, dict) else {}
    return found
