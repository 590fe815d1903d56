"""`procureguard inventory`."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from procureguard.cli.exits import FINE, FOUND, UNUSABLE
from procureguard.cli.groups import Commands
from procureguard.cli.inventory_import import import_inventory
from procureguard.cli.output import show, write_whole
from procureguard.cli.surroundings import Surroundings, stack_around, stack_options
from procureguard.guard.files import STANDARD_INPUT
from procureguard.render.inventory import NO_TOOLS, InventoryView, list_csv, list_json, list_text, show_json, show_text
from procureguard.source.diagnostic import Diagnostic, InvalidInput, did_you_mean
from procureguard.source.stated import plain
from procureguard.source.text import printable, shown
from procureguard.stack.inventory import Tool
from procureguard.stack.stack import Stack

STAGES = ("planned", "trial", "active", "ending", "retired")
"""Stages of life of a tool."""

EPILOG = """\b
Examples:
  procureguard inventory list
  procureguard inventory who-has surveys
  procureguard inventory renewals --within 90
"""
SHOW_EPILOG = """\b
Examples:
  procureguard inventory show rolobarn
"""
WHO_HAS_EPILOG = """\b
Examples:
  procureguard inventory who-has surveys
  procureguard inventory who-has "newsletter tool"
"""
RENEWALS_EPILOG = """\b
Examples:
  procureguard inventory renewals --within 90
  procureguard inventory renewals --format json
"""
LIST_EPILOG = """\b
Examples:
  procureguard inventory list --department events
  procureguard inventory list --no-prices --format csv > tools.csv
"""
MATCH_EPILOG = """\b
Examples:
  procureguard inventory match "Hazel Poll" rolobarn.example
  cut -d, -f1 invoices.csv | procureguard inventory match -
"""
OVERLAPS_EPILOG = """\b
Examples:
  procureguard inventory overlaps
  procureguard inventory overlaps --format html --output overlaps.html
"""


def _format(*formats: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option that chooses what a command prints; text unless asked for otherwise."""
    choice = click.Choice(["text", *formats])
    return click.option("--format", "output", type=choice, default="text", help="What is printed, text if not given.")


without_prices = click.option("--no-prices", is_flag=True, help="Leave out what the tools cost.")


@click.group(cls=Commands, epilog=EPILOG)
def inventory() -> None:
    """The tools you own: who has what, who does the same, what renews."""


@inventory.command("list", epilog=LIST_EPILOG)
@click.option("--department", metavar="DEPARTMENT", help="Only the tools of this department.")
@click.option("--status", type=click.Choice(STAGES), help="Only the tools at this stage of life.")
@_format("json", "csv")
@without_prices
@stack_options
def list_tools(
    department: str | None,
    status: str | None,
    output: str,
    no_prices: bool,  # noqa: FBT001 - a flag of the command line
    named: Surroundings,
) -> int:
    """Who has what: department, owner, seats used and owned, cost, renewal. `csv` and `json` hold all facts."""
    view = _view(_stack(named), prices=not no_prices)
    if department is not None and (unknown := _no_department(department, view)) is not None:
        return _refused(*unknown)
    tools = (tool for tool in view.tools if department is None or _is_of(tool, department))
    chosen = replace(view, tools=tuple(tool for tool in tools if status in (None, tool.get("status"))))
    if output == "text" and view.tools and not chosen.tools:
        show("No tool answers to this.\n")
        return FINE
    show({"text": list_text, "json": list_json, "csv": list_csv}[output](chosen))
    return FINE


@inventory.command("show", epilog=SHOW_EPILOG)
@click.argument("tool", metavar="TOOL")
@_format("json")
@without_prices
@stack_options
def show_tool(
    tool: str,
    output: str,
    no_prices: bool,  # noqa: FBT001 - a flag of the command line
    named: Surroundings,
) -> int:
    """Everything known of one tool: whom to ask, free seats, notice, connections, and who else does its jobs."""
    view = _view(_stack(named), prices=not no_prices)
    found = next((owned for owned in view.tools if owned.identity == tool), None)
    if found is None:
        return _refused(f"the inventory has no tool {shown(tool)}", _meant(tool, view))
    show({"text": show_text, "json": show_json}[output](found, view))
    return FINE


