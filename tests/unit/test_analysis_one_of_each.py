from procureguard.analysis.one_of_each import PAID, one_of_each
from procureguard.capabilities import shipped_taxonomy
from procureguard.examples import REGISTERS
from procureguard.facts.fact import Fact
from procureguard.facts.gather import Facts, complete
from procureguard.policy.choices import SOMETHING
from written import DAY, Json


def known(**stated: Json) -> Facts:
    facts = {path: Fact(path, value, "requester") for path, value in stated.items()}
    return complete(facts, one_of_each(shipped_taxonomy(), REGISTERS, "EUR", DAY), DAY)


def test_the_payment_counts_and_its_currency_is_looked_up() -> None:
    cost = {"product.vendor": SOMETHING, "cost.annual": 5}
    assert known(**cost).waits_for("cost.family_year") == {"organisation.currency"}
    assert known(**cost, **{"organisation.currency": "EUR"}).value("cost.family_year") == 5 + PAID
