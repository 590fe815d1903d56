from pathlib import Path
from typing import Any

import pytest

from written import Json, checked, guarded, policy


def asked(path: Path, policies: list[Any], data: Json | None = None) -> list[Any]:
    report = checked(guarded(path, policies), data or {})
    return [(question.fact, question.answered_by, question.ask, question.policies) for question in report.questions]


def test_only_what_could_make_the_verdict_worse_is_asked(tmp_path: Path) -> None:
    policies = [
        policy("advice", effect="advise", require="ai.used", examples=None),
        policy("condition", require="web.loads_on_site", examples=None),
        policy("review", effect="review", require="web.consumer_facing", examples=None),
        policy("deny", effect="deny", require="ai.labelled", examples=None),
    ]
    examples = {
        "advice": "ai.used",
        "condition": "web.loads_on_site",
        "review": "web.consumer_facing",
        "deny": "ai.labelled",
    }
    for entry in policies:
        section, name = examples[entry["id"]].split(".")
        entry["examples"] = [
            {"name": "a", "given": {section: {name: True}}, "expect": "pass"},
            {"name": "b", "given": {section: {name: False}}, "expect": "fail"},
            {"name": "c", "given": {}, "expect": "unknown", "asks": [f"{section}.{name}"]},
        ]
    guard = guarded(tmp_path, policies)
    assert [question.fact for question in checked(guard, {}).questions] == ["web.consumer_facing", "ai.labelled"]
    failed = checked(guard, {"web": {"consumer_facing": False}})
    assert [question.fact for question in failed.questions] == ["ai.labelled"]
    settled = checked(guard, {"ai": {"labelled": False}})
    assert (settled.verdict, settled.questions) == ("deny", ())


@pytest.mark.parametrize(
    ("ask", "expected"),
    [
        ("Does the {product.plan} plan make accounts by itself?", "Does the team plan make accounts by itself?"),
        (None, None),
    ],
)
def test_a_policy_may_word_the_question_for_the_vendor(tmp_path: Path, ask: str | None, expected: str | None) -> None:
    ((fact, answered_by, found, policies),) = asked(
        tmp_path, [policy(effect="review", ask=ask)], {"product": {"plan": "team"}}
    )
    assert (fact, answered_by, policies) == ("product.scim", "vendor", ("tested",))
    assert found == (expected or guarded(tmp_path, [policy()]).schema["product.scim"].question)


def test_one_question_serves_every_policy_that_waits_for_it(tmp_path: Path) -> None:
    policies = [policy("one", effect="review"), policy("two", effect="deny")]
    assert [entry[3] for entry in asked(tmp_path, policies)] == [("one", "two")]


def test_questions_come_in_the_order_of_those_who_answer(tmp_path: Path) -> None:
    tested = policy(
        effect="review",
        require="product.scim && ai.used && integration.sandbox_tested && data.source_lawful",
        examples=[
            {
                "name": "a",
                "given": {
                    "product": {"scim": True},
                    "ai": {"used": True},
                    "integration": {"sandbox_tested": True},
                    "data": {"source_lawful": True},
                },
                "expect": "pass",
            },
            {"name": "b", "given": {"ai": {"used": False}}, "expect": "fail"},
            {
                "name": "c",
                "given": {},
                "expect": "unknown",
                "asks": ["ai.used", "data.source_lawful", "integration.sandbox_tested", "product.scim"],
            },
        ],
    )
    assert [(entry[0], entry[1]) for entry in asked(tmp_path, [tested])] == [
        ("ai.used", "requester"),
        ("product.scim", "vendor"),
        ("integration.sandbox_tested", "it"),
        ("data.source_lawful", "organisation"),
    ]


def test_a_question_says_the_parameters_it_names(tmp_path: Path) -> None:
    entry = policy(
        "notice",
        effect="review",
        require="contract.notice_days <= params.days",
        params={"days": {"type": "int", "value": 60, "about": "longest notice"}},
        ask="Can you accept {params.days} days?",
        examples=[
            {"name": "a", "given": {"contract": {"notice_days": 10}}, "expect": "pass"},
            {"name": "b", "given": {"contract": {"notice_days": 99}}, "expect": "fail"},
            {"name": "c", "given": {}, "expect": "unknown", "asks": ["contract.notice_days"]},
        ],
    )
    assert [(fact, ask) for fact, _, ask, _ in asked(tmp_path, [entry])] == [
        ("contract.notice_days", "Can you accept 60 days?")
    ]
