"""Writes the files that are made from code: `python tools/generate.py`, or `--check` to see that they are fresh."""

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from procureguard.guard.files import SUFFIXES
from procureguard.report.change_contract import ChangeReport
from procureguard.report.contract import Report
from procureguard.report.question_contract import QuestionSheet
from procureguard.report.validation_contract import ValidationReport
from procureguard.report.vendor_contract import VendorReport
from procureguard.report.what_if_contract import WhatIfReport
from procureguard.vocabulary.answers import Answers
from procureguard.vocabulary.documents import Inventory, Organisation, Purchase
from procureguard.vocabulary.form import FormFile
from procureguard.vocabulary.kinds import NAME_OF_KIND
from procureguard.vocabulary.manifest import VendorManifest
from procureguard.vocabulary.mapping import MappingProfile
from procureguard.vocabulary.packs import PackManifest
from procureguard.vocabulary.policies import DefinitionsFile, PolicyFile
from procureguard.vocabulary.registers import CardPayments, Decisions
from procureguard.vocabulary.table import rows
from procureguard.vocabulary.taxonomy import CapabilitiesFile

ROOT = Path(__file__).resolve().parents[1]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ADDRESS = "https://procureguard.dev/schemas/{name}.v1.schema.json"
CATALOG = "https://json.schemastore.org/schema-catalog.json"
REFERENCE = "#/$defs/"

LEFT_OPEN = {"type": "null", "description": "Left open, as if the key were not there."}

Json = dict[str, Any]


class Plainly(GenerateJsonSchema):
    """JSON Schema as a person would write it: no title that repeats a name, no default that says nothing."""

    def field_title_should_be_set(self, schema: object) -> bool:
        """A field has the title it was given, or none."""
        del schema
        return False

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Null as a default says no more than that the key may be left out."""
        if schema.get("default", ...) is None:
            return self.generate_inner(schema["schema"])
        return super().default_schema(schema)

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """What a pattern of keys does not match is refused, not let through."""
        keys = self.generate_inner(schema["keys_schema"]) if "keys_schema" in schema else {}
        keys.pop("type", None)
        values = self.generate_inner(schema["values_schema"]) if "values_schema" in schema else {}
        written: Json = {"type": "object"}
        if keys:
            written["propertyNames"] = keys
        if values:
            written["additionalProperties"] = values
        self.update_with_validations(written, schema, self.ValidationsMapping.object)
        return written


class ForEditors(Plainly):
    """The schema of a file that people write, with what editors show and offer."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Null leaves open; without words of its own editors take it for the value beside it, and show that twice."""
        written = super().nullable_schema(schema)
        branches = [LEFT_OPEN if branch == {"type": "null"} else branch for branch in written["anyOf"]]
        return {**written, "anyOf": branches}


def document(name: str, title: str, described: type[Any]) -> Callable[[], Json]:
    """The JSON Schema of a file that people write, made when it is called for."""
    return lambda: _document(name, title, described, ForEditors)


def report(name: str, title: str, described: type[Any]) -> Callable[[], Json]:
    """The JSON Schema of a report, made when it is called for."""
    return lambda: _document(name, title, described, Plainly)


def _document(name: str, title: str, described: type[Any], maker: type[Plainly]) -> Json:
    written = TypeAdapter(described).json_schema(schema_generator=maker)
    written.pop("title", None)
    definitions = written.pop("$defs", {})
    kinds: Json = {}
    written = _with_kinds_apart(written, kinds)
    definitions = {key: _with_kinds_apart(inside, kinds) for key, inside in definitions.items()} | kinds
    for part in (written, *definitions.values()):
        _close(part)
    head: Json = {"$schema": DIALECT, "$id": ADDRESS.format(name=name), "title": title}
    return _readably({**head, **written, "$defs": definitions})


