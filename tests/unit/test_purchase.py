import pytest

from procureguard.purchase import load_purchase
from procureguard.source.diagnostic import Diagnostic
from written import Data, kind, purchase, told


@pytest.mark.parametrize(
    ("data", "identity"),
    [
        ({}, "purchase"),
        ({"request": None}, "purchase"),
        ({"request": {"id": None}}, "purchase"),
        ({"request": {"id": "MKT-7"}}, "MKT-7"),
        ({"request": {"id": {"value": "MKT-8", "source": "it"}}}, "MKT-8"),
    ],
)
def test_a_purchase_is_called_by_its_reference_however_that_is_written(data: Data, identity: str) -> None:
    assert purchase(data).identity == identity


def test_sections_without_facts_are_passed_over_and_the_others_keep_their_places() -> None:
    blocks = list(purchase({"request": {"users": 3}, "web": None, "ext": {"floor": 2}}).blocks())
    assert [(block.pointer, block.section, dict(block.facts)) for block in blocks] == [
        ("/request", "request", {"users": 3}),
        ("/ext", "ext", {"floor": 2}),
    ]


def test_a_file_of_another_kind_is_no_purchase() -> None:
    problems = list[Diagnostic]()
    assert load_purchase(kind("inventory", {"tools": []}), problems) is None
    assert told(problems) == [
        ("PG225", "this file is of kind `inventory`, but a file of kind `purchase` is needed here", None, (1, 10))
    ]
