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
from random import Random
from typing import Any, TypeAlias

from hypothesis import strategies as st

from procureguard.cel.types import (
    BOOL,
    DATE,
    DECIMAL,
    DOUBLE,
    DURATION,
    INT,
    STRING,
    Declaration,
    Type,
    list_of,
    record_of,
)

Inputs: TypeAlias = dict[str, Any]
Meaning: TypeAlias = Callable[[Mapping[str, Any]], Any]

KINDS = ("soc2", "iso27001", "pci")
COLOURS = ("red", "green", "blue")
RECORD = record_of({"kind": STRING, "issued_on": DATE, "level": INT, "valid": BOOL, "share": DECIMAL})
FACTS = {
    "product.sso": Declaration(BOOL, "Single sign-on"),
    "product.scim": Declaration(BOOL, "Automatic removal"),
    "request.urgent": Declaration(BOOL, "Urgent"),
    "risk.high": Declaration(BOOL, "the risk is high"),
    "request.users": Declaration(INT, "People who log in", minimum=-1000, maximum=1000),
    "contract.seats": Declaration(INT, "Seats", minimum=0, maximum=1000),
    "cost.annual": Declaration(DECIMAL, "Annual cost"),
    "cost.limit": Declaration(DECIMAL, "Limit"),
    "usage.ratio": Declaration(DOUBLE, "Ratio"),
    "vendor.name": Declaration(STRING, "Vendor"),
    "product.colour": Declaration(STRING, "Colour", values=COLOURS),
    "today": Declaration(DATE, "today"),
    "contract.renews_on": Declaration(DATE, "Renewal"),
    "data.categories": Declaration(list_of(STRING), "Categories"),
    "data.levels": Declaration(list_of(INT), "Levels", minimum=-1000, maximum=1000),
    "data.days": Declaration(list_of(DATE), "Days"),
    "data.flags": Declaration(list_of(BOOL), "Flags"),
    "vendor.attestations": Declaration(
        list_of(RECORD),
        "Attestations",
        fields={
            "kind": Declaration(STRING, "kind", values=KINDS),
            "level": Declaration(INT, "level", minimum=0, maximum=9),
        },
    ),
}
PARAMETERS = {
    "params.days": Declaration(INT, "days", constant=90),
    "params.share": Declaration(DOUBLE, "share", constant=0.25),
    "params.kinds": Declaration(list_of(STRING), "kinds", constant=("soc2", "pci")),
    "params.name": Declaration(STRING, "name", constant="acme"),
}
ENVIRONMENT = FACTS | PARAMETERS

