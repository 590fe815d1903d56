"""JUnit XML: a suite for each file and a case for each rule, for test reports of CI systems."""

from collections.abc import Iterable
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from procureguard.render.batch import Batch
from procureguard.render.batch_results import results_of
from procureguard.render.formats import Format
from procureguard.render.results import FileResults, Result
from procureguard.render.style import one_line

NAME = "procureguard"
WELL_FORMED = "well-formed"
"""The case of a file with which nothing is wrong."""


_NO_XML = {0xFFFE: "\\ufffe", 0xFFFF: "\\uffff"}
"""Besides control characters, what XML cannot hold."""


def render(batch: Batch) -> str:
    """The suites with their counts; what is unknown is never passed over."""
    suites = Element("testsuites", name=NAME)
    for file in results_of(batch):
        _suite(suites, file)
    for name in ("tests", "failures", "errors", "skipped"):
        suites.set(name, str(sum(int(suite.get(name, "0")) for suite in suites)))
    indent(suites)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(suites, encoding="unicode")}\n'


def _suite(parent: Element, file: FileResults) -> None:
    suite = SubElement(parent, "testsuite", name=_words(file.file), errors="0", time="0")
    by_rule = groupby(sorted(file.results, key=_rule), key=_rule)
    for rule, results in by_rule:
        _case(suite, file, rule, list(results))
    failing = {result.rule.identity for result in file.results}
    passed = [policy for policy in file.passed if policy not in failing]
    for policy in passed or ([] if file.results else [WELL_FORMED]):
        SubElement(suite, "testcase", name=policy, classname=_words(file.file), time="0")
    for policy, reason in [*((policy, "does not apply") for policy in file.not_applicable), *file.not_run]:
        case = SubElement(suite, "testcase", name=policy, classname=_words(file.file), time="0")
        SubElement(case, "skipped", message=_words(reason))
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(len(suite.findall("testcase/failure"))))
    suite.set("skipped", str(len(suite.findall("testcase/skipped"))))
    SubElement(suite, "system-out").text = _words(file.summary)


def _words(text: str) -> str:
    return one_line(text).translate(_NO_XML)


def _rule(result: Result) -> str:
    return result.rule.identity


def _case(suite: Element, file: FileResults, rule: str, results: list[Result]) -> None:
    """A case fails where one of its results is an error; conditions and advice are told in its output."""
    case = SubElement(suite, "testcase", name=rule, classname=_words(file.file), time="0")
    errors = [result for result in results if result.level == "error"]
    if errors:
        kinds = {"not known yet" if result.outcome == "unknown" else "error" for result in errors}
        failure = SubElement(case, "failure", type=" and ".join(sorted(kinds)), message=_words(errors[0].message))
        failure.text = _told(errors)
    rest = [result for result in results if result.level != "error"]
    if rest:
        SubElement(case, "system-out").text = _told(rest)


def _told(results: Iterable[Result]) -> str:
    return "\n".join(_words(_line(result)) for result in results)


def _line(result: Result) -> str:
    state = "open: " if result.is_open else ""
    return f"{result.spot.place}: {state}{result.sentence}"


FORMAT = Format(render)
