import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procureguard import Guard
from procureguard.finding import NEEDS_INFO
from procureguard.guard.buyers_words import choices, read_answer
from procureguard.guard.interview import BUYER, MUST, Asked, Interview, Standing
from procureguard.guard.settings import Setting, check_settings, settings_of
from procureguard.guard.starting_purchase import purchase_text
from procureguard.guard.validate import validate_documents
from procureguard.source.diagnostic import Diagnostic, InvalidInput
from procureguard.source.read import read_document

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
DAY = date(2026, 11, 21)
QUIET = {
    "product.vendor": "subtitmouse",
    "product.id": "subtitmouse",
    "product.plan": "creator",
    "request.purpose": "Subtitles",
    "request.capabilities": ["video-editing"],
    "request.must": ["video-editing"],
    "request.type": "new",
    "request.replaces": [],
    "contract.seats": 2,
    "contract.amount": 24,
    "contract.currency": "USD",
    "contract.period": "month",
    "contract.term_months": 1,
    "contract.payment": "card",
    "request.users": 2,
    "request.external_users": False,
    "data.categories": ["public_content"],
    "integration.systems": [],
    "web.loads_on_site": False,
    "messaging.channels": [],
    "product.delivery": ["web_app"],
    "ai.used": False,
}


@pytest.fixture(name="guard", scope="module")
def _guard() -> Guard:
    vendors = sorted((EXAMPLES / "vendors").glob("*.yaml"))
    return Guard.load(
        inventory=EXAMPLES / "inventory.yaml", organisation=EXAMPLES / "organisation.yaml", vendors=vendors
    )


def conduct(interview: Interview, answer: Any) -> tuple[list[Asked], list[Setting], Standing]:  # noqa: ANN401 - a function
    """The questions that somebody is asked who answers so, None being: I do not know."""
    asked_for: list[Asked] = []
    said: dict[str, Setting] = {}
    standing = interview.standing(())
    while asked := interview.next_question(standing, [found.fact.path for found in asked_for]):
        assert asked.fact.path not in standing.facts.known
        asked_for.append(asked)
        value = answer(asked, standing)
        if value is not None:
            said[asked.fact.path] = value
            standing = interview.standing(list(said.values()))
    return asked_for, list(said.values()), standing


def test_a_small_purchase_has_its_yes_after_the_first_questions_alone(guard: Guard) -> None:
    def answer(asked: Asked, _: Standing) -> Setting:
        return settings_of({asked.fact.path: QUIET[asked.fact.path]})[0]

    asked, _, standing = conduct(Interview.of(guard, DAY), answer)
    assert standing.answer.report.verdict == "approve"
    assert [found.fact.path for found in asked] == [path for path in QUIET if path != "product.delivery"]


def test_what_the_manifest_says_is_not_asked(guard: Guard) -> None:
    interview = Interview.of(guard, DAY)
    before = {found.fact.path for found in interview.open_questions(interview.standing(()))}
    chosen = settings_of({path: QUIET[path] for path in ("product.vendor", "product.id", "product.plan")})
    after = {found.fact.path for found in interview.open_questions(interview.standing(chosen))}
    assert before - after >= {"product.vendor", "product.id", "product.plan", "product.name", "product.delivery"}


def test_somebody_who_knows_nothing_is_asked_everything_once_and_no_more(guard: Guard) -> None:
    asked, said, standing = conduct(Interview.of(guard, DAY), lambda *_: None)
    assert len({found.fact.path for found in asked}) == len(asked)
    assert said == []
    missing = [found.fact for found in standing.answer.report.questions if found.answered_by == BUYER]
    assert {found.fact.path for found in asked} >= set(missing) - {MUST}


def test_what_is_refused_is_only_asked_for_the_need_that_other_tools_may_meet(guard: Guard) -> None:
    banned = settings_of({"product.vendor": "leadweasel"})[0]
    asked, _, standing = conduct(
        Interview.of(guard, DAY), lambda found, _: banned if found.fact.path == banned.path else None
    )
    assert standing.answer.report.verdict == "deny"
    assert [found.fact.path for found in asked] == ["product.vendor", "request.capabilities"]


def drawn(chance: random.Random, guard: Guard) -> Any:  # noqa: ANN401 - a function
    """Somebody who answers anything that the fact may be, or nothing."""

    def answer(asked: Asked, standing: Standing) -> Setting | None:
        kind = asked.fact
        offered = [choice.value for choice in choices(kind, standing.facts, guard.stack)]
        typed = {
            "bool": chance.choice(("y", "no", "YES")),
            "int": str(chance.choice((0, 1, 3, 12, 400, 90_000))),
            "decimal": chance.choice(("0", "12", "1,200.50", "60000")),
            "date": f"2027-0{chance.randint(1, 9)}-15",
            "string": chance.choice(('Ana\'s "tool": #1', "no", "1.10", "x", "Größe\tB")),
            "list(capability)": chance.choice(("newsletter", "surveys, forms", "none", "crm")),
            "list(string)": chance.choice(("none", "a, b")),
        }.get(kind.type, "OTHER")
        words = chance.choice(offered) if offered and chance.random() < 0.9 else typed
        if chance.random() < 0.2:
            return None
        try:
            setting = read_answer(words, kind, choices(kind, standing.facts, guard.stack), guard.stack)
            check_settings([setting], guard.schema, guard.stack.taxonomy)
        except InvalidInput:
            return None
        return setting

    return answer


