"""The lint of law 10 on small sets; that it finds what drawn purchases find stands with the law."""

from pathlib import Path

import pytest

from procureguard.guard.lint_policies import lint_policies
from written import DAY, Data, Json, Told, folder, policy, told

TIERS: Data = {
    "kind": "definitions",
    "version": 1,
    "definitions": [
        {"name": "risk.light", "title": "it is not the smallest", "is": "request.users > 10"},
        {"name": "risk.standard", "title": "it is not small", "is": "request.users > 100"},
    ],
}
FORM: Data = {
    "kind": "form",
    "version": 1,
    "quick": 2,
    "questions": [
        {"ask": "How many?", "facts": ["request.users", "request.type"]},
        {"ask": "AI?", "facts": ["ai.used", "ai.functions"], "asked_if": {"ai.functions": "ai.used"}},
        {"ask": "Who?", "facts": ["request.owner"]},
    ],
}


def asking(*facts: str) -> Data:
    """The form with some more facts in a question of their own, the first one."""
    return {**FORM, "quick": 3, "questions": [{"ask": "And?", "facts": [*facts]}, *FORM["questions"]]}


def warnings(
    path: Path, stated: Data, form: Data | None = FORM, own: Data | None = None, tiers: Data = TIERS
) -> list[Told]:
    files: Data = {"policies/definitions.yaml": tiers, "policies/tested.yaml": policy(**stated)}
    if form is not None:
        files["policies/form.yaml"] = form
    if own is not None:
        schema = {"type": "object", "properties": own}
        files["organisation.yaml"] = {"kind": "organisation", "version": 1, "ext": schema}
    folder(path, files)
    linted = lint_policies([path / "policies"], None if own is None else path / "organisation.yaml", DAY)
    return [found for found in told(linted.warnings) if found[0] == "PG417"]


def loud(path: Path, stated: Data, form: Data | None = FORM, own: Data | None = None) -> list[str]:
    return [message for _, message, _, _ in warnings(path, stated, form, own)]


SCIM = "in the lowest risk tier this waits for `product.scim`"


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({"require": "product.scim"}, [SCIM]),
        ({"when": "risk.light"}, []),
        ({"when": "risk.standard"}, []),
        ({"when": {"all": ["risk.light", "ai.used"]}}, []),
        ({"when": "ai.used"}, [f"{SCIM} when `ai.used` is yes"]),
        ({"when": 'request.type == "renewal"'}, [f"{SCIM} when `request.type` is renewal"]),
        (
            {"when": 'request.type == "renewal" && ai.used'},
            [f"{SCIM} when `ai.used` is yes and `request.type` is renewal"],
        ),
        ({"when": "request.users > 5"}, [f"{SCIM} when `request.users` is 6"]),
        ({"when": "request.users > 10"}, []),
        ({"when": "ai.used && !ai.used"}, []),
        ({"require": "ai.used || request.users < 1000"}, []),
        (
            {"require": 'ai.functions.exists(f, f == "chatbot")'},
            ["in the lowest risk tier this waits for `ai.functions`"],
        ),
        ({"when": "ai.used", "require": 'ai.functions.exists(f, f == "chatbot")'}, []),
        ({"require": 'request.owner == "ana"'}, ["in the lowest risk tier this waits for `request.owner`"]),
    ],
)
def test_a_policy_that_small_purchases_leave_open_is_found_with_a_purchase_that_does(
    tmp_path: Path, stated: Data, expected: list[str]
) -> None:
    assert loud(tmp_path, stated) == expected


def test_without_a_form_nothing_is_asked(tmp_path: Path) -> None:
    assert loud(tmp_path, {"require": "product.scim"}, form=None) == []


