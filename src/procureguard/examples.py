"""Examples in policy files: each is run, alone with its policy, and must come out as it says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from procureguard.compile import Program
from procureguard.evaluate import evaluate_one
from procureguard.facts import Fact, FactSchema, Registers, complete, fits, to_value
from procureguard.policy import Example, Policy, as_written
from procureguard.source import Diagnostic
from procureguard.stack import Catalogue, Inventory, Stack

REGISTERS = frozenset(
    {"inventory", "requests", "decisions", "card_payments", "families", "banned_vendors", "sanctioned_vendors"}
)
"""Every register: in an example all of them count as supplied."""


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """What came out of one example."""

    policy: Policy
    example: Example
    outcome: str
    waits: frozenset[str]

    @property
    def as_stated(self) -> bool:
        """Whether the outcome, and what is asked when it is unknown, are those the example names."""
        asked_as_stated = self.example.expect != "unknown" or self.waits == self.example.asks
        return self.outcome == self.example.expect and asked_as_stated


def check_examples(
    program: Program, schema: FactSchema, stack: Stack, problems: list[Diagnostic]
) -> tuple[ExampleResult, ...]:
    """The results of all examples; one that cannot be run or does not come out as stated is a problem."""
    thresholds = _thresholds(stack, schema)
    results = []
    for policy in program.policies.policies:
        for example in policy.examples:
            known = _given(policy, example, schema, problems)
            if known is not None:
                results.append(_run(policy, example, {**thresholds, **known}, program, stack))
    problems.extend(_difference(result) for result in results if not result.as_stated)
    return tuple(results)


def _run(policy: Policy, example: Example, known: Mapping[str, Fact], program: Program, stack: Stack) -> ExampleResult:
    registers = Registers(Inventory(None, ()), Catalogue({}), stack.taxonomy, REGISTERS)
    facts = complete(known, registers, example.as_of)
    finding = evaluate_one(policy, facts, program)
    return ExampleResult(policy, example, finding.outcome.value, finding.waits)


def _thresholds(stack: Stack, schema: FactSchema) -> dict[str, Fact]:
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


def _given(policy: Policy, example: Example, schema: FactSchema, problems: list[Diagnostic]) -> dict[str, Fact] | None:
    known: dict[str, Fact] = {}
    valid = True
    for pointer, path, data in _paths(example):
        kind = schema.get(path)
        if kind is None or not fits(kind, data):
            valid = False
            message = f"`{as_written(data)}` is no value of `{path}`" if kind else f"there is no fact `{path}`"
            span = policy.document.value_span(pointer)
            hint = f"it is of type {kind.type}" if kind else "the facts are listed in the reference"
            problems.append(Diagnostic.error("PG310", message, policy.document.source, span, hint))
        elif data is not None:
            known[path] = Fact(path, to_value(kind, data), "requester")
    return known if valid else None


def _paths(example: Example) -> Iterator[tuple[str, str, Any]]:
    for section, facts in example.given.items():
        for name, data in facts.items():
            yield f"{example.pointer}/given/{section}/{name}", f"{section}.{name}", data


def _difference(result: ExampleResult) -> Diagnostic:
    document, example = result.policy.document, result.example
    if result.outcome != example.expect:
        message = f"the example `{example.name}` comes out as {result.outcome}, not {example.expect}"
        hint = f"it waits for {', '.join(sorted(result.waits))}" if result.waits else None
        span = document.value_span(f"{example.pointer}/expect")
    else:
        message = f"the example `{example.name}` asks for {', '.join(sorted(result.waits))}"
        hint = "list exactly these under `asks`"
        span = document.value_span(f"{example.pointer}/asks")
    return Diagnostic.error("PG306", message, document.source, span, hint)
