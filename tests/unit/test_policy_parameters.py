import json
from typing import Any

import pytest

from written import Data, Json, loaded, policy, policy_document, told


def with_parameter(kind: str, value: Json) -> Data:
    return policy(params={"limit": {"type": kind, "value": value, "about": "a limit"}})


CASES: list[tuple[str, list[tuple[Any, Any]], list[Any]]] = [
    ("bool", [(True, True)], [1, "true"]),
    ("int", [(3, 3)], [3.5, True, "3"]),
    ("double", [(3, 3.0), (0.8, 0.8)], [True, "0.8"]),
    ("string", [("x", "x")], [3, True]),
    ("list(string)", [(["a", "b"], ("a", "b")), ([], ())], ["a", [1]]),
    ("list(int)", [([1, 2], (1, 2))], [1, ["a"], [True]]),
]


@pytest.mark.parametrize(
    ("kind", "value", "constant"), [(kind, value, constant) for kind, good, _ in CASES for value, constant in good]
)
def test_a_value_of_its_type_becomes_a_constant(kind: str, value: Json, constant: Json) -> None:
    found, problems = loaded([policy_document(with_parameter(kind, value))])
    assert problems == []
    assert repr(found.policies.policies[0].params["limit"]) == repr(constant)


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, _, bad in CASES for value in bad])
def test_a_value_of_another_type_is_refused_in_the_policy_and_in_the_organisation(kind: str, value: Json) -> None:
    shown = value if isinstance(value, str) else json.dumps(value)
    expected = [("PG309", f"`{shown}` is no {kind}", f"write a value of type {kind}")]
    _, problems = loaded([policy_document(with_parameter(kind, value))])
    assert [problem[:3] for problem in told(problems)] == expected
    good = next(good[0][0] for name, good, _ in CASES if name == kind)
    change = {"policies": {"tested": {"params": {"limit": value}}}}
    _, problems = loaded([policy_document(with_parameter(kind, good))], change)
    assert [(problem.name, *told([problem])[0][:3]) for problem in problems] == [("organisation.yaml", *expected[0])]


@pytest.mark.parametrize(
    ("name", "params", "hint"),
    [
        ("limits", {"limit": 1}, "did you mean `limit`?"),
        ("zzzzz", {"limit": 1}, "it has limit"),
        ("limit", {}, "it has none"),
    ],
)
def test_an_organisation_can_only_change_a_parameter_that_is_there(name: str, params: Data, hint: str) -> None:
    stated = {key: {"type": "int", "value": value, "about": "a limit"} for key, value in params.items()}
    _, problems = loaded([policy_document(policy(params=stated))], {"policies": {"tested": {"params": {name: 4}}}})
    assert [problem[:3] for problem in told(problems)] == [("PG309", f"the policy has no parameter `{name}`", hint)]
