import json
from typing import Any

import pytest

from procureguard.policy.model import Effect
from procureguard.source.document import Document
from written import Data, definitions, kind, loaded, policy, policy_document, told, written

PACK = {
    "id": "accounts",
    "title": "Accounts",
    "domain": "security",
    "release": "2026.11",
    "agreed_by": ["marketing", "it"],
}


def problems_of(data: Data, organisation: Data | None = None) -> list[Any]:
    return [problem[:3] for problem in told(loaded([policy_document(data)], organisation)[1])]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (
            {"examples": [{"name": "a", "given": {}, "expect": "unknown"}]},
            (
                "PG305",
                "examples are missing for: pass, fail",
                "add one example for each, with `name`, `given` and `expect`",
            ),
        ),
        (
            {"examples": None},
            (
                "PG305",
                "examples are missing for: pass, fail, unknown",
                "add one example for each, with `name`, `given` and `expect`",
            ),
        ),
        (
            {"effective_from": "2026-12-02", "effective_to": "2026-12-01"},
            (
                "PG312",
                "the policy ends on 2026-12-01 before it begins on 2026-12-02",
                "put the later day under `effective_to`",
            ),
        ),
        (
            {"message": "The {product.plam} plan."},
            ("PG311", "the message names `product.plam`, which is no fact", "did you mean `product.plan`?"),
        ),
        (
            {"remedy": "Wait {params.days} days."},
            ("PG311", "the remedy names `params.days`, which is no fact", None),
        ),
        (
            {"require": "product.scimm"},
            ("PG302", "unknown fact `product.scimm`", "did you mean `product.scim`?"),
        ),
    ],
)
def test_what_is_wrong_with_a_policy_is_said_with_a_hint(change: Data, problem: tuple[str, str, str | None]) -> None:
    assert problems_of(policy(**change)) == [problem]


def test_everything_wrong_with_a_policy_is_said_at_once() -> None:
    data = policy(
        require="product.scimm",
        when="ai.use",
        message="{x}",
        examples=None,
        effective_to="2000-01-01",
        effective_from="2001-01-01",
    )
    assert sorted(problem[0] for problem in problems_of(data)) == ["PG302", "PG302", "PG305", "PG311", "PG312"]


def test_a_fact_of_an_example_that_does_not_exist_is_shown_where_it_stands() -> None:
    text = """\
id: tested
title: t
effect: deny
role: it
require: product.scim
message: m
why: w
remedy: r
examples:
  - {name: a, given: {product: {scim: true}}, expect: pass}
  - {name: b, given: {product: {skim: false}}, expect: fail}
  - {name: c, given: {}, expect: unknown, asks: [product.scim]}
"""
    _, problems = loaded([written(text, "tested.yaml")])
    assert told(problems) == [("PG310", "there is no fact `product.skim`", "did you mean `product.scim`?", (11, 39))]


def test_marks_of_a_policy_and_of_all_it_rests_on_count_together() -> None:
    marks = "never_suggest"
    shared = definitions(
        {"name": "small", "title": "it is small", "is": "request.users < 5", marks: ["contract.seats"]},
        {
            "name": "quiet",
            "title": "it is quiet",
            "is": "messaging.daily_volume < 9",
            marks: ["messaging.daily_volume"],
        },
        {"name": "harmless", "title": "it is harmless", "is": {"all": ["small", "quiet"]}},
        {"name": "brief", "title": "it is brief", "is": "contract.term_months < 9", marks: ["contract.term_months"]},
    )
    resting = policy("resting", when="harmless", never_suggest=["request.trial_days"])
    found, problems = loaded([shared, policy_document(policy("alone")), policy_document(resting)])
    assert problems == []
    assert {entry.identity: entry.never_suggest for entry in found.policies.policies} == {
        "alone": frozenset(),
        "resting": {"request.trial_days", "contract.seats", "messaging.daily_volume"},
    }
    assert [found.no_way_out(entry) for entry in found.written] == [(), ("request.trial_days",)]
    named = policy("resting", when={"any": ["small", "quiet"]})
    (entry,) = loaded([shared, policy_document(named)])[0].written
    assert loaded([shared, policy_document(named)])[0].no_way_out(entry) == ("contract.seats", "messaging.daily_volume")


