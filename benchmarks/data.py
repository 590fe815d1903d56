"""Public records that are measured on; none of them is part of this project."""

import json
import os
from pathlib import Path
from typing import Any

LOCATION = "PROCUREGUARD_DATA"
"""The environment variable that names the folder with one folder for each data set."""

Record = dict[str, Any]


def missing(*names: str) -> str | None:
    """Why these data sets cannot be measured on, or None where all are there."""
    folder = os.environ.get(LOCATION)
    if not folder:
        return f"SKIPPED: {LOCATION} names no folder with records"
    lacking = [name for name in names if not _file(name).is_file()]
    return f"SKIPPED: {folder} lacks {', '.join(lacking)}" if lacking else None


def records(name: str) -> list[Record]:
    """The records of a data set, in the order of their ids."""
    lines = _file(name).read_text(encoding="utf-8").splitlines()
    return sorted((json.loads(line) for line in lines if line), key=lambda record: str(record["id"]))


def _file(name: str) -> Path:
    return Path(os.environ[LOCATION]) / name / "records.jsonl"
