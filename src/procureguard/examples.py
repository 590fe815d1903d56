"""Examples in policy files: each is run, alone with its policy, and must come out as it says."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from procureguard.compile.program import Program
from procureguard.evaluate import evaluate_one
from procureguard.facts.check import fits
from procureguard.facts.computation import Registers
from procureguard.facts.fact import Fact
from procureguard.facts.gather import Facts, complete
from procureguard.facts.schema import FactSchema, to_value
from procureguard.finding import Finding
from procureguard.policy.text import as_written
from procureguard.policy.written import Example, WrittenPolicies, WrittenPolicy
from procureguard.source.diagnostic import Diagnostic
from procureguard.stack.inventory import NO_TOOLS
from procureguard.stack.stack import Stack
from procureguard.stack.vendors import Catalogue
from procureguard.trace import Trace

REGISTERS = frozenset(
    {"inventory", "requests", "decisions", "card_payments", "families", "banned_vendors", "sanctioned_vendors"}
)
"""Every register: in an example all of them count as supplied."""


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """What came out of one example, and the facts it was tried on."""

    written: WrittenPolicy
    example: Example
    facts: Facts
    outcome: str
    waits: frozenset[str]

    @property
    def as_stated(self) -> bool:
        """Whether the outcome, and what is asked when it is unknown, are those the example names."""
        asked_as_stated = self.example.expect != "unknown" or self.waits == self.example.asks
        return self.outcome == self.example.expect and asked_as_stated


def check_examples(
    program: Program, policies: WrittenPolicies, schema: FactSchema, stack: Stack, problems: list[Diagnostic]
) -> tuple[ExampleResult, ...]:
    """The results of all examples by both evaluators; one that does not come out as stated is a problem."""
    known_to_all = thresholds(stack, schema)
    registers = Registers(NO_TOOLS, Catalogue.of(), stack.taxonomy, REGISTERS)
    results = []
    for written in policies.written:
        for example in written.examples:
            known = _given(written, example, schema, problems)
            if known is not None:
                facts = complete({**known_to_all, **known}, registers, example.as_of)
                finding = _agreed(written, facts, program, policies)
                results.append(ExampleResult(written, example, facts, finding.outcome.word, finding.waits))
    problems.extend(_difference(result) for result in results if not result.as_stated)
    return tuple(results)


def _agreed(written: WrittenPolicy, facts: Facts, program: Program, policies: WrittenPolicies) -> Finding:
    """Law 13: the compiled program and the interpreter find the same."""
    compiled, traced = evaluate_one(program, written.policy, facts), Trace(facts, policies).outcome(written)
    if written.policy.in_force(facts.as_of) and (compiled.outcome, compiled.waits) != (traced.outcome, traced.waits):
        raise AssertionError(f"evaluators disagree on {written.policy.identity}: {compiled} and {traced}")
    return compiled


def thresholds(stack: Stack, schema: FactSchema) -> dict[str, Fact]:
    """What an organisation's preset and the taxonomy say, whatever is bought."""
    stated = {
        f"{block.section}.{name}": data
        for block in stack.organisation.preset_blocks()
        for name, data in block.facts.items()
    }
    return {path: Fact(path, to_value(schema[path], data), "it") for path, data in stated.items()} | {
        "organisation.exclusive_capabilities": Fact(
            "organisation.exclusive_capabilities", stack.taxonomy.exclusive, "it"
        )
    }


def _given(
    written: WrittenPolicy, example: Example, schema: FactSchema, problems: list[Diagnostic]
) -> dict[str, Fact] | None:
    known: dict[str, Fact] = {}
    valid = True
    for pointer, path, data in _paths(example):
        kind = schema.get(path)
        if kind is None or not fits(kind, data):
            valid = False
            message = f"`{as_written(data)}` is no value of `{path}`" if kind else f"there is no fact `{path}`"
            span = written.document.value_span(pointer)
            hint = f"it is of type {kind.type}" if kind else "the facts are listed in the reference"
            problems.append(Diagnostic.error("PG310", message, written.document.source, span, hint))
        elif data is not None:
            known[path] = Fact(path, to_value(kind, data), "requester")
    return known if valid else None


def _paths(example: Example) -> Iterator[tuple[str, str, Any]]:
    for section, facts in example.given.items():
        for name, data in facts.items():
            yield f"{example.pointer}/given/{section}/{name}", f"{section}.{name}", data


def _difference(result: ExampleResult) -> Diagnostic:
    document, example = result.written.document, result.example
    if result.outcome != example.expect:
        message = f"the example `{example.name}` comes out as {result.outcome}, not {example.expect}"
        hint = f"it waits for {', '.join(sorted(result.waits))}" if result.waits else None
        span = document.value_span(f"{example.pointer}/expect")
    else:
        message = f"the example `{example.name}` asks for {', '.join(sorted(result.waits))}"
        hint = "list exactly these under `asks`"
        span = document.value_span(f"{example.pointer}/asks")
    return Diagnostic.error("PG306", message, document.source, span, hint)
