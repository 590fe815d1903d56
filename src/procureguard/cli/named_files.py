"""The files named on the command line: which they are, and what is in them."""

import sys
from collections.abc import Iterable
from pathlib import Path

from procureguard.cli.output import show_diagnostics
from procureguard.guard.files import STANDARD_INPUT, documents_in, is_folder, read_bytes
from procureguard.source.diagnostic import Diagnostic, InvalidInput


def names_of(files: Iterable[str], unreadable: list[Diagnostic]) -> list[str]:
    """The names of files, each once; a folder stands for those in it that are found by name.

    Folders that cannot be read are added to what is unreadable.
    """
    names: list[str] = []
    for name in files:
        is_folder_here = name != STANDARD_INPUT and is_folder(name)
        names += map(str, documents_in(Path(name), unreadable) if is_folder_here else [Path(name)])
    return list(dict.fromkeys(names))


def contents_of(names: Iterable[str], unreadable: list[Diagnostic]) -> dict[str, bytes]:
    """The contents of files by name; those that cannot be read are added to what is unreadable."""
    contents: dict[str, bytes] = {}
    for name in names:
        try:
            contents[name] = sys.stdin.buffer.read() if name == STANDARD_INPUT else read_bytes(Path(name))
        except InvalidInput as error:
            unreadable.extend(error.diagnostics)
    return contents


def say_no_file(files: Iterable[str]) -> None:
    """Says that there is no file to look at in what was named."""
    hint = "files are found by name: `*.purchase.yaml`, `*.vendor.yaml`, `inventory.yaml`, or a folder `policies`"
    message = "no file of procureguard was found here"
    show_diagnostics([Diagnostic("PG100", "error", message, name=" ".join(files), hint=hint)])
