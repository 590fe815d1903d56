"""Answering: facts that somebody has stated since, written into the text of a purchase."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from procureguard.facts.fact import SPEAKS_FOR
from procureguard.facts.replaced import REQUESTER, Replaced
from procureguard.facts.schema import FactSchema, FactType
from procureguard.guard.settings import Setting
from procureguard.render.yaml_value import yaml_value
from procureguard.source.diagnostic import Diagnostic, InvalidInput
from procureguard.source.document import Data, Document
from procureguard.source.entry import Entry
from procureguard.source.placing_json import placed_in_json
from procureguard.source.placing_yaml import placed_in_yaml
from procureguard.source.read import is_json, read_document
from procureguard.source.stated import is_stated, plain


class SaidBy(NamedTuple):
    """Who gives answers, as of which day, and where they are written down; None where nobody says so."""

    source: str | None = None
    as_of: str | None = None
    evidence: str | None = None

    def or_else(self, other: "SaidBy") -> "SaidBy":
        """The same, with the other's word on what is not said."""
        return SaidBy(self.source or other.source, self.as_of or other.as_of, self.evidence or other.evidence)


def attributed(setting: Setting, schema: FactSchema, said: SaidBy, today: date) -> Setting:
    """The answer with who says so and since when; the requester's own word stays plain where nothing more is said.

    An answer that names source, day or evidence itself keeps them. The day is today unless it is the requester's word.
    """
    value = plain(setting.data)
    if value is None:
        return replace(setting, data=None)
    own: dict[str, Any] = setting.data if isinstance(setting.data, dict) and is_stated(setting.data) else {}
    kind = schema.get(setting.path)
    found = SaidBy(own.get("source"), own.get("as_of"), own.get("evidence")).or_else(said)
    found = found.or_else(_usual(kind, found, today))
    if found == SaidBy():
        return replace(setting, data=value)
    about = {name: word for name, word in found.or_else(SaidBy(REQUESTER))._asdict().items() if word}
    return replace(setting, data={"value": value, **about})


def _usual(kind: FactType | None, said: SaidBy, today: date) -> SaidBy:
    """Who speaks, and since when, where nothing else is said."""
    source = said.source or SPEAKS_FOR.get(kind.stated_by if kind is not None else REQUESTER, REQUESTER)
    return SaidBy() if source == REQUESTER else SaidBy(source, today.isoformat())


def answered(document: Document, answers: Iterable[Setting]) -> Document:
    """The purchase with the answers in its text; all else of the text stays as it is.

    Raises:
        InvalidInput: the text cannot be changed so that it says this and otherwise the same; nothing was changed.
    """
    for answer in answers:
        document = _with_answer(document, answer)
    return document


def changes_of(document: Document, answers: Iterable[Setting]) -> tuple[Replaced, ...]:
    """What the purchase said of the facts that the answers state, where they do not say the very same."""
    found = (Replaced(each.path, _facts(document, each.section).get(each.name), each.data) for each in answers)
    return tuple(one for one in found if _as_written(one.before) != _as_written(one.after))


def _facts(document: Document, section: str) -> dict[str, Data]:
    facts = document.data.get(section) if isinstance(document.data, dict) else None
    return facts if isinstance(facts, dict) else {}


def _with_answer(document: Document, answer: Setting) -> Document:
    assert isinstance(document.data, dict)
    facts = _facts(document, answer.section)
    # What is open already needs no word: `facts.get` says the same of null and of what is left out.
    if _as_written(facts.get(answer.name)) == _as_written(answer.data):
        return document
    wanted = _as_written({**document.data, answer.section: {**facts, answer.name: answer.data}})
    for text in _ways(document, answer):
        again = read_document(document.source.name, text.encode(), [])
        # INVARIANT: a text that says anything but the old data with the answer is never written.
        if again is not None and _as_written(again.data) == wanted:
            return again
    message = f"`{answer.path}` cannot be written into this file without changing what else it says"
    hint = f"write `{answer.name}: {yaml_value(answer.data)}` below `{answer.section}:` by hand"
    pointer = f"/{answer.section}/{answer.name}"
    raise InvalidInput([Diagnostic.error("PG250", message, document.source, document.value_span(pointer), hint)])


def _ways(document: Document, answer: Setting) -> Iterator[str]:
    if is_json(document.source):
        entry = Entry(answer.section, answer.name, _json(answer.name), _json(answer.data))
        return iter([placed_in_json(document, entry)])
    entry = Entry(answer.section, answer.name, yaml_value(answer.name), yaml_value(answer.data))
    return placed_in_yaml(document, entry)


def _json(data: Data) -> str:
    text = json.dumps(data, ensure_ascii=False)
    return text if text.isprintable() else json.dumps(data)


def _as_written(data: Data) -> str:
    """The data as a text that tells `1` from `true` and from `1.0`."""
    return json.dumps(data, sort_keys=True)
