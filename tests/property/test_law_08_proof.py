"""Law 8 for tools and plans: an alternative is shown with what evaluating it gives, and nothing else moves it."""

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drawn_documents import Json
from procureguard import Guard
from procureguard.alternatives.alternative import Alternative
from procureguard.alternatives.catalogue import offer, offers
from procureguard.alternatives.instead import OF_THE_ORDER, with_offer, with_tool
from procureguard.alternatives.judge import Judge
from procureguard.alternatives.need import ENOUGH, NOTEWORTHY, Need
from procureguard.alternatives.owned import owned_tool
from procureguard.alternatives.suggest import SHOWN, suggest
from procureguard.evaluate import evaluate
from procureguard.facts.gather import Facts, gather
from procureguard.finding import Decision, Rung
from procureguard.report.contract import Report, ReportedAlternative
from procureguard.stack.manifest import Offer
from procureguard.stack.stack import Stack
from procureguard.stack.vendors import Offered
from property.checking import DAY, MINIATURES, PURCHASES, document, guard_for, read, stack_files, yaml_text
from written import Data, purchase, stack, tool

OF_THE_PRODUCT = {"vendor", "product", "contract", "ai"}


def each_purchase() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", PURCHASES, ids=lambda path: f"{path.parent.name}/{path.stem}")


def report_on(path: Path, guard: Guard) -> Report:
    return guard.answer(document(read(path)), DAY).report


def instead_of(facts: Facts, shown: ReportedAlternative, guard: Guard) -> Facts:
    """The purchase with what is shown in its place, found by its id alone."""
    if shown.kind != "catalogue":
        assert guard.stack.inventory is not None
        owned = guard.stack.inventory.find(shown.id)
        assert owned is not None
        return with_tool(facts, owned, guard.stack, guard.schema)
    vendor, product, *plan = shown.id.split("/")
    manifest = guard.stack.catalogue.get(vendor)
    assert manifest is not None
    place = manifest.product(product)
    assert place is not None
    return with_offer(facts, manifest, Offer(place, manifest.plan(place, plan[0]) if plan else None), guard.schema)


def test_there_are_alternatives_to_speak_of() -> None:
    kinds: list[str] = [shown.kind for path in PURCHASES for shown in report_on(path, guard_for(path)).alternatives]
    assert {kind: kinds.count(kind) >= least for kind, least in (("owned", 6), ("activate", 3), ("catalogue", 1))} == {
        "owned": True,
        "activate": True,
        "catalogue": True,
    }


@each_purchase()
def test_each_alternative_evaluates_to_the_interval_it_is_shown_with(path: Path) -> None:
    guard = guard_for(path)
    facts = guard.facts(document(read(path)), DAY)
    for shown in report_on(path, guard).alternatives:
        decision = evaluate(instead_of(facts, shown, guard), guard.program).decision
        assert (shown.best, shown.worst) == (decision.best.word, decision.worst.word)
        assert shown.verdict == decision.verdict
        assert shown.proven == (decision.best == decision.worst)


@each_purchase()
def test_what_was_said_of_the_product_is_not_said_of_the_alternative(path: Path) -> None:
    """The proof is about the tool: of what the purchase says of its product and contract only the order stays."""
    guard = guard_for(path)
    facts = guard.facts(document(read(path)), DAY)
    for shown in report_on(path, guard).alternatives:
        vendor = guard.stack.catalogue.identify(facts.value("product.vendor"))
        for known in instead_of(facts, shown, guard).known.values():
            of_the_product = known.path.split(".")[0] in OF_THE_PRODUCT and known.path not in OF_THE_ORDER
            if known.place is None:
                continue
            assert not (of_the_product and known.place.role == "purchase"), known.path
            own = shown.id.split("/")[0] if shown.kind == "catalogue" else None
            assert known.place.role != "vendor" or known.place.document != vendor or own == vendor, known.path


