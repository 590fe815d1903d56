"""Linting of policy files, with the definitions they need."""

from collections.abc import Iterable, Iterator
from datetime import date
from os import PathLike
from typing import NamedTuple

from procureguard.analysis.one_of_each import one_of_each
from procureguard.analysis.quick_answers import QuickForm
from procureguard.analysis.silence import lint_silence
from procureguard.capabilities import shipped_taxonomy
from procureguard.compile.python import compile_policies
from procureguard.examples import REGISTERS, thresholds
from procureguard.facts.derived import shipped_schema
from procureguard.facts.fact import Fact
from procureguard.facts.schema import FactSchema
from procureguard.guard.own_types import own_types
from procureguard.guard.policies import refuse
from procureguard.guard.policy_files import policy_files, shared_policies
from procureguard.guard.stack_files import organisation_of
from procureguard.guard.validate_policies import companions
from procureguard.policy.lint import lint
from procureguard.policy.load import load_policies
from procureguard.policy.written import WrittenPolicies
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.read import read_document
from procureguard.stack.organisation import load_organisation
from procureguard.stack.stack import Stack
from procureguard.stack.vendors import Catalogue

NO_VENDORS = ("organisation.banned_vendors", "organisation.sanctioned_vendors")
"""Lists that are registers too; here they are supplied and empty."""


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
    owner = organisation_of(organisation, problems)
    schema = shipped_schema().with_types(own_types(owner, problems))
    nobody = load_organisation(None, problems)
    assert nobody is not None
    read = [read_document(file.name, file.content, problems) for file in policy_files(folders)]
    documents = [document for document in read if document is not None]
    named = {document.source.name: document for document in documents}
    loaded = load_policies(
        list({**companions(documents, shared_policies(owner)), **named}.values()), schema, nobody, problems
    )
    refuse(problems)
    policies = sum(written.document.source.name in named for written in loaded.written)
    found = [
        *lint(loaded, as_of),
        *_loud(loaded, schema, Stack(Catalogue.of(), None, nobody, shipped_taxonomy()), as_of),
    ]
    return Linted(policies, tuple(warning for warning in found if warning.name in named))


def _loud(policies: WrittenPolicies, schema: FactSchema, stack: Stack, as_of: date) -> Iterator[Diagnostic]:
    """PG417: what stays open in the lowest tier, by the form that stands among the policies."""
    if policies.form is None:
        return
    lists = {path: Fact(path, (), "it") for path in NO_VENDORS}
    definitions = {found.name: found for found in policies.definitions}
    known = {**thresholds(stack, schema), **lists}
    registers = one_of_each(stack.taxonomy, REGISTERS, known["organisation.currency"].value, as_of)
    form = QuickForm(policies.form, definitions, schema, known, registers, as_of)
    yield from lint_silence(form, policies, compile_policies(policies))
