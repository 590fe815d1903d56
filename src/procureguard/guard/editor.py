"""Editors: the line at the top of a file that tells them its schema, and the schemas they read."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from procureguard.source.kind import KINDS
from procureguard.source.shipped import shipped

SCHEMAS = Path(".procureguard", "schemas")
"""Where a repository keeps the schemas, so that editors find them without a network."""


def modeline(kind: str, file: Path, keeper: Path | None) -> str:
    """The line that tells an editor the schema of a file, by the folder that keeps schemas; nothing where none does."""
    if keeper is None:
        return ""
    schema = (keeper / SCHEMAS / f"{kind}.schema.json").resolve()
    path = Path(os.path.relpath(schema, file.resolve().parent)).as_posix()
    return f"# yaml-language-server: $schema={path}\n"


def keeper_of_schemas(folders: Iterable[Path]) -> Path | None:
    """The nearest folder that keeps schemas."""
    return next((folder for folder in folders if (folder / SCHEMAS).is_dir()), None)


def schema_files() -> Iterator[tuple[Path, str]]:
    """The schemas of all kinds of file that people write, each with where a repository keeps it."""
    for kind in KINDS:
        name = f"{kind}.schema.json"
        yield SCHEMAS / name, (shipped("schemas") / name).read_text(encoding="utf-8")


def stale_schemas(folder: Path) -> tuple[str, ...]:
    """The schemas that a repository keeps and that are not those of this version, by name."""
    return tuple(
        path.name
        for path, text in schema_files()
        if (folder / path).is_file() and (folder / path).read_bytes() != text.encode()
    )
