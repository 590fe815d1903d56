import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from hashlib import sha256
from math import log, sqrt
from pathlib import Path
from statistics import NormalDist
from typing import Any

import pytest
import yaml

from benchmarks import mix as measured
from benchmarks.chance import NINE_IN_TEN, Chance, Spread, among_others, rest_of
from benchmarks.conditions import Conditions
from benchmarks.mix_company import Company
from benchmarks.mix_data import DATA, Mix, Spreads, mix
from benchmarks.mix_purchases import Drawn, draw_purchase
from benchmarks.mix_seen import Seen, seen
from benchmarks.mix_stated import document, form, purchases, quick_answers
from benchmarks.mix_surroundings import guard_of
from benchmarks.mix_vendors import manifest
from benchmarks.table import text
from benchmarks.workload import DAY
from procureguard import Guard
from procureguard.capabilities import shipped_taxonomy
from procureguard.finding import VERDICTS
from procureguard.purchase import load_purchase
from procureguard.source.diagnostic import Diagnostic

SEED = 7
DRAWN = 3_000
STATED = 400
ROOT = Path(__file__).resolve().parents[2]

Json = dict[str, Any]


@pytest.fixture(scope="module")
def company() -> Company:
    return Company.of(mix(), SEED)


@pytest.fixture(scope="module")
def drawn(company: Company) -> list[Drawn]:
    return [draw_purchase(company, number) for number in range(DRAWN)]


@pytest.fixture(scope="module")
def guard(company: Company, tmp_path_factory: pytest.TempPathFactory) -> Guard:
    return guard_of(company, tmp_path_factory.mktemp("company"), STATED)


@pytest.fixture(scope="module")
def stated(company: Company, guard: Guard) -> list[Json]:
    return list(purchases(company, guard, STATED))


def near(count: int, total: int, share: float) -> bool:
    """Within four standard deviations of what the share makes one expect."""
    return abs(count - total * share) <= 4 * sqrt(total * share * (1 - share)) + 1


def assert_shares(found: Counter[Any], shares: Mapping[Any, float]) -> None:
    assert found.keys() <= shares.keys()
    for value, share in shares.items():
        assert near(found[value], found.total(), share), (value, found[value] / found.total(), share)


def digest(company: Company) -> str:
    first = [(purchase.offer.product, purchase.facts) for purchase in (draw_purchase(company, n) for n in range(50))]
    manifests = [manifest(vendor, Chance(vendor.identity)) for vendor in company.vendors]
    tools = [tool.entry for tool in company.tools]
    return sha256(json.dumps([first, manifests, tools]).encode()).hexdigest()


