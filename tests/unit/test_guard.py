import threading
from datetime import date
from pathlib import Path

import pytest

from procureguard import Guard, InvalidInput
from procureguard.render.json import render_json
from procureguard.render.view import View
from written import DAY, Data, folder, guarded, kind, policy, told, tool

PURCHASE: Data = {"kind": "purchase", "version": 1, "product": {"scim": False}}


def test_a_purchase_may_be_a_file_or_plain_data(tmp_path: Path) -> None:
    guard = guarded(tmp_path, [policy()])
    folder(tmp_path, {"a.json": PURCHASE, "b.yaml": "kind: purchase\nversion: 1\nproduct: {scim: false}\n"})
    by_data = guard.check(PURCHASE, DAY)
    by_path = guard.check(tmp_path / "a.json", DAY)
    by_name = guard.check(str(tmp_path / "b.yaml"), as_of=DAY)
    assert by_data == by_path
    assert (by_name.verdict, by_name.headline) == (by_data.verdict, by_data.headline)
    assert by_data.verdict == "approve_with_conditions"


def test_the_day_decides_and_is_today_where_none_is_given(tmp_path: Path) -> None:
    guard = guarded(tmp_path, [policy(effective_from="2026-12-02")])
    assert guard.check(PURCHASE, date(2026, 12, 1)).verdict == "approve"
    assert guard.check(PURCHASE, date(2026, 12, 2)).verdict == "approve_with_conditions"
    before = date.today()  # noqa: DTZ011 - the day where the user is
    found = date.fromisoformat(guard.check(PURCHASE).as_of)
    assert before <= found <= date.today()  # noqa: DTZ011 - as above


def test_everything_wrong_with_a_purchase_is_raised_at_once(tmp_path: Path) -> None:
    guard = guarded(tmp_path, [policy()])
    bad = {**PURCHASE, "request": {"capabilities": ["survey"]}, "contract": {"amount": 1.23456}, "ext": {"x": 1}}
    with pytest.raises(InvalidInput) as raised:
        guard.check(bad, DAY)
    assert [code for code, *_ in told(raised.value.diagnostics)] == ["PG220", "PG221", "PG224"]
    assert "PG220 error: there is no capability `survey`" in str(raised.value)
    with pytest.raises(InvalidInput, match="PG202"):
        guard.check({**PURCHASE, "wibble": 1}, DAY)


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    guard = guarded(tmp_path, [policy()])
    with pytest.raises(InvalidInput, match="there is no such file"):
        guard.check(tmp_path / "none.yaml", DAY)
    with pytest.raises(InvalidInput, match="this is a folder"):
        guard.check(tmp_path, DAY)
    with pytest.raises(InvalidInput, match="there is no such folder"):
        Guard.load(tmp_path / "polices")


def test_everything_wrong_around_a_purchase_is_raised_while_loading(tmp_path: Path) -> None:
    around = {
        "inventory": {"tools": [tool("a", capabilities={"survey": "full"})]},
        "vendors": [{"id": "v", "products": [{"id": "p", "capabilities": {"form": "full"}}]}],
        "organisation": {"ext": {"properties": {"x": {}}}, "organisation": {"it_limit": 1.23456}},
    }
    with pytest.raises(InvalidInput) as raised:
        guarded(tmp_path, [policy(require="product.scimm")], **around)
    found = {(Path(problem.name).name, problem.code) for problem in raised.value.diagnostics}
    assert found == {
        ("inventory.yaml", "PG220"),
        ("v.yaml", "PG220"),
        ("organisation.yaml", "PG224"),
        ("organisation.yaml", "PG221"),
        ("tested.yaml", "PG302"),
    }


def test_a_policy_whose_examples_come_out_otherwise_does_not_load(tmp_path: Path) -> None:
    examples = policy()["examples"]
    with pytest.raises(InvalidInput, match="PG306"):
        guarded(tmp_path, [policy(examples=[{**examples[0], "expect": "fail"}, *examples])])


