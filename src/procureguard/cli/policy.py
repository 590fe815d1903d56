"""`procureguard policy`."""

from datetime import date, datetime
from pathlib import Path

import click

from procureguard.cli.exits import FINE, FOUND, NO_FILE, UNUSABLE
from procureguard.cli.groups import Commands
from procureguard.cli.output import show, show_diagnostics
from procureguard.cli.policy_bundle import bundle_policies
from procureguard.cli.policy_coverage import measure_coverage
from procureguard.cli.policy_diff import diff_policies
from procureguard.cli.policy_docs import write_docs
from procureguard.cli.policy_pull import pull_policies
from procureguard.cli.surroundings import Surroundings, from_options, guard_of, options
from procureguard.guard.guard import Guard
from procureguard.render.counting import counted
from procureguard.source.diagnostic import Diagnostic, did_you_mean
from procureguard.source.text import shown

EPILOG = """\b
Examples:
  procureguard policy list
  procureguard policy show single-sign-on
  procureguard policy test --policies shipped --policies mine
"""
LIST_EPILOG = """\b
Examples:
  procureguard policy list
  procureguard policy list --policies shipped
"""
TEST_EPILOG = """\b
Examples:
  procureguard policy test
  procureguard policy test --policies shipped --policies mine
"""
SHOW_EPILOG = """\b
Examples:
  procureguard policy show single-sign-on
"""
LINT_EPILOG = """\b
Examples:
  procureguard policy lint
  procureguard policy lint policies/privacy --strict
"""


@click.group(cls=Commands, epilog=EPILOG)
def policy() -> None:
    """The policies in use: list, show, try and improve them."""


policy.add_command(bundle_policies)
policy.add_command(measure_coverage)
policy.add_command(pull_policies)
policy.add_command(write_docs)


@policy.command("list", epilog=LIST_EPILOG)
@options
def list_policies(named: Surroundings) -> int:
    """One line for each policy: effect, id, title."""
    guard = _guard(named)
    for pack in sorted({found.pack for found in guard.policies.policies}):
        title = guard.policies.packs[pack].title if pack in guard.policies.packs else "of no pack"
        show(f"{pack or '-'}: {title}\n")
        for found in guard.policies.policies:
            if found.pack == pack:
                show(f"  {found.effect.word:<10} {found.identity:<26} {found.title}\n")
    return FINE


@policy.command("test", epilog=TEST_EPILOG)
@options
def test_policies(named: Surroundings) -> int:
    """Runs the examples in every policy file; a policy whose examples come out otherwise is broken (exit 2)."""
    guard = _guard(named)
    tested = counted(len(guard.policies.policies), "policy", "policies")
    show(f"{tested}, {counted(len(guard.library().examples), 'example', 'examples')}, all as stated\n")
    return FINE


@policy.command("show", epilog=SHOW_EPILOG)
@click.argument("identity", metavar="ID")
@options
def show_policy(identity: str, named: Surroundings) -> int:
    """Everything about one policy: what it asks in English and in CEL, its parameters, sentences and examples."""
    guard = _guard(named)
    if guard.policies.get(identity) is None:
        known = [found.identity for found in guard.policies.policies]
        hint = did_you_mean(identity, known) or "`procureguard policy list` names all policies"
        click.echo(f"there is no policy {shown(identity)}\n  hint: {hint}", err=True)
        return UNUSABLE
    from procureguard.render.explanation import show_in_full  # noqa: PLC0415 - a list needs no expressions

    library = guard.library()
    examples = [result for result in library.examples if result.written.policy.identity == identity]
    found = library.written.get(identity)
    assert found is not None
    show(show_in_full(found, library.written.policies, examples))
    return FINE


@policy.command("lint", epilog=LINT_EPILOG)
@click.argument("folders", nargs=-1, metavar="[FOLDER]...")
@click.option("--organisation", metavar="FILE", help="Where your own facts are described.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day to look at, today if not given.")
@click.option("--strict", is_flag=True, help="Exit 1 if there is a warning.")
def lint_policies(
    folders: tuple[str, ...],
    organisation: str | None,
    as_of: datetime | None,
    strict: bool,  # noqa: FBT001 - a flag of the command line
) -> int:
    """What could be better about policies that are valid: sentences, packs, names, examples.

    FOLDER is a folder of policies or a single one; without it, the policies in use here.
    """
    from procureguard.guard import lint_policies as linting  # noqa: PLC0415 - a list needs no expressions

    found = from_options(folders, None, organisation, ()).around(Path("purchase.yaml"))
    day = as_of.date() if as_of is not None else date.today()  # noqa: DTZ011 - the day where the user is
    linted = linting.lint_policies(found.policies, found.organisation, day)
    if not linted.policies:
        hint = "name a folder of policies, or `shipped` for those that come with procureguard"
        names = " ".join(found.policies)
        show_diagnostics([Diagnostic("PG100", "error", "no policy was found here", name=names, hint=hint)])
        return NO_FILE
    show_diagnostics(linted.warnings)
    show(f"{counted(linted.policies, 'policy', 'policies')}, {_improvable(len(linted.warnings))}\n")
    return FOUND if linted.warnings and strict else FINE


def _improvable(count: int) -> str:
    return counted(count, "warning", "warnings") if count else "nothing to improve"


def _guard(named: Surroundings) -> Guard:
    return guard_of(named.around(Path("purchase.yaml")))


policy.add_command(diff_policies)
