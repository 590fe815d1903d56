from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procureguard.capabilities import Needs, Taxonomy, shipped_taxonomy
from procureguard.guard.policies import _key
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Document
from procureguard.stack.organisation import load_organisation
from procureguard.stack.own_capabilities import taxonomy_of
from written import Data, Json, Told, checked, facts, guarded, kind, policy, stack, told, tool, written

SHIPPED = shipped_taxonomy()
TENTS = {"id": "tent-mapping", "title": "Tent mapping", "synonyms": ["pitch planner"]}


def read(document: Document) -> tuple[Taxonomy, list[Told]]:
    problems = list[Diagnostic]()
    organisation = load_organisation(document, problems)
    assert organisation is not None, problems
    return taxonomy_of(organisation, problems), told(problems)


def of(*entries: Data) -> tuple[Taxonomy, list[Told]]:
    return read(kind("organisation", {"capabilities": list(entries)}))


def test_an_organisation_that_adds_nothing_has_the_shipped_taxonomy_itself() -> None:
    assert stack().taxonomy is stack(organisation={}).taxonomy is SHIPPED
    assert of()[0] is SHIPPED


def test_a_new_capability_stands_beside_the_shipped_ones() -> None:
    taxonomy, problems = of(
        {
            **TENTS,
            "does": "Draws where each tent stands",
            "area": "events",
            "implies": ["forms"],
            "exclusive": True,
            "needs": {"categories": ["precise_location"], "connects": True},
        }
    )
    assert problems == []
    assert dict(taxonomy.capabilities) == {
        **SHIPPED.capabilities,
        "tent-mapping": (
            "tent-mapping",
            "Tent mapping",
            ("pitch planner",),
            ("forms",),
            True,
            "Draws where each tent stands",
            "events",
            Needs(categories=("precise_location",), connects=True),
        ),
    }
    assert taxonomy.level({"tent-mapping": "full"}, "forms") == SHIPPED.implied
    assert taxonomy.doers(["forms"]) == {"forms", "marketing-automation", "tent-mapping"}
    assert set(taxonomy.exclusive) == {*SHIPPED.exclusive, "tent-mapping"}


def test_lists_of_a_known_capability_grow_and_the_rest_is_replaced() -> None:
    before = SHIPPED.capabilities["surveys"]
    taxonomy, problems = of(
        {"id": "surveys", "synonyms": ["nps", "guest book"], "implies": ["forms"], "exclusive": True}, TENTS
    )
    assert problems == []
    assert taxonomy.capabilities["surveys"] == before._replace(
        synonyms=(*before.synonyms, "guest book"), implies=("forms",), exclusive=True
    )
    renamed, _ = of({"id": "surveys", "title": "Asking guests", "does": "Asks guests", "area": "events"})
    assert renamed.capabilities["surveys"] == before._replace(title="Asking guests", does="Asks guests", area="events")
    assert of({"id": "crm", "needs": {}})[0].capabilities["crm"].needs == Needs()
    assert of({"id": "crm", "title": "People"})[0].capabilities["crm"].needs == SHIPPED.capabilities["crm"].needs
    assert "crm" not in of({"id": "crm", "exclusive": False})[0].exclusive


def test_capabilities_of_ones_own_may_imply_each_other_in_any_order() -> None:
    taxonomy, problems = of({**TENTS, "implies": ["camping"]}, {"id": "camping", "title": "Camping"})
    assert (problems, taxonomy.capabilities["tent-mapping"].implies) == ([], ("camping",))


FILE = """\
kind: organisation
version: 1
capabilities:
  - {id: tent-maping}
  - {id: tents, title: Tents, area: evnts}
  - id: surveys
    synonyms: [guest book, Newsletter]
    implies: [forms, formz]
  - {id: camp, title: guest-book}
  - {id: web-forms, title: Our own}
  - {id: surveys, exclusive: true}
"""
WRONG = [
    (
        "PG228",
        "the capability `tent-maping` is new and has no title",
        "say in a few words what people call it",
        (4, 10),
    ),
    ("PG228", "there is no area `evnts`", "did you mean `events`?", (5, 37)),
    (
        "PG228",
        "`Newsletter` leads to the capability `email-campaigns` already",
        "choose another word, or state what you add under `id: email-campaigns`",
        (7, 28),
    ),
    ("PG220", "there is no capability `formz`", "did you mean `forms`?", (8, 22)),
    (
        "PG228",
        "`guest-book` leads to the capability `surveys` already",
        "choose another word, or state what you add under `id: surveys`",
        (9, 23),
    ),
    (
        "PG228",
        "`web forms` leads to the capability `forms` already",
        "choose another word, or state what you add under `id: forms`",
        (10, 10),
    ),
    (
        "PG223",
        "the capability `surveys` stands twice in the file, first in line 6",
        "state everything about it in one place",
        (11, 10),
    ),
]


