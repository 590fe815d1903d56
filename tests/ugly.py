"""Documents written as people write them: any indentation, any quotes, comments anywhere, blanks where they fit."""

import json
import re
from typing import Any

from hypothesis import strategies as st

from procureguard.source.text import Source
from procureguard.source.yaml_reader import read_yaml

Draw = st.DrawFn

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**6), 10**6)
    | st.sampled_from([0.5, 20.75, -3.25])
    | st.sampled_from(
        [
            "", "x", "two words", "it's", 'say "no"', "yes", "NO", "1.10", "2026-11-30", "a: b", "#x", "- x", "[a]",
            "line\nline", "line\n\n  more\n", " lead", "trail ", "tab\there", "back\\slash", "{", "a, b", "null", "~",
            "?", "& x", "é ü 日本",
            "a long text that somebody may well have broken into several lines of one file",
        ]
    )
)  # fmt: skip
KEYS = st.sampled_from(["kind", "id", "two words", "x-y", "2026", "it's", "a.b", "é", "true", "k", "m", "n"])
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=14
)
DOCUMENTS = st.dictionaries(KEYS, VALUES, min_size=1, max_size=5)


@st.composite
def ugly(draw: Draw, data: Any) -> str:  # noqa: ANN401 - any data
    """A YAML text with that data, a mapping, written without any care."""
    lines = _Ugly(draw).mapping(data, draw(st.sampled_from([0, 0, 0, 1, 3])))
    text = "\n".join([*_loose(draw, 0), *lines, *_loose(draw, 0)])
    return (text + draw(st.sampled_from(["\n", "\n", "\n\n\n", "\n  \n"]))).replace(
        "\n", draw(st.sampled_from(["\n", "\n", "\r\n"]))
    )


class _Ugly:
    def __init__(self, draw: Draw) -> None:
        self.draw = draw

    def mapping(self, data: dict[str, Any], column: int) -> list[str]:
        lines: list[str] = []
        for place, (key, value) in enumerate(data.items()):
            if place:
                lines += _loose(self.draw, column)
            colon = self.draw(st.sampled_from([":", ":", " :"]))
            lines += self.entry(" " * column + self.scalar(key, key=True) + colon, value, column, is_key=True)
        return lines

    def entry(self, head: str, value: Any, column: int, *, is_key: bool) -> list[str]:  # noqa: ANN401
        gap = " " * self.draw(st.integers(1, 4))
        if isinstance(value, str) and "\n" in value and self.draw(st.booleans()) and _fits_literal(value):
            # Deeper than any comment or blank that may follow: these would become part of the text.
            body = (" " * (column + 5) + each if each else "" for each in _body(value))
            return [head + gap + self.header(value), *body]
        if value is None and self.draw(st.booleans()):
            return [head + self.tail()]
        if isinstance(value, dict | list) and value and self.draw(st.booleans()):
            return self.block(head, gap, value, column, is_key=is_key)
        deeper = column + self.draw(st.integers(1, 5))
        first, *rest = self.flow(value, deeper).split("\n")
        if self.draw(st.integers(0, 5)) == 0:
            return [head + self.tail(), " " * deeper + first, *rest]
        return [head + gap + first, *rest[:-1], *(each + self.tail() for each in rest[-1:])]

    def block(self, head: str, gap: str, value: Any, column: int, *, is_key: bool) -> list[str]:  # noqa: ANN401
        deeper = column + self.draw(st.integers(1, 5))
        if isinstance(value, dict):
            if not is_key and self.draw(st.booleans()):
                inner = self.mapping(value, column + 1 + len(gap))
                return [head + gap + inner[0].lstrip(" "), *inner[1:]]
            return [head + self.tail(), *_loose(self.draw, deeper), *self.mapping(value, deeper)]
        at = self.draw(st.sampled_from([column, deeper])) if is_key else deeper
        return [head + self.tail(), *_loose(self.draw, at), *self.items(value, at)]

    def items(self, data: list[Any], column: int) -> list[str]:
        lines: list[str] = []
        for place, value in enumerate(data):
            lines += _loose(self.draw, column) if place else []
            lines += self.entry(" " * column + "-", value, column, is_key=False)
        return lines

    def header(self, value: str) -> str:
        return "|" + ("" if value.endswith("\n") else "-") + self.tail()

    def tail(self) -> str:
        return self.draw(st.sampled_from(["", "", "  ", " # why  ", "   # a 'quote"]))

    def flow(self, value: Any, column: int) -> str:  # noqa: ANN401
        blank = st.sampled_from(["", " ", "  ", "\n" + " " * (column + 1), "  # in brackets\n" + " " * (column + 2)])
        if isinstance(value, list):
            return self.bracketed("[", "]", [self.flow(each, column) for each in value], blank)
        if isinstance(value, dict):
            pairs = [f"{self.scalar(key, key=True)}: {self.flow(each, column)}" for key, each in value.items()]
            return self.bracketed("{", "}", pairs, blank)
        return self.scalar(value, column=column)

    def bracketed(self, opening: str, closing: str, parts: list[str], blank: st.SearchStrategy[str]) -> str:
        text = opening + self.draw(blank)
        for place, part in enumerate(parts):
            before = self.draw(st.sampled_from(["", " "])) + "," + self.draw(blank) if place else ""
            text += before + part
        return text + self.draw(blank) + closing

    def scalar(self, value: Any, *, key: bool = False, column: int = 0) -> str:  # noqa: ANN401
        if not isinstance(value, str):
            return json.dumps(value)
        ways = [json.dumps(value, ensure_ascii=self.draw(st.booleans()))]
        if value.isprintable():
            ways.append("'" + value.replace("'", "''") + "'")
        if reads_the_same(value):
            ways += [value, value]
        way = self.draw(st.sampled_from(ways))
        if not key and re.search(r"\w \w", value) and self.draw(st.booleans()):
            way = re.sub(r"(?<=\w) (?=\w)", "\n" + " " * (column + 1), way, count=1)
        return way


def _loose(draw: Draw, column: int) -> list[str]:
    """What may stand between two entries of a block: empty lines and comments."""
    comment = " " * draw(st.integers(0, column + 3)) + draw(st.sampled_from(["# a note", "#another: one  ", "# - x"]))
    return draw(st.sampled_from([[], [], [], [""], ["", "   ", ""], [comment], ["", comment], [comment, comment, ""]]))


def _fits_literal(value: str) -> bool:
    return not value.startswith((" ", "\n")) and not value.endswith("\n\n") and value.isascii() and "\t" not in value


def _body(value: str) -> list[str]:
    return value.removesuffix("\n").split("\n")


def comments_of(text: str) -> list[str]:
    """The comments of an ugly text in their order; it contains `#` nowhere else but in one known text."""
    return [
        found.strip()
        for found in re.findall(r"(?:(?<=\s)|^)#[^\r\n]*", re.sub(r"""["']#x["']""", "", text), re.MULTILINE)
    ]


def reads_the_same(text: str) -> bool:
    """Whether a text can stand without quotes, be it a key or a value and inside brackets too."""
    document = read_yaml(Source("", f"{{{text}: [{text}]}}"), [])
    return document is not None and document.data == {text: [text]}
