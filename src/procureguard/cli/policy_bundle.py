"""`procureguard policy bundle`."""

from pathlib import Path

import click

from procureguard.cli.exits import FINE
from procureguard.cli.output import inert, show, write_whole
from procureguard.cli.surroundings import organisation_around
from procureguard.render.counting import counted
from procureguard.render.style import one_line

EPILOG = """\b
Examples:
  procureguard policy bundle policies --output tarnwick-4.tar.gz
"""


@click.command("bundle", epilog=EPILOG)
@click.argument("folder", metavar="FOLDER")
@click.option("--output", metavar="FILE", required=True, help="The pack to write, a `.tar.gz`.")
@click.option("--organisation", metavar="FILE", help="Where your own facts are described.")
def bundle_policies(folder: str, output: str, organisation: str | None) -> int:
    """One file of a folder of policies, for many repositories, and the line by which they name it.

    The policies are checked and their examples run first. The same policies make the same file, byte for byte, so
    anybody can see that a pack holds what it should. Where the folder has no definitions of its own, the shipped
    policies come along.
    """
    from procureguard.guard.make_bundle import make_bundle  # noqa: PLC0415 - a list needs no expressions
    from procureguard.stack.policy_source import source_to_be  # noqa: PLC0415 - as above

    made = make_bundle(folder, organisation_around(organisation))
    path = Path(output)
    write_whole(path, made.content)
    held = f"{counted(made.policies, 'policy', 'policies')} in {counted(len(made.bundle.files), 'file', 'files')}"
    show(f"{inert(one_line(output))}: {held}, revision {made.bundle.revision}\n")
    show("Publish it, and write where it lies into organisation.yaml, as `from:` if you change policies there:\n\n")
    show(f"policies: {source_to_be(path.name, made.content)}\n")
    return FINE
