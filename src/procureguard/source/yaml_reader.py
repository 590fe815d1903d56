"""Reads one YAML document with the place of every key and value; refuses what could surprise its author.

Builds from the events of PyYAML's parser instead of using its loader: that one reads `NO` as false, lets a second
key win in silence, and overflows the stack on deep nesting.
"""

from collections.abc import Callable

from yaml import YAMLError
from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from procureguard.source.characters import check_characters, refused_character
from procureguard.source.diagnostic import Diagnostic, InvalidInput
from procureguard.source.document import Data, Document, Member, Node
from procureguard.source.gathering import MAXIMUM_DEPTH, Gathering
from procureguard.source.scalar import resolve
from procureguard.source.text import Source, Span, shown

try:
    from yaml._yaml import CParser as EventParser
except ImportError:  # pragma: no cover -- PyYAML built without libyaml; the tests read with this parser too
    from procureguard.source.yaml_python import PythonParser as EventParser  # type: ignore[assignment]  # same use


def event_parser(text: str) -> EventParser:
    """What yields the tokens or the events of a text, whichever it is asked for."""
    return EventParser(text)


def read_yaml(source: Source, problems: list[Diagnostic]) -> Document | None:
    """The document in a YAML text, or None with everything found wrong added to `problems`."""
    if not check_characters(source, problems, json=False):
        return None
    gathering = Gathering(source)
    try:
        data, root = _Builder(gathering, event_parser(source.text).get_event).document()
    except YAMLError as error:
        from procureguard.source.yaml_syntax import syntax_diagnostic  # noqa: PLC0415 - only a wrong file needs it

        gathering.found.append(syntax_diagnostic(source, error))
    except InvalidInput:
        pass
    else:
        if not gathering.found:
            return Document(source, data, root)
    problems += gathering.in_order()
    return None


class _Builder:
    def __init__(self, gathering: Gathering, next_event: Callable[[], Event | None]) -> None:
        self._gathering = gathering
        self._source = gathering.source
        self._next_event = next_event

    def document(self) -> tuple[Data, Node]:
        self._next()
        start = self._next()
        if isinstance(start, StreamEndEvent):
            self._gathering.empty()
        event = self._next()
        if isinstance(event, ScalarEvent) and not (event.value or event.style or event.tag or event.anchor):
            self._gathering.empty()
        result = self._node(event, 1)
        self._next()
        after = self._next()
        if isinstance(after, DocumentStartEvent):
            hint = "put each document in a file of its own"
            self._report("PG111", "a second document begins here", after, hint)
        return result

    def _next(self) -> Event:
        event = self._next_event()
        if event is None:
            raise YAMLError("the events ended before the stream")
        return event

    def _node(self, event: Event, depth: int) -> tuple[Data, Node]:
        if isinstance(event, ScalarEvent):
            return self._scalar_value(event), Node(*_place(event), event.style or "")
        if isinstance(event, AliasEvent):
            hint = "write the value out where it is needed, or quote a text that begins with `*`"
            self._report("PG109", f"`*{event.anchor}` refers to another place, which is not supported", event, hint)
            return None, Node(*_place(event))
        if depth > MAXIMUM_DEPTH:
            self._gathering.too_deep(_place(event)[0])
        if isinstance(event, MappingStartEvent):
            return self._mapping(event, depth)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(event, depth)
        raise YAMLError("an event stands where the grammar allows none")

    def _mapping(self, opening: MappingStartEvent, depth: int) -> tuple[Data, Node]:
        data: dict[str, Data] = {}
        members: dict[str, Member] = {}
        self._check_properties(opening)
        start, end = _place(opening)
        while not isinstance(event := self._next(), MappingEndEvent):
            key_start, key_end = _place(event)
            key = self._key(event, key_start, depth)
            value, node = self._node(self._next(), depth + 1)
            end = max(node.end, key_end)
            if key is None:
                continue
            if key in members:
                self._gathering.duplicate(key, Span(key_start, key_end), members[key].start)
                continue
            data[key] = value
            members[key] = Member(key_start, key_end, node)
        if opening.flow_style:
            end = _place(event)[1]
        return data, Node(start, end, members=members)

    def _sequence(self, opening: SequenceStartEvent, depth: int) -> tuple[Data, Node]:
        data: list[Data] = []
        items: list[Node] = []
        self._check_properties(opening)
        start, end = _place(opening)
        while not isinstance(event := self._next(), SequenceEndEvent):
            value, node = self._node(event, depth + 1)
            data.append(value)
            items.append(node)
            end = node.end
        if opening.flow_style:
            end = _place(event)[1]
        return data, Node(start, end, items=items)

    def _key(self, event: Event, start: int, depth: int) -> str | None:
        """The text of a key, or None if it is refused; a refused key's own events are read past."""
        if not isinstance(event, ScalarEvent):
            if isinstance(event, CollectionStartEvent):
                hint = "write a plain word before the `:`, or quote a text that begins with a bracket"
                self._report("PG107", "a list or mapping cannot be a key", event, hint)
            self._node(event, depth + 1)
            return None
        if start and self._source.text[start - 1] == "?":
            # libyaml reads `[?x]` as a key `x`, YAML 1.2 as the text `?x`.
            self._report("PG104", "an unquoted text cannot begin with `?` here", event, "put the text in quotes")
            return None
        if event.value == "<<" and not event.style:
            self._report("PG110", "the merge key `<<` is not supported", event, "write the keys out")
            return None
        value = self._scalar_value(event)
        if isinstance(value, str):
            return value
        words = shown(event.value) if event.value else "an empty key"
        start, end = _place(event)
        from procureguard.source.broken_numbers import broken_number_hint  # noqa: PLC0415 - few keys are no text

        broken = broken_number_hint(self._source.text, start, end)
        instead = f'"{event.value}"' if event.value and broken is None else None
        message = f"{words} is not text, and keys must be"
        self._gathering.add("PG107", message, Span(start, end), broken or "put the key in quotes", instead)
        return None

    def _scalar_value(self, event: ScalarEvent) -> Data:
        text: str = event.value
        if event.tag is not None or event.anchor is not None:
            self._check_properties(event)
        if event.style:
            if event.style == '"' and (refused := refused_character(text)) is not None:
                self._gathering.refused_character(refused, Span(*_place(event)))
            return text
        try:
            return resolve(text)
        except OverflowError as error:
            self._gathering.number(text, str(error), Span(*_place(event)))
            return None

    def _check_properties(self, event: NodeEvent) -> None:
        if event.anchor is not None:
            hint = "remove it and write the value out where it is needed, or quote a text that begins with `&`"
            self._report("PG109", f"the anchor `&{event.anchor}` is not supported", event, hint)
        if (tag := getattr(event, "tag", None)) is not None:
            words = shown(tag.replace("tag:yaml.org,2002:", "!!"))
            self._report("PG108", f"the tag {words} is not supported", event, "quote a text that begins with `!`")

    def _report(self, code: str, message: str, event: Event, hint: str) -> None:
        start, end = _place(event)
        line_end = self._source.line_span(start).end
        self._gathering.add(code, message, Span(start, max(start, min(end, line_end))), hint)


def _place(event: Event) -> tuple[int, int]:
    """Where an event begins and ends; only events made for writing YAML have no marks."""
    start, end = event.start_mark, event.end_mark
    return (0, 0) if start is None or end is None else (start.index, end.index)
