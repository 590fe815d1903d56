"""The entry point: commands are loaded when they are called, and every way out has an exit code."""

import gc
import sys
from importlib import import_module
from typing import NoReturn

import click

from procureguard.cli.exits import OUR_FAULT, UNUSABLE
from procureguard.cli.output import show_diagnostics
from procureguard.source.diagnostic import InvalidInput
from procureguard.version import __version__

COMMANDS = {
    "capability": ("procureguard.cli.capability", "What tools can do: find, list and show the words for a need."),
    "check": ("procureguard.cli.check", "May we buy this? A verdict with reasons, questions and alternatives."),
    "compare": ("procureguard.cli.compare", "Which of several tools and plans meets one need best?"),
    "explain": (
        "procureguard.cli.explain",
        "What a policy, definition, fact or diagnostic code means, or why a finding came out.",
    ),
    "inventory": ("procureguard.cli.inventory", "The tools you own: who has what, who does the same, what renews."),
    "policy": ("procureguard.cli.policy", "List, show and improve policies, and run their examples."),
    "schema": ("procureguard.cli.schema", "The JSON Schema of a kind of file, for editors and other programs."),
    "validate": ("procureguard.cli.validate", "Are these files well formed? Every mistake with its place and a hint."),
}
"""Where each command lives, and its help in one line."""

EPILOG = "Begin with: procureguard check examples/instant-yes"


class _Commands(click.Group):
    """Commands by name, imported one at a time."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names of all commands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(COMMANDS[cmd_name][0]), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """Writes the list of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in sorted(COMMANDS.items())])


@click.group(cls=_Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="procureguard %(version)s")
def cli() -> None:
    """Checks a proposed software purchase against your company's policies."""


def main(arguments: list[str] | None = None) -> NoReturn:
    """Runs the command line and exits with one of the documented codes.

    Without a search for unreachable cycles, of which a run makes few: over a thousand files it takes a fifth of the
    time and frees next to nothing. What nobody refers to any more is freed all the same.
    """
    gc.disable()
    try:
        code = cli.main(args=arguments, prog_name="procureguard", standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.exceptions.Exit as leaving:
        sys.exit(leaving.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(UNUSABLE)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except InvalidInput as error:
        show_diagnostics(error.diagnostics)
        sys.exit(UNUSABLE)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(UNUSABLE)
    except Exception as error:  # noqa: BLE001 - law 14: nobody is shown a traceback
        click.echo(f"procureguard: this is our fault, not yours: {type(error).__name__}: {error}", err=True)
        click.echo("  hint: please report it with the command and, if you may, the file", err=True)
        sys.exit(OUR_FAULT)
