"""The entry point: commands are loaded when they are called, and every way out has an exit code."""

import gc
import os
import sys
from importlib import import_module
from io import StringIO
from typing import TYPE_CHECKING, NoReturn

import click

from procureguard.cli.exits import OUR_FAULT, STOPPED, UNUSABLE
from procureguard.cli.output import inert, show_diagnostics
from procureguard.cli.program import PROGRAM, VARIABLE
from procureguard.source.diagnostic import InvalidInput, did_you_mean
from procureguard.source.text import printable
from procureguard.version import __version__

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COMMANDS = {
    "answer": ("procureguard.cli.answer", "Write answers into a purchase, and see what its answer is now."),
    "capability": ("procureguard.cli.capability", "What tools can do: find, list and show the words for a need."),
    "check": ("procureguard.cli.check", "May we buy this? A verdict with reasons, questions and alternatives."),
    "compare": ("procureguard.cli.compare", "Which of several tools and plans meets one need best?"),
    "completion": ("procureguard.cli.completion", "Let your shell complete commands, files and ids with Tab."),
    "doctor": ("procureguard.cli.doctor", "What would a check work with here, and what of it needs a look?"),
    "explain": (
        "procureguard.cli.explain",
        "What a policy, definition, fact or diagnostic code means, or why a finding came out.",
    ),
    "fmt": ("procureguard.cli.fmt", "Lay files out alike; comments, order and texts stay."),
    "inventory": ("procureguard.cli.inventory", "The tools you own: who has what, who does the same, what renews."),
    "init": ("procureguard.cli.init", "Begin a repository: organisation profile, pipeline and hooks, with comments."),
    "new": ("procureguard.cli.new", "Begin a purchase: asks only what matters, and says what the answer is."),
    "policy": ("procureguard.cli.policy", "List, show, improve and share policies, and run their examples."),
    "questions": (
        "procureguard.cli.questions",
        "What to ask, and whom: letters to you, the vendor and IT, ready to send.",
    ),
    "schema": ("procureguard.cli.schema", "The JSON Schema of a kind of file, for editors and other programs."),
    "what-if": ("procureguard.cli.what_if", "What would make this a yes? The smallest changes, each proven."),
    "validate": ("procureguard.cli.validate", "Are these files well formed? Every mistake with its place and a hint."),
}
"""Where each command lives, and its help in one line."""

SECTIONS = {
    "Buying": ("new", "check", "questions", "answer", "what-if", "compare", "explain"),
    "Keeping files in order": ("init", "validate", "fmt", "inventory"),
    "Making the rules": ("policy", "capability", "schema"),
}
"""The commands by what people come for; those of no section stand in the last one."""

OTHERS = "This program"

EPILOG = """\b
Examples:
  procureguard new
  procureguard check purchases/2026-11-surveys.yaml
  procureguard check --help
"""


class _Commands(click.Group):
    """Commands by name, imported one at a time."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names of all commands."""
        return [name for names in _sections().values() for name in names]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(COMMANDS[cmd_name][0]), cmd_name.replace("-", "_"))
        if VARIABLE not in os.environ:
            return command
        from procureguard.cli.suggestions import suggesting  # noqa: PLC0415 - only a shell that completes asks

        return suggesting(command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is named; another word is most likely a slip."""
        if args[0] not in COMMANDS and not args[0].startswith("-") and not ctx.resilient_parsing:
            ctx.fail(f"there is no command `{args[0]}`; {did_you_mean(args[0], COMMANDS) or 'try --help'}")
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        """The commands that begin so, without importing any, and the options."""
        if incomplete.startswith("-"):
            return super().shell_complete(ctx, incomplete)
        from click.shell_completion import CompletionItem  # noqa: PLC0415 - only a shell that completes asks

        names = (name for name in self.list_commands(ctx) if name.startswith(incomplete))
        return [CompletionItem(name, help=COMMANDS[name][1]) for name in names]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """Writes the list of commands without importing any."""
        for title, names in _sections().items():
            if names:
                with formatter.section(title):
                    formatter.write_dl([(name, COMMANDS[name][1]) for name in names])


def _sections() -> dict[str, list[str]]:
    """The commands there are under the titles of their sections."""
    found = {title: [name for name in names if name in COMMANDS] for title, names in SECTIONS.items()}
    placed = {name for names in found.values() for name in names}
    return found | {OTHERS: sorted(COMMANDS.keys() - placed)}


@click.group(cls=_Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="procureguard %(version)s")
def cli() -> None:
    """Checks a proposed software purchase against your company's policies."""


def _said_by(error: click.ClickException) -> str:
    """What click says of a mistake, with the user's words in it as harmless as in our own messages."""
    text = StringIO()
    error.show(text)
    return inert("\n".join(map(printable, text.getvalue().split("\n"))))


def main(arguments: list[str] | None = None) -> NoReturn:
    """Runs the command line and exits with one of the documented codes.

    Without a search for unreachable cycles, of which a run makes few: over a thousand files it takes a fifth of the
    time and frees next to nothing. What nobody refers to any more is freed all the same.
    """
    gc.disable()
    try:
        code = cli.main(args=arguments, prog_name=PROGRAM, standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.exceptions.Exit as leaving:
        sys.exit(leaving.exit_code)
    except click.ClickException as error:
        click.echo(_said_by(error), nl=False, err=True)
        sys.exit(UNUSABLE)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(STOPPED)
    except InvalidInput as error:
        show_diagnostics(error.diagnostics)
        sys.exit(UNUSABLE)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(UNUSABLE)
    except Exception as error:  # noqa: BLE001 - law 14: nobody is shown a traceback
        reason = printable(f"{type(error).__name__}: {error}")
        click.echo(inert(f"procureguard: this is our fault, not yours: {reason}"), err=True)
        click.echo("  hint: please report it with the command and, if you may, the file", err=True)
        sys.exit(OUR_FAULT)
