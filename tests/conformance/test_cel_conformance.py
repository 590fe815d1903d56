"""The conformance tests of CEL itself: every one inside the profile must pass.

`PROCUREGUARD_CEL_CONFORMANCE` names a folder with the tests as JSON. A test is left out only when it needs a feature
the profile refuses; the feature is found in the test, never decided by whether it passes.
"""

import json
import math
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from procureguard.cel.checker import Checked, check
from procureguard.cel.parser import parse
from procureguard.cel.problem import Problem
from procureguard.cel.types import BOOL, DOUBLE, INT, NOTHING, STRING, Declaration, Type, list_of, unify
from property.evaluating import generated, interpreted

FOLDER = os.environ.get("PROCUREGUARD_CEL_CONFORMANCE")

_TEXT = r'"""(?:\\.|[^\\])*?"""|\'\'\'(?:\\.|[^\\])*?\'\'\'|"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\''
_RAW_TEXT = r'"""(?:.)*?"""|\'\'\'(?:.)*?\'\'\'|"[^"]*"|\'[^\']*\''
_LITERALS = re.compile(
    rf"\b(?P<raw>[rR])(?:{_RAW_TEXT})|(?P<bytes>\b(?:[bB][rR]?|[rR][bB])(?:{_RAW_TEXT}|{_TEXT}))|{_TEXT}", re.DOTALL
)
_NUMBER = r"-?\d+(?:\.\d+)?"
_BY_ZERO = re.compile(r"[/%]\s*\(?\s*-?0+(?:\.0+)?(?![\d.])")
_FEATURES = {
    "null": r"\bnull\b",
    "unsigned numbers": r"[0-9a-fA-F][uU]\b|\buint\b",
    "maps and messages": r"\{",
    "dyn": r"\bdyn\b",
    "timestamps with a time of day, and durations in seconds": r"\b(timestamp|duration)\(",
    "conversions": r"\b(int|double|string|bool|bytes)\(",
    "types as values": r"\btype\(|(?<![.\w])(bool|int|double|string|list|map|type|dyn|null_type)(?![\w(.])",
    "has": r"\bhas\(",
    "the map macro": r"\.map\(",
    "a divisor that is no number written out": rf"[/%](?!\s*(?:{_NUMBER}|\(\s*{_NUMBER}\s*\)))",
    "an index into a list that is not written out": r"[\w)]\[",
    "functions whose name is a reserved word": r"\.(for|if|import|loop|namespace|void)\(",
}
_TYPES = {"bool": BOOL, "int": INT, "double": DOUBLE, "string": STRING}


def records() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(Path(FOLDER or "/nonexistent").glob("*.json")):
        for record in json.loads(path.read_text(encoding="utf-8"))["tests"]:
            yield f"{path.stem}/{record['section']}/{record['name']}", record


def refused_feature(record: dict[str, Any]) -> str | None:
    """The feature outside the profile that a test needs, or None."""
    literals = list(_LITERALS.finditer(record["expr"]))
    if any(found["bytes"] for found in literals):
        return "bytes"
    text = _LITERALS.sub('""', record["expr"])
    for feature, pattern in _FEATURES.items():
        if re.search(pattern, text):
            return feature
    around = json.dumps([record.get("bindings"), record.get("type_env"), record["expect"]])
    if '"map' in around:
        return "maps and messages"
    if "value" in record["expect"] and _BY_ZERO.search(text):
        return "a division by zero that does not make the whole an error"
    return mixed_types(record, text)


def mixed_types(record: dict[str, Any], text: str) -> str | None:
    """Tests that want a value from operands of types that do not go together need types known at run time only."""
    mixed_list = re.search(r"\[\d+, \"\"|\[\"\", \d", text)
    if "value" not in record["expect"] or not (record.get("disable_check") or mixed_list):
        return None
    if "f_unknown" in text:
        return "functions known at run time only"
    return None if record["name"] == "unbound_is_runtime_error" else "values of mixed types"


