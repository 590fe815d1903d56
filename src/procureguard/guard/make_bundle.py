"""Making one file of a folder of policies, if they are right."""

from pathlib import Path, PurePath
from typing import NamedTuple

from procureguard.capabilities import shipped_taxonomy
from procureguard.facts.derived import shipped_schema
from procureguard.guard.bundle import MOST_FILES, MOST_PACKED_BYTES, Bundle, read_bundle, written_bundle
from procureguard.guard.files import is_file
from procureguard.guard.library import load_library
from procureguard.guard.own_types import own_types
from procureguard.guard.policy_files import SHIPPED, PolicyFile, beside, is_fetched, policy_files, stands_alone
from procureguard.guard.stack_files import FileName, organisation_of
from procureguard.source.diagnostic import Diagnostic, InvalidInput
from procureguard.source.shipped import shipped
from procureguard.stack.organisation import load_organisation
from procureguard.stack.stack import Stack
from procureguard.stack.vendors import Catalogue

NAME_A_FOLDER = "name the folder of policies"


class Made(NamedTuple):
    """An archive, what is in it, and how many policies that are."""

    content: bytes
    bundle: Bundle
    policies: int


def make_bundle(folder: str, organisation: FileName | None) -> Made:
    """The archive of a folder of policies: a whole policy set, so the shipped ones too where it stands beside them.

    Of the organisation, only its own facts matter: what it changes of policies is changed where they are used.

    Raises:
        InvalidInput: anything is wrong with a policy, or there are too many to be fetched again.
    """
    root = shipped("policies") if folder == SHIPPED else Path(folder)
    if is_file(root) or is_fetched(folder):
        raise InvalidInput([Diagnostic("PG100", "error", "this is no folder", name=folder, hint=NAME_A_FOLDER)])
    own = policy_files([folder])
    shared = () if stands_alone(file.content for file in own) else policy_files([SHIPPED])
    files = {_path(file, root): file for file in beside(shared, own)}
    problems: list[Diagnostic] = []
    schema = shipped_schema().with_types(own_types(organisation_of(organisation, problems), problems))
    nobody = load_organisation(None, problems)
    assert nobody is not None
    library = load_library(tuple(files.values()), schema, Stack(Catalogue.of(), None, nobody, shipped_taxonomy()))
    bundle = Bundle({path: file.content for path, file in files.items()})
    content = written_bundle(bundle)
    if len(bundle.files) > MOST_FILES or len(content) > MOST_PACKED_BYTES:
        message = f"a pack holds at most {MOST_FILES:,} files and {MOST_PACKED_BYTES:,} bytes"
        raise InvalidInput([Diagnostic("PG102", "error", message, name=folder, hint="make several packs")])
    return Made(content, read_bundle(folder, content), len(library.written.policies.policies))


def _path(file: PolicyFile, root: Path) -> str:
    """Where a file lies in the archive: as in its folder, the shipped ones in one of their own."""
    path = PurePath(file.name)
    if path.is_relative_to(root):
        return path.relative_to(root).as_posix()
    return (SHIPPED / path.relative_to(shipped("policies"))).as_posix()