def test_a_mark_on_a_fact_that_does_not_exist_is_shown_where_it_stands() -> None:
    wrong = policy(never_suggest=["product.scim", "contract.term_month"])
    assert problems_of(wrong) == [
        ("PG310", "there is no fact `contract.term_month`", "did you mean `contract.term_months`?")
    ]
    small = {"name": "small", "title": "it is small", "is": "request.users < 5", "never_suggest": ["risk.light"]}
    _, problems = loaded([definitions(small), policy_document(policy())])
    assert [problem[:2] for problem in told(problems)] == [("PG310", "there is no fact `risk.light`")]


@pytest.mark.parametrize("name", ["policies/other.yaml", "other.json"])
def test_a_policy_stands_in_a_file_of_its_name(name: str) -> None:
    text = policy_document(policy()).source.text
    _, problems = loaded([written(text, name)])
    assert [problem[:3] for problem in told(problems)] == [
        (
            "PG307",
            "the policy `tested` stands in a file named `other`",
            "name the file `tested.yaml`, or give the policy the id `other`",
        )
    ]
    assert loaded([written(text, "-")])[1] == []


def test_policies_come_in_the_order_of_their_ids_with_the_pack_of_their_folder() -> None:
    pack = written(kind("pack", PACK).source.text, "policies/accounts/pack.yaml")
    documents = [
        policy_document(policy("zeta"), "policies/accounts"),
        pack,
        policy_document(policy("alpha"), "policies/other"),
    ]
    found, problems = loaded(documents)
    assert problems == []
    assert [(entry.identity, entry.pack, entry.domain) for entry in found.policies.policies] == [
        ("alpha", "", "cost"),
        ("zeta", "accounts", "security"),
    ]
    assert found.policies.packs["accounts"].agreed_by == ("marketing", "it")
    assert loaded(documents[::-1])[0].policies == found.policies


def test_a_policy_id_stands_for_one_policy() -> None:
    first, second = policy_document(policy(), "policies/a"), policy_document(policy(), "policies/b")
    found, problems = loaded([first, second])
    assert [entry.document for entry in found.written] == [first]
    assert [(problem.name, *told([problem])[0][:3]) for problem in problems] == [
        (
            "policies/b/tested.yaml",
            "PG303",
            "the policy `tested` stands twice, first in policies/a/tested.yaml",
            "give one of them another id, or remove it",
        )
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, (Effect.CONDITION, "it", {"days": 3})),
        ({"effect": "deny"}, (Effect.DENY, "it", {"days": 3})),
        ({"role": "legal"}, (Effect.CONDITION, "legal", {"days": 3})),
        ({"params": {"days": 9}}, (Effect.CONDITION, "it", {"days": 9})),
    ],
)
def test_an_organisation_changes_effect_role_and_parameters_without_touching_the_file(
    change: Data, expected: tuple[Effect, str, Data]
) -> None:
    data = policy(
        params={"days": {"type": "int", "value": 3, "about": "days"}},
        require="product.scim || request.trial_days < params.days",
        examples=[
            {"name": "a", "given": {"product": {"scim": True}}, "expect": "pass"},
            {"name": "b", "given": {"product": {"scim": False}, "request": {"trial_days": 30}}, "expect": "fail"},
            {
                "name": "c",
                "given": {"product": {"scim": False}},
                "expect": "unknown",
                "asks": ["request.trial_days"],
            },
        ],
    )
    plain, _ = loaded([policy_document(data)])
    found, problems = loaded([policy_document(data)], {"policies": {"tested": change}})
    assert problems == []
    (entry,) = found.policies.policies
    assert (entry.effect, entry.role, entry.params) == expected
    assert (entry.digest == plain.policies.policies[0].digest) is ("params" not in change)


