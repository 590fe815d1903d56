"""`procureguard schema`."""

import json
from collections.abc import Mapping
from pathlib import Path

import click

from procureguard.cli.exits import FINE, UNUSABLE
from procureguard.cli.output import show
from procureguard.source.diagnostic import did_you_mean
from procureguard.source.kind import KINDS
from procureguard.source.shipped import shipped
from procureguard.source.text import shown

EPILOG = """\b
Examples:
  procureguard schema
  procureguard schema purchase > purchase.schema.json
"""

FILES: Mapping[str, str] = {
    **{kind: f"{kind}.schema.json" for kind in KINDS},
    "report": "report.v1.schema.json",
    "vendor-report": "vendor-report.v1.schema.json",
    "what-if-report": "what-if-report.v1.schema.json",
    "validation-report": "validation-report.v1.schema.json",
    "policy-changes": "policy-changes.v1.schema.json",
    "question-sheet": "question-sheet.v1.schema.json",
}
"""The file of each schema: those of the kinds that people write, and those of the reports."""


@click.command(epilog=EPILOG)
@click.argument("kind", required=False, metavar="[KIND]")
def schema(kind: str | None) -> int:
    """The JSON Schema of a kind of file; without KIND, all kinds with one line each."""
    if kind is None:
        for name in FILES:
            show(f"{name:<19}{json.loads(_text(name))['description']}\n")
        return FINE
    if kind not in FILES:
        hint = did_you_mean(kind, FILES) or f"write one of {', '.join(FILES)}"
        click.echo(f"there is no schema of {shown(kind)}\n  hint: {hint}", err=True)
        return UNUSABLE
    show(_text(kind))
    return FINE


def _text(kind: str) -> str:
    return Path(shipped("schemas") / FILES[kind]).read_text(encoding="utf-8")
