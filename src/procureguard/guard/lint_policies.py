"""Linting of policy files, with the definitions they need."""

from collections.abc import Iterable
from datetime import date
from os import PathLike
from typing import NamedTuple

from procureguard.facts.derived import shipped_schema
from procureguard.guard.policies import own_types, refuse
from procureguard.guard.policy_files import policy_files
from procureguard.guard.stack_files import organisation_of
from procureguard.guard.validate_policies import companions
from procureguard.policy.lint import lint
from procureguard.policy.load import load_policies
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.read import read_document
from procureguard.stack.organisation import load_organisation


class Linted(NamedTuple):
    """How many policies were looked at, and what could be better about them and the files beside them."""

    policies: int
    warnings: tuple[Diagnostic, ...]


def lint_policies(
    folders: Iterable[str | PathLike[str]], organisation: str | PathLike[str] | None, as_of: date
) -> Linted:
    """What could be better about the policies of these folders; of the organisation, only its own facts matter here.

    Examples are not run, and what an organisation changes is not theirs to answer for.

    Raises:
        InvalidInput: anything is wrong with a file; all of it is named.
    """
    problems: list[Diagnostic] = []
    schema = shipped_schema().with_types(own_types(organisation_of(organisation, problems), problems))
    nobody = load_organisation(None, problems)
    assert nobody is not None
    read = [read_document(file.name, file.content, problems) for file in policy_files(folders)]
    documents = [document for document in read if document is not None]
    named = {document.source.name: document for document in documents}
    loaded = load_policies(list({**companions(documents), **named}.values()), schema, nobody, problems)
    refuse(problems)
    policies = sum(written.document.source.name in named for written in loaded.written)
    return Linted(policies, tuple(found for found in lint(loaded, as_of) if found.name in named))
