"""Generated functions say what interpreter and support say: what a value rests on, in order, and what it waits for."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import given, settings

from procureguard.cel.checker import Checked
from procureguard.cel.generator import Emitter
from procureguard.cel.interpreter import Trace, Unknown, trace
from procureguard.cel.support import support
from procureguard.cel.types import BOOL, INT, STRING, Declaration, list_of, record_of
from procureguard.compile.explaining import Explainer
from procureguard.compile.program import Told
from procureguard.policy.condition import Composed
from procureguard.policy.expression import Expression
from procureguard.policy.written import Definition
from property.cel_facts import ENVIRONMENT, FACTS
from property.evaluating import checked
from property.expressions import Batch, batches
from written import written

EXAMPLES = 30
EXPRESSIONS = 50
ROWS = 10
DEFINED = "risk.high"
"""The definition among the samples: the first expression, which the others may name."""

Explained = tuple[tuple[str, ...], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Explaining:
    """Explaining functions of some expressions, all of them definitions, and the facts they take."""

    slots: tuple[str, ...]
    functions: tuple[Callable[..., tuple[list[str], list[str]]], ...]

    @classmethod
    def of(cls, named: Mapping[str, Checked], slots: Sequence[str]) -> "Explaining":
        definitions = tuple(
            Definition(name, name, Expression(Composed("", ()), found, ()), frozenset(found.paths), (), written("{}"))
            for name, found in named.items()
        )
        shared = Emitter(str)
        explainer = Explainer(tuple(slots), definitions, shared)
        source = explainer.definitions()
        space: dict[str, Any] = {**shared.constants}
        exec(compile(source, "<generated>", "exec"), space)  # noqa: S102 - what is generated is what is tested
        return cls(tuple(slots), tuple(space[f"below{number}"] for number in range(len(definitions))))

    def explained(self, number: int, inputs: Mapping[str, Any], definitions: Sequence[Any]) -> Explained:
        told: Told = [None] * len(self.functions)
        reads, waits = self.functions[number]([inputs.get(path) for path in self.slots], definitions, told)
        return tuple(dict.fromkeys(reads)), frozenset(waits)


class Traced:
    """Expressions by name, read by the interpreter, each once."""

    def __init__(self, named: Mapping[str, Checked], inputs: Mapping[str, Any]) -> None:
        self.named = named
        self.inputs = inputs
        self.seen: dict[str, Trace] = {}

    def lookup(self, path: str) -> Any:  # noqa: ANN401 - values of every type
        return self.see(path).value if path in self.named else self.inputs.get(path)

    def see(self, name: str) -> Trace:
        if name not in self.seen:
            self.seen[name] = trace(self.named[name], self.lookup)
        return self.seen[name]

    def value(self, name: str) -> Any:  # noqa: ANN401 - values of every type
        value = self.see(name).value
        return None if isinstance(value, Unknown) else value

    def reads(self, name: str) -> tuple[str, ...]:
        """The facts a value rests on, those below definitions in their place."""
        found: dict[str, None] = {}
        for path in support(self.named[name], self.see(name)):
            # A definition that was not looked at is named in a condition that no item got as far as.
            below = self.reads(path) if path in self.named else (path,)
            found |= dict.fromkeys(below)
        return tuple(found)

    def explained(self, name: str) -> Explained:
        value = self.see(name).value
        return self.reads(name), value.paths if isinstance(value, Unknown) else frozenset()


def test_both_say_the_same_in_fifteen_thousand_cases() -> None:
    seen: Counter[bool | None] = Counter()
    waiting = Counter[bool]()

    @settings(max_examples=EXAMPLES, deadline=None)
    @given(batch=batches(EXPRESSIONS, ROWS))
    def law(batch: Batch) -> None:
        first, *rest = [sample.text for sample in batch.samples]
        without = {path: declared for path, declared in ENVIRONMENT.items() if path != DEFINED}
        texts = {DEFINED: first.replace(DEFINED, "request.urgent")}
        named = {DEFINED: checked(texts[DEFINED], without)}
        named |= {f"d.{number}": checked(text, ENVIRONMENT) for number, text in enumerate(rest)}
        explaining = Explaining.of(named, [path for path in FACTS if path != DEFINED])
        for inputs in batch.inputs:
            traced = Traced(named, inputs)
            values = [traced.value(name) for name in named]
            for number, name in enumerate(named):
                expected = traced.explained(name)
                assert explaining.explained(number, inputs, values) == expected, (name, inputs)
                seen[values[number]] += 1
                waiting[bool(expected[1])] += 1

    law()
    assert seen.total() >= 15_000
    assert all(seen[value] >= 1_500 for value in (True, False, None)), seen
    assert waiting[True] == seen[None]


def test_an_unstated_field_behind_a_filter_waits_for_the_list_alone() -> None:
    text = "(risk.high ? vendor.attestations.filter(a, a.issued_on < today) : vendor.attestations).all(b, b.valid)"
    named = {"d": checked(text, ENVIRONMENT)}
    explaining = Explaining.of(named, list(FACTS))
    inputs = {"vendor.attestations": (("soc2", 1, 1, None, None),), "today": 5, "risk.high": True}
    traced = Traced(named, inputs)
    expected: Explained = (("risk.high", "vendor.attestations", "today"), frozenset({"vendor.attestations"}))
    assert traced.explained("d") == expected
    assert explaining.explained(0, inputs, [None]) == expected


def test_fields_of_records_in_records_wait_for_the_outer_list() -> None:
    part = record_of({"name": STRING, "levels": list_of(INT), "on": BOOL})
    parts = {"a.wholes": Declaration(list_of(record_of({"parts": list_of(part)})), "wholes")}
    text = "a.wholes.all(w, w.parts.filter(p, p.on).exists(p, p.levels.filter(l, l > 1).all(l, l > 2) || p.name == ''))"
    named = {"d": checked(text, parts)}
    explaining = Explaining.of(named, ["a.wholes"])
    for parts_of_one in (None, (), ((None, (2,), True),), (("x", None, True),), (("x", (2,), None),)):
        inputs = {"a.wholes": ((parts_of_one,),)}
        traced = Traced(named, inputs)
        expected: Explained = (("a.wholes",), frozenset({"a.wholes"} if parts_of_one != () else ()))
        assert traced.explained("d") == expected
        assert explaining.explained(0, inputs, [traced.value("d")]) == expected
