"""Law 10: in the lowest risk tier the marketer's eight answers decide; no policy is left open there."""

import random
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from drawn_documents import Json
from procureguard import Guard
from procureguard.compile.python import compile_policies
from procureguard.evaluate import Evaluation, evaluate
from procureguard.finding import Outcome
from procureguard.guard.files import policies_in, read_file
from procureguard.guard.lint_policies import lint_policies
from procureguard.policy.load import load_policies
from procureguard.stack.organisation import DEFAULT_PRESET, load_organisation, preset_names
from property.checking import DAY, MINIATURES, ROOT, document, read, yaml_text

PURCHASES = 1_200

ONLY_IF_NEEDED = frozenset({"contract.pricing", "contract.seats", "contract.auto_renew"})
"""What the form asks from the light tier on, and not before."""

CAPABILITIES = ("graphic-design", "surveys", "forms", "video-editing", "email-campaigns", "landing-pages", "crm")
MEDIA = frozenset({"generate_image", "generate_video", "generate_audio", "clone_voice"})
FUNCTIONS = ("generate_text", "generate_image", "clone_voice", "chatbot", "scoring", "social_scoring", "spends_money")


def some(chance: random.Random, values: tuple[str, ...], most: int = 2) -> list[str]:
    return chance.sample(values, chance.randint(0, most))


def usually(chance: random.Random, calm: Json, other: Json) -> Json:
    return calm if chance.random() < 0.85 else other


def about_the_request(chance: random.Random) -> dict[str, Json]:
    wanted = some(chance, CAPABILITIES, 3) or ["graphic-design"]
    kind = chance.choice(("new", "new", "trial", "renewal", "expansion", "replacement"))
    stated: dict[str, Json] = {
        "type": kind,
        "purpose": "Something nicer for slides",
        "capabilities": wanted,
        "must": some(chance, tuple(wanted), 1),
        "replaces": some(chance, ("postbird", "askwell"), 1),
        "users": usually(chance, chance.choice((0, 1, 2, 3, 4, 5, 10)), 11),
        "external_users": chance.random() < 0.1,
    }
    if kind == "trial":
        stated["trial_days"] = chance.choice((7, 14, 30, 31))
    if kind in {"renewal", "expansion"}:
        stated["tool"] = chance.choice(("askwell", "postbird", "unlisted"))
    return stated


def about_the_price(chance: random.Random) -> dict[str, Json]:
    """The price, its period and how long it binds; what is free has no price."""
    terms = {"term_months": usually(chance, chance.choice((1, 12)), 13), "trial_converts": chance.random() < 0.3}
    if chance.random() < 0.3:
        return {**terms, "period": "free", "payment": "free"}
    price = {"amount": usually(chance, chance.choice((0, 9.99, 15, 41.66)), 900), "payment": "card"}
    return {
        **terms,
        **price,
        "currency": chance.choice(("USD", "EUR")),
        "period": chance.choice(("month", "quarter", "year", "once")),
    }


def about_ai(chance: random.Random) -> dict[str, Json]:
    if chance.random() < 0.5:
        return {"used": False}
    functions = chance.sample(FUNCTIONS, chance.randint(1, 2))
    asked = {"imitates_people": chance.random() < 0.2} if MEDIA & {*functions} else {}
    return {"used": True, "functions": functions, **asked}


def eight_answers(chance: random.Random) -> dict[str, Json]:
    """A purchase as the form leaves it once its first eight questions are answered, and nothing beyond."""
    vendor = chance.choice(("icondrop", "formwise", "leadshark", "askwell"))
    return {
        "kind": "purchase",
        "version": 1,
        "request": about_the_request(chance),
        "product": {
            "vendor": vendor,
            "id": vendor,
            "name": vendor.title(),
            "plan": "solo",
            "delivery": [usually(chance, "web_app", chance.choice(("desktop_app", "mobile_app")))],
        },
        "contract": about_the_price(chance),
        "data": {
            "categories": usually(chance, chance.choice((["public_content"], ["employee_login"])), ["customer_contact"])
        },
        "integration": {"systems": usually(chance, [], ["ledger"])},
        "web": {"loads_on_site": usually(chance, False, True)},  # noqa: FBT003 - two answers
        "messaging": {"channels": usually(chance, [], ["email"])},
        "ai": about_ai(chance),
    }


