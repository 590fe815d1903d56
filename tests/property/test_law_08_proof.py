"""Law 8, as far as owned tools go: an alternative is shown with what evaluating it gives, and nothing else moves it."""

import random
from pathlib import Path

import pytest

from drawn_documents import Json
from procureguard import Guard
from procureguard.alternatives.instead import with_tool
from procureguard.evaluate import evaluate
from procureguard.report.contract import Report
from property.checking import DAY, MINIATURES, PURCHASES, document, guard_for, read, stack_files, yaml_text

SHOWN = 3


def each_purchase() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", PURCHASES, ids=lambda path: f"{path.parent.name}/{path.stem}")


def report_on(path: Path, guard: Guard) -> Report:
    return guard.answer(document(read(path)), DAY).report


def test_there_are_alternatives_to_speak_of() -> None:
    assert sum(len(report_on(path, guard_for(path)).alternatives) for path in PURCHASES) >= 5


@each_purchase()
def test_each_owned_alternative_evaluates_to_the_interval_it_is_shown_with(path: Path) -> None:
    guard = guard_for(path)
    inventory = guard.stack.owned()
    facts = guard.facts(document(read(path)), DAY)
    for shown in report_on(path, guard).alternatives:
        tool = inventory.find(shown.id) if inventory else None
        assert tool is not None
        decision = evaluate(with_tool(facts, tool, guard.stack, guard.schema), guard.program).decision
        assert (shown.best, shown.worst) == (decision.best.word, decision.worst.word)
        assert shown.verdict == decision.verdict
        assert shown.proven == (decision.best == decision.worst)
        assert tool.active
        assert tool.identity != facts.value("request.tool")


@each_purchase()
def test_what_was_said_of_the_product_is_not_said_of_the_tool(path: Path) -> None:
    """The proof is about the tool: nothing the purchase says of its vendor, product or contract goes into it."""
    guard = guard_for(path)
    facts = guard.facts(document(read(path)), DAY)
    for shown in report_on(path, guard).alternatives:
        inventory = guard.stack.owned()
        tool = inventory.find(shown.id) if inventory else None
        assert tool is not None
        instead = with_tool(facts, tool, guard.stack, guard.schema)
        for known in instead.known.values():
            of_the_product = known.path.split(".")[0] in {"vendor", "product", "contract", "ai"}
            assert not (of_the_product and known.place is not None and known.place.role == "purchase"), known.path


# --- the inventory ---


def with_inventory(purchase: Path, data: Json, folder: Path) -> Guard:
    path = folder / "inventory.yaml"
    path.write_text(yaml_text(data), encoding="utf-8")
    files = {**stack_files(purchase), "inventory": path}
    return Guard.load(**files)


def said(report: Report) -> Json:
    """All of a report but the digests and the places of its facts."""
    data = report.to_dict()
    facts = [[{**fact, "place": None} for fact in finding["facts"]] for finding in data.pop("findings")]
    return {**data, "facts": facts, "digests": None}


SUPPLIED = [path for path in (MINIATURES / "purchases" / "surveys.yaml", *PURCHASES[-3:-2]) if path.exists()]


@pytest.mark.parametrize("purchase", SUPPLIED, ids=lambda path: path.stem)
def test_the_order_of_the_inventory_changes_no_ranking(purchase: Path, tmp_path: Path) -> None:
    guard = guard_for(purchase)
    inventory = read(stack_files(purchase)["inventory"])
    for seed in range(2):
        tools = random.Random(seed).sample(inventory["tools"], len(inventory["tools"]))  # noqa: S311 - cases, no secrets
        mixed = with_inventory(purchase, {**inventory, "tools": tools}, tmp_path)
        for path in PURCHASES:
            if stack_files(path)["inventory"] == stack_files(purchase)["inventory"]:
                assert said(report_on(path, mixed)) == said(report_on(path, guard)), path.stem


@pytest.mark.parametrize("purchase", SUPPLIED, ids=lambda path: path.stem)
def test_a_tool_that_does_nothing_of_the_kind_changes_nothing(purchase: Path, tmp_path: Path) -> None:
    guard = guard_for(purchase)
    inventory = read(stack_files(purchase)["inventory"])
    irrelevant = {
        "id": "aaa-irrelevant",
        "status": "active",
        "vendor": "nobody",
        "product": "nothing",
        "capabilities": {},
        "seats": 900,
        "seats_used": 0,
    }
    for tools in ([irrelevant, *inventory["tools"]], [*inventory["tools"], irrelevant]):
        more = with_inventory(purchase, {**inventory, "tools": tools}, tmp_path)
        for path in PURCHASES:
            if stack_files(path)["inventory"] == stack_files(purchase)["inventory"]:
                assert said(report_on(path, more)) == said(report_on(path, guard)), path.stem


def test_twins_are_ranked_by_their_ids(tmp_path: Path) -> None:
    """Where nothing else tells two tools apart, their order in the file must not either."""
    purchase = MINIATURES / "purchases" / "surveys.yaml"
    inventory = read(MINIATURES / "inventory.yaml")
    twins = [
        {"id": name, "status": "active", "capabilities": {"surveys": "full", "forms": "full"}}
        for name in ("beta", "alpha", "gamma")
    ]
    for tools in (twins, [*reversed(twins)]):
        report = report_on(purchase, with_inventory(purchase, {**inventory, "tools": tools}, tmp_path))
        assert [alternative.id for alternative in report.alternatives] == ["alpha", "beta", "gamma"]


@pytest.mark.parametrize("status", ["planned", "trial", "ending", "retired"])
def test_only_active_tools_are_shown(status: str, tmp_path: Path) -> None:
    purchase = MINIATURES / "purchases" / "newsletters.yaml"
    inventory = read(MINIATURES / "inventory.yaml")
    before = {alternative.id for alternative in report_on(purchase, guard_for(purchase)).alternatives}
    assert before
    tools = [{**tool, "status": status} if tool["id"] in before else tool for tool in inventory["tools"]]
    after = report_on(purchase, with_inventory(purchase, {**inventory, "tools": tools}, tmp_path)).alternatives
    assert not before & {alternative.id for alternative in after}
    assert len(after) <= SHOWN
