"""Law 13: generated Python, interpreter and the reference implementation of CEL give the same outcome."""

from collections import Counter
from dataclasses import replace
from itertools import compress

import pytest
from hypothesis import given, settings

from conformance.oracle import AVAILABLE, Oracle
from procureguard.cel import functions
from property.cel_facts import ENVIRONMENT, FACTS
from property.evaluating import checked, generated, interpreted, oracle_row, oracle_type
from property.expressions import Batch, batch, batches

EXAMPLES = 60
SEEDS = 150
EXPRESSIONS = 60
ROWS = 10


def test_generated_function_of_many_expressions_agrees_with_the_interpreter() -> None:
    """Expressions share one function here, so that what one computed is used again by others."""
    seen: Counter[bool | None] = Counter()

    @settings(max_examples=EXAMPLES, deadline=None)
    @given(batch=batches(EXPRESSIONS, ROWS, depth=5))
    def law(batch: Batch) -> None:
        expressions = [checked(sample.text, ENVIRONMENT) for sample in batch.samples]
        run = generated(expressions, list(FACTS))
        for inputs in batch.inputs:
            expected = tuple(interpreted(expression, inputs) for expression in expressions)
            assert run(inputs) == expected
            seen.update(expected)

    law()
    assert seen.total() >= 36_000
    assert all(seen[value] >= 5_000 for value in (True, False, None)), seen


@pytest.mark.skipif(not AVAILABLE, reason="the reference implementation is not installed")
def test_all_three_agree_where_facts_are_missing() -> None:
    """Counted are the cases in which a fact is missing that the expression names; the others are compared as well."""
    seen: Counter[bool | None] = Counter()
    variables = {path: oracle_type(declared.type) for path, declared in FACTS.items()}
    with Oracle(variables) as oracle:
        for seed in range(SEEDS):
            samples = batch(seed, EXPRESSIONS, ROWS)
            expressions = [checked(sample.text, ENVIRONMENT) for sample in samples.samples]
            run = generated(expressions, list(FACTS))
            rows = [oracle_row(inputs) for inputs in samples.inputs]
            compiled = zip(*map(run, samples.inputs), strict=True)
            for sample, expression, ours in zip(samples.samples, expressions, compiled, strict=True):
                traced = tuple(interpreted(expression, inputs) for inputs in samples.inputs)
                assert ours == traced == tuple(oracle.outcomes(sample.cel, rows)), sample.text
                lacking = [any(inputs[path] is None for path in expression.paths) for inputs in samples.inputs]
                seen.update(compress(traced, lacking))
    assert seen.total() >= 36_000
    assert all(seen[value] >= 2_000 for value in (True, False, None)), seen


SEEDED = {
    "less than or equal for less than": ("{0} < {1}", "{0} <= {1}"),
    "greater for less": ("{0} < {1}", "{0} > {1}"),
    "equal for unequal": ("{0} != {1}", "{0} == {1}"),
    "negation left out": ("not {0}", "{0}"),
    "sum for difference": ("{0} - {1}", "{0} + {1}"),
    "quotient rounded down": ("({0} // {1} if {0} * {1} >= 0 else -(-{0} // {1}))", "{0} // {1}"),
    "remainder with the sign of the divisor": ("({0} % {1} if {0} * {1} >= 0 else -(-{0} % {1}))", "{0} % {1}"),
    "share rounded": ("{0} / {1}", "{0} // {1}"),
    "end for beginning": ("{0}.startswith({1})", "{0}.endswith({1})"),
    "containing the wrong way round": ("{1} in {0}", "{0} in {1}"),
    "one more than the size": ("len({0})", "len({0}) + 1"),
    "pattern found where it is not": ("{1}({0}) is not None", "{1}({0}) is None"),
}


@pytest.mark.parametrize("bug", SEEDED)
def test_a_bug_in_the_table_is_noticed(bug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    right, wrong = SEEDED[bug]
    rows = tuple(replace(row, python=wrong) if row.python == right else row for row in functions.OPERATIONS)
    assert rows != functions.OPERATIONS
    monkeypatch.setattr(functions, "OPERATIONS", rows)
    assert differences(range(20)) > 0


def test_without_a_bug_nothing_is_noticed() -> None:
    assert differences(range(20)) == 0


def differences(seeds: range) -> int:
    """How many outcomes of the generated Python differ from the interpreter's."""
    found = 0
    for seed in seeds:
        samples = batch(seed, 30, 6)
        expressions = [checked(sample.text, ENVIRONMENT) for sample in samples.samples]
        run = generated(expressions, list(FACTS))
        for inputs in samples.inputs:
            expected = [interpreted(expression, inputs) for expression in expressions]
            found += sum(one is not other for one, other in zip(run(inputs), expected, strict=True))
    return found
