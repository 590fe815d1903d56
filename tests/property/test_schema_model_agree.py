"""Law: a document is accepted by its JSON Schema exactly when its pydantic model accepts it."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from drawn_documents import BY_PATH, CONSTANT, DOCUMENTS, texts
from procureguard.vocabulary.answers import Answers
from procureguard.vocabulary.documents import Inventory, Organisation, Purchase
from procureguard.vocabulary.manifest import VendorManifest
from procureguard.vocabulary.mapping import MappingProfile
from procureguard.vocabulary.packs import PackManifest
from procureguard.vocabulary.policies import DefinitionsFile, PolicyFile
from procureguard.vocabulary.taxonomy import CapabilitiesFile

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"

Json = Any
Key = str | int

MODELS: dict[str, type[BaseModel]] = {
    "purchase": Purchase,
    "answers": Answers,
    "vendor": VendorManifest,
    "inventory": Inventory,
    "organisation": Organisation,
    "policy": PolicyFile,
    "definitions": DefinitionsFile,
    "pack": PackManifest,
    "mapping": MappingProfile,
    "capabilities": CapabilitiesFile,
}

VALIDATORS = {
    name: jsonschema_rs.validator_for(
        json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8")), validate_formats=True
    )
    for name in MODELS
}

quick = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def schema_accepts(name: str, document: Json) -> bool:
    return bool(VALIDATORS[name].is_valid(document))


def model_accepts(name: str, document: Json) -> bool:
    try:
        MODELS[name].model_validate(document)
    except ValidationError:
        return False
    return True


ODD_TEXTS = [
    "",
    " ",
    "none",
    "true",
    "1",
    "4.0",
    "EU",
    "eu",
    "DE\n",
    "USD",
    "usd",
    "a-b",
    "a_b",
    "a.b",
    "-a",
    "ß",
    "é" * 501,
]
ODD_DAYS = [
    "2026-02-30",
    "2024-02-29",
    "1899-12-31",
    "2200-12-31",
    "2201-01-01",
    "2026-2-1",
    "2026-11-01T00:00:00",
    "20261101",
]
ODD_NUMBERS = [
    0,
    1,
    -1,
    1.0,
    2,
    4.5,
    -0.0,
    1e9,
    10**9 + 1,
    1e11,
    1e11 + 1,
    10**30,
    1e-5,
    2.0,
    365.0,
    -100,
    100.5,
    3650,
    5e-324,
]
ODD_LISTS: list[Json] = [
    [],
    ["EU"],
    ["EU", "EU"],
    ["public_content"],
    [[]],
    [None],
    [1, 1.0],
    [True, 1],
    ["a"] * 2,
    [{}, {}],
]
ODD_MAPPINGS: list[Json] = [
    {},
    {"value": None},
    {"value": 1},
    {"value": True, "source": "vendor", "as_of": "2026-01-01", "evidence": "x"},
    {"value": "full"},
    {"value": {"surveys": "full"}, "source": "it"},
    {"value": {"value": None}},
    {"value": []},
    {"source": "vendor"},
    {"all": ["a"]},
    {"all": []},
    {"all": None},
    {"all": ["a"], "any": ["b"]},
    {"none": [{"any": ["x"]}]},
    {"kind": "iso27001", "expires_on": None},
    {"USD": 1.1},
    {"usd": 1.1},
    {"value": 3},
    {"legal": ["ana"]},
    {"light": 1.0},
]

oddities: st.SearchStrategy[Json] = (
    st.sampled_from([None, True, False, *ODD_TEXTS, *ODD_DAYS, *ODD_NUMBERS])
    | st.sampled_from([*ODD_LISTS, *ODD_MAPPINGS])
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.integers()
    | texts
).map(copy.deepcopy)
keys = (
    st.sampled_from(["value", "source", "as_of", "kind", "version", "id", "type", "is", "is_", "all", "x", "", "A b"])
    | texts
)


def pointers(document: Json) -> Iterator[tuple[Key, ...]]:
    yield ()
    inside = (
        document.items() if isinstance(document, dict) else enumerate(document) if isinstance(document, list) else ()
    )
    for key, part in inside:
        yield from ((key, *rest) for rest in pointers(part))


def found(document: Json, pointer: tuple[Key, ...]) -> Json:
    for key in pointer:
        document = document[key]
    return document


@st.composite
def mutated(draw: st.DrawFn, name: str) -> Json:
    document = copy.deepcopy(draw(DOCUMENTS[name]))
    for _ in range(draw(st.integers(1, 2))):
        *above, last = draw(st.sampled_from([pointer for pointer in pointers(document) if pointer]))
        parent = found(document, tuple(above))
        here = parent[last]
        match draw(st.sampled_from(["replace", "drop", "wrap", "add", "double"])):
            case "replace":
                parent[last] = draw(oddities)
            case "drop":
                del parent[last]
            case "wrap":
                parent[last] = {"value": here}
            case "add" if isinstance(here, dict):
                here[draw(keys)] = draw(oddities)
            case "double" if isinstance(here, list) and here:
                here.append(copy.deepcopy(here[0]))
            case _:
                parent[last] = [here]
        if not isinstance(document, dict) or not document:
            break
    return document


@pytest.mark.parametrize("name", MODELS)
def test_what_the_table_of_facts_allows_is_accepted_by_both(name: str) -> None:
    @settings(quick, max_examples=300 if name == "purchase" else 60)
    @given(DOCUMENTS[name])
    def accepted(document: Json) -> None:
        assert (schema_accepts(name, document), model_accepts(name, document)) == (True, True)

    accepted()


@pytest.mark.parametrize("name", MODELS)
def test_what_somebody_changed_is_judged_alike_by_both(name: str) -> None:
    @settings(quick, max_examples=700 if name == "purchase" else 250)
    @given(mutated(name))
    def alike(document: Json) -> None:
        assert schema_accepts(name, document) == model_accepts(name, document)

    alike()


ODD = [None, True, False, *ODD_TEXTS, *ODD_DAYS, *ODD_NUMBERS, *ODD_LISTS, *ODD_MAPPINGS]
AS_DOCUMENT: dict[str, Json] = {
    "organisation": {"kind": "organisation", "version": 1, "organisation": {}},
    "tool": {"kind": "inventory", "version": 1, "tools": [{"id": "a", "status": "active", "capabilities": {}}]},
}


@pytest.mark.parametrize("path", BY_PATH)
def test_odd_values_of_every_fact_are_judged_alike_by_both(path: str) -> None:
    section, name = path.split(".", 1)
    for odd in [*ODD, *({"value": odd} for odd in ODD)]:
        document = copy.deepcopy(AS_DOCUMENT.get(section, {"kind": "purchase", "version": 1, section: {}}))
        facts = document["tools"][0] if section == "tool" else document[section]
        facts[name] = odd
        kind: str = document["kind"]
        assert schema_accepts(kind, document) == model_accepts(kind, document), odd


@pytest.mark.parametrize("name", CONSTANT)
def test_odd_values_at_every_place_are_judged_alike_by_both(name: str) -> None:
    for pointer in pointers(CONSTANT[name]):
        for odd in ODD if pointer else []:
            document = copy.deepcopy(CONSTANT[name])
            found(document, pointer[:-1])[pointer[-1]] = odd
            assert schema_accepts(name, document) == model_accepts(name, document), (pointer, odd)
