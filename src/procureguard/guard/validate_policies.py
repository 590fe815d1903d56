"""Validation of policy files, with the definitions they need and their examples."""

from collections.abc import Mapping
from pathlib import Path

from procureguard.capabilities import shipped_taxonomy
from procureguard.compile.python import compile_policies
from procureguard.examples import check_examples
from procureguard.facts.derived import shipped_schema
from procureguard.facts.schema import FactType
from procureguard.guard.files import policies_in, read_file
from procureguard.guard.policy_files import whole
from procureguard.policy.load import load_policies
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Document
from procureguard.source.kind import kind_of
from procureguard.source.shipped import shipped
from procureguard.stack.organisation import load_organisation
from procureguard.stack.stack import Stack
from procureguard.stack.vendors import Catalogue


def validate_policies(documents: list[Document], own: Mapping[str, FactType], problems: list[Diagnostic]) -> None:
    """Policies need their definitions: those of the folder `policies` they lie in, or the shipped ones."""
    schema = shipped_schema().with_types(own)
    organisation = load_organisation(None, problems)
    assert organisation is not None
    named = {document.source.name: document for document in documents}
    everything = {**companions(documents), **named}
    found: list[Diagnostic] = []
    loaded = load_policies(list(everything.values()), schema, organisation, found)
    stack = Stack(Catalogue.of(), None, organisation, shipped_taxonomy())
    check_examples(compile_policies(loaded), loaded, schema, stack, found)
    problems.extend(problem for problem in found if problem.name in named)


def companions(documents: list[Document]) -> Mapping[str, Document]:
    """The other files of their policy set, by name, with the shipped definitions where there are none of their own."""
    paths = [Path(document.source.name) for document in documents]
    themselves = {path.resolve() for path in paths}
    sets = sorted({whole(folder) for folder in {path.parent for path in paths}})
    read = _read_all([path for found in sets for path in policies_in(found) if path.resolve() not in themselves])
    if not any(kind_of(document) == "definitions" for document in [*read.values(), *documents]):
        shipped_ones = _read_all(list(policies_in(shipped("policies"))))
        read |= {name: document for name, document in shipped_ones.items() if kind_of(document) != "policy"}
    return read


def _read_all(paths: list[Path]) -> dict[str, Document]:
    read = {str(path): read_file(path, []) for path in paths}
    return {name: document for name, document in read.items() if document is not None}
