"""The policies as they are written, and the program they compile to."""

from dataclasses import dataclass, replace
from pathlib import PurePath

from procureguard.capabilities import shipped_taxonomy
from procureguard.compile.program import Program
from procureguard.compile.python import compile_policies
from procureguard.examples import ExampleResult, check_examples
from procureguard.facts.schema import FactSchema
from procureguard.guard.policy_files import SHIPPED, PolicyFile
from procureguard.policy.load import load_policies
from procureguard.policy.written import WrittenPolicies
from procureguard.source.diagnostic import Diagnostic, InvalidInput
from procureguard.source.document import Document
from procureguard.source.kind import kind_of
from procureguard.source.read import read_document
from procureguard.stack.organisation import Organisation, load_organisation
from procureguard.stack.stack import Stack

BESIDE_POLICIES = frozenset({"definitions", "pack", "form"})
"""Kinds of file that decide nothing on their own: with these alone every purchase would be approved."""


@dataclass(frozen=True, slots=True)
class Library:
    """A policy set as it is written, its program, and what came out of its examples."""

    written: WrittenPolicies
    program: Program
    examples: tuple[ExampleResult, ...]


def load_library(files: tuple[PolicyFile, ...], schema: FactSchema, stack: Stack) -> Library:
    """Reads, checks and compiles a policy set and runs its examples.

    Raises:
        InvalidInput: anything is wrong with a file or an example; all of it is named.
    """
    problems: list[Diagnostic] = []
    documents = read_policies(files, problems)
    written = load_written(documents, schema, stack.organisation, problems)
    program = compile_policies(written)
    return Library(written, program, _examples(written, program, documents, schema, stack))


def read_policies(files: tuple[PolicyFile, ...], problems: list[Diagnostic]) -> list[Document]:
    """The documents of a policy set; everything wrong with a file is added."""
    read = (read_document(file.name, file.content, problems) for file in files)
    return [document for document in read if document is not None]


def load_written(
    documents: list[Document], schema: FactSchema, organisation: Organisation, problems: list[Diagnostic]
) -> WrittenPolicies:
    """The policies as they are written, with the organisation's changes; examples are not run.

    Raises:
        InvalidInput: anything is wrong with a file, and all of it is named; or nothing is, and there is no policy.
    """
    written = load_policies(documents, schema, organisation, problems)
    if any(problem.severity == "error" for problem in problems):
        raise InvalidInput(problems)
    if all(kind_of(document) in BESIDE_POLICIES for document in documents):
        hint = f"add a policy, or name `{SHIPPED}` for those that come with procureguard"
        folders = " ".join(sorted({str(PurePath(document.source.name).parent) for document in documents})) or "policies"
        raise InvalidInput([Diagnostic("PG100", "error", "no policy was found here", name=folders, hint=hint)])
    return written


def _examples(
    written: WrittenPolicies, program: Program, documents: list[Document], schema: FactSchema, stack: Stack
) -> tuple[ExampleResult, ...]:
    """The examples of policies as they are written: what an organisation changes is not theirs to answer for."""
    problems: list[Diagnostic] = []
    nobody = load_organisation(None, problems)
    assert nobody is not None
    in_use = {policy.identity for policy in written.policies.policies}
    if stack.organisation.overrides:
        written = load_written(documents, schema, nobody, problems)
        program = compile_policies(written)
    theirs = replace(stack, organisation=nobody, taxonomy=shipped_taxonomy())
    results = check_examples(program, written, schema, theirs, problems)
    if problems:
        raise InvalidInput(problems)
    return tuple(result for result in results if result.written.policy.identity in in_use)