@each_purchase()
def test_what_is_to_be_bought_instead_is_better_or_as_good_for_less(path: Path) -> None:
    guard = guard_for(path)
    facts = guard.facts(document(read(path)), DAY)
    own = evaluate(facts, guard.program).decision
    for shown in report_on(path, guard).alternatives:
        if shown.kind == "catalogue":
            instead = instead_of(facts, shown, guard)
            other = evaluate(instead, guard.program).decision
            assert other.best <= Rung.APPROVE_WITH_CONDITIONS
            assert (other.worst, other.best) <= (own.worst, own.best)
            if other == own:
                assert instead.value("cost.annual") < facts.value("cost.annual")


# --- drawn stacks ---

CAPABILITIES = ("surveys", "forms", "webinars", "meetings", "crm", "marketing-automation", "email-campaigns")
SOME = st.lists(st.sampled_from(CAPABILITIES), max_size=3, unique=True)
LEVELS = st.dictionaries(st.sampled_from(CAPABILITIES), st.sampled_from(("full", "partial", "latent")), max_size=3)
SEATS = st.none() | st.integers(0, 30)
CATEGORIES = st.sampled_from((["public_content"], ["prospect_contact"], ["customer_contact", "health"]))
DEPARTMENTS = st.sampled_from(("events", "brand", "press"))
STATUS = st.sampled_from(("active", "active", "active", "trial", "ending", "retired", "planned"))


def without_none(**facts: Json) -> Data:
    return {name: value for name, value in facts.items() if value is not None}


@st.composite
def tools(draw: st.DrawFn) -> list[Data]:
    count = draw(st.integers(0, 6))
    return [
        tool(
            f"t{number}",
            **without_none(
                capabilities=draw(LEVELS),
                status=draw(STATUS),
                vendor=draw(st.sampled_from((None, "v0", "v1"))),
                product=draw(st.sampled_from((None, "p"))),
                department=draw(DEPARTMENTS),
                seats=draw(SEATS),
                seats_used=draw(SEATS),
                cleared_for=draw(st.none() | CATEGORIES),
            ),
        )
        for number in range(count)
    ]


@st.composite
def vendors(draw: st.DrawFn) -> list[Data]:
    def plan(name: str) -> Data:
        price = draw(st.none() | st.integers(0, 2_000))
        facts = draw(st.dictionaries(st.sampled_from(("sso_on_plan", "api_on_plan", "data_export")), st.booleans()))
        cost = {} if price is None else {"price": {"amount": price, "currency": "USD", "period": "year", "per": "seat"}}
        return {"id": name, "facts": {"product": facts}, **cost}

    return [
        {
            "id": f"v{number}",
            "vendor": {"name": f"Vendor {number}"},
            "products": [{"id": "p", "capabilities": draw(LEVELS), "plans": [plan("a"), plan("b")]}],
        }
        for number in range(draw(st.integers(0, 4)))
    ]


@st.composite
def needs(draw: st.DrawFn) -> Data:
    wanted = draw(SOME)
    request = without_none(
        type=draw(st.sampled_from(("new", "trial", "replacement", "renewal", "expansion"))),
        capabilities=wanted,
        must=draw(st.none() | st.just(wanted[:1])),
        department=draw(DEPARTMENTS),
        users=draw(st.none() | st.integers(1, 12)),
        tool=draw(st.sampled_from((None, "t0"))),
        replaces=draw(st.none() | st.just([]) | st.just(["t1"])),
        purpose=draw(st.sampled_from((None, "Ask visitors what they think"))),
    )
    data = {"categories": draw(CATEGORIES)} if draw(st.booleans()) else {}
    contract = {"amount": draw(st.integers(0, 90_000)), "currency": "USD", "period": "year"}
    return {"request": request, "data": data, "product": {"vendor": "v0", "id": "p"}, "contract": contract}


@pytest.fixture(scope="module", name="guard")
def _guard() -> Guard:
    return Guard.load()


