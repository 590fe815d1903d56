"""The packs there are to choose from, without compiling their policies."""

from collections.abc import Iterable

from procureguard.guard.policies import refuse
from procureguard.guard.policy_files import policy_files
from procureguard.policy.model import Pack
from procureguard.policy.packs import load_packs
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.kind import kind_of
from procureguard.source.read import read_document


def packs_in(folders: Iterable[str]) -> tuple[Pack, ...]:
    """The packs of folders of policies, by id.

    Raises:
        InvalidInput: a folder is not there, or the manifest of a pack is not valid; everything wrong is named.
    """
    problems: list[Diagnostic] = []
    read = [read_document(file.name, file.content, []) for file in policy_files(folders)]
    manifests = [document for document in read if document is not None and kind_of(document) == "pack"]
    packs = load_packs(manifests, problems)
    refuse(problems)
    return tuple(sorted(packs.values(), key=lambda pack: pack.identity))
