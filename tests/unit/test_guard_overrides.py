from procureguard.guard.overrides import fit_overrides, fit_packs
from procureguard.source.diagnostic import Diagnostic
from procureguard.stack.organisation import Organisation
from written import Data, stack

DAYS: Data = {"days": {"type": "int", "value": 30, "about": "notice"}}
PRICE: Data = {"days": {"type": "double", "value": 1.5, "about": "notice"}}
CHANGES: Data = {
    "gone": {"effect": "review"},
    "stays": {"effect": "deny", "params": {"days": 10}},
    "typo": {"role": "legal", "params": {"dais": 1}},
}


def fitted(here: Data, elsewhere: Data, renamed: Data | None = None) -> tuple[Organisation, list[tuple[str, str, str]]]:
    found = fit_overrides(stack({"policies": CHANGES}).organisation, here, elsewhere, renamed or {})
    return found.organisation, [told(left_out) for left_out in found.left_out]


def told(found: Diagnostic) -> tuple[str, str, str]:
    assert found.source is not None
    assert found.span is not None
    assert found.severity == "warning"
    return found.code, found.source.text[found.span.start : found.span.end], found.hint or ""


def test_what_both_sets_have_is_changed_in_both() -> None:
    sets: Data = {"gone": {}, "stays": DAYS, "typo": {}}
    organisation, left_out = fitted(sets, sets)
    assert organisation.data == stack({"policies": CHANGES}).organisation.data
    assert left_out == []


def test_what_is_not_touched_stays_as_it_is_written() -> None:
    organisation, _ = fitted({"stays": {}, "typo": {}}, {"gone": {}, "stays": DAYS})
    assert organisation.data["policies"] == {"stays": {"effect": "deny", "params": {}}, "typo": CHANGES["typo"]}
    organisation, _ = fitted({"gone": {}, "typo": {}}, {"stays": DAYS})
    assert organisation.data["policies"] == {"gone": CHANGES["gone"], "typo": CHANGES["typo"]}


def test_a_policy_that_only_the_other_set_has_is_left_out_and_told() -> None:
    organisation, left_out = fitted({"stays": DAYS, "typo": {}}, {"gone": {}, "stays": DAYS, "typo": {}})
    assert organisation.overrides.keys() == {"stays", "typo"}
    assert left_out == [("PG308", '"gone"', "take it out with this change of policies")]
    assert fitted({"fresh": {}}, {"gone": {}}, {"gone": "fresh"})[1][0][2] == "write `fresh`, its new name"


def test_a_parameter_that_only_the_other_set_takes_is_left_out_and_the_rest_counts() -> None:
    for here in ({}, {"days": {**DAYS["days"], "type": "string"}}):
        organisation, left_out = fitted({"stays": here}, {"stays": DAYS})
        assert (organisation.overrides["stays"].params, organisation.overrides["stays"].effect) == ({}, "deny")
        assert [code for code, _, _ in left_out] == ["PG309"]
    assert fitted({"stays": PRICE}, {"stays": DAYS})[0].overrides["stays"].params == {"days": 10}


def test_what_neither_set_has_stays_to_be_refused_as_ever() -> None:
    organisation, left_out = fitted({"gone": {}}, {"gone": {}})
    assert organisation.overrides.keys() == CHANGES.keys()
    assert organisation.overrides["typo"].params == {"dais": 1}
    assert left_out == []


def test_a_pack_that_only_the_other_set_has_is_left_out_and_told() -> None:
    owner = stack({"packs": ["stays", "gone", "typo"]}).organisation
    found = fit_packs(owner, {"stays", "new"}, {"stays", "gone"})
    assert found.organisation.packs == ("stays", "typo")
    assert [told(left_out) for left_out in found.left_out] == [
        ("PG314", '"gone"', "take it out with this change of policies")
    ]
    everything = stack().organisation
    assert fit_packs(everything, {"a"}, {"b"}).organisation is everything
