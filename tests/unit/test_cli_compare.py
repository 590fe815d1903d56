import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from procureguard.cli.main import cli
from procureguard.source.diagnostic import InvalidInput
from written import Data, Json, folder, tool

Run = Callable[..., Result]

NEED: Data = {"type": "new", "capabilities": ["surveys", "forms"], "must": ["surveys"], "users": 2}


NAME_IT = "name a tool by its id, a plan as `vendor/product/plan`, or a file"


def vendor(identity: str, levels: Data, price: int) -> Data:
    cost = {"amount": price, "currency": "USD", "period": "year", "per": "flat"}
    plans = [{"id": "team", "price": cost}, {"id": "business"}]
    products = [
        {"id": identity, "capabilities": levels, "facts": {"product": {"name": identity.title()}}, "plans": plans}
    ]
    return {
        "kind": "vendor",
        "version": 1,
        "id": identity,
        "vendor": {"domains": [f"{identity}.example"]},
        "products": products,
    }


@pytest.fixture(name="run")
def _run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    owned = tool("askwell", name="Askwell", capabilities={"surveys": "full", "forms": "latent"}, seats=9, seats_used=1)
    files: dict[str, Any] = {
        "inventory.yaml": {"kind": "inventory", "version": 1, "tools": [owned]},
        "vendors/pollhare.yaml": vendor("pollhare", {"surveys": "full", "forms": "full"}, 900),
        "vendors/formstork.yaml": vendor("formstork", {"forms": "full"}, 100),
        "need.purchase.yaml": {"kind": "purchase", "version": 1, "request": NEED},
        "other.purchase.yaml": {
            "kind": "purchase",
            "version": 1,
            "request": {**NEED, "id": "TW-2"},
            "product": {"vendor": "pollhare", "id": "pollhare", "plan": "team"},
        },
        "empty.purchase.yaml": {"kind": "purchase", "version": 1, "request": {"type": "new"}},
    }
    folder(tmp_path, files)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PROCUREGUARD_CACHE", "")

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(cli, ["compare", *arguments], standalone_mode=False)

    return run


def rows(result: Result) -> list[Json]:
    assert result.exception is None, result.exception
    found: list[Json] = json.loads(result.stdout)
    return found


def test_a_table_of_candidates_names_each_with_answer_and_coverage(run: Run) -> None:
    text = run("askwell", "pollhare", "formstork", "--for", "need.purchase.yaml").stdout
    lines = text.splitlines()
    assert lines[0].split() == ["#", "candidate", "answer", "need", "must"]
    assert len([line for line in lines if line.startswith("  ") and line[2].isdigit() and "%" in line]) == 5
    assert "forms to be switched on" in text
    assert "does not do surveys" in text
    assert all(len(line) <= 80 for line in lines)


def test_candidates_are_ranked_as_alternatives_are(run: Run) -> None:
    found = rows(run("formstork", "askwell", "pollhare", "--for", "need.purchase.yaml", "--format", "json"))
    again = rows(run("pollhare", "formstork", "askwell", "--for", "need.purchase.yaml", "--format", "json"))
    assert found == again
    assert [row["rank"] for row in found] == [1, 2, 3, 4, 5]
    coverage = {row["id"]: row["coverage"] for row in found}
    assert coverage == {
        "askwell": 0.875,
        "pollhare/pollhare/team": 1.0,
        "pollhare/pollhare/business": 1.0,
        "formstork/formstork/team": 0.25,
        "formstork/formstork/business": 0.25,
    }


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("pollhare/pollhare/team", ["pollhare/pollhare/team"]),
        ("pollhare/pollhare", ["pollhare/pollhare/business", "pollhare/pollhare/team"]),
        ("pollhare.example", ["pollhare/pollhare/business", "pollhare/pollhare/team"]),
        ("other.purchase.yaml", ["TW-2"]),
    ],
)
def test_a_candidate_is_a_plan_a_product_a_vendor_or_a_purchase(run: Run, word: str, found: list[str]) -> None:
    shown = rows(run(word, "--for", "need.purchase.yaml", "--format", "json"))
    assert sorted(row["id"] for row in shown) == found


def test_the_need_may_be_named_or_come_from_the_first_purchase(run: Run) -> None:
    named = rows(run("askwell", "--need", "surveys, forms", "--must", "surveys", "--format", "json"))
    assert [row["coverage"] for row in named] == [0.875]
    first = rows(run("other.purchase.yaml", "askwell", "--format", "json"))
    assert {row["coverage"] for row in first} == {0.875, 1.0}


@pytest.mark.parametrize(
    ("arguments", "code", "hint"),
    [
        (["askwel", "--for", "need.purchase.yaml"], "PG233", "did you mean `askwell`?"),
        (["pollhare/pollhare/tea", "--for", "need.purchase.yaml"], "PG233", "did you mean `pollhare`?"),
        (
            ["zzzzqqq", "--for", "need.purchase.yaml"],
            "PG233",
            "name a tool by its id, a plan as `vendor/product/plan`, or a file",
        ),
        (["askwell", "--for", "empty.purchase.yaml"], "PG233", "list it as `request.capabilities`"),
        (["askwell", "--need", "survys"], "PG220", "did you mean `surveys`?"),
    ],
)
def test_what_cannot_be_compared_is_told_with_a_hint(run: Run, arguments: list[str], code: str, hint: str) -> None:
    failed = run(*arguments).exception
    assert isinstance(failed, InvalidInput)
    assert [(problem.code, problem.hint) for problem in failed.diagnostics] == [(code, hint)]