@inventory.command("match", epilog=MATCH_EPILOG)
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@_format("json")
@stack_options
def match_tools(names: tuple[str, ...], output: str, named: Surroundings) -> int:
    """Which tool or vendor does a NAME stand for? An id, an alias or a domain says it; a name only proposes.

    Of several names each is given something else, unless it is called just so. - reads names from standard input, one
    on each line. Exits 0 when every name has an identity, else 1.
    """
    from procureguard.render.matches import matches_json, matches_text  # noqa: PLC0415 - the other commands need none
    from procureguard.stack.matching import known_things, match_names  # noqa: PLC0415 - as above

    stack = _stack(named)
    words = [word for name in names for word in (_lines_of_input() if name == STANDARD_INPUT else [name])]
    matches = match_names(words, known_things(_tools(stack), stack.catalogue))
    show({"text": matches_text, "json": matches_json}[output](matches))
    return FINE if all(match.identities for match in matches) else FOUND


@inventory.command("who-has", epilog=WHO_HAS_EPILOG)
@click.argument("words", nargs=-1, required=True, metavar="CAPABILITY|WORDS")
@_format("json")
@stack_options
def who_has(words: tuple[str, ...], output: str, named: Surroundings) -> int:
    """Which tools do this, who runs them, which have free seats, and for which data they are cleared."""
    from procureguard.capability_search import SUGGESTED, SURE, search  # noqa: PLC0415 - the other commands need none
    from procureguard.render.providers import providers_json, providers_text  # noqa: PLC0415 - as above
    from procureguard.render.style import wrapped  # noqa: PLC0415 - as above
    from procureguard.stack.providers import providers  # noqa: PLC0415 - as above

    view = _view(_stack(named))
    wanted = " ".join(words)
    found = search(view.taxonomy, wanted, SUGGESTED)
    if not found:
        hint = "`procureguard capability find WORDS` and `capability list` show how needs are called"
        return _refused(f"no capability is like {shown(wanted)}", hint)
    best = found[0]
    if best.score < SURE:
        *others, last = [f"{match.title} ({match.identity})" for match in found]
        near = f"{', '.join(others)} or {last}" if others else last
        return _refused(f"it is not clear what {shown(wanted)} means", f"did you mean {near}?")
    jobs = providers(view.tools, view.taxonomy, best.identity)
    if output == "text" and best.score < 1:
        show("\n".join([*wrapped(f"{shown(wanted)} is taken for {best.title} ({best.identity})."), "", ""]))
    show({"text": providers_text, "json": providers_json}[output](best.identity, jobs, view))
    return FINE


@inventory.command("overlaps", epilog=OVERLAPS_EPILOG)
@click.option("--at-least", type=click.IntRange(2), default=2, show_default=True, help="So many tools for one job.")
@_format("json", "html")
@click.option("--output", "file", metavar="FILE", type=click.Path(path_type=Path), help="Write to a file.")
@stack_options
def overlaps(
    at_least: int,
    output: str,
    file: Path | None,
    named: Surroundings,
) -> int:
    """Jobs that several active tools do, what is paid for them twice, and tools that exchange data with nothing.

    `html` is a page with pictures that prints well.
    """
    text = _drawn(_view(_stack(named)), at_least, output)
    if file is None:
        show(text)
    else:
        write_whole(file, text)
    return FINE


@inventory.command("renewals", epilog=RENEWALS_EPILOG)
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day to look from, today if not given.")
@click.option("--within", type=click.IntRange(0), metavar="DAYS", help="Only what has at most so many days left.")
@_format("json")
@without_prices
@stack_options
def list_renewals(
    as_of: datetime | None,
    within: int | None,
    output: str,
    no_prices: bool,  # noqa: FBT001 - a flag of the command line
    named: Surroundings,
) -> int:
    """What renews when, by the last day for a notice; missed ones first, then those to look at now."""
    from procureguard.render.renewals import renewals_json, renewals_text  # noqa: PLC0415 - the other commands need none
    from procureguard.stack.renewals import find_renewals  # noqa: PLC0415 - as above

    view = _view(_stack(named), prices=not no_prices)
    day = as_of.date() if as_of is not None else date.today()  # noqa: DTZ011 - the day where the user is
    found = find_renewals(view.tools, day, within)
    if output == "json":
        show(renewals_json(found, view, day))
    else:
        show(renewals_text(found, view, day, within) if view.tools else NO_TOOLS)
    return FINE


