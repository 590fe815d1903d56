"""`procureguard explain`."""

from datetime import date, datetime
from pathlib import Path

import click

from procureguard.cli.exits import FINE, UNUSABLE
from procureguard.cli.output import show
from procureguard.cli.surroundings import Surroundings, guard_of, options
from procureguard.facts.gather import Facts
from procureguard.guard.files import read_file
from procureguard.guard.guard import Guard
from procureguard.render.explanation import (
    explain_code,
    explain_definition,
    explain_fact,
    explain_finding,
    explain_policy,
)
from procureguard.source.codes import CODES
from procureguard.source.diagnostic import Diagnostic, InvalidInput, did_you_mean
from procureguard.source.document import Document
from procureguard.source.text import shown

EPILOG = """\b
Examples:
  procureguard explain single-sign-on
  procureguard explain personal_data
  procureguard explain contract.deletion_days
  procureguard explain PG201
  procureguard explain encryption purchases/2026-11-surveys.yaml
"""


@click.command(epilog=EPILOG)
@click.argument("subject", metavar="POLICY|DEFINITION|FACT|CODE")
@click.argument("file", required=False, metavar="[PURCHASE]")
@options
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day to check for, today if not given.")
def explain(
    subject: str,
    file: str | None,
    named: Surroundings,
    as_of: datetime | None,
) -> int:
    """What a policy, definition, fact or diagnostic code means; with a purchase, why a policy comes out as it does."""
    if subject in CODES:
        show(explain_code(subject))
        return FINE
    guard = guard_of(named.around(Path(file or "purchase.yaml")))
    if guard.policies.get(subject) is not None:
        day = as_of.date() if as_of is not None else date.today()  # noqa: DTZ011 - the day where the user is
        show(_policy(subject, guard, guard.facts(_purchase(file), day) if file else None))
        return FINE
    kind = guard.schema.get(subject)
    if kind is not None:
        show(explain_fact(kind, [policy.identity for policy in guard.policies.policies if subject in policy.facts]))
        return FINE
    written = guard.library().written
    definition = next((found for found in written.definitions if found.name == subject), None)
    if definition is not None:
        show(explain_definition(definition, written.naming(subject)))
        return FINE
    return _unknown(subject, guard, [found.name for found in written.definitions])


def _policy(identity: str, guard: Guard, facts: Facts | None) -> str:
    written = guard.library().written
    found = written.get(identity)
    assert found is not None
    return explain_finding(found, written, guard.schema, facts) if facts else explain_policy(found)


def _purchase(file: str) -> Document:
    problems: list[Diagnostic] = []
    document = read_file(file, problems)
    if document is None:
        raise InvalidInput(problems)
    return document


def _unknown(subject: str, guard: Guard, definitions: list[str]) -> int:
    known = [*CODES, *guard.schema.types, *definitions, *(policy.identity for policy in guard.policies.policies)]
    hint = did_you_mean(subject, known) or "name a policy (`procureguard policy list`), a fact or a code such as PG201"
    click.echo(f"{shown(subject)} is no policy, definition, fact or diagnostic code\n  hint: {hint}", err=True)
    return UNUSABLE