TEXTS = ("", "a", "acme", "acme inc", "ab", "red", 'q"uote', "new\nline", "zürich", "b\\s")
AMOUNTS = (0, 1, 2500, 5000, 9999, 10_000, 12_345_678)
DAYS = (*(date(2026, month, 15).toordinal() for month in (1, 6, 12)), date(1999, 12, 31).toordinal())
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
        kind = self.random.choice((BOOL, INT, DOUBLE, STRING, DATE, DURATION))
        word = self.random.choice(tuple(_OPERATORS))
        if kind == STRING and self.random.random() < 0.5:
            colour = self.random.choice(COLOURS)
            return strict(f"{{0}} == {quote(colour)}", lambda text: text == colour, self.fact("product.colour"))
        left, right = self.value(kind, depth - 1, enums=False), self.value(kind, depth - 1, enums=False)
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
        choice = self.random.randrange(4)
        if choice == 0:
            colours = self.random.sample(COLOURS, self.random.randint(0, 3))
            listed = ", ".join(quote(colour) for colour in colours)
            return strict(f"{{0}} in [{listed}]", lambda text: text in colours, self.fact("product.colour"))
        if choice == 1:
            item = self.value(STRING, depth - 1, enums=False)
            return strict("({0}) in {1}", lambda text, texts: text in texts, item, self.fact("data.categories"))
        if choice == 2:
            items = [self.value(INT, depth - 1) for _ in range(self.random.randint(1, 3))]
            listed = ", ".join(f"{{{place + 1}}}" for place in range(len(items)))
            return strict(
                f"({{0}}) in [{listed}]", lambda item, *known: item in known, self.value(INT, depth - 1), *items
            )
        return strict(
            "{0} == {1}",
            operator.eq,
            self.fact("data.levels"),
            self.random.choice(
                (self.fact("data.levels"), literal("[1, 2]", (1, 2)), literal("[]", ())),
            ),
        )

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
        path = self.random.choice(("data.categories", "data.levels", "data.days", "data.flags", "vendor.attestations"))
        element = FACTS[path].type.element or BOOL
        name = f"x{self.names}"
        self.names += 1
        self.variables.append((name, element))
        body = self.truth(min(depth - 1, 2))
        self.variables.pop()
        return self.folded(self.random.choice(("all", "exists", "exists_one", "filter")), path, name, body)

    def folded(self, macro: str, path: str, name: str, body: Sample) -> Sample:
        def meaning(inputs: Mapping[str, Any]) -> Any:  # noqa: ANN401 - values of every type
            items = inputs.get(path)
            if items is None:
                return None
            outcomes = [body.meaning({**inputs, name: item}) for item in items]
            if macro in {"all", "exists"}:
                fold, empty = (min, 1.0) if macro == "all" else (max, 0.0)
                return truth(fold([degree(outcome) for outcome in outcomes], default=empty))
            if None in outcomes:
                return None
            return outcomes.count(True) == 1

        text, cel = (f"{path}.{macro}({name}, {part})" for part in (body.text, body.cel))
        return (
            Sample(f"size({text}) == 1", f"size({cel}) == 1", meaning)
            if macro == "filter"
            else Sample(text, cel, meaning)
        )

    # ------------------------------------------------------------------ values

    def value(self, kind: Type, depth: int, *, enums: bool = True) -> Sample:  # noqa: PLR0911 - one return for each kind
        if kind == BOOL:
            return self.truth(depth)
        if depth <= 0 or self.random.random() < 0.3:
            return self.plain(kind, enums=enums)
        if kind == INT:
            return self.number(depth)
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
            lambda: strict("size({0})", len, self.fact("data.categories")),
            lambda: strict("({0}).size()", len, self.fact("vendor.name")),
            lambda: strict(
                "size({0} + {1})",
                lambda one, other: len(one + other),
                self.fact("data.levels"),
                literal("[7, 8]", (7, 8)),
            ),
            lambda: self.choice(INT, depth),
        )

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


def _value(random: Random, path: str, kind: Type) -> Any:  # noqa: ANN401, PLR0911 - one return for each kind
    if kind == BOOL:
        return random.random() < 0.5
    if kind == INT:
        return random.randint(0, 9)
    if kind == DECIMAL:
        return random.choice(AMOUNTS)
    if kind == DOUBLE:
        return random.choice((0.0, 0.25, 0.5, 1.0, 3.75))
    if kind == STRING:
        declared = KINDS if path == "kind" else FACTS[path].values if path in FACTS else None
        return random.choice(declared or (*TEXTS, *COLOURS))
    if kind == DATE:
        return random.choice(DAYS)
    element = kind.element or BOOL
    return tuple(_item(random, path, element) for _ in range(random.randint(0, 3)))


def _item(random: Random, path: str, element: Type) -> Any:  # noqa: ANN401 - values of every type
    if element != RECORD:
        return _value(random, path, element)
    return tuple(None if random.random() < 0.25 else _value(random, field, kind) for field, kind in RECORD.fields)


def inputs(random: Random, missing: float) -> Inputs:
    """Facts with values by chance; each is missing with the given probability."""
    return {
        path: None if random.random() < missing else _value(random, path, declared.type)
        for path, declared in FACTS.items()
    }


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
