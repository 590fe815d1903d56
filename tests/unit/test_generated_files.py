import importlib.util
import json
from pathlib import Path
from types import ModuleType

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


@pytest.mark.parametrize("path", WRITTEN_BY_PEOPLE, ids=lambda path: path.name)
def test_every_example_of_a_schema_obeys_it(path: Path) -> None:
    schema = json.loads(path.read_text("utf-8"))
    definitions = schema.get("$defs", {})
    checked = 0
    for owner in [schema, *definitions.values()]:
        for field in owner.get("properties", {}).values():
            validator = jsonschema_rs.validator_for({**field, "$defs": definitions}, validate_formats=True)
            for example in field.get("examples", []):
                checked += 1
                assert list(validator.iter_errors(example)) == []
    assert checked > 0


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
