"""Law 13 for those who decide thousands: the two-valued function, the three-valued one and the report say the same."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from procureguard import Guard
from procureguard.compile.swift import NOT_PLAIN
from procureguard.evaluate import evaluate
from procureguard.facts.gather import gather
from procureguard.finding import Outcome
from procureguard.guard.decider import Decider
from procureguard.purchase import Purchase
from property.checking import DAY, PURCHASES, ROOT, document, random_value, read
from written import folder, tool

COMPANY = ROOT / "examples"
DRAWN = 60
EDITS_EACH = 40
SHARE_OF_OWNED = 0.7
SHARE_OF_DECIDED = 0.2
SECTIONS = frozenset({"request", "vendor", "product", "data", "integration", "web", "messaging", "ai", "contract"})


@pytest.fixture(scope="module", name="guard", params=[False, True], ids=["alone", "with registers"])
def _guard(request: pytest.FixtureRequest) -> Guard:
    """Without manifests, which a decider does not look at; the second with computed facts that rest on others."""
    if not request.param:
        return Guard.load()
    return Guard.load(
        inventory=COMPANY / "inventory.yaml",
        organisation=COMPANY / "organisation.yaml",
        decisions=COMPANY / "decisions.yaml",
        card_payments=COMPANY / "card-payments.yaml",
    )


@pytest.fixture(scope="module", name="decider")
def _decider(guard: Guard) -> Decider:
    return guard.decider()


def full(guard: Guard, chance: random.Random) -> dict[str, Any]:
    """A purchase that states everything."""
    data: dict[str, Any] = {"kind": "purchase", "version": 1}
    for kind in guard.schema:
        section, _, name = kind.path.partition(".")
        if section in SECTIONS and kind.stated_by != "derived":
            data.setdefault(section, {})[name] = random_value(kind, chance)
    if guard.stack.inventory is not None and chance.random() < SHARE_OF_OWNED:
        data["request"]["tool"] = chance.choice([tool.identity for tool in guard.stack.inventory.tools])
    if guard.stack.decisions is not None and chance.random() < SHARE_OF_DECIDED:
        data["request"]["id"] = chance.choice(sorted(guard.stack.decisions.by_purchase))
    return data


def edited(data: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """The same with one fact left out, null, given a source, or not known to anybody; or with a section left out."""
    section = chance.choice(sorted(SECTIONS & data.keys()))
    if chance.random() < 0.05:
        return {name: facts for name, facts in data.items() if name != section}
    facts = dict(data[section])
    name = chance.choice(sorted(facts))
    edit = chance.choice(("out", "null", "sourced", "nobody"))
    if edit == "out":
        del facts[name]
    else:
        value = facts[name] if edit == "sourced" else None
        facts[name] = None if edit == "null" else {"value": value, "source": "vendor"}
    return {**data, section: facts}


def purchases(guard: Guard) -> Iterator[dict[str, Any]]:
    for seed in range(DRAWN):
        chance = random.Random(seed)  # noqa: S311 - cases, no secrets
        data = full(guard, chance)
        yield data
        for _ in range(EDITS_EACH):
            yield edited(data, chance)
    for path in PURCHASES:
        if "ext" not in (data := read(path)):
            yield data


def test_both_functions_and_the_report_decide_alike(guard: Guard, decider: Decider) -> None:
    ways: Counter[str] = Counter()
    for data in purchases(guard):
        facts = gather(Purchase(document(data)), guard.stack, guard.schema, DAY)
        findings = evaluate(facts, guard.program).findings
        said = {finding.policy: finding.outcome.word for finding in findings}
        assert decider.outcomes(data, DAY) == said
        ways[way(decider, data, said)] += 1
        explained = {finding.policy: finding for finding in decider.explain(data, DAY)}
        for finding in findings:
            if finding.outcome in (Outcome.FAIL, Outcome.UNKNOWN):
                assert explained.pop(finding.policy)._replace(doubts=finding.doubts) == finding
        assert explained == {}
    assert min(ways.values()) > DRAWN
    assert {"two-valued", "three-valued"} <= ways.keys()
    assert ("with what was before" in ways) is (guard.stack.inventory is not None)


def way(decider: Decider, data: dict[str, Any], said: Mapping[str, str]) -> str:
    """How a purchase was decided."""
    if decider._has_a_past(data):  # noqa: SLF001 - which of the ways answered
        return "with what was before"
    try:
        assert decider._swift.outcomes(data, DAY) == said  # noqa: SLF001
    except NOT_PLAIN:
        return "three-valued"
    return "two-valued"


AROUND: dict[str, Any] = {
    "organisation": {
        "organisation": {"banned_vendors": ["bigco"]},
        "registers": {"families": "manifests", "sanctioned_vendors": "none"},
    },
    "inventory": {"tools": [tool("formtool", vendor="formwise", product="forms")]},
    "decisions": {
        "decisions": [
            {
                "purchase": "R2",
                "tool": "formtool",
                "decided_on": "2026-01-05",
                "outcome": "approved",
                "facts": {"request": {"users": 30}},
            }
        ]
    },
}


@pytest.mark.parametrize(
    "request_", [{"type": "new"}, {"type": "new", "id": "R2"}, {"type": "renewal", "tool": "formtool"}]
)
def test_a_vendor_is_known_by_any_word_whether_or_not_the_purchase_has_a_past(
    request_: dict[str, Any], tmp_path: Path
) -> None:
    """What manifests say of vendors is for registers to look up; what they say of products must be in the purchase."""
    sold = {"parent": "bigco", "kind": "owns", "closed": "2026-06-01"}
    vendors: list[dict[str, Any]] = [{"id": "formwise", "aliases": ["formy"], "family": [sold]}, {"id": "bigco"}]
    files = {f"{name}.yaml": {"kind": name, "version": 1, **data} for name, data in AROUND.items()}
    files |= {f"vendors/{data['id']}.yaml": {"kind": "vendor", "version": 1, **data} for data in vendors}
    folder(tmp_path, files)
    named: dict[str, Any] = {name: tmp_path / f"{name}.yaml" for name in AROUND}
    guard = Guard.load(vendors=sorted((tmp_path / "vendors").iterdir()), **named)
    data = {"kind": "purchase", "version": 1, "request": {"users": 30, **request_}, "product": {"vendor": "formy"}}
    said = {
        finding.policy: finding.outcome.word
        for finding in evaluate(guard.facts(document(data), DAY), guard.program).findings
    }
    decided = guard.decider().outcomes(data, DAY)
    assert decided == said
    assert decided["permitted-vendor"] == "fail"