@pytest.mark.parametrize(
    ("product", "expected"),
    [
        ({"vendor": "v", "id": "p", "plan": "team"}, []),
        ({"vendor": "v", "id": "q"}, [("PG222", "the vendor manifest of `v` has no product `q`")]),
        ({"vendor": "v", "id": "p", "plan": "teem"}, [("PG222", "the vendor manifest of `v` has no plan `teem`")]),
        ({"vendor": "w", "id": "q"}, []),
    ],
)
def test_a_product_or_plan_that_its_manifest_lacks_is_a_warning_beside_the_answer(
    tmp_path: Path, product: Data, expected: list[tuple[str, str]]
) -> None:
    guard = guarded(tmp_path, [policy()], vendors=[{"id": "v", "products": [{"id": "p", "plans": [{"id": "team"}]}]}])
    answer = guard.answer(kind("purchase", {"product": product}), DAY)
    assert [(problem.code, problem.message) for problem in answer.diagnostics] == expected
    assert {problem.severity for problem in answer.diagnostics} <= {"warning"}
    assert answer.report.verdict == "approve_with_conditions"


def test_an_answer_knows_the_file_of_every_document(tmp_path: Path) -> None:
    guard = guarded(tmp_path, [policy()], vendors=[{"id": "v"}], organisation={}, inventory={"tools": []})
    files = guard.answer(kind("purchase", {"request": {"id": "MKT-7"}}), DAY).files
    assert {key: Path(name).name for key, name in files.items()} == {
        ("vendor", "v"): "v.yaml",
        ("policy", "tested"): "tested.yaml",
        ("purchase", "MKT-7"): "purchase.yaml",
        ("organisation", "organisation"): "organisation.yaml",
        ("inventory", "inventory"): "inventory.yaml",
    }


def test_own_facts_work_from_the_organisations_schema_to_the_verdict(tmp_path: Path) -> None:
    own = {"ext": {"type": "object", "properties": {"floor": {"type": "integer", "x-stated-by": "it"}}}}
    examples = [
        {"name": "low", "given": {"ext": {"floor": 1}}, "expect": "pass"},
        {"name": "high", "given": {"ext": {"floor": 9}}, "expect": "fail"},
        {"name": "unknown", "given": {}, "expect": "unknown", "asks": ["ext.floor"]},
    ]
    high_up = policy(
        effect="deny", require="ext.floor < 3", examples=examples, message="Floor {ext.floor} is too high."
    )
    guard = guarded(tmp_path, [high_up], organisation=own)
    verdicts = [guard.check({**PURCHASE, "ext": ext}, DAY) for ext in ({"floor": 2}, {"floor": 3}, {"floor": None}, {})]
    assert [report.verdict for report in verdicts] == ["approve", "deny", "needs_info", "needs_info"]
    assert verdicts[1].findings[0].message == "Floor 3 is too high."
    question = verdicts[2].questions[0]
    assert (question.fact, question.answered_by, question.ask) == ("ext.floor", "it", "What is the floor?")


def test_an_organisation_changes_the_verdict_without_touching_the_policy(tmp_path: Path) -> None:
    strict = {"policies": {"tested": {"effect": "deny", "role": "legal"}}}
    report = guarded(tmp_path, [policy()], organisation=strict).check(PURCHASE, DAY)
    assert (report.verdict, report.findings[0].effect, report.findings[0].role) == ("deny", "deny", "legal")


def test_guards_in_threads_give_the_reports_one_guard_gives(tmp_path: Path) -> None:
    guards = [guarded(tmp_path / str(number), [policy(), policy("other", effect="review")]) for number in range(2)]
    purchases = [
        {**PURCHASE, "product": {"scim": scim}, "request": {"users": users, "capabilities": ["surveys"]}}
        for scim in (True, False, None)
        for users in range(8)
    ]
    expected = [render_json(View(guards[0].check(data, DAY), "-")) for data in purchases]
    found: dict[int, list[str]] = {}

    def run(number: int) -> None:
        guard = guards[number % 2]
        found[number] = [render_json(View(guard.check(data, DAY), "-")) for data in purchases]

    threads = [threading.Thread(target=run, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[number] for number in range(6)] == [expected] * 6


def test_a_day_written_otherwise_is_one_mistake() -> None:
    with pytest.raises(InvalidInput) as raised:
        Guard.load().check({"kind": "purchase", "version": 1, "request": {"needed_by": "01.03.2027"}})
    (found,) = raised.value.diagnostics
    assert (found.code, found.hint) == ("PG206", "write year-month-day: `2027-03-01`")