@pytest.mark.parametrize(("identity", "hint"), [("testd", "did you mean `tested`?"), ("zzzzzzz", None)])
def test_an_organisation_can_only_change_policies_that_exist(identity: str, hint: str | None) -> None:
    _, problems = loaded([policy_document(policy())], {"policies": {identity: {"effect": "deny"}}})
    assert [problem[:3] for problem in told(problems)] == [
        ("PG308", f"there is no policy `{identity}` to change", hint)
    ]


def test_a_broken_policy_is_not_said_to_be_missing() -> None:
    assert problems_of(policy(require="product.scimm"), {"policies": {"tested": {"effect": "deny"}}}) == [
        ("PG302", "unknown fact `product.scimm`", "did you mean `product.scim`?")
    ]


def test_other_kinds_of_file_do_not_belong_among_policies() -> None:
    _, problems = loaded([kind("purchase", {}), written("kind: polcy\nversion: 1\n")])
    assert [problem[:3] for problem in told(problems)] == [
        (
            "PG225",
            "a file of kind `purchase` does not belong among policies",
            "move it out of the folder of policies",
        ),
        ("PG225", "`polcy` is no kind of file", "did you mean `policy`?"),
    ]


def test_a_policy_knows_every_fact_and_register_below_its_definitions() -> None:
    below = definitions({"name": "cheap", "title": "it is cheap", "is": "cost.annual < 100.0 || overlap.best_replaced"})
    data = policy(when="cheap", require="product.scim || vendor.banned")
    found, _ = loaded([below, policy_document({**data, "params": {}})])
    (entry,) = found.policies.policies
    assert entry.facts == {"cost.annual", "overlap.best_replaced", "product.scim", "vendor.banned"}
    assert entry.registers == {"inventory", "banned_vendors"}


def packed(name: str, *policies: str) -> list[Document]:
    manifest = {"kind": "pack", "version": 1, "id": name, "title": name, "domain": "cost", "release": "2026.11"}
    return [
        written(json.dumps(manifest), f"policies/{name}/pack.yaml"),
        *(policy_document(policy(identity), f"policies/{name}") for identity in policies),
    ]


@pytest.mark.parametrize(
    ("packs", "expected"),
    [
        (None, ["a", "b", "c", "own"]),
        (["first"], ["a", "b", "own"]),
        (["second", "first"], ["a", "b", "c", "own"]),
        ([], ["own"]),
        (["empty"], ["own"]),
    ],
)
def test_an_organisation_chooses_its_packs_and_keeps_policies_of_no_pack(
    packs: list[str] | None, expected: list[str]
) -> None:
    packs_with = [*packed("first", "a", "b"), *packed("second", "c"), *packed("empty")]
    documents = [*packs_with, policy_document(policy("own"))]
    found, problems = loaded(documents, {} if packs is None else {"packs": packs})
    assert problems == []
    assert [entry.policy.identity for entry in found.written] == expected


def test_a_pack_that_does_not_exist_is_named_with_what_may_be_meant() -> None:
    _, problems = loaded(packed("first", "a"), {"packs": ["frist"]})
    assert [problem[:3] for problem in told(problems)] == [
        ("PG314", "there is no pack `frist`", "did you mean `first`?")
    ]


@pytest.mark.parametrize("packs", [[], ["empty"]])
def test_a_choice_that_leaves_no_policy_is_refused(packs: list[str]) -> None:
    _, problems = loaded([*packed("first", "a"), *packed("empty")], {"packs": packs})
    assert [problem[:3] for problem in told(problems)] == [
        ("PG314", "no policy is left, so every purchase would be approved", "the packs are empty, first")
    ]


def test_two_packs_cannot_share_an_id() -> None:
    twin = written(packed("first")[0].source.text, "policies/other/pack.yaml")
    _, problems = loaded([*packed("first", "a"), twin])
    assert [problem[:3] for problem in told(problems)] == [
        ("PG303", "the pack `first` stands twice, first in policies/first/pack.yaml", "give one of them another id")
    ]
