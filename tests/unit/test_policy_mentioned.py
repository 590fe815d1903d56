"""Values make a difference only where policies mention them: constants, thresholds, and what they are computed into."""

from procureguard.facts.derived import shipped_schema
from procureguard.policy.mentioned import mentioned_in
from procureguard.policy.model import Mentioned
from written import DAY, Json, loaded, policy, policy_document


def test_constants_are_told_apart_by_their_types() -> None:
    require = 'request.needed_by + days(30) < date("2026-12-24") && request.users < 7 && request.type == "trial"'
    written = loaded([policy_document(policy(require=require))])[0].written[0]
    found = mentioned_in(written.expressions(), shipped_schema(), {})
    assert found.days == {DAY.replace(month=12, day=24).toordinal()}
    assert found.lengths == {30}
    assert {7} <= found.numbers
    assert found.numbers.isdisjoint(found.days)
    assert {"trial"} <= found.texts


def mentioned(**of_the_policy: Json) -> dict[str, Mentioned]:
    return dict(loaded([policy_document(policy(**of_the_policy))])[0].policies.mentioned)


def test_each_fact_has_what_stands_beside_it_and_nothing_else() -> None:
    found = mentioned(require={"all": ["request.users < 7", 'request.type == "trial"', "data.people > 9"]})
    assert found["request.users"] == Mentioned(numbers=frozenset({7}))
    assert found["request.type"] == Mentioned(texts=frozenset({"trial"}))
    assert found["data.people"] == Mentioned(numbers=frozenset({9}))


def test_what_is_computed_from_a_fact_mentions_it_too() -> None:
    found = mentioned(require="cost.annual < organisation.procurement_limit && cost.annual < 12.5")
    for path in ("contract.amount", "contract.period"):
        assert found[path].numbers == {125_000}
        assert found[path].facts == {"cost.annual", "organisation.procurement_limit"}
        assert not found[path].whole
    assert found["cost.annual"].whole


def test_what_is_counted_or_searched_in_is_not_told_whole() -> None:
    found = mentioned(
        when='data.regions.exists(r, r == "EU")',
        require='size(request.must) < 3 && product.name.startsWith("x") && "a" in request.capabilities',
    )
    assert {path for path, told in found.items() if told.whole} == {"data.regions", "request.capabilities"}
