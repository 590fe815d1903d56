"""What may stand on the command line where a shell asks: files, folders, and the ids that are known here."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import click
from click.shell_completion import CompletionItem
from click.types import StringParamType

from procureguard.cli.schema import FILES
from procureguard.cli.surroundings import Surroundings, from_options
from procureguard.facts.schema import stated_facts
from procureguard.guard.cache import user_cache
from procureguard.guard.guard import Guard
from procureguard.source.codes import CODES
from procureguard.source.diagnostic import InvalidInput

Known = Callable[[], Iterable[str]]


class _Suggesting(StringParamType):
    """A text, with what is known of its values here."""

    def __init__(self, known: Known) -> None:
        self._known = known

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002 - as click has it
        """The values that begin so, after the last comma; none where the files here are not valid."""
        listed, comma, begun = incomplete.rpartition(",")
        try:
            return [CompletionItem(f"{listed}{comma}{word}") for word in self._known() if word.startswith(begun)]
        except InvalidInput:
            return []


def suggesting(command: click.Command, group: str = "") -> click.Command:
    """The command with what is known of its parameters; they are told apart by what help calls them."""
    for param in command.params:
        called = (param.metavar or "").strip("[].")
        if called in FILES_CALLED:
            param.type = click.Path()
        elif called == "FOLDER":
            param.type = click.Path(file_okay=False)
        elif (known := KNOWN.get(f"{group} {called}".strip()) or KNOWN.get(called)) is not None:
            param.type = _Suggesting(known)
    if isinstance(command, click.Group):
        for inside in command.commands.values():
            suggesting(inside, command.name or "")
    return command


def _here() -> Surroundings:
    return from_options().around(Path("purchase.yaml"))


def _guard() -> Guard:
    found = _here()
    return Guard.load(found.policies, None, found.organisation, cache=user_cache()[0])


def _policies() -> Iterable[str]:
    return (policy.identity for policy in _guard().policies.policies)


def _capabilities() -> Iterable[str]:
    return _guard().stack.taxonomy.capabilities


def _areas() -> Iterable[str]:
    return _guard().stack.taxonomy.areas


def _packs() -> Iterable[str]:
    return sorted({policy.pack for policy in _guard().policies.policies if policy.pack})


def _tools() -> Iterable[str]:
    found = _here()
    inventory = Guard.load(found.policies, found.inventory, found.organisation, cache=user_cache()[0]).stack.inventory
    return inventory.identities if inventory is not None else ()


def _subjects() -> Iterable[str]:
    return (*_policies(), *stated_facts().types, *CODES)


FILES_CALLED = frozenset({"FILE", "PATH", "PURCHASE", "MANIFEST", "CANDIDATE", "NAME|PATH"})
"""What help calls parameters that are files, or folders of them."""

KNOWN: Mapping[str, Known] = {
    "policy ID": _policies,
    "capability ID": _capabilities,
    "capability AREA": _areas,
    "CAPABILITY|WORDS": _capabilities,
    "CAPABILITIES": _capabilities,
    "PACK,PACK": _packs,
    "TOOL": _tools,
    "KIND": lambda: FILES,
    "FACT=VALUE": lambda: stated_facts().types,
    "POLICY|DEFINITION|FACT|CODE": _subjects,
}
"""What may stand for a parameter, by what help calls it, after the name of its group where that matters."""
