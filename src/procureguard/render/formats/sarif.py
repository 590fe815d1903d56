"""SARIF 2.1.0: findings and diagnostics for code scanning, with regions, related places and fixes.

See OASIS SARIF 2.1.0, and for the limits the SARIF support of GitHub code scanning.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from procureguard.render.batch import Batch
from procureguard.render.batch_results import results_of, rules_of
from procureguard.render.fingerprint import fingerprinted
from procureguard.render.formats import Format
from procureguard.render.json import as_json
from procureguard.render.results import Region, Related, Replacement, Result, Rule, Spot
from procureguard.render.style import one_line
from procureguard.version import __version__

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MOST_RESULTS = 25_000
MOST_CHARACTERS = 1_024
"""Of the texts that describe a rule."""

MOST_TAGS = 20
FINGERPRINT = "primaryLocationLineHash"
REPOSITORY, SHIPPED = "SRCROOT", "PROCUREGUARD"
BASES = {
    REPOSITORY: {"description": {"text": "the folder the check was run in"}},
    SHIPPED: {"description": {"text": "the policies that come with procureguard"}},
}
SEVERITIES = {"deny": "8.0", "review": "6.0", "condition": "4.0", "advise": "1.0"}
"""How grave a finding about security is, on the scale that code scanning sorts by."""


def render(batch: Batch) -> str:
    """One run with a result for everything to look at.

    A known or possible deny or review is a failure, a condition that is not met a warning, and a condition of which
    nobody knows yet is `open`.
    """
    files = results_of(batch)
    rules = rules_of(files)
    places = {rule.identity: place for place, rule in enumerate(rules)}
    found = [(result, mark) for file in files for result, mark in fingerprinted(file.told)]
    run = {
        "tool": {"driver": {"name": "procureguard", "version": __version__, "rules": list(map(_rule, rules))}},
        "automationDetails": {"id": "procureguard/check/" if batch.views is not None else "procureguard/validate/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": BASES,
        "results": [_result(result, mark, places) for result, mark in found[:MOST_RESULTS]],
        "properties": {"summaries": {one_line(file.file): one_line(file.summary) for file in files}},
    }
    return as_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(rule: Rule) -> dict[str, Any]:
    security = "security" in rule.tags
    severity = next((SEVERITIES[tag] for tag in rule.tags if tag in SEVERITIES), None)
    properties = {"tags": list(rule.tags[:MOST_TAGS]), **({"security-severity": severity} if security else {})}
    return {
        "id": rule.identity,
        "shortDescription": _text(rule.title),
        "fullDescription": _text(rule.description),
        "help": _text(rule.help),
        "properties": properties,
    }


def _result(result: Result, mark: str, places: Mapping[str, int]) -> dict[str, Any]:
    links = "".join(f" [{_plain(related.text)}]({number})" for number, related in enumerate(result.related, start=1))
    found: dict[str, Any] = {
        "ruleId": result.rule.identity,
        "ruleIndex": places[result.rule.identity],
        "kind": "open" if result.is_open else "fail",
        "level": "none" if result.is_open else result.level,
        "message": {"text": f"{_plain(result.sentence)}{links}"},
        "locations": [_location(result.spot)],
        "partialFingerprints": {FINGERPRINT: mark},
        "properties": {"outcome": result.outcome},
    }
    if result.related:
        found["relatedLocations"] = [_related(number, related) for number, related in enumerate(result.related, 1)]
    if result.fix:
        found["fixes"] = [_fix(result.spot, result.hint or result.message, result.fix)]
    return found


def _related(number: int, related: Related) -> dict[str, Any]:
    return {"id": number, **_location(related.spot), "message": {"text": _plain(related.text)}}


def _location(spot: Spot) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": _artifact(spot), "region": _region(spot.region)}}


def _artifact(spot: Spot) -> dict[str, str]:
    if spot.file.startswith("/"):
        return {"uri": f"file://{quote(spot.file)}"}
    return {"uri": quote(spot.path), "uriBaseId": SHIPPED if spot.shipped else REPOSITORY}


def _region(region: Region) -> dict[str, int]:
    return {
        "startLine": region.start.line,
        "startColumn": region.start.column,
        "endLine": region.end.line,
        "endColumn": region.end.column,
    }


def _fix(spot: Spot, description: str, replacements: Sequence[Replacement]) -> dict[str, Any]:
    changes = [
        {"deletedRegion": _region(replacement.region), "insertedContent": {"text": replacement.text}}
        for replacement in replacements
    ]
    return {
        "description": {"text": one_line(description)},
        "artifactChanges": [{"artifactLocation": _artifact(spot), "replacements": changes}],
    }


def _text(text: str) -> dict[str, str]:
    whole = one_line(text)
    return {"text": whole if len(whole) <= MOST_CHARACTERS else f"{whole[: MOST_CHARACTERS - 1]}…"}


def _plain(text: str) -> str:
    """Brackets and braces that stand for themselves, and are neither links nor placeholders (3.11.5 and 3.11.6)."""
    whole = one_line(text).replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return whole.replace("{", "{{").replace("}", "}}")


FORMAT = Format(render)