def test_whatever_is_wrong_is_told_at_its_place_and_the_rest_counts() -> None:
    taxonomy, problems = read(written(FILE))
    assert sorted(problems, key=lambda problem: problem[3] or (0, 0)) == WRONG
    assert {"tent-maping", "tents", "camp", "web-forms"} <= taxonomy.capabilities.keys()
    assert taxonomy.capabilities["surveys"].implies == ("forms",)
    assert "guest book" in taxonomy.capabilities["surveys"].synonyms
    assert "Newsletter" not in taxonomy.capabilities["surveys"].synonyms


IDS = st.sampled_from(["surveys", "crm", "tents", "camp", "newsletter"])
ENTRY = st.fixed_dictionaries(
    {"id": IDS},
    optional={
        "title": st.sampled_from(["Surveys", "Tents", "Camp", "nps"]),
        "synonyms": st.lists(st.sampled_from(["nps", "tent", "camp", "crm", "É"]), unique=True),
        "implies": st.lists(IDS, unique=True),
        "area": st.sampled_from(["events", "nowhere"]),
        "exclusive": st.booleans(),
    },
)


@given(st.lists(ENTRY, max_size=4))
def test_a_taxonomy_always_holds_together(entries: list[Json]) -> None:
    taxonomy, _ = of(*entries)
    assert taxonomy.capabilities.keys() == SHIPPED.capabilities.keys() | {entry["id"] for entry in entries}
    implied = {name for capability in taxonomy.capabilities.values() for name in capability.implies}
    assert implied <= taxonomy.capabilities.keys()
    assert {capability.area for capability in taxonomy.capabilities.values()} <= {*taxonomy.areas, ""}
    synonyms = [word for capability in taxonomy.capabilities.values() for word in capability.synonyms]
    assert len(set(synonyms)) == len(synonyms)


EXCLUSIVE = "organisation.exclusive_capabilities"


@pytest.mark.parametrize(
    ("organisation", "expected", "role"),
    [
        ({}, SHIPPED.exclusive, "preset"),
        ({"capabilities": [TENTS]}, SHIPPED.exclusive, "preset"),
        (
            {"capabilities": [{**TENTS, "exclusive": True}]},
            tuple(sorted([*SHIPPED.exclusive, "tent-mapping"])),
            "organisation",
        ),
        (
            {"capabilities": [{**TENTS, "exclusive": True}], "organisation": {"exclusive_capabilities": ["crm"]}},
            ("crm",),
            "organisation",
        ),
    ],
)
def test_what_is_reserved_for_one_system_comes_from_the_taxonomy_unless_it_is_stated(
    organisation: Data, expected: tuple[str, ...], role: str
) -> None:
    fact = facts({}, stack(organisation=organisation)).known[EXCLUSIVE]
    assert fact.value == expected
    assert fact.place is not None
    assert fact.place.role == role


def test_a_check_knows_own_capabilities_in_purchases_and_inventories(tmp_path: Path) -> None:
    guard = guarded(
        tmp_path,
        [policy()],
        definitions={"definitions": []},
        organisation={"capabilities": [TENTS]},
        inventory={"tools": [tool("canvas", capabilities={"tent-mapping": "full"})]},
    )
    report = checked(guard, {"request": {"capabilities": ["tent-mapping"]}})
    assert [found.covers for found in report.alternatives] == [("Tent mapping",)]


def test_examples_of_policies_are_nobodys_and_a_program_does_not_depend_on_own_capabilities(tmp_path: Path) -> None:
    """What an organisation reserves for one system is not for the examples of shipped policies to know."""
    tested = policy(require=f'"tent-mapping" in {EXCLUSIVE} || product.scim')
    reserved = {"capabilities": [{**TENTS, "exclusive": True}]}
    guard = guarded(tmp_path, [tested], definitions={"definitions": []}, organisation=reserved)
    assert [result.outcome for result in guard.library().examples] == ["pass", "fail", "unknown"]
    assert checked(guard, {"product": {"scim": False}}).verdict == "approve"
    with_own, without = stack(organisation=reserved).organisation, stack(organisation={}).organisation
    assert _key(guard.files, with_own) == _key(guard.files, without)
