"""Law 13: the solver says of every combination of choices what the interpreter and `evaluate` say of its facts."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procureguard.cel.interpreter import Strict
from procureguard.cel.tree import Conditional, Field
from procureguard.evaluate import decision, outcomes
from procureguard.finding import Outcome, rung_of
from procureguard.solver import encode as encoding_module
from procureguard.solver import lift as lifting_module
from procureguard.solver.cases import Cases, Lifted, lifted
from procureguard.solver.diagram import ALWAYS, NEVER, Assignment, Diagram, Diagrams
from procureguard.solver.encode import Encoding, encode
from procureguard.solver.lift import lift
from property.cel_facts import ENVIRONMENT, FACTS, inputs
from property.checking import DAY
from property.choosing import TIMES, depending, every_assignment, instance, variables
from property.evaluating import checked, interpreted
from property.expressions import batch

BATCHES, EXPRESSIONS = 30, 10
SETS = 60
CAUGHT_WITHIN = 150
"""So many instances of each kind are enough to notice a mistake in the encoder."""

SEEDS = st.integers(0, 2**32)


def expression_differences(seed: int) -> Iterator[str]:
    """Where lifted expressions say otherwise than the interpreter, over facts with few cases."""
    random = Random(seed)  # noqa: S311 - cases, no secrets
    chosen = variables(random, most=4)
    drawn = [inputs(random, 0.25) for _ in range(4)]
    cases = {path: depending(random, chosen, [row[path] for row in drawn]) for path in FACTS}
    diagrams = Diagrams(chosen)
    facts = {path: lifted(diagrams, found) for path, found in cases.items()}
    for sample in batch(seed, EXPRESSIONS, 0).samples:
        expression = checked(sample.text, ENVIRONMENT)
        values = lift(expression, facts.__getitem__, diagrams)
        for assignment in every_assignment(chosen):
            meant = interpreted(expression, {path: found.value(assignment) for path, found in cases.items()})
            said = [value for value, where in values.items() if diagrams.holds(where, assignment)]
            if said != ([] if meant is None else [meant]):
                yield f"{sample.text} is {said} and not {meant} for {assignment}"


def policy_differences(seed: int) -> Iterator[str]:
    """Where an encoding says otherwise than `evaluate`, over policies and facts with few cases."""
    made = instance(seed)
    encoded = encode(made.written, made.cases, DAY, made.registers.supplied, made.variables)
    assert not encoded.not_analysed
    identities = [policy.identity for policy in made.program.policies.policies]
    for assignment in every_assignment(made.variables):
        facts = made.facts(assignment)
        meant = dict(zip(identities, outcomes(facts, made.program), strict=True))
        for identity, outcome in meant.items():
            said = _outcomes(encoded, identity, assignment)
            if said != ([] if outcome is None else [outcome]):
                yield f"{identity} is {said} and not {outcome} for {assignment}"
        if encoded.decision(assignment) != decision(facts, made.program):
            yield f"the decision is {encoded.decision(assignment)} for {assignment}"


def _outcomes(encoded: Encoding, identity: str, assignment: Assignment) -> list[Outcome]:
    found = encoded.outcomes.get(identity, {})
    return [outcome for outcome, where in found.items() if encoded.diagrams.holds(where, assignment)]


@settings(max_examples=BATCHES * TIMES)
@given(seed=SEEDS)
def test_an_expression_has_the_interpreter_s_value_in_every_combination(seed: int) -> None:
    assert list(expression_differences(seed)) == []


@settings(max_examples=SETS * TIMES)
@given(seed=SEEDS)
def test_policies_have_the_outcomes_and_the_decision_of_an_evaluation_in_every_combination(seed: int) -> None:
    assert list(policy_differences(seed)) == []


def test_instances_have_every_outcome_and_every_verdict() -> None:
    seen: set[Any] = set()
    for seed in range(40):
        made = instance(seed)
        for assignment in every_assignment(made.variables):
            facts = made.facts(assignment)
            seen |= {*outcomes(facts, made.program), decision(facts, made.program).verdict}
    assert {None, *Outcome, "approve", "approve_with_conditions", "needs_info", "needs_review", "deny"} <= seen


# --- mistakes on purpose: each of them must show ---


def _any_item(rails: Iterable[Lifted], diagrams: Diagrams, *, absorbing: bool) -> Lifted:
    """The rails of `||` the wrong way round: false as soon as one operand is."""
    found = list(rails)
    return {
        value: diagrams.any_of(outcome.get(value, NEVER) for outcome in found) for value in (absorbing, not absorbing)
    }


def _strictly(rails: Iterable[Lifted], diagrams: Diagrams, *, absorbing: bool) -> Lifted:
    """No absorption: unknown as soon as one operand is."""
    found = list(rails)
    known = diagrams.all_of(diagrams.any_of(outcome.values()) for outcome in found)
    right = RIGHT_ABSORBED(found, diagrams, absorbing=absorbing)
    return {value: diagrams.both(where, known) for value, where in right.items()}


def _never_unknown(node: Strict, parts: Iterable[Lifted], diagrams: Diagrams) -> Lifted:
    """A strict operator that forgets the unknown: false where nobody knows."""
    right = dict(RIGHT_STRICT(node, parts, diagrams))
    rest = diagrams.opposite(diagrams.any_of(right.values()))
    return right if not {*right} & {True, False} else right | {False: diagrams.either(right.get(False, NEVER), rest)}


def _counted(macro: str, items: Sequence[Any], outcomes: Sequence[Lifted], diagrams: Diagrams) -> Lifted:
    """`exists_one` that is content with several."""
    return RIGHT_CONCLUDED("exists" if macro == "exists_one" else macro, items, outcomes, diagrams)


def _kept_though_unknown(items: Sequence[Any], outcomes: Sequence[Lifted], diagrams: Diagrams) -> Lifted:
    """A filter that drops an item nobody knows the condition of."""
    known = [
        {True: outcome.get(True, NEVER), False: diagrams.opposite(outcome.get(True, NEVER))} for outcome in outcomes
    ]
    return RIGHT_KEPT(items, known, diagrams)


def _fails_without_applying(when: Lifted, require: Lifted, diagrams: Diagrams) -> Any:  # noqa: ANN401
    """Law 3 that calls a requirement failed before anybody knows whether it applies."""
    applies = {True: diagrams.opposite(when.get(False, NEVER)), False: when.get(False, NEVER)}
    return RIGHT_OUTCOMES(applies, require, diagrams)


def _one_off(diagrams: Diagrams, cases: Cases) -> Lifted:
    """Options counted from one."""
    counts = {variable.name: variable.options for variable in cases.variables}
    moved = {name: count for name, count in counts.items() if count > 1}
    return lifted(
        diagrams,
        Cases(
            cases.variables,
            lambda found: cases.value({name: (at + (name in moved)) % counts[name] for name, at in found.items()}),
        ),
    )


def _either(diagrams: Diagrams, one: Diagram, other: Diagram) -> Diagram:
    return diagrams.either(one, other)


def _same(_: Diagrams, diagram: Diagram) -> Diagram:
    """An opposite that is only one where there is nothing to think about."""
    return {NEVER: ALWAYS, ALWAYS: NEVER}.get(diagram, diagram)


def _otherwise_when_unknown(self: Any, node: Conditional, scope: Any) -> Lifted:  # noqa: ANN401
    """`?:` that takes the second way while nobody knows which."""
    condition = self.visit(node.condition, scope)
    rest = self.diagrams.opposite(condition.get(True, NEVER))
    self.known[node.condition.identity, scope] = {True: condition.get(True, NEVER), False: rest}
    return RIGHT_CONDITIONAL(self, node, scope)


def _left_out_is_nothing(self: Any, node: Field, scope: Any) -> Lifted:  # noqa: ANN401
    """A field that a record leaves out, taken for the empty value of its type."""
    right = dict(RIGHT_FIELD(self, node, scope))
    empty = {"bool": False, "string": ""}.get(self.checked.types[node.identity].name, 0)
    return right or {empty: ALWAYS}


RIGHT_ABSORBED = lifting_module.absorbed
RIGHT_STRICT = lifting_module.strict
RIGHT_CONCLUDED = lifting_module.concluded
RIGHT_KEPT = lifting_module._kept  # noqa: SLF001 - what is broken on purpose
RIGHT_CONDITIONAL = lifting_module._Lifter.conditional  # noqa: SLF001
RIGHT_FIELD = lifting_module._Lifter.field  # noqa: SLF001
RIGHT_OUTCOMES = encoding_module.outcomes_of
RIGHT_RUNG = rung_of

MISTAKES: dict[str, tuple[Any, str, Callable[..., Any]]] = {
    "the rails of `||` are swapped": (lifting_module, "absorbed", _any_item),
    "`||` and `&&` absorb nothing": (lifting_module, "absorbed", _strictly),
    "a strict operator forgets the unknown": (lifting_module, "strict", _never_unknown),
    "`exists_one` is content with several": (lifting_module, "concluded", _counted),
    "a filter drops what nobody knows": (lifting_module, "_kept", _kept_though_unknown),
    "`?:` takes the second way": (lifting_module._Lifter, "conditional", _otherwise_when_unknown),  # noqa: SLF001
    "a field left out is nothing": (lifting_module._Lifter, "field", _left_out_is_nothing),  # noqa: SLF001
    "a requirement fails before it applies": (encoding_module, "outcomes_of", _fails_without_applying),
    "options are counted from one": (encoding_module, "lifted", _one_off),
    "law 4 is off by one": (encoding_module, "rung_of", lambda effect: RIGHT_RUNG(effect) - 1),
    "advice counts": (encoding_module, "rung_of", lambda effect: max(RIGHT_RUNG(effect), 1)),
    "both is either": (Diagrams, "both", _either),
    "the opposite is the same": (Diagrams, "opposite", _same),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_the_encoder_shows(mistake: str, monkeypatch: pytest.MonkeyPatch) -> None:
    broken, name, instead = MISTAKES[mistake]
    monkeypatch.setattr(broken, name, instead)
    found = (
        shown
        for seed in range(CAUGHT_WITHIN)
        for differences in (expression_differences, policy_differences)
        for shown in differences(seed)
    )
    assert next(found, None) is not None
