"""Rows become tools: what is joined, what is known already, what is left for a person to decide."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from procureguard.guard.imports import Wishes, check_inventory, import_content
from procureguard.imports.tools import Import
from procureguard.imports.values import DEFAULT_FORMATS
from procureguard.imports.writing import appended, inventory_text
from procureguard.render.csv import csv_text
from procureguard.render.imported import notes, render_import
from procureguard.source.diagnostic import Diagnostic, InvalidInput
from procureguard.stack.stack import Stack
from written import stack, told, tool, written

AS_OF = date(2026, 11, 21)
ORGANISATION = {"organisation": {"currency": "USD", "exchange_rates": {"EUR": 1.16}}}
VENDORS = [
    {
        "id": "askfern",
        "aliases": ["Fernfragen"],
        "vendor": {"name": "Askfern", "domains": ["askfern.example", "fernfragen.example"]},
        "products": [{"id": "askfern-surveys", "capabilities": {"surveys": "full"}}],
    },
    {"id": "twofold", "vendor": {"domains": ["twofold.example"]}, "products": [{"id": "one"}, {"id": "other"}]},
]


def around(*tools: dict[str, Any]) -> Stack:
    return stack(ORGANISATION, {"tools": list(tools)}, VENDORS)


def imported(text: str, profile: str | None = None, owned: Stack | None = None) -> Import:
    problems: list[Diagnostic] = []
    wishes = Wishes(profile, DEFAULT_FORMATS, AS_OF)
    found = import_content("export.csv", text.encode(), wishes, owned or around(), problems)
    assert found is not None, problems
    return found


def facts(found: Import) -> dict[str, dict[str, Any]]:
    return {new.identity: dict(new.facts) for new in found.new}


def test_the_profile_whose_columns_fit_best_is_taken() -> None:
    texts = {
        "okta-assignments": "User,Application name,Last login\nx,A,\n",
        "saas-list": "Name,Vendor,Seats\nA,B,1\n",
        "card-payments": "Date,Merchant,Amount\n2026-01-01,A,1\n",
    }
    assert {name: imported(text).profile.identity for name, text in texts.items()} == {name: name for name in texts}


def test_a_heading_that_is_only_alike_counts_as_far_as_its_values_can_be_read() -> None:
    found = imported("Name,Renewal dates,Notice in day\nA,2026-12-31,60\nB,2027-01-31,many\n", "saas-list")
    shown = {match.field: match.confidence for match in (*found.matching.used.values(), *found.matching.perhaps)}
    assert shown["name"] == 1.0
    assert 0.6 <= shown["renews_on"] < 1.0
    assert shown["notice_days"] < 0.6
    assert "notice_days" not in found.matching.used


def test_a_column_is_one_field_and_a_field_one_column() -> None:
    found = imported("Vendor,Supplier,Name,Tool\na,b,c,d\n", "saas-list")
    assert {match.field: match.place for match in found.matching.used.values()} == {"name": 2, "vendor": 0}


def test_seats_are_the_people_assigned_and_used_by_those_who_signed_in_lately() -> None:
    found = imported(
        "Login,Application name,Unassigned on,Last login\n"
        "a@x.example,Quillfinch,,2026-11-20T10:00:00Z\n"
        "A@x.example,Quillfinch,,2026-08-23\n"
        "b@x.example,Quillfinch,,2026-08-22\n"
        "c@x.example,Quillfinch,,\n"
        "d@x.example,Quillfinch,2026-11-21,2026-11-20\n"
        "e@x.example,Quillfinch,2026-11-22,2026-11-22\n"
        "a@x.example,Other,,\n"
    )
    assert facts(found) == {"quillfinch": {"seats": 4, "seats_used": 1}, "other": {"seats": 1}}


@pytest.mark.parametrize("as_of", [date.min, date.max])
def test_every_day_of_the_calendar_may_be_the_day_of_the_export(as_of: date) -> None:
    wishes = Wishes(None, DEFAULT_FORMATS, as_of)
    for text in ("Login,Application name,Last login\na,A,2026-11-20\n", "Date,Merchant,Amount\n2026-01-01,A,1\n"):
        problems: list[Diagnostic] = []
        found = import_content("export.csv", text.encode(), wishes, around(), problems)
        assert found is not None, problems
        assert facts(found)["a"].keys() <= {"seats", "seats_used"}


def test_payments_of_twelve_months_less_refunds_are_the_cost_of_a_year() -> None:
    found = imported(
        "Date,Merchant,Amount,Currency,Category,Employee\n"
        "2025-11-21,Quillfinch,5000,,Software,ana\n"
        "2025-11-22,Quillfinch,100,,Software,ana\n"
        "2026-11-21,Quillfinch Inc,0.125,EUR,Software,ana\n"
        "2026-03-01,Quillfinch,-20,USD,,ana\n"
        "2026-11-22,Quillfinch,9,USD,software,ana\n"
        "2026-03-01,Hotel,20,USD,Travel,ana\n"
        "2026-03-01,Refunded,-20,USD,,ana\n"
        "2020-03-01,Longago,20,USD,,ana\n"
        "2026-03-01,Allback,20,USD,,ana\n"
        "2026-04-01,Allback,-20,USD,,ana\n"
    )
    assert [(new.identity, new.facts.get("annual_cost")) for new in found.new] == [
        ("quillfinch", pytest.approx(80.145)),
        ("refunded", None),
        ("longago", None),
        ("allback", None),
    ]
    assert [each.row.number for each in found.rejected] == [7]
    assert [*notes(found, AS_OF, "USD")] == [
        "Amounts without a currency are taken as USD, your own.",
        "3 payments outside the twelve months up to 2026-11-21 not counted in any cost.",
        "The cost of 2 tools is left out: nothing is left of what was paid, less refunds.",
    ]


@pytest.mark.parametrize(
    ("amount", "currency", "cycle", "cost"),
    [
        ("100", "", "monthly", 1200),
        ("100", "EUR", "Quarterly", 464),
        ("100 EUR", "", "year", 116),
        ("$100", "USD", "half-yearly", 200),
        ("100", "", "one-off", 100),
        ("100", "", "", None),
        ("", "", "monthly", None),
    ],
)
def test_an_amount_counts_for_a_year_in_the_own_currency(
    amount: str, currency: str, cycle: str, cost: int | None
) -> None:
    found = imported(f"Name,Amount,Currency,Billing cycle\nA,{amount},{currency},{cycle}\n")
    assert found.new[0].facts.get("annual_cost") == cost


@pytest.mark.parametrize(
    ("amount", "currency", "reason"),
    [
        ("100", "CHF", "there is no exchange rate from CHF to USD"),
        ("100 EUR", "USD", "the amount is in EUR and the currency is USD"),
        ("$100", "EUR", "the amount is in `$` and the currency is EUR"),
        ("-100", "USD", "the cost is below zero"),
        ("99999999999", "EUR", "the cost is more than can be meant"),
    ],
)
def test_money_that_cannot_be_converted_rejects_its_row(amount: str, currency: str, reason: str) -> None:
    found = imported(f"Name,Amount,Currency,Billing cycle\nA,{amount},{currency},monthly\nB,1,USD,monthly\n")
    assert [(each.row.number, each.reason) for each in found.rejected] == [(2, reason)]
    assert list(facts(found)) == ["b"]


def test_a_dollar_is_the_own_one_or_not_known() -> None:
    euros = stack({"organisation": {"currency": "EUR", "exchange_rates": {"USD": 0.5}}})
    text = "Name,Annual cost,Currency\nA,$100,\nB,$100,USD\n"
    found = imported(text, owned=euros)
    assert [each.reason for each in found.rejected] == ["`$` may be the dollar of several countries"]
    assert facts(found) == {"b": {"annual_cost": 50}}


def test_rows_are_one_tool_by_name_and_two_where_one_name_is_on_the_websites_of_two_vendors() -> None:
    found = imported(
        "Name,Website,Seats\n"
        "Quillfinch,,1\n"
        "QUILLFINCH Inc.,https://www.quillfinch.example/a,1\n"
        "quillfinch,app.quillfinch.example,1\n"
        "Twin,one.example,2\n"
        "Twin,other.example,3\n"
        "Twin,,4\n"
        "Ferns,askfern.example,5\n"
        "Ferns,fernfragen.example,6\n"
    )
    assert [[reading.number for reading in new.group.readings] for new in found.new] == [
        [2, 3, 4],
        [5],
        [6],
        [7],
        [8, 9],
    ]
    assert [new.identity for new in found.new] == ["quillfinch", "twin", "twin-2", "twin-3", "ferns"]
    assert [(pair.one, pair.other) for pair in found.perhaps_same] == [("Twin", "Twin")] * 3


def test_a_website_is_a_vendor_and_its_products_stay_apart() -> None:
    text = "Name,Website,Seats\nPhoto,askfern.example,10\nPage,app.askfern.example,5\nA,b.example,\nB,b.example,\n"
    found = imported(text, owned=around(tool("owned", vendor="askfern")))
    assert facts(found) == {
        "photo": {"vendor": "askfern", "seats": 10},
        "page": {"vendor": "askfern", "seats": 5},
        "a": {},
        "b": {},
    }
    assert [tuple(each) for each in found.perhaps_related] == [
        ("askfern.example", ("Photo", "Page")),
        ("b.example", ("A", "B")),
    ]
    shown = render_import(found, "export.csv", AS_OF, "USD")
    assert "perhaps related: please look (2)\n  askfern.example: Photo, Page\n  b.example: A, B\n" in shown


def test_what_rows_of_one_tool_say_differently_is_left_out_and_shown() -> None:
    found = imported("Name,Seats,Owner,Status\nA,10,x,retired\nA,20,x,live\n")
    assert facts(found) == {"a": {"owner": "x", "seats": 30}}
    assert found.new[0].merged.disagreements == {"status": ("retired", "active")}
    assert found.new[0].merged.status == "active"


def test_rows_of_one_tool_are_contracts_that_add_up_and_one_that_repeats_another_counts_once() -> None:
    found = imported(
        "Name,Department,Seats,Active users,Annual cost,Renewal date,Order\n"
        "Photomaker,Brand,10,4,100,2027-01-31,\n"
        "Photomaker,Events,10,4,100,2027-01-31,\n"
        "PHOTOMAKER Inc.,Events,10.0,4,100.00,2027-01-31,-\n"
        "Photomaker,Events,10,,100,2027-01-31,second\n"
    )
    assert facts(found) == {
        "photomaker": {"seats": 30, "seats_used": 8, "annual_cost": 300, "renews_on": date(2027, 1, 31)}
    }
    assert found.new[0].merged.disagreements == {"department": ("brand", "events")}
    assert found.new[0].merged.remarks == (
        "Counted once, as row 4 says the same as another.",
        "Added up over 3 rows: seats, seats_used (stated by 2), annual_cost.",
    )


def test_a_sum_beyond_what_an_inventory_holds_is_left_out() -> None:
    found = imported("Name,Seats,Department,Annual cost\nA,1000000000,x,99999999999\nA,1,y,2\n")
    assert facts(found) == {"a": {}}
    assert found.new[0].merged.remarks == (
        "Its rows come to more seats than can be meant, so that this is left out.",
        "Its rows come to more annual_cost than can be meant, so that this is left out.",
    )


def test_a_manifest_is_named_by_id_alias_or_domain_and_never_by_a_name_alone() -> None:
    for row in ("A,askfern,", "B,Fernfragen,", "C,,app.askfern.example"):
        found = imported(f"Name,Vendor,Website\n{row}\n")
        assert list(facts(found).values()) == [{"vendor": "askfern", "product": "askfern-surveys"}]
        assert dict(found.new[0].capabilities) == {"surveys": "full"}
    found = imported("Name,Vendor,Website\nAskfern,,\nD,,twofold.example\nE,askfern,go.twofold.example\n")
    assert list(facts(found).values()) == [{}, {"vendor": "twofold"}, {}]
    assert dict(found.new[0].capabilities) == {}
    assert [proposal.identity for proposal in found.new[0].perhaps_vendors] == ["askfern"]


def test_a_tool_of_the_inventory_keeps_its_id_and_its_facts() -> None:
    owned = around(
        tool("quill", name="Quillfinch Inc", seats=5, annual_cost=12.5, renews_on="2026-12-31", owner="x"),
        tool("ferns", vendor="askfern"),
        tool("one", vendor="twofold"),
    )
    text = (
        "Name,Website,Seats,Annual cost,Renewal date,Owner\n"
        "quillfinch,,6,12.50,2026-12-31,\n"
        "Surveys,askfern.example,,,,\n"
        "ferns,,7,,,\n"
        "Other,twofold.example,,,,\n"
    )
    found = imported(text, owned=owned)
    assert [(known.tool.identity, dict(known.differing)) for known in found.known] == [
        ("quill", {"seats": (5, 6)}),
        ("ferns", {"product": (None, "askfern-surveys")}),
        ("ferns", {"seats": (None, 7)}),
    ]
    assert [new.identity for new in found.new] == ["other"]
    assert found.rows_in == 4


def test_without_a_column_for_the_name_every_row_is_rejected_with_a_hint() -> None:
    found = imported("Foo,Bar\n1,2\n3,4\n", "saas-list")
    assert [each.reason for each in found.rejected] == ["no column is taken for the name"] * 2
    assert all("profile of your own" in each.hint for each in found.rejected)


def test_a_whole_inventory_is_written_that_loads() -> None:
    found = imported(
        "Name,Category,Vendor,Seats,Annual cost,Notice days,Renewal date,Owner\n"
        "true,Surveys,Who: me # no,3,1.5,30,2026-12-31,O'Neil: x\n"
    )
    text = inventory_text(found.new, "a\nb.csv", AS_OF)
    assert "# Empty `capabilities: {}` stand where nobody has said what a tool does: it is not compared" in text
    assert text.splitlines()[9:] == [
        "  # The export names Who: me # no.",
        "  - id: 'true'",
        "    name: 'true'",
        "    owner: 'O''Neil: x'",
        "    status: active",
        "    capabilities: {}  # perhaps surveys",
        "    seats: 3",
        "    annual_cost: 1.5",
        "    renews_on: 2026-12-31",
        "    notice_days: 30",
    ]
    assert check_inventory("x.yaml", text, around().taxonomy) == []
    assert check_inventory("x.yaml", inventory_text((), "a.csv", AS_OF), around().taxonomy) == []


HEAD = "kind: inventory\nversion: 1\n"
ONE = "- {id: a, status: active, capabilities: {}}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"{HEAD}tools: []", ""),
        (f"{HEAD}tools:", " []\n# the end\n"),
        (f"{HEAD}tools:\n{ONE}", ""),
        (f"{HEAD}tools:\n   {ONE} # why", "\n\n# the end\nas_of: 2026-11-01\n"),
        (f"{HEAD}tools:\n  - id: a\n    status: active\n    capabilities: {{\n      surveys: full\n    }}", "\n"),
        (f"{HEAD}tools:\n  - id: a\n    status: active\n    capabilities: {{}}\n    owner:", "\n  # the end\n"),
        (f"{HEAD}tools:\n  - id: a\n    status: active\n    capabilities: {{}}\n    name: |\n      x\n      y", "\n\n"),
        (f"{HEAD}tools:\n  {ONE}".replace("\n", "\r\n"), "\r\n"),
    ],
)
def test_tools_are_added_behind_the_last_one_and_nothing_else_changes(before: str, after: str) -> None:
    found = imported("Name\nQuillfinch\n", "saas-list")
    problems: list[Diagnostic] = []
    text = appended(written(before + after, "inventory.yaml"), found.new, problems)
    assert problems == []
    assert text is not None
    assert check_inventory("inventory.yaml", text, around().taxonomy) == []
    assert text.startswith(before.removesuffix(" []"))
    assert text.endswith(after.removeprefix(" []"))
    assert ("\r\n" in text) == ("\r\n" in before)
    assert text.count("\n") == text.count("\r\n") or "\r\n" not in text
    assert appended(written(before + after, "inventory.yaml"), (), problems) == before + after


@pytest.mark.parametrize(
    "text",
    [f"{HEAD}tools: [{ONE[2:]}]\n", '{"kind": "inventory", "version": 1, "tools": []}'],
)
def test_a_list_in_brackets_is_not_added_to(text: str) -> None:
    problems: list[Diagnostic] = []
    assert appended(written(text, "inventory.yaml"), imported("Name\nB\n", "saas-list").new, problems) is None
    assert [code for code, _, _, _ in told(problems)] == ["PG242"]


def test_an_inventory_has_room_for_so_many_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("procureguard.imports.tools.MOST_TOOLS", 2)
    found = imported("Name\nA\nB\nC\nB\n", "saas-list", around(tool("a")))
    assert (len(found.new), len(found.known)) == (1, 1)
    assert [(each.row.number, each.reason) for each in found.rejected] == [(4, "an inventory has room for 2 tools")]


PROFILE = (
    "kind: mapping\nversion: 1\nid: own\ntitle: Own\nrow: payment\ncolumns: {name: [A], paid_on: [B], amount: [C]}\n"
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            PROFILE.replace("paid_on: [B], ", ""),
            "no heading is given for `paid_on`, which a row that is a payment needs",
        ),
        (PROFILE.replace("{name", "{seats: [D], name"), "a row that is a payment has no `seats`"),
        (PROFILE + "defaults: {status: wild}\n", "`wild` is no word known here"),
        (PROFILE + "defaults: {seats: '1'}\n", "a row that is a payment has no `seats`"),
        (PROFILE.replace("payment", "poem"), "`poem` is not a value of `row`"),
    ],
)
def test_a_profile_that_does_not_fit_its_rows_is_refused(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput) as refused:
        imported("A\n1\n", str(path))
    assert message in [problem.message for problem in refused.value.diagnostics]


def test_a_profile_nobody_knows_is_wrong() -> None:
    with pytest.raises(InvalidInput, match="PG243 error: there is no mapping profile of this name"):
        imported("A\n1\n", "saas-lst")


def test_what_is_written_as_csv_runs_in_no_spreadsheet() -> None:
    assert csv_text([("=1+1", "a,b", 'say "x"', None, 3, -3), ("", "x\ry", " z"), ("",)]) == (
        '\'=1+1,"a,b","say ""x""",,3,\'-3\n,"x\ry"," z"\n""\n'
    )
