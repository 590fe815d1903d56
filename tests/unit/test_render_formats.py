"""Every format shows the same findings, and nothing a file says can be more than text in any of them."""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice, pairwise
from pathlib import Path

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from junitparser import JUnitXml, TestCase
from markdown_it import MarkdownIt

from bending import bent
from html_pages import Elements
from procureguard import Guard
from procureguard.guard.provenance import files_around
from procureguard.render.batch import Batch
from procureguard.render.batch_results import results_of
from procureguard.render.formats import format_named, format_names
from procureguard.render.formats.github import MOST as MOST_ANNOTATIONS
from procureguard.render.formats.markdown import MARK, MOST_SUMMARY_BYTES, job_summary
from procureguard.render.formats.markdown import MOST as MOST_CHARACTERS
from procureguard.render.results import Result
from procureguard.render.view import AnyView, View
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Document
from procureguard.source.edit import Edit, edited
from procureguard.source.read import read_document
from procureguard.source.text import Source, Span
from written import DAY, Json

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
HOSTILE = (
    "::error::owned\n::add-mask::x",
    "##[error]owned",
    "]]><script>alert(1)</script>&amp;",
    "\x1b[31m\x9b2J\u202e\u2028\x85",
    "[x](javascript:alert(1)) @team #7 | `code` <img src=x onerror=alert(1)>",
    "{0} [1](2) %0A::warning::x",
    "\ufffe\uffff\x0b",
)
"""Texts that mean something to one of the programs that read our output."""

SIGNS = [*"<>&\"'`*_[]()#|~\\$@!-+=.:/%1{} \n\r\tabw\u202e\x1b\u2028\ufffe\x00"]
MULTITOOL = Path(sys.prefix, "peers/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool")
"""Where the Makefile installs the validator that the standard's own people wrote."""

GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1, "pattern": "^[^\n\r]*$"},
            "check_name": {"type": "string", "pattern": "^[A-Za-z0-9-]+$"},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^[^./]"},
                    "lines": {"type": "object", "required": ["begin"]},
                },
            },
        },
        "additionalProperties": False,
    },
}
"""What GitLab documents of its Code Quality reports."""


def read(name: str, text: str) -> Document:
    problems: list[Diagnostic] = []
    document = read_document(name, text.encode(), problems)
    assert document is not None, problems
    return document


@cache
def guard() -> Guard:
    vendors = sorted((EXAMPLES / "vendors").glob("*.yaml"))
    return Guard.load("shipped", EXAMPLES / "inventory.yaml", EXAMPLES / "organisation.yaml", vendors)


def view_of(name: str, text: str) -> AnyView:
    document = read(name, text)
    answer = guard().answer(document, DAY)
    return View(answer.report, name, answer.files, document=document)


@cache
def views() -> tuple[AnyView, ...]:
    stories = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in EXAMPLES.rglob("*.purchase.yaml")}
    answered = [view_of(name, text) for name, text in sorted(stories.items())]
    bare = view_of("bare.purchase.yaml", "kind: purchase\nversion: 1\n")
    manifest = EXAMPLES / "vendors" / "moodmagpie.vendor.yaml"
    name, files = manifest.relative_to(ROOT).as_posix(), files_around(guard().stack, guard().policies)
    document = read(name, manifest.read_text("utf-8"))
    return (*answered, bare, View(guard().check_vendor(manifest, DAY), name, files, document=document))


TEXT = "kind: vendor\nid: formwise\nvendor: {nme: Formwise, country: Germany}\n"
SOURCE = Source("vendors/formwise.vendor.yaml", TEXT)
DIAGNOSTICS = (
    Diagnostic("PG202", "error", "`nme` is not known here", SOURCE, SOURCE.name, Span(35, 38), "did you mean `name`?",
               (Edit(Span(35, 38), "name"),)),
    Diagnostic.error("PG205", "`Germany` is not of the form expected", SOURCE, Span(59, 66), "write `DE`"),
    Diagnostic.warning("PG222", "the inventory has no tool `x`", SOURCE, Span(0, 4)),
    Diagnostic("PG100", "error", "there is no such file", name="gone.yaml"),
)  # fmt: skip


def answered() -> Batch:
    return Batch(tuple(view.name for view in views()), views(), DIAGNOSTICS)


def validated() -> Batch:
    return Batch((SOURCE.name, "gone.yaml", "fine.yaml"), None, DIAGNOSTICS)


def alone(view: AnyView) -> Batch:
    return Batch((view.name,), (view,))


def rendered(name: str, batch: Batch) -> str:
    return format_named(name).render(batch)


def every_result(batch: Batch) -> list[Result]:
    return [result for file in results_of(batch) for result in file.told]


