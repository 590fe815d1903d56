"""The vendor report in plain sentences."""

import json
from functools import cache
from pathlib import Path

import jsonschema
import jsonschema_rs
import pytest

from procureguard import VendorReport
from procureguard.render.json import render_json
from procureguard.render.plans import render_plans
from procureguard.render.view import View
from unit.test_plans import ALL, BANNED, GOOD, but, on, report, vendor
from unit.test_report import EXAMPLES, example_guard
from written import DAY, Data

MANIFESTS = sorted((EXAMPLES / "vendors").glob("*.vendor.yaml"))
SCHEMA: Data = json.loads(
    (Path(__file__).parents[2] / "schemas" / "vendor-report.v1.schema.json").read_text(encoding="utf-8")
)


@cache
def example(path: Path) -> VendorReport:
    return example_guard().check_vendor(path, DAY)


def shown(found: VendorReport, *, colour: bool = False) -> str:
    return render_plans(View(found, "v.vendor.yaml", {}, colour))


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.stem)
def test_every_example_answers_to_the_schema_fits_a_terminal_and_asks_nothing_twice(path: Path) -> None:
    data = json.loads(render_json(View(example(path), "v")))
    assert [error.message for error in jsonschema.Draft202012Validator(SCHEMA).iter_errors(data)] == []
    assert [error.message for error in jsonschema_rs.validator_for(SCHEMA).iter_errors(data)] == []
    text = shown(example(path))
    assert max(map(len, text.splitlines())) <= 80
    asked = " ".join(text.split())
    for plan in example(path).plans:
        for ask in plan.asks:
            assert asked.count(ask.ask) == (plan.best != "deny"), ask.ask


def test_what_is_true_of_every_plan_is_said_once_and_the_rest_by_plan(tmp_path: Path) -> None:
    facts = [but(review=False), but(review=False, condition=False), but(review=False, condition=False, advise=None)]
    text = shown(report(tmp_path, vendor(*facts)))
    assert text.startswith(
        "v: three plans, whatever they are bought for.\n"
        "\n"
        "  v.vendor.yaml, as of 2026-11-21\n"
        "\n"
        "p\n"
        "  plan-0 and plan-1: IT has to agree, whatever it is used for.\n"
        "  plan-2: IT has to agree, whatever it is used for; one answer is still wanted\n"
        "    from the vendor.\n"
        "\n"
        "p, every plan: why\n"
        "  - Accounts are made by hand. Hands forget.\n"
        "    -> Ask for SCIM.\n"
    )
    assert text.count("Accounts are made by hand. Hands forget.") == 1
    assert text.index("p, every plan: why") < text.index("p, plan-1 and plan-2 plans: why")
    assert text.index("p, plan-1 and plan-2 plans: why") < text.index("p, plan-2 plan: questions for the vendor")
    assert "  [ ] Ask for SCIM. (IT)\n      Now: Accounts are made by hand.\n" in text


def test_a_plan_that_is_out_of_the_question_asks_nothing(tmp_path: Path) -> None:
    text = shown(report(tmp_path, vendor(but(deny=False, condition=None))))
    assert "one plan, whatever it is bought for" in text
    assert "questions for the vendor" not in text
    assert "so there is nothing to ask the vendor yet" in " ".join(text.split())


def test_advice_contradictions_and_what_nobody_looked_at_have_their_words(tmp_path: Path) -> None:
    data = vendor(but(advise=False))
    seen = {"source": "measured", "as_of": "2026-10-01", "facts": {"product": {"scim": False}}}
    data["products"][0]["plans"][0]["observations"] = [seen]
    text = shown(report(tmp_path, data, [*ALL, BANNED]))
    assert "  - Worth knowing: Accounts are made by hand. Ask for SCIM." in text
    assert "p, plan-0 plan: what the manifest says twice" in text
    assert "There is no do-not-buy list" in text


def test_without_products_it_is_about_the_vendor(tmp_path: Path) -> None:
    data = {"kind": "vendor", "version": 1, "id": "v", "vendor": {"subprocessor_list": False}}
    text = shown(report(tmp_path, data, [on("deny", "vendor.subprocessor_list")]))
    assert text.startswith("v: no product is described, so this is about the vendor alone.\n")
    assert "\nv: why\n" in text
    assert "depends on the purchase" not in text


def test_colour_changes_nothing_but_colour(tmp_path: Path) -> None:
    found = report(tmp_path, vendor(GOOD, but(deny=False)))
    coloured = shown(found, colour=True)
    assert "\x1b[1;31m" in coloured
    for code in ("\x1b[1;31m", "\x1b[1;32m", "\x1b[1;33m", "\x1b[1m", "\x1b[0m"):
        coloured = coloured.replace(code, "")
    assert coloured == shown(found)