def test_a_seed_draws_the_same_in_every_process_and_another_seed_something_else(company: Company) -> None:
    program = (
        "from test_benchmarks_mix import SEED, digest; from benchmarks.mix_company import Company; "
        "from benchmarks.mix_data import mix; print(digest(Company.of(mix(), SEED)))"
    )
    paths = [str(Path(__file__).parent), str(ROOT), *sys.path]
    environment = {**os.environ, "PYTHONHASHSEED": "1", "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    ran = subprocess.run(  # noqa: S603 - this interpreter and a text of ours
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == digest(company)
    assert digest(Company.of(mix(), SEED + 1)) != digest(company)


def test_chance_falls_out_as_it_always_did() -> None:
    chance = Chance(1, "mix")
    drawn = [
        chance.between(1, 6),
        chance.one({"a": 0.5, "b": 0.5}),
        chance.of(Spread(100, 1000)),
        chance.some("xyz", 2),
    ]
    assert drawn == [4, "b", 14, ["y", "z"]]


def test_a_purchase_is_as_it_is_however_many_are_drawn(company: Company, guard: Guard, stated: list[Json]) -> None:
    assert list(purchases(company, guard, 20)) == stated[:20]


def test_every_purchase_is_a_valid_document_about_which_there_is_nothing_to_say(
    guard: Guard, stated: list[Json]
) -> None:
    problems: list[Diagnostic] = []
    for data in stated:
        purchase = load_purchase(document(data), problems)
        assert purchase is not None
        guard.check_purchase(purchase, problems)
    assert not problems


def test_all_registers_are_supplied(guard: Guard, stated: list[Json]) -> None:
    assert guard.check(stated[0], DAY).not_checked == ()


def test_what_is_drawn_by_one_choice_has_the_shares_of_the_data(drawn: list[Drawn]) -> None:
    shares = mix()
    types = Counter(purchase.facts["request.type"] for purchase in drawn)
    assert_shares(types, shares.request.type)
    assert_shares(Counter(" + ".join(purchase.facts["product.delivery"]) for purchase in drawn), shares.delivery)
    assert near(sum(purchase.facts["web.loads_on_site"] for purchase in drawn), DRAWN, shares.site.loads)
    assert near(sum(purchase.facts["ai.used"] for purchase in drawn), DRAWN, 1 - shares.ai.kinds["unused"])
    assert near(
        sum(not purchase.facts["messaging.channels"] for purchase in drawn), DRAWN, shares.messages.kinds["none"]
    )
    assert near(sum(purchase.offer.vendor.covered for purchase in drawn), DRAWN, shares.vendors.covered)


def test_couplings_leave_the_shares_of_all_purchases_as_they_are(drawn: list[Drawn]) -> None:
    shares = mix()
    categories = {" + ".join(purchase.facts["data.categories"]) for purchase in drawn}
    assert len(categories) == sum(map(len, shares.data.categories.values()))
    assert near(sum(map(is_public, drawn)), DRAWN, shares.data.kinds["public"])
    assert near(
        sum(not purchase.facts["integration.systems"] for purchase in drawn), DRAWN, shares.connection.kinds["none"]
    )
    writes = sum(purchase.facts["integration.writes_records"] for purchase in drawn)
    assert near(writes, DRAWN, shares.connection.kinds["write_records"])
    assert near(sum(purchase.facts["contract.period"] == "free" for purchase in drawn), DRAWN, shares.cost.free)
    months = Counter(purchase.facts["contract.term_months"] for purchase in drawn)
    assert_shares(months, shares.cost.term_months)


def test_public_purchases_are_hardly_connected_and_trials_mostly_public(drawn: list[Drawn]) -> None:
    public = [purchase for purchase in drawn if is_public(purchase)]
    alone = sum(not purchase.facts["integration.systems"] for purchase in public)
    assert near(alone, len(public), mix().connection.none_of_public)
    trials = [purchase for purchase in drawn if purchase.facts["request.type"] == "trial"]
    assert near(sum(map(is_public, trials)), len(trials), mix().data.public_trials)
    assert all(purchase.facts["contract.term_months"] == 1 for purchase in trials)


def is_public(purchase: Drawn) -> bool:
    return bool(purchase.facts["data.categories"] == ["public_content"])


@pytest.mark.parametrize("spreads", [mix().users, mix().cost], ids=["users", "cost"])
def test_the_spreads_of_public_and_other_purchases_make_the_one_of_all(spreads: Spreads) -> None:
    public = mix().data.kinds["public"]

    def below(spread: Spread, value: float) -> float:
        deviation = log(spread.p90 / spread.median) / NINE_IN_TEN
        return NormalDist().cdf(log(value / spread.median) / deviation)

    for value, share in ((spreads.all.median, 0.5), (spreads.all.p90, 0.9)):
        both = public * below(spreads.public, value) + (1 - public) * below(spreads.others, value)
        assert both == pytest.approx(share, abs=0.002)


def test_the_cost_of_purchases_is_spread_as_the_data_says(drawn: list[Drawn]) -> None:
    rates = {"USD": 1.0, **mix().company.exchange_rates}
    yearly = [
        facts["contract.amount"]
        * rates[facts["contract.currency"]]
        * (12 if facts["contract.period"] == "month" else 1)
        for facts in (purchase.facts for purchase in drawn)
        if facts["contract.period"] != "free"
    ]
    spread = mix().cost.all
    assert near(sum(cost < spread.median for cost in yearly), len(yearly), 0.5)
    assert near(sum(cost > spread.p90 for cost in yearly), len(yearly), 0.1)


def test_as_many_facts_are_open_as_the_data_says_by_who_would_state_them(
    company: Company, drawn: list[Drawn], stated: list[Json]
) -> None:
    unknown = mix().unknown
    connected = [purchase for purchase in stated if purchase["integration"]["systems"]]
    assert_open([purchase["integration"] for purchase in connected], "admin_rights", unknown.it)
    assert_open([purchase["request"] for purchase in stated], "metrics", unknown.requester)
    vendors = dict.fromkeys(purchase.offer.vendor.identity for purchase in drawn if not purchase.offer.vendor.covered)
    uncovered = [purchase for purchase in stated if purchase["product"]["vendor"] in vendors]
    assert len(uncovered) > STATED / 6
    assert_open(
        [purchase.get("product", {}) for purchase in uncovered], "encrypted_at_rest", unknown.vendor_not_covered
    )
    manifests = [manifest(vendor, Chance(vendor.identity)) for vendor in company.vendors]
    assert_open([found["products"][0]["facts"]["product"] for found in manifests], "end_announced", unknown.vendor)


def assert_open(sections: list[Json], name: str, share: float) -> None:
    assert near(sum(name not in section for section in sections), len(sections), share), name


def test_the_first_eight_questions_are_always_answered_and_others_asked_where_they_matter(stated: list[Json]) -> None:
    everywhere = quick_answers() - form().conditions().keys() - {"request.must"}
    for purchase in stated:
        said = {f"{section}.{name}" for section, facts in purchase.items() if isinstance(facts, dict) for name in facts}
        assert everywhere <= said
        assert ("request.trial_days" in said) == (purchase["request"]["type"] == "trial")
        assert ("ai.functions" in said) == purchase["ai"]["used"]
        assert "integration.admin_rights" not in said or purchase["integration"]["systems"]


def broken(change: Callable[[Json], object]) -> Json:
    data: Json = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    change(data)
    return data


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda data: data["request"]["type"].update(new=0.6), "shares add up to"),
        (lambda data: data["facts"]["contract.dpa"].update(likely=0.5), "exactly one way"),
        (
            lambda data: data["facts"].update({"contract.dap": {"likely": 0.5, "why": "a slip"}}),
            "no fact `contract.dap`",
        ),
        (lambda data: data["facts"]["contract.dpa"].update(shares={"maybe": 1.0}), "`maybe` is no value"),
        (lambda data: data["request"]["capabilities"]["most_wanted"].append("mind-reading"), "mind-reading"),
        (lambda data: data["vendors"]["fame"][0].update(unknown=0.5), "unknown facts of each fame"),
        (lambda data: data["site"].update(color="red"), "Extra inputs"),
    ],
)
def test_data_that_is_not_in_order_is_refused(change: Callable[[Json], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Mix.model_validate(broken(change))


def test_a_condition_that_is_no_expression_is_refused() -> None:
    with pytest.raises(ValueError, match=r"`risk\.tiny`"):
        Conditions({"web.cookies": "risk.tiny"})


def test_the_others_make_up_for_a_part_in_which_a_share_is_known() -> None:
    shares = {"none": 0.5, "some": 0.3, "all": 0.2}
    others = among_others(shares, "none", 0.4, 0.8)
    assert sum(others.values()) == pytest.approx(1)
    assert 0.4 * 0.8 + 0.6 * others["none"] == pytest.approx(shares["none"])
    assert others["some"] / others["all"] == pytest.approx(shares["some"] / shares["all"])
    assert rest_of(0.5, 0.4, 0.8) == pytest.approx(others["none"])


def test_bars_that_are_met_are_said_in_a_sentence_and_others_show_in_the_exit_code() -> None:
    good, bad = Seen(1), Seen(2)
    for place, verdict in enumerate(VERDICTS):
        good.verdicts["instant", verdict] = bad.verdicts["high", verdict] = 10 if place else 60
    good.questions, bad.questions = [0] * 80 + [1] * 20, [0] * 40 + [9] * 60
    good.outcomes["encryption", "fail"] = bad.outcomes["encryption", "unknown"] = 3
    good.effects = bad.effects = {"encryption": "deny"}
    assert [table.unmet for table in measured.tables([good])] == [()] * 6
    assert "MET: 30 % of the purchases must get a yes in seconds" in text(measured.of_verdicts([good]))
    unmet = [promise for table in measured.tables([bad]) for promise in table.unmet]
    assert [promise.split(" ")[0] for promise in unmet] == ["30", "the", "the", "every"]
    assert "encryption" in unmet[-1]


def test_quantiles_are_numbers_that_were_there() -> None:
    assert [measured.quantile([5, 1, 3, 2], share) for share in (0.25, 0.5, 0.9)] == [1, 2, 5]
    assert measured.quantile([], 0.5) == 0


def test_a_short_run_gives_every_verdict_and_few_questions() -> None:
    found = seen(2, 300)
    assert all(found.percent(verdict) >= 3 for verdict in VERDICTS)
    assert found.percent("approve", "instant") >= 8
    assert found.percent("approve", "instant") >= 0.75 * found.percent(tier="instant")
    assert measured.quantile(found.asking, 0.5) <= 5
    assert not found.not_checked
    first, *_, last = found.within.values()
    assert first > last == sum(count for (tier, _), count in found.verdicts.items() if tier == "instant")


def test_another_fact_to_draw_leaves_all_others_as_they_were(company: Company) -> None:
    less = mix().model_copy(
        update={"facts": {path: fact for path, fact in mix().facts.items() if path not in LEFT_OUT}}
    )
    other = Company.of(less, SEED)
    assert [tool.entry for tool in other.tools] == [tool.entry for tool in company.tools]
    for number in range(40):
        whole, rest = draw_purchase(company, number).facts, draw_purchase(other, number).facts
        assert {path: value for path, value in whole.items() if path not in LEFT_OUT} == rest


LEFT_OUT = frozenset({"vendor.employees", "contract.early_exit", "product.scim", "request.operator"})


def test_what_always_loads_on_the_website_cannot_do_without() -> None:
    capabilities = shipped_taxonomy().capabilities
    assert all(capabilities[name].needs.loads_on_site for name in mix().site.always)
