"""What is tried for a fact is always something that the fact can be."""

from datetime import date

import pytest

from procureguard.facts.check import fits
from procureguard.facts.derived import shipped_schema
from procureguard.facts.schema import FactType, to_data, to_words
from procureguard.policy.choices import choices
from procureguard.policy.model import Mentioned
from written import DAY

EVERYTHING = Mentioned(frozenset({740_000}), frozenset({30}), frozenset({7}), frozenset({"month", "EU"}))
FAR_OFF = Mentioned(frozenset({1, 3_652_059}), frozenset({106_751}), frozenset({2**63 - 2}), frozenset())


@pytest.mark.parametrize("mentioned", [EVERYTHING, FAR_OFF], ids=["everything", "far off"])
@pytest.mark.parametrize("day", [DAY, date.min, date.max], ids=["that day", "the first", "the last"])
@pytest.mark.parametrize("kind", [*shipped_schema()], ids=lambda kind: kind.path)
def test_every_fact_can_be_asked_and_what_is_tried_fits_it(kind: FactType, day: date, mentioned: Mentioned) -> None:
    found = choices(kind, mentioned, day)
    assert found
    assert len(set(found)) == len(found)
    assert all(fits(kind, to_data(kind, value)) for value in found)
    assert kind.is_map or all(to_words(kind, value) for value in found)


def test_a_type_without_values_is_refused() -> None:
    kind = FactType("ext.shape", "polygon", "Shape", None, "requester")
    with pytest.raises(ValueError, match="no values to try for facts of type `polygon`"):
        choices(kind, EVERYTHING, DAY)
