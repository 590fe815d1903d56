"""Public YAML and JSON test suites, where a folder with them is named by PROCUREGUARD_DATA."""

import os
import re
from pathlib import Path
from typing import Any

import yaml

DATA = Path(os.environ.get("PROCUREGUARD_DATA", "data-is-not-here"))
JSON_CASES = sorted((DATA / "json_test_suite" / "files").rglob("*.json"))
YAML_CASES = sorted((DATA / "yaml_test_suite" / "files" / "src").glob("*.yaml"))
VISIBLE = [("␣", " "), ("↵", ""), ("∎\n", ""), ("←", "\r"), ("⇔", "\ufeff")]


def raw(text: str) -> str:
    """The characters of a case, where the suite writes invisible ones visibly."""
    for sign, meant in VISIBLE:
        text = text.replace(sign, meant)
    return re.sub("—*»", "\t", text)


def cases() -> list[tuple[str, dict[str, Any]]]:
    found = []
    for path in YAML_CASES:
        listed: list[dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))
        found += [(path.stem, {**listed[0], **case}) for case in listed]
    return found