def around(owned: list[Data], known: list[Data]) -> Stack:
    return stack({"registers": {"requests": "none", "families": "none"}}, {"tools": owned}, known)


def shown(need: Data, surroundings: Stack, guard: Guard) -> list[tuple[Any, ...]]:
    facts = gather(purchase(need), surroundings, guard.schema, DAY)
    evaluation = evaluate(facts, guard.program)
    found = suggest(facts, evaluation, surroundings, guard.schema, guard.program).alternatives
    return [
        (each.kind, each.identity, each.coverage, each.cleared, each.free_seats, each.annual_cost, each.decision)
        for each in found
    ]


drawn_cases = given(needs(), tools(), vendors(), st.randoms(use_true_random=False))
thorough = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@thorough
@drawn_cases
def test_ranking_is_independent_of_the_order_of_files(
    guard: Guard, need: Data, owned: list[Data], known: list[Data], chance: random.Random
) -> None:
    mixed = around(chance.sample(owned, len(owned)), chance.sample(known, len(known)))
    assert shown(need, mixed, guard) == shown(need, around(owned, known), guard)


@thorough
@drawn_cases
def test_what_does_nothing_of_the_kind_changes_nothing(
    guard: Guard, need: Data, owned: list[Data], known: list[Data], chance: random.Random
) -> None:
    idle = tool("aaa", capabilities={"podcast-production": "full"}, seats=900, seats_used=0)
    thing = {"id": "aaa", "products": [{"id": "aaa", "capabilities": {"podcast-production": "full"}}]}
    place = chance.randint(0, len(owned))
    more = around([*owned[:place], idle, *owned[place:]], [thing, *known])
    assert shown(need, more, guard) == shown(need, around(owned, known), guard)


@thorough
@drawn_cases
def test_nothing_better_is_left_out(
    guard: Guard, need: Data, owned: list[Data], known: list[Data], chance: random.Random
) -> None:
    """Against looking at every tool and every plan: what is shown is exactly the head of the whole ranking."""
    del chance
    surroundings = around(owned, known)
    facts = gather(purchase(need), surroundings, guard.schema, DAY)
    wished = Need.of(facts)
    found = shown(need, surroundings, guard)
    if wished is None:
        assert found == []
        return
    judge = Judge(wished, facts, surroundings, guard.schema, guard.program)
    own = evaluate(facts, guard.program).decision
    assert surroundings.inventory is not None
    left_out = {facts.value("request.tool"), *(facts.value("request.replaces") or ())}
    judged = [owned_tool(judge, each) for each in surroundings.inventory.tools]
    useful = [
        each
        for each in judged
        if each.tool is not None
        and each.tool.active
        and each.identity not in left_out
        and (each.coverage.need or 0) >= NOTEWORTHY
    ]
    assert {each[1] for each in found if each[0] != "catalogue"} <= {each.identity for each in useful}
    assert sum(each[0] != "catalogue" for each in found) == min(SHOWN, len(useful))
    worst_shown = max(
        (_rank(each[6]) for each in found if each[0] != "catalogue" and each[3] is not False), default=None
    )
    hidden = [each for each in useful if each.cleared is not False and each.identity not in {row[1] for row in found}]
    if worst_shown is not None:
        assert all(_rank(each.decision) >= worst_shown for each in hidden)
    others = [each for each in every_offer(judge) if _rank(each.decision) < _rank(own) and each.decision.best <= 1]
    products = {each.identity.rsplit("/", maxsplit=1)[0] for each in others}
    assert sum(each[0] == "catalogue" for each in found) >= min(SHOWN, len(products))


