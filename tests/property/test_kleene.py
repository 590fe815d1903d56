"""Law 2: three values. What an expression means is worked out beside its text, from the definition of the law."""

from collections import Counter

from hypothesis import given, settings

from property.cel_facts import ENVIRONMENT, FACTS
from property.evaluating import checked, generated, interpreted
from property.expressions import Batch, batches

EXAMPLES = 80
EXPRESSIONS = 50
ROWS = 10


def test_both_evaluators_follow_the_definition_in_forty_thousand_cases() -> None:
    seen: Counter[bool | None] = Counter()

    @settings(max_examples=EXAMPLES, deadline=None)
    @given(batch=batches(EXPRESSIONS, ROWS))
    def law(batch: Batch) -> None:
        for sample in batch.samples:
            expression = checked(sample.text, ENVIRONMENT)
            run = generated([expression], list(FACTS))
            for inputs in batch.inputs:
                meant = sample.meaning(inputs)
                assert run(inputs) == (meant,), (sample.text, inputs)
                assert interpreted(expression, inputs) is meant, (sample.text, inputs)
                seen[meant] += 1

    law()
    assert seen.total() >= 36_000
    assert all(seen[value] >= 5_000 for value in (True, False, None)), seen
