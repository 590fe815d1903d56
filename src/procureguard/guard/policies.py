"""Policies from files to a program: compiled before and cached, or read, checked and compiled now."""

import hashlib
from typing import TYPE_CHECKING

from procureguard.compile.program import Program
from procureguard.facts.schema import FactSchema
from procureguard.guard.cache import Cache
from procureguard.guard.packed_program import packed_program, unpacked_program
from procureguard.guard.policy_files import PolicyFile
from procureguard.source.diagnostic import Diagnostic, InvalidInput
from procureguard.stack.organisation import Organisation
from procureguard.stack.stack import Stack

if TYPE_CHECKING:
    from procureguard.guard.library import Library


def compiled(files: tuple[PolicyFile, ...], schema: FactSchema, stack: Stack, cache: Cache) -> Program:
    """The program of a policy set, from the cache where it was compiled before.

    Raises:
        InvalidInput: anything is wrong with a policy; all of it is named.
    """
    key = _key(files, stack.organisation)
    kept = cache.get(key, unpacked_program)
    if kept is not None:
        return kept
    program = read_library(files, schema, stack).program
    cache.put(key, packed_program(program))
    return program


def read_library(files: tuple[PolicyFile, ...], schema: FactSchema, stack: Stack) -> "Library":
    """The policies as they are written, checked, compiled and with their examples run.

    Raises:
        InvalidInput: anything is wrong with a policy; all of it is named.
    """
    from procureguard.guard.library import load_library  # noqa: PLC0415 - a cached program needs no parser

    return load_library(files, schema, stack)


def refuse(problems: list[Diagnostic]) -> None:
    """Ends the loading if there is an error among the problems.

    Raises:
        InvalidInput: there is one; all problems are named.
    """
    if any(problem.severity == "error" for problem in problems):
        raise InvalidInput(problems)


def _key(files: tuple[PolicyFile, ...], organisation: Organisation) -> str:
    """What a program depends on besides this program itself: the files, and what the organisation changes.

    An organisation's own capabilities are no part of it: programs compare ids, whatever the taxonomy says of them.
    """
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.name}\0{len(file.content)}\0".encode())
        digest.update(file.content)
    own = organisation.changes, organisation.packs, organisation.extension_schema
    digest.update(repr(own).encode())
    return digest.hexdigest()
