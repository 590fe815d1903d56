"""Validation of policy files, with the definitions they need and their examples."""

from collections.abc import Mapping
from pathlib import Path

from procureguard.capabilities import shipped_taxonomy
from procureguard.compile.python import compile_policies
from procureguard.examples import check_examples
from procureguard.facts.derived import shipped_schema
from procureguard.facts.schema import FactType
from procureguard.guard.files import policies_in, read_file
from procureguard.guard.policy_files import policy_files, whole
from procureguard.policy.load import load_policies
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Document
from procureguard.source.kind import kind_of
from procureguard.source.read import read_document
from procureguard.stack.organisation import load_organisation
from procureguard.stack.stack import Stack
from procureguard.stack.vendors import Catalogue


def validate_policies(
    documents: list[Document], own: Mapping[str, FactType], shared: str, problems: list[Diagnostic]
) -> None:
    """Policies need their definitions: those of the folder `policies` they lie in, or those that all share.

    Raises:
        InvalidInput: those that all share cannot be read.
    """
    schema = shipped_schema().with_types(own)
    organisation = load_organisation(None, problems)
    assert organisation is not None
    named = {document.source.name: document for document in documents}
    everything = {**companions(documents, shared), **named}
    found: list[Diagnostic] = []
    loaded = load_policies(list(everything.values()), schema, organisation, found)
    stack = Stack(Catalogue.of(), None, organisation, shipped_taxonomy())
    check_examples(compile_policies(loaded), loaded, schema, stack, found)
    problems.extend(problem for problem in found if problem.name in named)


def companions(documents: list[Document], shared: str) -> Mapping[str, Document]:
    """The other files of their policy set, by name, with the definitions all share where there are none of their own.

    Raises:
        InvalidInput: a file cannot be read.
    """
    paths = [Path(document.source.name) for document in documents]
    themselves = {path.resolve() for path in paths}
    sets = sorted({whole(folder) for folder in {path.parent for path in paths}})
    read = _read_all([path for found in sets for path in policies_in(found) if path.resolve() not in themselves])
    if not any(kind_of(document) == "definitions" for document in [*read.values(), *documents]):
        around = (read_document(file.name, file.content, []) for file in policy_files([shared]))
        read |= {found.source.name: found for found in around if found is not None and kind_of(found) != "policy"}
    return read


def _read_all(paths: list[Path]) -> dict[str, Document]:
    read = {str(path): read_file(path, []) for path in paths}
    return {name: document for name, document in read.items() if document is not None}