def test_the_format_for_people_stands_first() -> None:
    assert format_names()[0] == "text"
    assert {"concise", "json", "jsonl", "github", "sarif", "gitlab", "junit", "markdown", "html"} <= set(format_names())


@pytest.mark.parametrize("name", format_names())
@pytest.mark.parametrize("batch", [answered, validated], ids=["answered", "validated"])
def test_equal_batches_give_equal_bytes_that_end_in_a_new_line(name: str, batch: Callable[[], Batch]) -> None:
    text = rendered(name, batch())
    assert text == rendered(name, batch())
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def cases(batch: Batch) -> list[TestCase]:
    return [case for suite in JUnitXml.fromstring(rendered("junit", batch).encode()) for case in suite]


# --- what counts, counts everywhere


def weighty(view: AnyView) -> set[str]:
    """The policies of effect deny or review that fail or are not known."""
    return {finding.policy for finding in view.report.findings if finding.effect in ("deny", "review")}


@pytest.mark.parametrize("view", [view for view in views() if "purchase" in view.name], ids=lambda view: view.name)
def test_a_deny_or_review_that_fails_or_is_unknown_is_a_failure_everywhere(view: AnyView) -> None:
    batch, expected = alone(view), weighty(view)
    sarif = json.loads(rendered("sarif", batch))["runs"][0]["results"]
    assert {found["ruleId"] for found in sarif if found["level"] == "error" and found["kind"] == "fail"} == expected
    gitlab = json.loads(rendered("gitlab", batch))
    assert {found["check_name"] for found in gitlab if found["severity"] == "critical"} == expected
    assert {line.split(": ")[1].split()[0] for line in rendered("concise", batch).splitlines()
            if re.match(r"\S+:\d+:\d+: \S+ error: ", line)} == expected  # fmt: skip
    assert {case.name for case in cases(batch) if case.is_failure} == expected
    errors = [command for command in commands(rendered("github", batch)) if command.startswith("error ")]
    assert len(errors) == min(len(expected), MOST_ANNOTATIONS)


@pytest.mark.parametrize("view", [view for view in views() if "purchase" in view.name], ids=lambda view: view.name)
def test_open_conditions_are_open_and_stand_first_among_conditions(view: AnyView) -> None:
    states = [condition.state for condition in view.report.conditions]
    assert states == sorted(states, key=["open", "not_met", "to_confirm"].index)
    unmet = {condition.policy for condition in view.report.conditions if condition.state != "not_met"}
    found = [result for result in every_result(alone(view)) if result.level == "warning"]
    assert {result.rule.identity for result in found if result.is_open} == unmet
    sarif = json.loads(rendered("sarif", alone(view)))["runs"][0]["results"]
    assert {result["ruleId"] for result in sarif if result["kind"] == "open"} == unmet
    assert all(result["level"] == "none" for result in sarif if result["kind"] == "open")
    case_of = {
        case.name: case for suite in JUnitXml.fromstring(rendered("junit", alone(view)).encode()) for case in suite
    }
    assert all("open: " in case_of[policy].system_out for policy in unmet - weighty(view))


@pytest.mark.parametrize("view", [view for view in views() if "purchase" in view.name], ids=lambda view: view.name)
def test_no_policy_is_lost_in_a_test_report(view: AnyView) -> None:
    report = view.report
    suite = cases(alone(view))
    known = {finding.policy for finding in report.findings} | {gap.policy for gap in report.not_checked}
    known |= {*report.passed, *report.not_applicable}
    assert Counter(case.name for case in suite) == dict.fromkeys(known, 1)
    skipped = {case.name for case in suite if case.is_skipped}
    assert skipped == {*report.not_applicable, *(gap.policy for gap in report.not_checked)}


# --- places


def marked(result: Result, document: Document) -> str:
    start, end = result.spot.region
    assert start.line == end.line
    return document.source.line(start.line)[start.column - 1 : end.column - 1]


def test_a_result_marks_the_value_that_it_is_about() -> None:
    banned = "[emotion_recognition_at_work]"
    text = f"kind: purchase\nversion: 1\nproduct: {{name: Formwise}}\nai: {{used: true, functions: {banned}}}\n"
    view = view_of("a.purchase.yaml", text)
    found = {result.rule.identity: result for result in every_result(alone(view))}
    assert view.document is not None
    assert marked(found["prohibited-ai"], view.document) == banned
    assert marked(found["encryption"], view.document) == "product"


@pytest.mark.parametrize("view", views(), ids=lambda view: view.name)
def test_every_result_lies_in_its_file_and_names_its_policy(view: AnyView) -> None:
    assert view.document is not None
    for result in every_result(alone(view)):
        assert marked(result, view.document).strip() or result.spot.region.start == result.spot.region.end
        if result.outcome == "fail":
            first = result.related[0].spot
            assert first.shipped
            assert f"id: {result.rule.identity}" in (ROOT / "policies" / first.file).read_text("utf-8")


