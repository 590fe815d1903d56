"""The published JSON Schemas as the reference pages read them."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SCHEMAS = Path(__file__).resolve().parents[1] / "schemas"

Json = Mapping[str, Any]


def schema_of(name: str) -> Json:
    """A schema of `schemas/`, with its choices where they are used: a page has no place of their own for them."""
    found: Json = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    definitions = found.get("$defs", {})
    kinds = {f"#/$defs/{key}": inside for key, inside in definitions.items() if "properties" not in inside}
    written: Json = _with_kinds(found, kinds)
    return written


def _with_kinds(part: Any, kinds: Mapping[str, Json]) -> Any:  # noqa: ANN401 - any part of a schema
    match part:
        case {"$ref": str(reference)} if reference in kinds:
            return kinds[reference]
        case dict():
            return {key: _with_kinds(inside, kinds) for key, inside in part.items()}
        case list():
            return [_with_kinds(inside, kinds) for inside in part]
        case _:
            return part
