import pytest

from procureguard.source.diagnostic import Diagnostic
from procureguard.stack.requests import load_request
from written import Data, facts, kind, stack, told

WISH: Data = {"request": {"department": "events", "must": ["surveys"]}}


def asked(requests: list[Data] | None, organisation: Data | None = None, **request: object) -> object:
    own = {"request": {"department": "brand", "must": ["surveys", "forms"], **request}}
    return facts(own, stack(organisation, requests=requests)).value("overlap.open_requests")


@pytest.mark.parametrize(
    ("other", "count"),
    [
        ({"department": "events", "must": ["surveys"]}, 1),
        ({"department": "events", "must": ["crm"]}, 0),
        ({"department": "events", "must": []}, 0),
        ({"department": "brand", "must": ["surveys"]}, 0),
        ({"department": {"value": "events", "source": "it"}, "must": {"value": ["forms"]}}, 1),
    ],
)
def test_requests_of_other_departments_for_a_must_have_are_counted(other: Data, count: int) -> None:
    assert asked([{"request": other}]) == count


def test_requests_add_up() -> None:
    assert asked([WISH, {"request": {"department": "press", "must": ["forms"]}}]) == 2


def test_no_list_is_not_an_empty_one() -> None:
    assert asked(None) is None
    assert asked([]) == 0
    assert asked(None, {"registers": {"requests": "none"}}) == 0


@pytest.mark.parametrize("missing", ["department", "must"])
def test_an_open_request_must_say_what_it_is_compared_by(missing: str) -> None:
    problems = list[Diagnostic]()
    request = {name: value for name, value in WISH["request"].items() if name != missing}
    assert load_request(kind("purchase", {"request": request}), problems) is None
    assert [problem[:2] for problem in told(problems)] == [
        ("PG232", f"this open request lacks `request.{missing}`, so open requests are not compared")
    ]
