import re
import shlex
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from procureguard.cli.main import COMMANDS, OTHERS, SECTIONS, cli
from procureguard.version import __version__

FIRST = ["new", "check"]
EXAMPLE = re.compile(r"\bprocureguard [^|>)]*")


def commands(context: click.Context) -> Iterator[click.Context]:
    yield context
    if isinstance(context.command, click.Group):
        for name in context.command.list_commands(context):
            inside = context.command.get_command(context, name)
            assert inside is not None
            yield from commands(click.Context(inside, info_name=name, parent=context))


def root() -> click.Context:
    return click.Context(cli, info_name="procureguard", **cli.context_settings)


ALL = {found.command_path: found for found in commands(root())}


def examples(context: click.Context) -> list[str]:
    """The command lines of an epilog, without what the shell does with them."""
    lines = (context.command.epilog or "").splitlines()
    return [found[0] for line in lines if line.startswith("  ") and (found := EXAMPLE.search(line)) is not None]


def parse(line: str) -> str:
    """The command that a line calls, once all of it is understood."""
    context, words = root(), shlex.split(line)[1:]
    while isinstance(context.command, click.Group):
        name, command, words = context.command.resolve_command(context, words)
        assert command is not None
        if isinstance(command, click.Group):
            context = click.Context(command, info_name=name, parent=context)
        elif "--help" in words:
            return f"{context.command_path} {name}"
        else:
            context = command.make_context(name, words, parent=context)
    return context.command_path


@pytest.mark.parametrize("path", ALL)
def test_every_command_says_what_it_is_for_and_shows_an_example_that_it_understands(path: str) -> None:
    found = ALL[path]
    assert found.command.get_short_help_str(1_000)
    assert (found.command.epilog or "").startswith("\b\nExamples:\n")
    shown = examples(found)
    assert shown
    for line in shown:
        assert parse(line).startswith(path), line


@pytest.mark.parametrize("path", ALL)
def test_help_is_at_hand_by_both_names_and_fits_a_terminal(path: str) -> None:
    words = path.split()[1:]
    short, long = (CliRunner().invoke(cli, [*words, option]) for option in ("-h", "--help"))
    assert short.exit_code == 0
    assert short.stdout == long.stdout
    assert all(len(line) <= 80 for line in short.stdout.splitlines() if line.strip() not in examples(ALL[path]))
    assert not re.search(r"\.\.\.$", short.stdout.partition("Commands:")[2], re.MULTILINE)


def test_every_command_stands_in_one_section_and_what_people_need_first_comes_first() -> None:
    placed = [name for names in SECTIONS.values() for name in names]
    assert len(placed) == len(set(placed))
    listed = cli.list_commands(ALL["procureguard"])
    assert sorted(listed) == sorted(COMMANDS)
    assert listed[:2] == FIRST
    text = CliRunner().invoke(cli, ["-h"]).stdout
    assert [text.index(f"\n{title}:") for title in [*SECTIONS, OTHERS]] == sorted(
        text.index(f"\n{title}:") for title in [*SECTIONS, OTHERS]
    )


def test_the_version_is_told() -> None:
    assert CliRunner().invoke(cli, ["--version"]).stdout == f"procureguard {__version__}\n"