def test_fingerprints_are_unique_and_stay_when_lines_move() -> None:
    name = "examples/missing-facts/referrals.purchase.yaml"
    text = (ROOT / name).read_text("utf-8")

    def marks(written: str, form: str) -> list[str]:
        data = json.loads(rendered(form, alone(view_of(name, written))))
        return [*(found["fingerprint"] for found in data)] if form == "gitlab" else [
            found["partialFingerprints"]["primaryLocationLineHash"] for found in data["runs"][0]["results"]
        ]  # fmt: skip

    for form in ("gitlab", "sarif"):
        before, after = marks(text, form), marks(f"# one\n# two\n{text}", form)
        assert len(set(before)) == len(before) > 3
        assert before == after


# --- limits


def test_annotations_keep_the_limit_of_a_step_and_count_the_rest() -> None:
    found = Counter(command.split()[0] for command in commands(rendered("github", answered())))
    del found["stop-commands"]
    assert max(found.values()) == MOST_ANNOTATIONS
    errors = sum(result.level == "error" for result in every_result(answered()))
    last = [command for command in commands(rendered("github", answered())) if command.startswith("error ")][-1]
    assert last.endswith(f"::{errors - MOST_ANNOTATIONS + 1} more are listed in the log and in the summary")


def test_a_comment_and_a_summary_keep_their_limits_and_tell_the_worst_first() -> None:
    many = tuple(replace(view, name=f"{number}/{view.name}") for number in range(30) for view in views())
    batch = Batch(tuple(view.name for view in many), many)
    comment = rendered("markdown", batch)
    assert len(comment) <= MOST_CHARACTERS
    assert comment.index("Not as asked") < comment.index("left out here")
    assert comment.startswith(MARK)
    for used in (0, 400_000, MOST_SUMMARY_BYTES - 10, 2 * MOST_SUMMARY_BYTES):
        assert used + len(job_summary(batch, used).encode()) <= max(used, MOST_SUMMARY_BYTES)


def test_a_comment_on_a_manifest_of_many_products_keeps_its_limit() -> None:
    view = next(view for view in views() if "vendor" in view.name)
    plans = tuple(
        replace(view.report.plans[0], product=f"p{number}", name=f"{'*' * 300} {number}") for number in range(300)
    )
    comment = rendered("markdown", alone(replace(view, report=replace(view.report, plans=plans))))
    assert len(comment) <= MOST_CHARACTERS
    assert "left out here" in comment


# --- consumers


def commands(log: str) -> Iterator[str]:
    """The workflow commands that a runner would obey, without their colons."""
    stopped: str | None = None
    for line in re.split(r"\r\n|\r|\n", log):
        command = line.lstrip()
        if stopped is not None:
            stopped = None if command == f"::{stopped}::" else stopped
        elif command.startswith("::") and "::" in command[2:]:
            name, _, data = command[2:].partition("::")
            if name.split(" ")[0] == "stop-commands":
                stopped = data
            yield f"{name}::{data}"
        else:
            assert "##[" not in line
    assert stopped is None


def shape_of_markdown(text: str) -> list[str]:
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(text)
    return [token.type for token in tokens for token in [token, *(token.children or [])] if token.type != "text"]


def shape_of_json(data: Json) -> Json:
    if isinstance(data, dict):
        return {key: shape_of_json(value) for key, value in data.items() if key not in {"properties", "uri", "path"}}
    return [shape_of_json(value) for value in data] if isinstance(data, list) else type(data).__name__


SHAPES: dict[str, Callable[[str], object]] = {
    "concise": lambda text: len(text.splitlines()),
    "json": lambda text: shape_of_json(json.loads(text)),
    "jsonl": lambda text: [shape_of_json(json.loads(line)) for line in text.splitlines()],
    "github": lambda text: [command.split(" ")[0] for command in commands(text) if "stop-commands" not in command],
    "gitlab": lambda text: shape_of_json(json.loads(text)),
    "sarif": lambda text: shape_of_json(json.loads(text)),
    "junit": lambda text: [[case.name for case in suite] for suite in JUnitXml.fromstring(text.encode())],
    "markdown": shape_of_markdown,
    "html": lambda text: [tag for tag, _ in Elements(text).found],
}
"""What of each format may not depend on what files say."""