def _drawn(view: InventoryView, at_least: int, output: str) -> str:
    from procureguard.render.overlaps import OverlapsView, overlaps_json, overlaps_text  # noqa: PLC0415 - as above
    from procureguard.stack.integrations import find_groups  # noqa: PLC0415 - as above
    from procureguard.stack.overlaps import find_overlaps  # noqa: PLC0415 - as above

    if output == "text" and not view.tools:
        return NO_TOOLS
    found = OverlapsView(view, find_overlaps(view.tools, view.taxonomy, at_least), find_groups(view.tools))
    if output == "html":
        from procureguard.render.overlaps_page import overlaps_page  # noqa: PLC0415 - templates are slow to load

        return overlaps_page(found)
    renderings: dict[str, Callable[[OverlapsView], str]] = {"text": overlaps_text, "json": overlaps_json}
    return renderings[output](found)


def _stack(named: Surroundings) -> Stack:
    """The stack named or found around the working folder.

    Raises:
        InvalidInput: a file of it is wrong, or nothing says which tools are owned.
    """
    stack = stack_around(named, Path("purchase.yaml"))
    if stack.owned() is None:
        hint = "write `inventory.yaml`, name one with `--inventory`, or state `registers: {inventory: none}`"
        message = "no inventory was found here, so nothing is known of the tools owned"
        raise InvalidInput([Diagnostic("PG100", "error", message, name=str(Path.cwd()), hint=hint)])
    return stack


def _tools(stack: Stack) -> tuple[Tool, ...]:
    owned = stack.owned()
    return tuple(owned.tools) if owned is not None else ()


def _view(stack: Stack, *, prices: bool = True) -> InventoryView:
    owned = stack.owned()
    as_of = owned.as_of if owned is not None else None
    return InventoryView(_tools(stack), as_of, _currency(stack), stack.taxonomy, prices)


def _currency(stack: Stack) -> str:
    blocks = (*stack.organisation.preset_blocks(), *stack.organisation.blocks())
    stated: list[Any] = [plain(block.facts.get("currency")) for block in blocks if block.section == "organisation"]
    return str(next((currency for currency in reversed(stated) if currency), ""))


def _is_of(tool: Tool, department: str) -> bool:
    return (tool.get("department") or "").casefold() == department.casefold()


def _no_department(department: str, view: InventoryView) -> tuple[str, str] | None:
    known = sorted({tool.get("department") for tool in view.tools} - {None})
    if not known or any(_is_of(tool, department) for tool in view.tools):
        return None
    hint = did_you_mean(department, known) or f"write one of {', '.join(known)}"
    return f"no tool belongs to a department {shown(department)}", hint


def _meant(word: str, view: InventoryView) -> str:
    """The tools whose ids or names are like a word, best first."""
    from procureguard.stack.names import propose  # noqa: PLC0415 - only a word nobody knows needs it

    names = [pair for tool in view.tools for pair in ((tool.identity, tool.identity), (tool.identity, tool.name))]
    meant = [shown(found.identity) for found in propose(word, names)]
    return f"did you mean {' or '.join(meant)}?" if meant else "`procureguard inventory list` names all tools"


def _refused(message: str, hint: str) -> int:
    click.echo(f"{message}\n  hint: {printable(hint)}", err=True)
    return UNUSABLE


def _lines_of_input() -> Sequence[str]:
    text = sys.stdin.buffer.read().decode("utf-8", "replace")
    return [line.strip() for line in text.splitlines() if line.strip()]


inventory.add_command(import_inventory)