@pytest.fixture(scope="module", params=["registers-empty", "registers-supplied", "small-eu", "regulated"])
def guard(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Guard:
    """No vendor manifests: nothing is known but the answers and the registers."""
    data: dict[str, Any] = {
        "kind": "organisation",
        "version": 1,
        "preset": request.param if request.param in preset_names() else DEFAULT_PRESET,
        "organisation": {"exchange_rates": {"EUR": 1.16, "USD": 0.86, "GBP": 1.34}, "banned_vendors": ["leadshark"]},
        "registers": {"sanctioned_vendors": "none", "families": "none", "requests": "none"},
    }
    empty = request.param != "registers-supplied"
    if empty:
        data["registers"] |= {"inventory": "none", "decisions": "none", "card_payments": "none"}
    path = tmp_path_factory.mktemp("organisation") / "organisation.yaml"
    path.write_text(yaml_text(data))
    if empty:
        return Guard.load(organisation=path)
    return Guard.load(
        organisation=path,
        inventory=MINIATURES / "inventory.yaml",
        decisions=MINIATURES / "decisions.yaml",
        card_payments=MINIATURES / "card-payments.yaml",
    )


def evaluations(guard: Guard) -> list[tuple[int, Json, Evaluation]]:
    """The purchases of the lowest tier among those drawn."""
    found = []
    for seed in range(PURCHASES):
        data = eight_answers(random.Random(seed))  # noqa: S311 - cases, no secrets
        evaluation = evaluate(guard.facts(document(data), DAY), guard.program)
        if evaluation.tier.at_most == "instant":
            found.append((seed, data, evaluation))
    return found


def failed_duplicates(guard: Guard, evaluation: Evaluation) -> list[str]:
    """Policies on what overlaps with tools or requests that do more than hint."""
    found = {entry.identity for entry in guard.policies.policies if any("overlap." in path for path in entry.facts)}
    failed = evaluation.with_outcome(Outcome.FAIL)
    return [finding.policy for finding in failed if finding.policy in found and finding.effect.word != "advise"]


def test_the_eight_answers_are_those_of_the_form() -> None:
    stated = set()
    for seed in range(300):
        for section, facts in eight_answers(random.Random(seed)).items():  # noqa: S311 - cases, no secrets
            stated |= {f"{section}.{name}" for name in facts} if isinstance(facts, dict) else set()
    form = Guard.load().library().written.form
    assert form is not None
    assert (form.quick, len(form.questions)) == (8, 14)
    assert stated == {*form.facts(form.quick)} - ONLY_IF_NEEDED


def test_in_the_lowest_tier_no_policy_is_left_open(guard: Guard) -> None:
    instant = evaluations(guard)
    verdicts: Counter[str] = Counter()
    for seed, data, evaluation in instant:
        open_ones = {finding.policy: sorted(finding.waits) for finding in evaluation.with_outcome(Outcome.UNKNOWN)}
        assert not open_ones, (seed, data)
        assert not evaluation.not_checked
        assert evaluation.decision.settled
        failed = {finding.effect.word for finding in evaluation.with_outcome(Outcome.FAIL)} - {"advise"}
        assert (evaluation.decision.verdict == "approve") == (not failed)
        assert not failed_duplicates(guard, evaluation)
        verdicts[evaluation.decision.verdict] += 1
    assert len(instant) >= 200
    assert verdicts["approve"] >= 60
    assert set(verdicts) > {"approve", "deny"}


def unguarded(folder: Path) -> Path:
    """The shipped policies without the tiers that most of them wait for."""
    copied = Path(shutil.copytree(ROOT / "policies", folder / "policies"))
    for path in copied.glob("*/*.yaml"):
        data = read(path)
        if path.stem != "pack":
            changed = {**data, "when": without_tiers(data.get("when"))}
            path.write_text(yaml_text({name: value for name, value in changed.items() if value is not None}))
    return copied


def without_tiers(when: Json) -> Json:
    if isinstance(when, dict) and "all" in when:
        kept = [part for part in when["all"] if not str(part).startswith("risk.")]
        return {"all": kept} if kept else None
    return None if str(when).startswith("risk.") else when


def test_the_lint_finds_every_policy_that_drawn_purchases_leave_open(guard: Guard, tmp_path: Path) -> None:
    folder = unguarded(tmp_path)
    warnings = lint_policies([folder], None, DAY).warnings
    warned = {Path(warning.name).stem for warning in warnings if warning.code == "PG417"}
    documents = [found for path in policies_in(folder) if (found := read_file(path, [])) is not None]
    nobody = load_organisation(None, [])
    assert nobody is not None
    program = compile_policies(load_policies(documents, guard.schema, nobody, []))
    left_open = set()
    for seed in range(PURCHASES):
        facts = guard.facts(document(eight_answers(random.Random(seed))), DAY)  # noqa: S311 - cases, no secrets
        evaluation = evaluate(facts, program)
        if evaluation.tier.at_most == "instant":
            left_open |= {finding.policy for finding in evaluation.with_outcome(Outcome.UNKNOWN)}
    assert left_open <= warned
    assert len(warned) > 25