@pytest.mark.parametrize(
    ("when", "day"),
    [
        ('request.needed_by < date("2026-12-24")', None),
        ('request.needed_by < date("2026-07-01")', "2026-06-30"),
        ('request.needed_by == date("2026-12-24")', "2026-12-24"),
        ('request.needed_by > date("2026-12-24")', "2026-12-25"),
        ("request.needed_by > today", "2026-11-22"),
        ("request.needed_by - days(30) > today", "2026-12-22"),
        ("request.needed_by + days(30) < today", "2026-10-21"),
    ],
)
def test_days_are_tried_around_those_that_a_policy_names(tmp_path: Path, when: str, day: str | None) -> None:
    case = "" if day is None else f" when `request.needed_by` is {day}"
    assert loud(tmp_path, {"when": when}, asking("request.needed_by")) == [SCIM + case]


def test_facts_of_ones_own_are_tried_by_their_types(tmp_path: Path) -> None:
    own = {"expiry": {"type": "string", "format": "date"}, "currency": {"type": "string"}}
    form = asking("ext.expiry", "ext.currency")
    when = 'ext.expiry > date("2027-01-01") && ext.currency == "shells"'
    case = "`ext.currency` is shells and `ext.expiry` is 2027-01-02"
    assert loud(tmp_path, {"when": when}, form, own) == [f"{SCIM} when {case}"]


def test_what_rests_on_what_a_register_tells_is_derived_from_that(tmp_path: Path) -> None:
    """The best tool may be any, and whether it is given up is known once the buyer says what is."""
    form = asking("request.capabilities", "request.must", "data.categories")
    stated = {"require": "!overlap.best_replaced"}
    assert loud(tmp_path, stated, form) == ["in the lowest risk tier this waits for `request.replaces`"]
    asked = asking("request.capabilities", "request.must", "data.categories", "request.replaces")
    assert loud(tmp_path, stated, asked) == []


ADD_LIGHT = "the first questions of the form must decide a small purchase: add `risk.light` to `when`"
REST_ON = "the first questions of the form must decide a small purchase: rest this on facts that they ask for"


@pytest.mark.parametrize(
    ("when", "hint"),
    [
        (None, ADD_LIGHT),
        ("ai.used", ADD_LIGHT),
        ("ai.used || !risk.light", ADD_LIGHT),
        ({"none": ["risk.light"]}, REST_ON),
        ({"all": ["!risk.light", "ai.used"]}, REST_ON),
    ],
)
def test_a_policy_for_the_lowest_tier_is_not_told_to_leave_it(tmp_path: Path, when: Json, hint: str) -> None:
    assert [found[2] for found in warnings(tmp_path, {"when": when})] == [hint]


def test_without_a_light_tier_nothing_can_wait_for_it(tmp_path: Path) -> None:
    other = {**TIERS, "definitions": [{"name": "calm", "title": "it is calm", "is": "!ai.used"}]}
    assert [found[2] for found in warnings(tmp_path, {}, tiers=other)] == [REST_ON]


QUIETEST = "with the quietest answers found to these questions a purchase"


@pytest.mark.parametrize(
    ("form", "message", "hint"),
    [
        (
            {**FORM, "quick": 0},
            f"{QUIETEST} may be in the standard risk tier while nobody states `request.users`",
            "ask for that among the first questions, or let more of them count",
        ),
        (
            asking("request.metrics"),
            f"{QUIETEST} is in the light risk tier",
            "let `risk.light` be false for some purchases",
        ),
    ],
)
def test_a_form_that_leads_no_purchase_to_the_lowest_tier_is_named(
    tmp_path: Path, form: Data, message: str, hint: str
) -> None:
    always = {"name": "risk.light", "title": "it is not the smallest", "is": "request.users >= 0"}
    tiers = TIERS if form["quick"] == 0 else {**TIERS, "definitions": [always, TIERS["definitions"][1]]}
    assert warnings(tmp_path, {}, form, tiers=tiers) == [("PG417", message, hint, place_of_quick(tmp_path))]


def place_of_quick(path: Path) -> tuple[int, int]:
    text = (path / "policies" / "form.yaml").read_text(encoding="utf-8")
    return (1, text.index('"quick": ') + len('"quick": ') + 1)