@settings(max_examples=12)
@given(chance=st.randoms(use_true_random=False))
def test_any_interview_ends_settled_or_for_others_and_its_file_says_the_same(
    guard: Guard, chance: random.Random
) -> None:
    interview = Interview.of(guard, DAY)
    asked, said, standing = conduct(interview, drawn(chance, guard))
    report = standing.answer.report
    passed = {found.fact.path for found in asked}
    if report.verdict == NEEDS_INFO:
        assert {found.fact for found in report.questions if found.answered_by == BUYER} - {MUST} <= passed
    text = purchase_text(interview, said, standing, "", Path("purchases/drawn.yaml"))
    problems: list[Diagnostic] = []
    document = read_document("purchases/drawn.yaml", text.encode(), problems)
    assert document is not None, problems
    validate_documents([document], problems)
    assert [problem for problem in problems if problem.severity == "error"] == []
    again = guard.answer(document, DAY).report
    assert (again.verdict, again.questions, again.findings) == (report.verdict, report.questions, again.findings)
    assert again.reasons == report.reasons


@settings(max_examples=4)
@given(chance=st.randoms(use_true_random=False))
def test_a_comment_that_is_uncommented_is_a_line_of_the_fact_it_asks_for(guard: Guard, chance: random.Random) -> None:
    interview = Interview.of(guard, DAY)
    _, said, standing = conduct(interview, drawn(chance, guard))
    text = purchase_text(interview, said, standing, "", Path("a.yaml"))
    names = {asked.fact.path.partition(".")[2] for asked in interview.open_questions(standing)}
    lines = [f"  {line[3:]}" if line[3:-1] in names and line.startswith("  #") else line for line in text.splitlines()]
    document = read_document("a.yaml", "\n".join(lines).encode(), [])
    assert document is not None
    assert isinstance(document.data, dict)
    found = {
        f"{section}.{name}" for section, facts in document.data.items() if isinstance(facts, dict) for name in facts
    }
    stated = {setting.path for setting in said}
    assert found == stated | {asked.fact.path for asked in interview.open_questions(standing)}


@pytest.mark.parametrize(
    ("path", "words", "value"),
    [
        ("product.vendor", "Hazelpoll", "hazelpoll"),
        ("product.vendor", "https://hazelpoll.example/pricing", "hazelpoll"),
        ("product.vendor", "Nobody Knows", "Nobody Knows"),
        ("request.capabilities", "newsletter tool, surveys", ["email-campaigns", "surveys"]),
        ("request.replaces", "none", []),
        ("request.replaces", "ONECAIRN", ["onecairn"]),
        ("request.type", "2", "trial"),
        ("request.operator", "Nobody", "nobody"),
        ("contract.amount", "1,200.50", 1200.5),
        ("contract.amount", "1.200,50", 1200.5),
        ("contract.amount", "1.234.567", 1234567),
        ("contract.amount", "0.125", 0.125),
        ("contract.amount", "4,80", 4.8),
        ("request.users", "1,200", 1200),
        ("contract.currency", "eur", "EUR"),
        ("contract.payment", "Purchase order", "purchase_order"),
        ("data.regions", "Germany, europe, California, USA", ["EU", "US-CA", "US"]),
        ("data.categories", "public content, 14", ["public_content", "biometric"]),
        ("web.loads_on_site", "No", False),
        ("request.needed_by", "2027-01-31", "2027-01-31"),
        ("request.purpose", "1.10", "1.10"),
    ],
)
def test_words_are_read_as_people_mean_them(guard: Guard, path: str, words: str, value: object) -> None:
    standing = Interview.of(guard, DAY).standing(())
    kind = guard.schema[path]
    found = read_answer(words, kind, choices(kind, standing.facts, guard.stack), guard.stack)
    assert (found.path, found.data) == (path, value)
    check_settings([found], guard.schema, guard.stack.taxonomy)


@pytest.mark.parametrize(
    ("path", "words", "message"),
    [
        ("request.users", "a few", "must be a whole number"),
        ("request.replaces", "4.800", "I do not know `4.800`"),
        ("contract.amount", "4.800", "`4.800` can be read in two ways: write 4800 or 4.80$"),
        ("contract.amount", "4,805", "write 4805 or 4.8050$"),
        ("request.users", "4.800", "write 4800$"),
        ("request.needed_by", "2027-02-31", "no day of the calendar|not a day|is no"),
        ("web.loads_on_site", "perhaps", "`perhaps` is neither yes nor no"),
        ("data.categories", "secrets", "I do not know `secrets`"),
        ("request.capabilities", "wxyz", "I do not know `wxyz`"),
    ],
)
def test_a_wrong_answer_is_explained(guard: Guard, path: str, words: str, message: str) -> None:
    kind = guard.schema[path]
    standing = Interview.of(guard, DAY).standing(())
    with pytest.raises(InvalidInput, match=message):
        check_settings(
            [read_answer(words, kind, choices(kind, standing.facts, guard.stack), guard.stack)],
            guard.schema,
            guard.stack.taxonomy,
        )


def test_why_a_fact_is_asked_is_told_by_the_policies_that_wait_for_it(guard: Guard) -> None:
    interview = Interview.of(guard, DAY)
    standing = interview.standing(())
    waiting = {found.policy for found in standing.answer.report.findings if "data.categories" in found.waits_for}
    assert {found.identity for found in interview.reasons("data.categories", standing)} == waiting != set()
    yes = interview.standing(settings_of(QUIET))
    assert "procurement-review" in {found.identity for found in interview.reasons("contract.currency", yes)}
    assert interview.reasons("request.purpose", standing) == ()


def test_why_a_price_is_asked_is_told_first_by_what_reads_the_cost(guard: Guard) -> None:
    interview = Interview.of(guard, DAY)
    found = interview.reasons("contract.amount", interview.standing(()))
    first = [any(fact.startswith(("cost.", "contract.amount")) for fact in policy.facts) for policy in found]
    assert first[0]
    assert first == sorted(first, reverse=True)