def _with_kinds_apart(part: Any, kinds: Json) -> Any:  # noqa: ANN401  # any part of a schema
    """A part in which a choice that stands alone is a reference; `kinds` gets what it is.

    A choice with words of its own beside it, such as the title of a key, stays where it is.
    """
    match part:
        case {"x-kind": str(name), **rest} if rest.keys() <= ALONE and ("enum" in rest or name in OFFERED):
            kinds[name] = {**rest, **({"defaultSnippets": OFFERED[name]()} if name in OFFERED else {})}
            return {"$ref": REFERENCE + name}
        case dict():
            return {key: _with_kinds_apart(inside, kinds) for key, inside in part.items() if key != NAME_OF_KIND}
        case list():
            return [_with_kinds_apart(inside, kinds) for inside in part]
        case _:
            return part


def _capabilities_to_offer() -> list[Json]:
    """Every shipped capability as editors offer it; others may be written too, so that they are no choice."""
    return [
        {"label": entry["id"], "description": f"{entry['title']}: {entry['does']}", "body": entry["id"]}
        for entry in capabilities()["capabilities"]
    ]


ALONE = {"type", "enum", "enumDescriptions", "pattern", "maxLength"}
"""The keywords of a kind of value that nobody has added anything to."""

OFFERED: Mapping[str, Callable[[], list[Json]]] = {"Capability": _capabilities_to_offer}
"""The kinds that are no choice, and what editors offer for them nevertheless."""


def _close(part: Json) -> None:
    """Objects hold what is described and no more; of a docstring, the schema says what the thing means."""
    if "properties" in part:
        part.setdefault("additionalProperties", False)
    if "description" in part:
        part["description"] = part["description"].split("\n\n")[0].replace("\n", " ")


def _readably(schema: Json) -> Json:
    """The same schema with its definitions named and ordered by what they are called."""
    definitions: Json = schema.pop("$defs")
    titles = {key: str(inside.pop("title", key)) for key, inside in definitions.items()}
    if len(set(titles.values())) < len(titles):
        raise ValueError(f"two definitions of one name in {schema['$id']}")
    named = {titles[key]: inside for key, inside in definitions.items()}
    ordered = {**schema, **({"$defs": {name: named[name] for name in sorted(named)}} if named else {})}
    renamed = {REFERENCE + key: REFERENCE + title for key, title in titles.items()}
    return dict(_with_references(ordered, renamed))


def _with_references(part: Any, renamed: Mapping[str, str]) -> Any:  # noqa: ANN401  # any part of a schema
    match part:
        case {"$ref": str(reference), **rest}:
            return {"$ref": renamed.get(reference, reference), **rest}
        case dict():
            return {key: _with_references(inside, renamed) for key, inside in part.items()}
        case list():
            return [_with_references(inside, renamed) for inside in part]
        case _:
            return part


def catalog() -> Json:
    """Which files are of which kind, by their names, in the form that editors and catalogues of schemas read."""
    entries = []
    for kind, patterns in FOUND_AS.items():
        schema = GENERATED[f"schemas/{kind}.schema.json"]()
        entries.append(
            {
                "name": f"procureguard: {schema['title']}",
                "description": schema["description"],
                "fileMatch": [pattern + suffix for suffix in SUFFIXES for pattern in patterns],
                "url": schema["$id"],
            }
        )
    return {"$schema": CATALOG, "version": 1, "schemas": entries}


def facts() -> Json:
    """The table of facts that the package runs on."""
    return {"version": 1, "facts": rows()}


def capabilities() -> Json:
    """The taxonomy as the package reads it: JSON is read many times faster than YAML."""
    written = yaml.safe_load((ROOT / "src" / "procureguard" / "capabilities.yaml").read_text(encoding="utf-8"))
    return {key: part for key, part in written.items() if key != "kind"}


