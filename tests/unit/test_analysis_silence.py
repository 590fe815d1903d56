"""The lint of law 10 on small sets; that it finds what drawn purchases find stands with the law."""

from pathlib import Path

import pytest

from procureguard.guard.lint_policies import lint_policies
from written import DAY, Data, folder, policy, told

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


def loud(path: Path, stated: Data, form: Data | None = FORM) -> list[str]:
    files: Data = {"policies/definitions.yaml": TIERS, "policies/tested.yaml": policy(**stated)}
    if form is not None:
        files["policies/form.yaml"] = form
    linted = lint_policies([folder(path, files) / "policies"], None, DAY)
    return [message for code, message, _, _ in told(linted.warnings) if code == "PG417"]


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
