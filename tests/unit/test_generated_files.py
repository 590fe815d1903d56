import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import jsonschema_rs
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(name="generate", scope="module")
def _generate() -> ModuleType:
    specification = importlib.util.spec_from_file_location("generate", ROOT / "tools" / "generate.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_the_committed_files_are_fresh(generate: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert (generate.main(["--check"]), capsys.readouterr().out) == (0, "")


def test_a_stale_file_is_named_and_then_written_afresh(
    generate: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert generate.main(["--root", str(tmp_path)]) == 0
    pack = tmp_path / "schemas" / "pack.schema.json"
    pack.write_bytes(pack.read_bytes().replace(b"\n", b"\r\n"))
    (tmp_path / "schemas" / "facts.json").unlink()
    capsys.readouterr()
    assert generate.main(["--check", "--root", str(tmp_path)]) == 1
    named = [line.split(": ")[1] for line in capsys.readouterr().out.splitlines()]
    assert named == ["schemas/pack.schema.json", "schemas/facts.json"]
    assert generate.main(["--root", str(tmp_path)]) == 0
    assert generate.main(["--check", "--root", str(tmp_path)]) == 0


@pytest.mark.parametrize("path", sorted((ROOT / "schemas").glob("*.schema.json")), ids=lambda path: path.name)
def test_a_schema_is_valid_and_names_only_what_it_defines(path: Path) -> None:
    schema = json.loads(path.read_text("utf-8"))
    jsonschema_rs.meta.validate(schema)
    used = {part.split('"')[0] for part in json.dumps(schema).split('"#/$defs/')[1:]}
    assert used == set(schema.get("$defs", {}))
    assert [name for name in used if not name.isalnum()] == []


WRITTEN_BY_PEOPLE = sorted(path for path in (ROOT / "schemas").glob("*.schema.json") if ".v1." not in path.name)


def described(path: Path) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Every key of a kind of file: its name, its subschema, and the definitions it may refer to."""
    schema = json.loads(path.read_text("utf-8"))
    definitions = schema.get("$defs", {})
    for owner, inside in [(schema["title"], schema), *definitions.items()]:
        for name, key in inside.get("properties", {}).items():
            yield f"{owner}.{name}", key, definitions


def resolved(subschema: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """A subschema, its reference followed and what stands beside the reference kept."""
    reference = subschema.get("$ref", "")
    return {**definitions[reference.rpartition("/")[2]], **subschema} if reference else subschema


def plain(subschema: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """What a value itself may be, without null and without its source."""
    first = resolved(subschema, definitions)
    return plain(first["anyOf"][0], definitions) if "anyOf" in first else first


def is_chosen(subschema: dict[str, Any], definitions: dict[str, Any]) -> bool:
    """Whether editors can offer every value, or the keys inside say what may be written."""
    kind = plain(subschema, definitions)
    if kind.get("type") == "array":
        return is_chosen(kind["items"], definitions) and "defaultSnippets" not in plain(kind["items"], definitions)
    return kind.get("type") == "boolean" or not kind.keys().isdisjoint({"const", "enum", "properties"})


@pytest.mark.parametrize("path", WRITTEN_BY_PEOPLE, ids=lambda path: path.name)
def test_every_key_says_what_it_is(path: Path) -> None:
    schema = json.loads(path.read_text("utf-8"))
    assert schema["$id"].startswith("https://")
    assert schema["title"]
    assert schema["description"]
    for name, key, _ in described(path):
        assert key.get("title", "").strip(), name
        assert key.get("description", "").strip(), name


@pytest.mark.parametrize("path", WRITTEN_BY_PEOPLE, ids=lambda path: path.name)
def test_every_word_of_a_choice_has_its_meaning(path: Path) -> None:
    for part in parts(json.loads(path.read_text("utf-8"))):
        if "enum" in part:
            assert len(part.get("enumDescriptions", ())) == len(part["enum"]), part
            assert all(meaning.strip() for meaning in part["enumDescriptions"])


def parts(schema: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - any part of a schema
    """Every mapping in a schema, from the outside in."""
    inside = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    if isinstance(schema, dict):
        yield schema
    for part in inside:
        yield from parts(part)


@pytest.mark.parametrize("path", WRITTEN_BY_PEOPLE, ids=lambda path: path.name)
def test_what_has_a_form_has_an_example_that_obeys_it(path: Path) -> None:
    checked = 0
    for name, key, definitions in described(path):
        with_definitions = {**key, "$defs": definitions}
        validator = jsonschema_rs.validator_for(with_definitions, validate_formats=True)
        examples = [*key.get("examples", ()), *plain(key, definitions).get("examples", ())]
        of_a_stated_value = name.startswith(("Stated", "Known")) and name.endswith(".value")
        assert examples or of_a_stated_value or is_chosen(key, definitions), name
        for example in examples:
            checked += 1
            assert list(validator.iter_errors(example)) == [], name
    assert checked > 0


@pytest.mark.parametrize("path", WRITTEN_BY_PEOPLE, ids=lambda path: path.name)
def test_no_editor_states_what_nobody_has_stated(path: Path) -> None:
    """Editors write the only example or default that stands with a key into the file together with the key."""
    for name, key, _ in described(path):
        offered = len(key.get("examples", ())) + len(key.get("enum", ()))
        assert offered != 1, name


@pytest.mark.parametrize("path", WRITTEN_BY_PEOPLE, ids=lambda path: path.name)
def test_every_editor_understands_every_keyword(path: Path) -> None:
    unknown = {"unevaluatedProperties", "unevaluatedItems", "prefixItems", "$dynamicRef", "$anchor", "x-kind"}
    for part in parts(json.loads(path.read_text("utf-8"))):
        assert part.keys().isdisjoint(unknown)


def test_the_shipped_taxonomy_obeys_its_schema_and_holds_together() -> None:
    schema = json.loads((ROOT / "schemas" / "capabilities.schema.json").read_text("utf-8"))
    taxonomy = yaml.safe_load((ROOT / "src" / "procureguard" / "capabilities.yaml").read_text("utf-8"))
    assert list(jsonschema_rs.validator_for(schema, validate_formats=True).iter_errors(taxonomy)) == []
    capabilities = taxonomy["capabilities"]
    ids = [entry["id"] for entry in capabilities]
    synonyms = [synonym for entry in capabilities for synonym in entry["synonyms"]]
    assert len(set(ids)) == len(ids)
    assert sorted(set(synonyms)) == sorted(synonyms)
    assert {entry["area"] for entry in capabilities} == taxonomy["areas"].keys()
    assert {area["group"] for area in taxonomy["areas"].values()} == taxonomy["groups"].keys()
    assert {implied for entry in capabilities for implied in entry.get("implies", [])} <= set(ids)
    sentences = [entry["does"] for entry in capabilities]
    assert len(set(sentences)) == len(sentences)
