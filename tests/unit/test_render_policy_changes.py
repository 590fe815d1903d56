from dataclasses import replace

from procureguard.analysis.sayings import Change
from procureguard.render.policy_changes import render_changes_text
from procureguard.render.policy_changes_markdown import render_changes_markdown
from procureguard.report.change_contract import (
    Cause,
    ChangedPart,
    ChangedPolicy,
    ChangeReport,
    Purchases,
    ReportedPolicySet,
    Turn,
)

RULES = ReportedPolicySet("policies", 2, "0" * 64)
EMPTY = ChangeReport(1, "policy-changes", "0", RULES, RULES, "Something is different.", True, (), (), (), (), (), None)  # noqa: FBT003 - its place
CHANGED = ChangedPolicy("notice", None, "different", "It ends", "money", "review", "it", ())
CAUSE = Cause("notice", "It ends", "review", "review", "unknown", "pass", False, False, None)  # noqa: FBT003 - its place
LONG = "a reason that needs many words to be told"


def text(*changes: Change, **stated: str | None) -> str:
    policy = replace(CHANGED, changes=changes, **stated)  # type: ignore[arg-type]
    return render_changes_text(replace(EMPTY, policies=(policy,)))


def told(cause: Cause) -> str:
    turn = Turn("TW-1", "Askfern", None, None, "needs_info", "approve", (cause,))
    report = replace(EMPTY, purchases=Purchases("2026-11-21", 1, (turn,), 0, ()))
    shown = render_changes_text(report)
    assert "  - Askfern (TW-1): answers are missing -> yes\n    * " in shown
    assert "| Askfern (TW-1) |  | answers are missing | **yes** |" in render_changes_markdown(report)
    return " ".join(shown.partition("    * ")[2].split())


def test_parts_of_an_expression_that_stay_are_counted_and_the_others_read_out() -> None:
    shown = text(Change("when", None, None, ("a", "b", "c"), ("c", "b", "d", "e")))
    assert "    applies when, besides 2 parts that stay:\n      before: a\n      now: d\n      now: e\n" in shown


def test_another_order_alone_is_shown_whole() -> None:
    shown = text(Change("require", None, None, ("a", "b"), ("b", "a")))
    assert "    asks that:\n      before: a\n      before: b\n      now: b\n      now: a\n" in shown


def test_a_policy_that_applied_always_is_said_to_have() -> None:
    assert "    applies when:\n      before: always\n      now: a\n" in text(Change("when", None, None, (), ("a",)))


def test_a_new_policy_is_told_by_what_it_asks_and_one_that_is_gone_by_its_name() -> None:
    everything = (Change("why", None, None, (), ("so",)), Change("require", None, None, (), ("a", "b")))
    shown = text(*everything, change="new")
    assert "  - notice is new (review, IT): It ends\n    asks that:\n      - a\n      - b\n" in shown
    assert "so" not in shown.partition("asks that")[2]
    assert text(*everything, change="gone").endswith("  - notice is gone (review, IT): It ends\n")


def test_words_of_files_become_words_of_people() -> None:
    shown = text(
        Change("role", None, None, ("it",), ("leaders",)),
        Change("due", None, None, ("before_signature",), ("at_renewal",)),
        Change("ask", None, None, (), ("How?",)),
        Change("why", None, None, (LONG,), (LONG.upper(),)),
    )
    assert "    role: IT -> the heads of marketing and IT\n    due: before signing -> at renewal\n" in shown
    assert "    question to the vendor: nothing -> How?\n" in shown
    assert f"    why:\n      before: {LONG}\n      now: {LONG.upper()}\n" in shown


def test_parts_beside_policies_have_sections_of_their_own() -> None:
    agreed = Change("agreed_by", None, None, ("it",), ("marketing", "it"))
    pack = ChangedPart("money", "different", "Money", (), (agreed,))
    root = ChangedPart(
        "tie-in", "gone", "Leaving is hard", (), (Change("title", None, None, ("Leaving is hard",), ()),)
    )
    shown = render_changes_text(replace(EMPTY, packs=(pack,), roots=(root,)))
    assert "Packs\n  - money changes: Money\n    agreed by: IT -> marketing and IT\n" in shown
    assert shown.endswith("Root causes\n  - tie-in is gone: Leaving is hard\n")


def test_questions_are_told_with_the_facts_they_ask_for() -> None:
    changes = (
        Change("facts", None, None, ("request.users",), ("request.users", "ai.used")),
        Change("asked_if", "ai.used", None, (), ("*AI* is used",)),
    )
    report = replace(EMPTY, form=(ChangedPart("question 2", "different", "Who signs in?", (), changes),))
    shown = render_changes_text(report)
    assert "Form\n  - question 2 changes: Who signs in?\n    facts its answer states, besides 1 part" in shown
    assert "    ai.used is asked when:\n      before: no condition\n      now: *AI* is used\n" in shown
    shown = render_changes_markdown(report)
    assert "### Form\n" in shown
    assert "  - now: &#42;AI&#42; is used\n" in shown


def test_each_way_a_finding_turns_has_its_words() -> None:
    assert told(CAUSE) == "It ends: holds now (review)."
    assert told(replace(CAUSE, unconfirmed_after=True)) == "It ends: holds, but must be confirmed now (review)."
    assert told(replace(CAUSE, outcome_after=None)) == "It ends: is not checked now (review)."
    assert told(replace(CAUSE, effect_after=None)) == "It ends: is gone."
    assert told(replace(CAUSE, effect_before=None)) == "It ends: is new (review) and holds."
    stricter = replace(CAUSE, outcome_after="fail", effect_after="deny", message="It never ends.")
    assert told(stricter) == "It ends: does not hold, and is deny now instead of review. It never ends."


def test_nothing_in_a_file_steers_the_terminal() -> None:
    assert "\x1b" not in text(title="red \x1b[31m", pack="\x1b[1m")