def value_of(encoded: dict[str, Any]) -> Any:  # noqa: ANN401 - values of every type
    ((kind, value),) = encoded.items()
    if kind == "int":
        return int(value)
    if kind == "double":
        return float(value)
    return tuple(value_of(item) for item in value) if kind == "list" else value


def type_of(encoded: dict[str, Any]) -> Type:
    ((kind, value),) = encoded.items()
    if kind == "list":
        return list_of(type_of(value[0]) if value else NOTHING)
    return _TYPES[kind]


def declared_type(name: str) -> Type:
    inner = re.fullmatch(r"list\((.*)\)", name)
    return list_of(declared_type(inner.group(1))) if inner else _TYPES[name]


def environment_of(record: dict[str, Any]) -> dict[str, Declaration]:
    """Each variable may have the very value it is bound to; one that is bound to none is a fact nobody has stated."""
    declared = {name: Declaration(declared_type(kind), name) for name, kind in record.get("type_env", {}).items()}
    for name, encoded in record.get("bindings", {}).items():
        value = value_of(encoded)
        known = value if type_of(encoded) == INT else None
        declared[name] = Declaration(
            declared[name].type if name in declared else type_of(encoded), name, minimum=known, maximum=known
        )
    if record.get("disable_check") and not declared and re.search(r"\bx\b", record["expr"]):
        declared["x"] = Declaration(BOOL, "x")
    return declared


def outcome(record: dict[str, Any]) -> tuple[Checked, Any] | tuple[Problem, ...]:
    """The typed tree and its value, or what is wrong."""
    tree = parse(record["expr"])
    if isinstance(tree, tuple):
        return tree
    environment = environment_of(record)
    checked = check(tree, environment)
    if isinstance(checked, tuple):
        return checked
    inputs = {name: value_of(encoded) for name, encoded in record.get("bindings", {}).items()}
    value = interpreted(checked, inputs)
    (again,) = generated([checked], list(environment))(inputs)
    assert same(again, value), (again, value)
    return checked, value


def same(one: Any, other: Any) -> bool:  # noqa: ANN401 - values of every type
    if isinstance(one, float) and isinstance(other, float):
        return one == other and math.copysign(1, one) == math.copysign(1, other)
    return type(one) is type(other) and bool(one == other)


def failure(record: dict[str, Any]) -> str | None:
    """What is wrong with our answer, or None."""
    found = outcome(record)
    if not isinstance(found[0], Checked):
        return None if "error" in record["expect"] else f"refused: {found}"
    value = found[1]
    if "error" in record["expect"]:
        return None if value is None else f"gave {value!r}, an error is due"
    expected = record["expect"]["value"]
    right = same(value, value_of(expected)) and unify(found[0].type, type_of(expected)) is not None
    return None if right else f"gave {value!r}, due is {value_of(expected)!r}"


@dataclass(frozen=True, slots=True)
class Run:
    """How many tests ran, by kind; how many were left out, by feature; what went wrong, by test."""

    ran: Counter[str]
    left_out: Counter[str]
    failures: dict[str, str]


@cache
def run() -> Run:
    result = Run(Counter(), Counter(), {})
    for name, record in records():
        feature = refused_feature(record)
        if feature is not None:
            result.left_out[feature] += 1
            continue
        result.ran["error" if "error" in record["expect"] else "value"] += 1
        wrong = failure(record)
        if wrong is not None:
            result.failures[name] = wrong
    return result


needs_folder = pytest.mark.skipif(FOLDER is None, reason="PROCUREGUARD_CEL_CONFORMANCE names no folder")


@needs_folder
def test_everything_inside_the_profile_passes(record_property: Callable[[str, object], None]) -> None:
    result = run()
    record_property("ran", dict(result.ran))
    record_property("left_out", dict(result.left_out))
    assert result.failures == {}
    assert result.ran["value"] >= 187
    assert result.ran["error"] >= 20


@needs_folder
def test_as_many_run_as_are_promised() -> None:
    assert run().ran.total() >= 200
