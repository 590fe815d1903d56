"""Commands that hold others: each of them is told in a whole sentence."""

import click

_LONGEST = 1_000


class Commands(click.Group):
    """A group whose help says of every command what it is for, without cutting it off."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the list of commands."""
        found = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        with formatter.section("Commands"):
            formatter.write_dl(
                [(name, command.get_short_help_str(_LONGEST)) for name, command in found if command is not None]
            )
