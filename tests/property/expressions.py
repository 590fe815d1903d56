"""Well-typed expressions with partly missing inputs, each with what it means, worked out apart from the package.

A sample has its text, the same in plain CEL (for the reference implementation), and a function from inputs to the
value, None for unknown. The function is put together beside the text, from the words of the semantics: truth values
are 0, 1/2 and 1, `&&` is their minimum, `||` their maximum, `!` what is left to 1; everything else is unknown when
something it needs is.
"""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import compress
from math import trunc
from random import Random
from typing import Any, TypeAlias

from hypothesis import strategies as st

from procureguard.cel.types import BOOL, DATE, DOUBLE, DURATION, INT, STRING, Type
from property.cel_facts import AMOUNTS, COLOURS, DAYS, FACTS, KINDS, LISTS, RECORD, TEXTS, Inputs, inputs

Meaning: TypeAlias = Callable[[Mapping[str, Any]], Any]

DIVISORS = (-90, -3, -2, -1, 1, 2, 3, 4, 7, 12)
_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass(frozen=True, slots=True)
class Sample:
    """An expression: its text, the same for the reference implementation, and what it means."""

    text: str
    cel: str
    meaning: Meaning


def quote(text: str) -> str:
    """A text as a CEL literal."""
    body = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{body}"'


def literal(text: str, value: Any, cel: str | None = None) -> Sample:  # noqa: ANN401 - values of every type
    return Sample(text, text if cel is None else cel, lambda _: value)


def strict(template: str, function: Callable[..., Any], *parts: Sample) -> Sample:
    """A sample that is unknown when one of its parts is."""

    def meaning(inputs: Mapping[str, Any]) -> Any:  # noqa: ANN401 - values of every type
        values = [part.meaning(inputs) for part in parts]
        return None if any(value is None for value in values) else function(*values)

    return Sample(
        template.format(*(part.text for part in parts)), template.format(*(part.cel for part in parts)), meaning
    )


def degree(value: bool | None) -> float:  # noqa: FBT001 - a value that may be a truth value
    """Truth as a number: false 0, unknown 1/2, true 1."""
    return 0.5 if value is None else float(value)


def truth(number: float) -> bool | None:
    """The truth value with this number."""
    return None if number == 0.5 else bool(number)


