"""`procureguard policy pull`."""

from typing import TYPE_CHECKING

import click

from procureguard.cli.exits import FINE
from procureguard.cli.output import inert, show
from procureguard.cli.surroundings import cache_of_user, organisation_around
from procureguard.render.counting import counted
from procureguard.render.style import one_line
from procureguard.source.diagnostic import Diagnostic, InvalidInput

if TYPE_CHECKING:
    from procureguard.stack.policy_source import PolicySource

EPILOG = """\b
Examples:
  procureguard policy pull
  procureguard policy pull --organisation config/organisation.yaml
  procureguard policy pull 'https://policies.example/tarnwick-4.tar.gz#sha256=…'
"""


@click.command("pull", epilog=EPILOG)
@click.argument("source", required=False, metavar="[SOURCE]")
@click.option("--organisation", metavar="FILE", help="The organisation file that names the source.")
@click.option("--allow-private", is_flag=True, help="Ask machines of your own network too, and use your proxy.")
def pull_policies(
    source: str | None,
    organisation: str | None,
    allow_private: bool,  # noqa: FBT001 - a flag of the command line
) -> int:
    """Fetches the policies that organisation.yaml names, and keeps them for checks without a network.

    What does not have the digest that is asked for is not taken over (exit 2), and what was fetched before stays. What
    is here already is not fetched again. SOURCE is another source, to look at before organisation.yaml names it.
    """
    from procureguard.guard.policy_files import source_of  # noqa: PLC0415 - help needs none of it
    from procureguard.guard.pulled import pull  # noqa: PLC0415 - as above

    wanted = source_of(source) if source is not None else _named(organisation_around(organisation))
    pulled = pull(wanted, cache_of_user(), allow_private=allow_private)
    state = "pulled" if pulled.fresh else "here already"
    held = f"{counted(len(pulled.bundle.files), 'file', 'files')}, revision {pulled.bundle.revision}"
    show(f"{inert(one_line(wanted.name))}: {state}, {held}\n")
    return FINE


def _named(organisation: str | None) -> "PolicySource":
    """The source that an organisation file names.

    Raises:
        InvalidInput: it is not valid, or names none.
    """
    from procureguard.guard.stack_files import organisation_of  # noqa: PLC0415 - help needs none of it

    source = organisation_of(organisation, []).source
    if source is None:
        message = "no source of policies is named here"
        hint = "write `policies: https://…#sha256=…`, the line that `procureguard policy bundle` prints"
        raise InvalidInput([Diagnostic("PG320", "error", message, name=organisation or "organisation.yaml", hint=hint)])
    return source
