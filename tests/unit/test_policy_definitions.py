import pytest
from hypothesis import given
from hypothesis import strategies as st

from procureguard.facts.derived import shipped_schema
from procureguard.policy.definitions import load_definitions
from procureguard.source.diagnostic import Diagnostic
from written import Data, Json, Told, definitions, loaded, policy, policy_document, told, written


def defined(name: str, text: Json, **more: Json) -> Data:
    return {"name": name, "title": f"the {name}", "is": text, **more}


def load(*documents: Json) -> tuple[list[str], list[Told]]:
    problems = list[Diagnostic]()
    found, _, _ = load_definitions(list(documents), shipped_schema(), problems)
    return [definition.name for definition in found], told(problems)


@given(
    needs=st.lists(st.sets(st.integers(0, 9)), min_size=1, max_size=10),
    order=st.randoms(use_true_random=False),
)
def test_parts_come_before_wholes_and_bring_their_facts_in_whatever_order_they_are_written(
    needs: list[set[int]], order: Json
) -> None:
    facts = ("product.scim", "ai.used", "web.loads_on_site")
    parts = [sorted(number for number in needed if number < place) for place, needed in enumerate(needs)]
    entries = [
        defined(f"d{place}", {"all": [facts[place % 3], *(f"d{number}" for number in below)]})
        for place, below in enumerate(parts)
    ]
    order.shuffle(entries)
    problems = list[Diagnostic]()
    found, _, _ = load_definitions([definitions(*entries)], shipped_schema(), problems)
    assert problems == []
    names = [definition.name for definition in found]
    expected: list[set[str]] = []
    for place, below in enumerate(parts):
        expected.append({facts[place % 3]}.union(*(expected[number] for number in below)))
        assert all(names.index(f"d{number}") < names.index(f"d{place}") for number in below)
    assert {definition.name: set(definition.facts) for definition in found} == {
        f"d{place}": facts_of for place, facts_of in enumerate(expected)
    }


def test_definitions_that_need_each_other_are_reported_once_with_the_circle() -> None:
    text = """\
kind: definitions
version: 1
definitions:
  - {name: apple, title: t, is: pear || product.scim}
  - {name: pear, title: t, is: quince}
  - {name: quince, title: t, is: apple}
  - {name: zucchini, title: t, is: apple}
"""
    _, problems = load(written(text))
    assert problems == [
        (
            "PG304",
            "these definitions need each other: `apple` -> `pear` -> `quince` -> `apple`",
            "take one of them out of the others' expressions",
            (4, 12),
        )
    ]


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        (
            [defined("twice", "product.scim"), defined("twice", "ai.used")],
            ("PG303", "the definition `twice` stands twice, first in definitions.yaml", "keep one of them"),
        ),
        ([defined("ai.used", "product.scim")], ("PG303", "`ai.used` is a fact already", "choose another name")),
    ],
)
def test_a_name_means_one_thing(entries: list[Data], expected: tuple[str, str, str]) -> None:
    _, problems = load(definitions(*entries))
    assert [problem[:3] for problem in problems] == [expected]


def test_a_definition_has_the_type_it_states_and_bool_where_it_states_none() -> None:
    good = [
        defined("a", "size(data.categories)", type="int"),
        defined("b", "a > 3"),
        defined("c", "['x']", type="list(string)"),
    ]
    assert load(definitions(*good)) == (["a", "b", "c"], [])
    _, problems = load(definitions(defined("a", "size(data.categories)")))
    assert [problem[0] for problem in problems] == ["PG302"]


def test_policies_are_not_blamed_for_a_definition_that_is_wrong_itself() -> None:
    broken = definitions(defined("broken", "product.scimm"), defined("above", "broken || ai.used"))
    _, problems = loaded(
        [broken, policy_document(policy(require="above")), policy_document(policy("other", require="broken"))]
    )
    assert [problem[:3] for problem in told(problems)] == [
        ("PG302", "unknown fact `product.scimm`", "did you mean `product.scim`?")
    ]


def test_roots_of_all_files_come_together() -> None:
    one, two = definitions(roots={"a": "First"}), definitions(roots={"b": "Second"})
    found, problems = loaded([one, two])
    assert (found.policies.roots, problems) == ({"a": "First", "b": "Second"}, [])