class Writer:
    """Writes expressions by chance."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.variables: list[tuple[str, Type]] = []
        self.names = 0

    def one_of(self, *makers: Callable[[], Sample]) -> Sample:
        return self.random.choice(makers)()

    # ------------------------------------------------------------------ leaves

    def leaf(self, kind: Type) -> Sample:
        """A fact, variable, field or literal of a type."""
        found = [self.fact(path) for path, known in FACTS.items() if known.type == kind]
        found += [self.variable(name) for name, known in self.variables if known == kind]
        found += [
            self.field(name, field)
            for name, known in self.variables
            if known == RECORD
            for field, field_kind in RECORD.fields
            if field_kind == kind
        ]
        if not found or self.random.random() < 0.25:
            return self.literal(kind)
        return self.random.choice(found)

    def fact(self, path: str) -> Sample:
        return Sample(path, path, lambda inputs: inputs.get(path))

    def variable(self, name: str) -> Sample:
        return Sample(name, name, lambda inputs: inputs[name])

    def field(self, name: str, field: str) -> Sample:
        place = RECORD.position(field)
        cel = f"timestamp({name}.{field})" if RECORD.field(field) == DATE else f"{name}.{field}"
        return Sample(f"{name}.{field}", cel, lambda inputs: inputs[name][place])

    def literal(self, kind: Type) -> Sample:
        if kind == BOOL:
            value = self.random.random() < 0.5
            return literal(str(value).lower(), value)
        if kind == INT:
            number = self.random.randint(-3, 9)
            return literal(str(number), number)
        if kind == DOUBLE:
            share = self.random.choice((0.0, 0.25, 0.5, 1.0, -2.5))
            return literal(str(share), share)
        if kind == STRING:
            text = self.random.choice((*TEXTS, *COLOURS, *KINDS))
            return literal(quote(text), text)
        if kind == DATE:
            day = self.random.choice(DAYS)
            written = date.fromordinal(day).isoformat()
            return literal(f'date("{written}")', day, f'timestamp("{written}T00:00:00Z")')
        if kind == DURATION:
            days = self.random.choice((0, 1, 90, 365, -30))
            return literal(f"days({days})", days, f'duration("{days * 24}h")')
        raise AssertionError(kind)

    # ------------------------------------------------------------------ truth

    def truth(self, depth: int) -> Sample:
        if depth <= 0:
            return self.leaf(BOOL)
        return self.one_of(
            lambda: self.leaf(BOOL),
            lambda: self.negation(depth),
            lambda: self.logical(depth),
            lambda: self.logical(depth),
            lambda: self.comparison(depth),
            lambda: self.comparison(depth),
            self.decimals,
            lambda: self.membership(depth),
            self.text_test,
            lambda: self.divided(depth),
            lambda: self.quantified(depth),
            lambda: self.quantified(depth),
            lambda: self.choice(BOOL, depth),
        )

    def negation(self, depth: int) -> Sample:
        part = self.truth(depth - 1)
        return Sample(f"!({part.text})", f"!({part.cel})", lambda inputs: truth(1 - degree(part.meaning(inputs))))

    def logical(self, depth: int) -> Sample:
        parts = [self.truth(depth - 1) for _ in range(self.random.choice((2, 2, 3)))]
        word, fold = self.random.choice((("&&", min), ("||", max)))
        text, cel = (
            f" {word} ".join(f"({part})" for part in texts)
            for texts in zip(*((p.text, p.cel) for p in parts), strict=True)
        )
        return Sample(text, cel, lambda inputs: truth(fold(degree(part.meaning(inputs)) for part in parts)))

    def comparison(self, depth: int) -> Sample:
        kind = self.random.choice((BOOL, INT, INT, DOUBLE, STRING, DATE, DURATION))
        word = self.random.choice(tuple(_OPERATORS))
        if kind == STRING and self.random.random() < 0.5:
            colour = self.random.choice(COLOURS)
            return strict(f"{{0}} == {quote(colour)}", lambda text: text == colour, self.fact("product.colour"))
        below = max(depth - 1, 1) if kind in {INT, DOUBLE} else depth - 1
        left, right = (self.value(kind, below, enums=False) for _ in range(2))
        return strict(f"({{0}}) {word} ({{1}})", _OPERATORS[word], left, right)

    def decimals(self) -> Sample:
        word = self.random.choice(tuple(_OPERATORS))
        left = self.fact(self.random.choice(("cost.annual", "cost.limit")))
        amount = self.random.choice(AMOUNTS)
        right = self.random.choice(
            (
                self.fact("cost.limit"),
                Sample(repr(amount / 10_000), repr(amount / 10_000), lambda _: amount),
                Sample("params.share", "0.25", lambda _: 2500),
            )
        )
        pair = (left, right) if self.random.random() < 0.5 else (right, left)
        if not {pair[0].text, pair[1].text} & set(FACTS):
            pair = (left, left)
        return strict(f"{{0}} {word} {{1}}", _OPERATORS[word], *pair)

    def membership(self, depth: int) -> Sample:
        choice = self.random.randrange(5)
        if choice == 0:
            colours = self.random.sample(COLOURS, self.random.randint(0, 3))
            listed = ", ".join(quote(colour) for colour in colours)
            return strict(f"{{0}} in [{listed}]", lambda text: text in colours, self.fact("product.colour"))
        if choice == 1:
            item, among = self.value(STRING, depth - 1, enums=False), self.listed("data.categories", depth - 1)
            return strict("({0}) in {1}", lambda text, texts: text in texts, item, among)
        if choice == 2:
            items = [self.value(INT, depth - 1) for _ in range(self.random.randint(1, 3))]
            listed = ", ".join(f"{{{place + 1}}}" for place in range(len(items)))
            return strict(
                f"({{0}}) in [{listed}]", lambda item, *known: item in known, self.value(INT, depth - 1), *items
            )
        if choice == 3:
            level = self.value(INT, depth - 1)
            return strict("({0}) in {1}", lambda item, known: item in known, level, self.listed("data.levels", depth))
        word = self.random.choice(("==", "!="))
        other = self.random.choice(
            (self.listed("data.levels", depth - 1), literal("[1, 2]", (1, 2)), literal("[]", ())),
        )
        return strict(f"{{0}} {word} {{1}}", _OPERATORS[word], self.listed("data.levels", depth), other)

    def text_test(self) -> Sample:
        name, function = self.random.choice(
            (("startsWith", str.startswith), ("endsWith", str.endswith), ("contains", operator.contains))
        )
        if self.random.random() < 0.2:
            return strict('{0}.matches("^a[a-z]+$")', _looks_like_a_word, self.value(STRING, 1, enums=False))
        return strict(
            f"({{0}}).{name}({{1}})", function, self.value(STRING, 1, enums=False), self.value(STRING, 0, enums=False)
        )

    def quantified(self, depth: int) -> Sample:
        path = self.random.choice(LISTS)
        macro = self.random.choice(("all", "exists", "exists_one", "filter"))
        if macro == "filter":
            return strict("size({0}) == 1", lambda kept: len(kept) == 1, self.filtered(path, depth))
        items = self.listed(path, depth - 1)
        return self.macro(macro, items, *self.condition(path, depth))

    def listed(self, path: str, depth: int) -> Sample:
        """A list, or those of its items that a filter keeps."""
        return self.filtered(path, depth) if depth > 0 and self.random.random() < 0.3 else self.fact(path)

    def filtered(self, path: str, depth: int) -> Sample:
        return self.macro("filter", self.listed(path, depth - 1), *self.condition(path, depth))

    def condition(self, path: str, depth: int) -> tuple[str, Sample]:
        """A new variable for the items of a list, and something true or false of it."""
        name = f"x{self.names}"
        self.names += 1
        self.variables.append((name, FACTS[path].type.element or BOOL))
        body = self.truth(min(depth - 1, 2))
        self.variables.pop()
        return name, body

    def macro(self, macro: str, items: Sample, name: str, body: Sample) -> Sample:
        def meaning(inputs: Mapping[str, Any]) -> Any:  # noqa: ANN401 - values of every type
            known = items.meaning(inputs)
            if known is None:
                return None
            outcomes = [body.meaning({**inputs, name: item}) for item in known]
            if macro in {"all", "exists"}:
                fold, empty = (min, 1.0) if macro == "all" else (max, 0.0)
                return truth(fold([degree(outcome) for outcome in outcomes], default=empty))
            if None in outcomes:
                return None
            return tuple(compress(known, outcomes)) if macro == "filter" else outcomes.count(True) == 1

        return Sample(f"{items.text}.{macro}({name}, {body.text})", f"{items.cel}.{macro}({name}, {body.cel})", meaning)

    # ------------------------------------------------------------------ values

    def value(self, kind: Type, depth: int, *, enums: bool = True) -> Sample:  # noqa: PLR0911 - one return for each kind
        if kind == BOOL:
            return self.truth(depth)
        if depth <= 0 or self.random.random() < 0.3:
            return self.plain(kind, enums=enums)
        if kind == INT:
            return self.number(depth)
        if kind == DOUBLE and self.random.random() < 0.6:
            return self.share()
        if kind == DATE and self.random.random() < 0.4:
            word, function = self.random.choice((("+", operator.add), ("-", operator.sub)))
            return strict(f"{{0}} {word} {{1}}", function, self.leaf(DATE), self.literal(DURATION))
        if kind == DURATION:
            return self.duration()
        if kind == STRING and self.random.random() < 0.3:
            return strict("({0} + {1})", operator.add, self.fact("vendor.name"), self.literal(STRING))
        return self.choice(kind, depth, enums=enums) if self.random.random() < 0.3 else self.plain(kind, enums=enums)

    def plain(self, kind: Type, *, enums: bool) -> Sample:
        if kind == STRING and not enums:
            names = [self.variable(name) for name, known in self.variables if known == STRING]
            return self.random.choice(
                (*names, self.fact("vendor.name"), literal("params.name", "acme", '"acme"'), self.literal(STRING))
            )
        return self.leaf(kind)

    def duration(self) -> Sample:
        if self.random.random() < 0.3:
            return literal("days(params.days)", 90, 'duration("2160h")')
        return strict("({0} - {1})", operator.sub, self.leaf(DATE), self.leaf(DATE))

    def number(self, depth: int) -> Sample:
        word, function = self.random.choice((("+", operator.add), ("-", operator.sub), ("*", operator.mul)))
        return self.one_of(
            lambda: strict(f"({{0}} {word} {{1}})", function, self.leaf(INT), self.leaf(INT)),
            lambda: strict("-({0})", operator.neg, self.leaf(INT)),
            lambda: self.division(depth),
            lambda: self.division(depth),
            lambda: strict("size({0})", len, self.listed(self.random.choice(LISTS), depth - 1)),
            lambda: strict("({0}).size()", len, self.fact("vendor.name")),
            lambda: strict(
                "size({0} + {1})",
                lambda one, other: len(one + other),
                self.fact("data.levels"),
                literal("[7, 8]", (7, 8)),
            ),
            lambda: self.choice(INT, depth),
        )

    def division(self, depth: int) -> Sample:
        """A quotient or remainder, from the exact quotient cut off towards zero."""
        number = self.random.choice(DIVISORS)
        divisor = self.random.choice((literal(str(number), number), literal("params.days", 90, "90")))
        word, function = self.random.choice((("/", _quotient), ("%", _remainder)))
        return strict(f"(({{0}}) {word} {{1}})", function, self.value(INT, depth - 1), divisor)

    def share(self) -> Sample:
        share = self.random.choice((0.25, 0.1, -2.5, 3.0))
        divisor = self.random.choice((literal(repr(share), share), literal("params.share", 0.25, "0.25")))
        return strict("({0} / {1})", operator.truediv, self.leaf(DOUBLE), divisor)

    def divided(self, depth: int) -> Sample:
        """A quotient or remainder beside a small number, so that being off by one shows."""
        kind = self.random.choice((INT, DOUBLE))
        left = self.division(depth) if kind == INT else self.share()
        word = self.random.choice(tuple(_OPERATORS))
        return strict(f"{{0}} {word} {{1}}", _OPERATORS[word], left, self.literal(kind))

    def choice(self, kind: Type, depth: int, *, enums: bool = True) -> Sample:
        condition, chosen, otherwise = (
            self.truth(depth - 1),
            self.value(kind, depth - 1, enums=enums),
            self.value(kind, depth - 1, enums=enums),
        )

        def meaning(inputs: Mapping[str, Any]) -> Any:  # noqa: ANN401 - values of every type
            known = condition.meaning(inputs)
            return None if known is None else (chosen if known else otherwise).meaning(inputs)

        text, cel = (
            f"(({one}) ? ({two}) : ({three}))"
            for one, two, three in zip(*((p.text, p.cel) for p in (condition, chosen, otherwise)), strict=True)
        )
        return Sample(text, cel, meaning)


def _looks_like_a_word(text: str) -> bool:
    return len(text) > 1 and text[0] == "a" and all("a" <= letter <= "z" for letter in text)


def _quotient(dividend: int, divisor: int) -> int:
    return trunc(Fraction(dividend, divisor))


def _remainder(dividend: int, divisor: int) -> int:
    return dividend - divisor * _quotient(dividend, divisor)


@dataclass(frozen=True, slots=True)
class Batch:
    """Many expressions and many inputs to evaluate each of them with; the seed makes them again."""

    seed: int
    samples: tuple[Sample, ...]
    inputs: tuple[Inputs, ...]


def batch(seed: int, expressions: int, rows: int, depth: int = 4) -> Batch:
    """The batch of a seed."""
    random = Random(seed)  # noqa: S311 - samples, not secrets
    samples = tuple(Writer(random).truth(random.randint(1, depth)) for _ in range(expressions))
    return Batch(seed, samples, tuple(inputs(random, random.choice((0.0, 0.2, 0.5, 0.8))) for _ in range(rows)))


def batches(expressions: int, rows: int, depth: int = 4) -> st.SearchStrategy[Batch]:
    """Batches of well-typed expressions with partly missing inputs."""
    return st.integers(0, 2**32).map(lambda seed: batch(seed, expressions, rows, depth))