def saying(said: str) -> Iterator[Batch]:
    """Every report and every diagnostic, with something in the middle of every free text."""

    def change(text: str) -> str:
        return f"{text[: len(text) // 2]}{said}{text[len(text) // 2 :]}" if " " in text else text

    wrong = (
        replace(found, message=change(found.message), hint=found.hint and change(found.hint)) for found in DIAGNOSTICS
    )
    mistakes = tuple(wrong)
    yield Batch((), None, mistakes)
    yield Batch(("a.yaml", "b.yaml"), (), mistakes)
    for view in (*views()[::4], *views()[-2:]):
        yield alone(replace(view, report=bent(view.report, change)))


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("said", HOSTILE)
def test_nothing_a_file_says_is_more_than_text(name: str, said: str) -> None:
    shape = SHAPES[name]
    for hostile, harmless in zip(saying(said), saying("harmless"), strict=True):
        assert shape(rendered(name, hostile)) == shape(rendered(name, harmless))


@given(
    st.text(st.sampled_from(list("<>&\"'`*_[]()#|~\\$@!-+=.:/%1{} \n\r\tabw\u202e\x1b\u2028\ufffe\x00")), max_size=30)
)
def test_no_drawn_text_is_more_than_text(said: str) -> None:
    (_, _, hostile), (_, _, harmless) = islice(saying(said), 3), islice(saying("a"), 3)
    for name, shape in SHAPES.items():
        assert shape(rendered(name, hostile)) == shape(rendered(name, harmless)), name


@pytest.mark.parametrize("batch", [answered, validated], ids=["answered", "validated"])
def test_a_code_quality_report_is_one(batch: Callable[[], Batch]) -> None:
    found = json.loads(rendered("gitlab", batch()))
    assert [error.message for error in jsonschema_rs.validator_for(GITLAB).iter_errors(found)] == []
    assert len({issue["fingerprint"] for issue in found}) == len(found)


def test_a_validation_report_answers_to_its_published_schema() -> None:
    schema: Json = json.loads((ROOT / "schemas" / "validation-report.v1.schema.json").read_text("utf-8"))
    found = json.loads(rendered("json", validated()))
    assert [error.message for error in jsonschema_rs.validator_for(schema).iter_errors(found)] == []
    assert (found["errors"], found["warnings"], found["files"]) == (3, 1, [*validated().files])
    lines = [json.loads(line) for line in rendered("jsonl", validated()).splitlines()]
    assert lines == found["diagnostics"]


def test_a_fix_in_sarif_mends_the_file() -> None:
    results = json.loads(rendered("sarif", validated()))["runs"][0]["results"]
    fixes = [fix for result in results for fix in result.get("fixes", [])]
    (change,) = [change for fix in fixes for change in fix["artifactChanges"]]
    assert change["artifactLocation"]["uri"] == SOURCE.name
    lines = [0, *(found.end() for found in re.finditer("\n", TEXT))]

    def span(region: Json) -> Span:
        start, end = ((lines[region[f"{at}Line"] - 1] + region[f"{at}Column"] - 1) for at in ("start", "end"))
        return Span(start, end)

    edits = [Edit(span(each["deletedRegion"]), each["insertedContent"]["text"]) for each in change["replacements"]]
    assert edited(TEXT, edits) == TEXT.replace("nme", "name")


@pytest.mark.skipif(
    not MULTITOOL.is_file(), reason="SARIF Multitool is not installed: `make pytest` does it where npm is"
)
@pytest.mark.parametrize("said", ["harmless", *HOSTILE])
def test_sarif_is_valid_for_the_validator_of_the_standard_and_for_code_scanning(said: str, tmp_path: Path) -> None:
    for number, batch in enumerate([answered(), *saying(said)]):
        (tmp_path / f"{number}.sarif").write_text(rendered("sarif", batch), "utf-8")
    done = validator(sorted(tmp_path.glob("*.sarif")))
    assert "Analysis completed successfully" in done
    complaints = [line for line in done.splitlines() if re.search(r"(error|warning) (SARIF|GH|JSON)", line)]
    assert [line for line in complaints if "SARIF2005" not in line] == []  # this project has no page of its own


def validator(files: Sequence[Path]) -> str:
    MULTITOOL.chmod(0o755)
    done = subprocess.run(  # noqa: S603 - the validator that is named
        [MULTITOOL, "validate", *map(str, files), "--rule-kind", "Sarif;Ghas", "--level", "Error;Warning"],
        env={**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return done.stdout


@given(st.lists(st.sampled_from(["deny", "review", "condition", "advise"]), max_size=8))
def test_results_come_with_the_weightiest_first(effects: list[str]) -> None:
    view = views()[1]
    findings = tuple(
        replace(finding, effect=effect)
        for finding, effect in zip(view.report.findings, effects, strict=False)
    )  # fmt: skip
    found = every_result(alone(replace(view, report=replace(view.report, findings=findings))))
    levels = [["error", "warning", "note"].index(result.level) for result in found]
    assert all(first <= second for first, second in pairwise(levels))
