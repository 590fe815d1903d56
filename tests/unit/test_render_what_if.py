"""The answer to "what if" on a terminal: what turns, the ways from there, and why there may be none."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bending import bent
from procureguard import Guard, WhatIfReport
from procureguard.render.what_if import proof_words, render_what_if
from procureguard.report.contract import ReportedFlip
from procureguard.report.what_if_contract import ReportedProof
from written import DAY, guarded, rule

STEERING = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
STYLED = re.compile(r"\x1b\[1(;3[123])?m|\x1b\[0m")
ASKED = {"kind": "purchase", "version": 1, "product": {"name": "Formwise", "scim": False}, "contract": {"dpa": "none"}}


@pytest.fixture(name="guard")
def _guard(tmp_path: Path) -> Guard:
    review = rule("accounts", "product.scim", good=True, bad=False, effect="review")
    return guarded(tmp_path, [rule("agreement", "contract.dpa", "signed", "none", effect="deny"), review])


def shown(report: WhatIfReport, *, colour: bool = False) -> str:
    return render_what_if(report, colour=colour)


def section(text: str, title: str) -> str:
    """The words under a title, on one line."""
    return " ".join(text.partition(f"\n{title}\n")[2].partition("\n\n")[0].split())


def test_the_answer_with_the_settings_stands_first_and_the_one_before_below(guard: Guard) -> None:
    report = guard.what_if(ASKED, DAY, {"contract.dpa": "signed", "product.scim": None})
    text = shown(report)
    assert text.startswith("Not yet: one answer missing.\n")
    assert "  What if: State of the data processing agreement: signed, " in text
    assert "not known\n  Before: Not as asked; with two changes: yes.\n  Formwise, as of 2026-11-21\n" in text
    assert shown(guard.what_if(ASKED, DAY)).count("Before:") == 0


def test_what_comes_into_the_way_is_told_first_and_the_rest_is_counted(guard: Guard) -> None:
    def flip(policy: str, before: str, after: str) -> ReportedFlip:
        return ReportedFlip(policy, policy, "deny", before, after)  # type: ignore[arg-type] # words of outcomes

    flips = (
        flip("a", "fail", "pass"),
        flip("b", "pass", "not_applicable"),
        flip("c", "not_applicable", "unknown"),
        flip("d", "not_applicable", "pass"),
        flip("e", "pass", "fail"),
        flip("f", "unknown", "not_applicable"),
    )
    text = shown(replace(guard.what_if(ASKED, DAY), turned=flips))
    assert section(text, "What turns") == (
        "- c: applies then, and is not known then - e: does not hold then - a: holds then - f: does not apply then "
        "- 2 others are in nobody's way, now or then."
    )


@pytest.mark.parametrize("colour", [False, True])
@pytest.mark.parametrize("hostile", ["\x1b[31mred", "\x9b2J", "\u202etxt.exe", "\r\x08gone", "a\tb\nc", "<b>&{0}"])
def test_nothing_a_file_says_can_steer_a_terminal(guard: Guard, hostile: str, colour: bool) -> None:  # noqa: FBT001
    report = guard.what_if(ASKED, DAY, {"request.gap": "none of ours does it"})
    text = shown(bent(report, lambda words: f"{words}{hostile}"), colour=colour)
    assert STEERING.search(STYLED.sub("", text)) is None
    assert [line for line in STYLED.sub("", text).splitlines() if len(line) > 80] == []


NEXT = "`procureguard check` says what is left to do, and whom to ask."
NONE = [
    ({"contract.dpa": "signed", "product.scim": True}, (), "None needed."),
    ({"product.name": None}, (), "Name a product first: ways lead from one that is proposed."),
    ({}, ("contract.dpa",), f"No change we know of within these limits makes the answer better. {NEXT}"),
]


@pytest.mark.parametrize(("settings", "locked", "sentence"), NONE)
def test_where_there_is_no_way_it_says_why(
    guard: Guard, settings: dict[str, object], locked: tuple[str, ...], sentence: str
) -> None:
    report = guard.what_if(ASKED, DAY, settings, locked=locked)
    assert section(shown(report), "Ways from here") == f"- {sentence}"


def test_no_way_means_something_else_where_the_search_was_cut_short(guard: Guard) -> None:
    report = guard.what_if(ASKED, DAY, locked=["contract.dpa"])
    assert section(shown(replace(report, complete=False)), "Ways from here") == (
        "- None found; the search was cut short."
    )
    free = replace(report, locked=())
    assert section(shown(free), "Ways from here").startswith("- No change we know of makes the answer better.")


def test_a_proof_names_what_was_left_to_evaluation() -> None:
    assert proof_words(ReportedProof("smallest", None, ())).endswith("nothing smaller does it.")
    assert proof_words(ReportedProof("not_proved", "out of time", ("a", "b"))) == (
        "Not proved: out of time. Checked by evaluation alone: 2 policies."
    )