def every_offer(judge: Judge) -> list[Alternative]:
    """All plans of the catalogue that do the job, but for what is proposed and what is owned."""
    inventory = judge.stack.inventory
    owned = (
        {(each.get("vendor"), each.get("product")) for each in inventory.tools if each.active} if inventory else set()
    )
    left_out = {(judge.facts.value("product.vendor"), judge.facts.value("product.id")), *owned}
    return [
        found
        for manifest in judge.stack.catalogue.manifests
        for plan in manifest.offers()
        if (manifest.identity, manifest.product_id(plan.product)) not in left_out
        and ((found := offer(judge, Offered(manifest.identity, plan))).coverage.need or 0) >= ENOUGH
        and not judge.need.must & {*found.coverage.lacks}
    ]


def _rank(decision: Decision) -> tuple[Rung, Rung]:
    return decision.worst, decision.best


@pytest.mark.parametrize("path", PURCHASES[:3], ids=lambda path: path.stem)
def test_without_an_inventory_overlap_is_not_checked(path: Path, guard: Guard) -> None:
    """Never "no overlap": policies that would need to know are listed, and nothing is offered as owned."""
    report = report_on(path, guard)
    unchecked = {gap.policy for gap in report.not_checked}
    about_overlap = {policy.identity for policy in guard.policies.policies if "inventory" in policy.registers}
    assert about_overlap
    assert about_overlap <= unchecked
    assert not about_overlap & {*report.passed, *report.not_applicable}
    assert not report.searched.inventory
    assert [shown for shown in report.alternatives if shown.kind != "catalogue"] == []


# --- files ---


def with_inventory(path: Path, data: Json, folder: Path) -> Guard:
    file = folder / "inventory.yaml"
    file.write_text(yaml_text(data), encoding="utf-8")
    return Guard.load(**{**stack_files(path), "inventory": file})


def test_twins_are_ranked_by_their_ids(tmp_path: Path) -> None:
    """Where nothing else tells two tools apart, their order in the file must not either."""
    path = MINIATURES / "purchases" / "surveys.yaml"
    inventory = read(MINIATURES / "inventory.yaml")
    twins = [
        {"id": name, "status": "active", "capabilities": {"surveys": "full", "forms": "full"}}
        for name in ("beta", "alpha", "gamma")
    ]
    for listed in (twins, [*reversed(twins)]):
        report = report_on(path, with_inventory(path, {**inventory, "tools": listed}, tmp_path))
        assert [alternative.id for alternative in report.alternatives] == ["alpha", "beta", "gamma"]


@pytest.mark.parametrize("status", ["planned", "trial", "ending", "retired"])
def test_only_active_tools_are_shown(status: str, tmp_path: Path) -> None:
    path = MINIATURES / "purchases" / "newsletters.yaml"
    inventory = read(MINIATURES / "inventory.yaml")
    before = {alternative.id for alternative in report_on(path, guard_for(path)).alternatives}
    assert before
    listed = [{**owned, "status": status} if owned["id"] in before else owned for owned in inventory["tools"]]
    after = report_on(path, with_inventory(path, {**inventory, "tools": listed}, tmp_path)).alternatives
    assert not before & {alternative.id for alternative in after}


def test_a_need_in_other_words_of_the_manifest_is_the_same_need(guard: Guard) -> None:
    """An alias or a domain stands for the vendor it belongs to: its own product is no alternative to itself."""
    known = [
        {
            "id": "v0",
            "aliases": ["old-name"],
            "vendor": {"domains": ["v0.example"]},
            "products": [{"id": "p", "aliases": ["q"], "capabilities": {"surveys": "full"}}],
        }
    ]
    surroundings = around([], known)
    need: Data = {"request": {"type": "new", "capabilities": ["surveys"], "must": ["surveys"]}}
    for vendor, product in (("v0", "p"), ("Old-Name", "Q"), ("https://app.v0.example/x", "p")):
        facts = gather(
            purchase({**need, "product": {"vendor": vendor, "id": product}}), surroundings, guard.schema, DAY
        )
        assert facts.value("product.vendor") == vendor
        wished = Need.of(facts)
        assert wished is not None
        judge = Judge(wished, facts, surroundings, guard.schema, guard.program)
        assert list(offers(judge).found) == []
