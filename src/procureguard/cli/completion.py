"""`procureguard completion`."""

import click

from procureguard.cli.exits import FINE
from procureguard.cli.output import show
from procureguard.cli.program import PROGRAM, VARIABLE

EPILOG = """\b
Examples:
  source <(procureguard completion bash)
  procureguard completion bash >> ~/.bashrc
  procureguard completion zsh >> ~/.zshrc
  procureguard completion fish > ~/.config/fish/completions/procureguard.fish
"""


@click.command(epilog=EPILOG)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> int:
    """Prints the script by which a shell completes commands, options, files and ids when you press Tab."""
    from click.shell_completion import get_completion_class  # noqa: PLC0415 - no other command needs it

    found = get_completion_class(shell)
    assert found is not None
    show(found(context.find_root().command, {}, PROGRAM, VARIABLE).source())
    return FINE
