from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procureguard.compile.program import FAIL, NOT_APPLICABLE, PASS, UNKNOWN
from procureguard.compile.python import compile_policies, generate
from procureguard.evaluate import evaluate_one
from procureguard.facts.computation import Registers
from procureguard.facts.fact import Fact
from procureguard.facts.gather import complete
from procureguard.finding import Outcome
from procureguard.policy.written import WrittenPolicies
from procureguard.stack.vendors import Catalogue
from written import Data, Json, Kleene, definitions, loaded, policy, policy_document, stack

VALUES = (True, False, None)
CODES = {Outcome.PASS: PASS, Outcome.FAIL: FAIL, Outcome.UNKNOWN: UNKNOWN, Outcome.NOT_APPLICABLE: NOT_APPLICABLE}


def program_of(*policies: Data, names: Json = ()) -> Json:
    return compile_policies(written_of(*policies, names=names))


def source_of(*policies: Data, names: Json = ()) -> str:
    return generate(written_of(*policies, names=names)).source


def written_of(*policies: Data, names: Json = ()) -> WrittenPolicies:
    found, problems = loaded([*names, *(policy_document(data) for data in policies)])
    assert problems == []
    return found


def tiers(program: Json, values: list[bool | None]) -> list[bool | None]:
    definitions = program.run(values)[1]
    return [False if place is None else definitions[place] for place in program.tiers]


def law_3(when: Kleene, require: Kleene) -> int | None:
    """Not applicable where `when` is false, otherwise the value of `!when || require`."""
    if when is False:
        return NOT_APPLICABLE
    if require is True:
        return PASS
    return FAIL if when is True and require is False else UNKNOWN


WRITTEN = [
    ("ai.used", "product.scim"),
    ({"all": ["ai.used"]}, {"any": ["product.scim"]}),
    ({"none": ["!ai.used"]}, {"none": [{"any": ["!product.scim"]}]}),
    ("used", "offers"),
]


@pytest.mark.parametrize(("when", "require"), WRITTEN)
def test_the_program_gives_every_outcome_as_law_3_defines_it(when: Json, require: Json) -> None:
    names = definitions(
        {"name": "used", "title": "used", "is": "ai.used"}, {"name": "offers", "title": "offers", "is": "product.scim"}
    )
    program = program_of(policy(when=when, require=require), names=[names])
    assert program.slots == ("ai.used", "product.scim")
    found = {values: program.run(values)[0][0] for values in product(VALUES, VALUES)}
    assert found == {(applies, holds): law_3(applies, holds) for applies, holds in product(VALUES, VALUES)}


@pytest.mark.parametrize("constant", [True, False])
@pytest.mark.parametrize("field", ["when", "require"])
def test_a_condition_may_be_a_truth_value(field: str, constant: bool) -> None:  # noqa: FBT001 - the value tested
    other: Data = {"when": "ai.used", "require": "ai.used", field: constant}
    program = program_of(policy(**other))
    for value in VALUES:
        applies, holds = (constant, value) if field == "when" else (value, constant)
        assert program.run([value])[0] == (law_3(applies, holds),)


def test_a_policy_without_when_always_applies() -> None:
    program = program_of(policy())
    assert [program.run([value])[0][0] for value in VALUES] == [PASS, FAIL, UNKNOWN]


@given(values=st.tuples(*[st.sampled_from(VALUES)] * 2))
def test_the_tracing_evaluator_agrees_with_the_program(values: tuple[bool | None, ...]) -> None:
    program = program_of(policy("b", when="ai.used"), policy("a", require="ai.used && product.scim"))
    known = {
        path: Fact(path, value, "requester")
        for path, value in zip(program.slots, values, strict=True)
        if value is not None
    }
    around = stack()
    facts = complete(known, Registers(None, Catalogue.of(), around.taxonomy, frozenset()), None)
    codes = program.run(values)[0]
    assert [CODES[evaluate_one(program, entry, facts).outcome] for entry in program.policies.policies] == list(codes)


def test_nothing_that_a_file_says_but_constants_reaches_the_generated_text() -> None:
    words = {"title": "ZebraTitle", "message": "ZebraMessage", "why": "ZebraWhy", "remedy": "ZebraRemedy"}
    source = source_of(
        policy("zebra-id", when="zebra", require='product.mfa != "none"', examples=None)
        | {
            "examples": [
                {"name": "ZebraA", "given": {"product": {"mfa": "enforced"}}, "expect": "pass"},
                {"name": "ZebraB", "given": {"product": {"mfa": "none"}, "ai": {"used": True}}, "expect": "fail"},
                {"name": "ZebraC", "given": {}, "expect": "unknown", "asks": ["ai.used", "product.mfa"]},
            ]
        }
        | words,
        names=[definitions({"name": "zebra", "title": "ZebraName", "is": "ai.used // zebra"})],
    )
    assert "zebra" not in source.lower()
    assert source.count("product") == source.count("'product.mfa'") > 0


def test_a_definition_shared_by_policies_is_computed_once() -> None:
    names = definitions({"name": "shared", "title": "shared", "is": "request.users > 417"})
    source = source_of(*(policy(f"p{number}", require="shared") for number in range(3)), names=[names])
    assert source.split("def ")[1].count("417") == 1


def test_risk_tiers_come_from_their_definitions_and_are_false_without_them() -> None:
    assert tiers(program_of(policy()), [True]) == [False, False, False, False]
    names = definitions(
        {"name": "risk.light", "title": "light", "is": "risk.high || ai.used"},
        {"name": "risk.high", "title": "high", "is": "web.loads_on_site"},
    )
    program = program_of(policy(), names=[names])
    assert program.slots == ("ai.used", "product.scim", "web.loads_on_site")
    assert tiers(program, [True, None, None]) == [True, False, None, False]
    assert tiers(program, [None, None, True]) == [True, False, True, False]


def test_no_policies_make_a_program_that_says_nothing() -> None:
    program = program_of()
    assert (program.slots, program.run([])) == ((), ((), ()))
