"""What the public test suites say of the readers."""

import json

import pytest

from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Data
from procureguard.source.read import read_document
from suites import JSON_CASES, YAML_CASES, cases, raw

# Why valid JSON may be refused: keys given twice, control characters in values, half surrogate pairs, huge numbers.
PROFILE = {"PG106", "PG112", "PG113", "PG114"}
# And valid YAML besides: no scalar document, non-text keys, tags, anchors, merge keys, several documents, tabs.
YAML_PROFILE = PROFILE | {"PG103", "PG107", "PG108", "PG109", "PG110", "PG111"}
# What libyaml reads otherwise than the suite: no line break is added to a literal that ends with the file.
MISREAD = {"L24T"}
# What YAML 1.2 allows and libyaml does not: directives, adjacent values, keys over lines, tabs for separation.
SYNTAX = {"PG104", "PG115"}
MOST_REFUSED_FOR_SYNTAX = 20


def read(name: str, content: bytes) -> tuple[Data, list[Diagnostic]]:
    problems: list[Diagnostic] = []
    document = read_document(name, content, problems)
    assert (document is None) == bool(problems)
    return (None if document is None else document.data), problems


@pytest.mark.skipif(not JSON_CASES, reason="PROCUREGUARD_DATA names no folder with json_test_suite")
def test_the_json_suite_is_read_strictly() -> None:
    wrong = []
    for path in JSON_CASES:
        content = path.read_bytes()
        data, problems = read("a.json", content)
        codes = {problem.code for problem in problems}
        if path.name.startswith("n_") and not codes:
            wrong.append(f"{path.name} accepted")
        if path.name.startswith("y_") and not codes <= PROFILE:
            wrong.append(f"{path.name} refused: {problems[0].headline}")
        if not codes and data != json.loads(content.decode("utf-8-sig")):
            wrong.append(f"{path.name} misread")
    assert wrong == []


@pytest.mark.skipif(not YAML_CASES, reason="PROCUREGUARD_DATA names no folder with yaml_test_suite")
def test_the_yaml_suite_is_never_misread() -> None:
    wrong = []
    refused_for_syntax = 0
    for name, case in cases():
        data, problems = read("a.yaml", raw(case["yaml"]).encode())
        codes = {problem.code for problem in problems}
        if not case.get("fail") and not codes <= YAML_PROFILE:
            refused_for_syntax += bool(codes & SYNTAX)
            wrong += [f"{name} refused: {problems[0].headline}"] if codes - YAML_PROFILE - SYNTAX else []
        if problems or case.get("fail") or case.get("json") is None:
            continue
        if data != json.loads(case["json"]) and name not in MISREAD:
            wrong.append(f"{name} misread: {data!r}")
    assert wrong == []
    assert refused_for_syntax <= MOST_REFUSED_FOR_SYNTAX