FOUND_AS: Mapping[str, tuple[str, ...]] = {
    "purchase": ("**/*.purchase", "**/purchases/**/*", "**/requests/**/*", "!**/*.answers"),
    "vendor": ("**/*.vendor", "**/vendors/**/*"),
    "inventory": ("**/inventory",),
    "organisation": ("**/organisation",),
    "decisions": ("**/decisions",),
    "card-payments": ("**/card-payments",),
    "policy": ("**/policies/*/**/*", "!**/policies/**/pack"),
    "definitions": ("**/policies/definitions",),
    "pack": ("**/policies/**/pack",),
    "form": ("**/policies/form",),
    "mapping": ("**/*.mapping",),
    "answers": ("**/*.answers",),
}
"""How the files of a kind are called, without their suffixes; `!` takes out again."""

GENERATED: Mapping[str, Callable[[], Json]] = {
    "schemas/purchase.schema.json": document("purchase", "Purchase", Purchase),
    "schemas/vendor.schema.json": document("vendor", "Vendor manifest", VendorManifest),
    "schemas/inventory.schema.json": document("inventory", "Inventory", Inventory),
    "schemas/organisation.schema.json": document("organisation", "Organisation", Organisation),
    "schemas/decisions.schema.json": document("decisions", "Decision log", Decisions),
    "schemas/card-payments.schema.json": document("card-payments", "Card payments", CardPayments),
    "schemas/policy.schema.json": document("policy", "Policy", PolicyFile),
    "schemas/definitions.schema.json": document("definitions", "Definitions", DefinitionsFile),
    "schemas/form.schema.json": document("form", "Form", FormFile),
    "schemas/pack.schema.json": document("pack", "Pack of policies", PackManifest),
    "schemas/mapping.schema.json": document("mapping", "Mapping profile", MappingProfile),
    "schemas/answers.schema.json": document("answers", "Answers", Answers),
    "schemas/capabilities.schema.json": document("capabilities", "Capabilities", CapabilitiesFile),
    "schemas/report.v1.schema.json": report("report", "Report", Report),
    "schemas/policy-changes.v1.schema.json": report("policy-changes", "Policy changes", ChangeReport),
    "schemas/question-sheet.v1.schema.json": report("question-sheet", "Question sheet", QuestionSheet),
    "schemas/vendor-report.v1.schema.json": report("vendor-report", "Vendor report", VendorReport),
    "schemas/what-if-report.v1.schema.json": report("what-if-report", "What-if report", WhatIfReport),
    "schemas/validation-report.v1.schema.json": report("validation-report", "Validation report", ValidationReport),
    "schemas/catalog.json": catalog,
    "schemas/facts.json": facts,
    "schemas/capabilities.json": capabilities,
}
"""What is generated: the file, from the root of the repository, and what makes its content."""


def content(path: str) -> bytes:
    """What should stand in a generated file."""
    return (json.dumps(GENERATED[path](), indent=2, ensure_ascii=False) + "\n").encode()


def stale(root: Path) -> list[str]:
    """The generated files that are missing below a folder or do not hold what they should."""
    return [path for path in GENERATED if not (root / path).is_file() or (root / path).read_bytes() != content(path)]


def write(root: Path) -> list[str]:
    """Brings the generated files below a folder up to date; gives those that changed."""
    changed = stale(root)
    for path in changed:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content(path))
    return changed


def main(arguments: list[str] | None = None) -> int:
    """Writes what is stale, or names it; 1 when `--check` finds any."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; name stale files and exit 1")
    parser.add_argument("--root", type=Path, default=ROOT, help="folder that holds `schemas` (default: the repository)")
    options = parser.parse_args(arguments)
    if not options.check:
        print(*(f"wrote {path}" for path in write(options.root)), sep="\n", end="\n" if GENERATED else "")
        return 0
    outdated = stale(options.root)
    for path in outdated:
        print(f"stale: {path}: run `python tools/generate.py`")
    return 1 if outdated else 0


if __name__ == "__main__":
    sys.exit(main())
