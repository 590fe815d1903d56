"""The guard: policies and stack loaded once, any number of purchases checked against them."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from os import PathLike
from pathlib import Path
from typing import Any

from procureguard.alternatives import owned_tools
from procureguard.capabilities import shipped_taxonomy
from procureguard.compile import Program, compile_policies
from procureguard.evaluate import Evaluation, evaluate
from procureguard.examples import ExampleResult, check_examples
from procureguard.facts import (
    Facts,
    FactSchema,
    check_extension,
    check_values,
    extension_types,
    gather,
    references,
    shipped_schema,
)
from procureguard.guard.files import policies_in, read_file
from procureguard.policy import PolicySet, load_policies
from procureguard.purchase import Purchase, load_purchase
from procureguard.questions import questions
from procureguard.report import Report, Subject, Words, build_report
from procureguard.settle import settled_verdict
from procureguard.source import (
    Block,
    Diagnostic,
    Document,
    InvalidInput,
    did_you_mean,
    kind_of,
    read_document,
    shipped,
)
from procureguard.stack import (
    Inventory,
    Organisation,
    Stack,
    VendorManifest,
    collect_vendors,
    load_inventory,
    load_organisation,
    load_vendor,
)
from procureguard.upcoming import upcoming_changes
from procureguard.version import __version__

TOOL_IDS = frozenset({"tool id", "tool ids"})
"""Units of facts that name owned tools."""

SHIPPED = "shipped"
"""The name of the policies that come with the package."""

BESIDE_POLICIES = frozenset({"definitions", "pack"})
"""Kinds of file that decide nothing on their own: with these alone every purchase would be approved."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A report, what was odd about the files, and where the documents that it names lie."""

    report: Report
    diagnostics: tuple[Diagnostic, ...]
    files: Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Guard:
    """Everything a check needs but the purchase; it holds no clock and no state, and may be shared between threads."""

    schema: FactSchema
    stack: Stack
    program: Program
    examples: tuple[ExampleResult, ...]

    @classmethod
    def load(
        cls,
        policies: str | PathLike[str] | Sequence[str | PathLike[str]] = SHIPPED,
        inventory: str | PathLike[str] | None = None,
        organisation: str | PathLike[str] | None = None,
        vendors: Iterable[str | PathLike[str]] = (),
    ) -> "Guard":
        """Loads policies (folders; `shipped` names those that come with the package) and the stack (files).

        Raises:
            InvalidInput: anything is wrong with any of the files; all of it is named.
        """
        problems: list[Diagnostic] = []
        owner = _load_organisation(organisation, problems)
        stack = _load_stack(owner, inventory, vendors, problems)
        schema = shipped_schema().with_types(extension_types(owner, problems))
        _check_stack(stack, schema, problems)
        folders = [policies] if isinstance(policies, str | PathLike) else policies
        documents = _policy_documents(folders, problems)
        program = compile_policies(_policies(documents, schema, owner, problems))
        examples = _examples(program, documents, schema, stack, problems)
        return cls(schema, stack, program, examples)

    @property
    def policies(self) -> PolicySet:
        """The policies in use."""
        return self.program.policies

    def check(self, purchase: str | PathLike[str] | Mapping[str, Any], as_of: date | None = None) -> Report:
        """The report on a purchase, a file or plain data, on a day (today where none is given).

        Raises:
            InvalidInput: the purchase is not a valid one; everything wrong with it is named.
        """
        problems: list[Diagnostic] = []
        document = _purchase_document(purchase, problems)
        if document is None:
            raise InvalidInput(problems)
        return self.answer(document, as_of or date.today()).report  # noqa: DTZ011 - the day where the user is

    def answer(self, document: Document, as_of: date) -> Answer:
        """The report on the purchase a document describes, with warnings and the places of the files.

        Raises:
            InvalidInput: the document is no valid purchase; everything wrong with it is named.
        """
        problems: list[Diagnostic] = []
        purchase = self._valid(document, problems)
        facts = gather(purchase, self.stack, self.schema, as_of)
        report = self._report(purchase, facts, evaluate(facts, self.program))
        return Answer(report, tuple(problems), self._files(document, report))

    def facts(self, document: Document, as_of: date) -> Facts:
        """The facts of the purchase a document describes, on a day.

        Raises:
            InvalidInput: the document is no valid purchase; everything wrong with it is named.
        """
        return gather(self._valid(document, []), self.stack, self.schema, as_of)

    def _valid(self, document: Document, problems: list[Diagnostic]) -> Purchase:
        purchase = load_purchase(document, problems)
        if purchase is None:
            raise InvalidInput(problems)
        self.check_purchase(purchase, problems)
        _refuse(problems)
        return purchase

    def check_purchase(self, purchase: Purchase, problems: list[Diagnostic]) -> None:
        """Checks what a schema cannot: capabilities, money, own facts, and references to vendor manifests."""
        blocks = list(purchase.blocks())
        check_values(purchase.document, blocks, self.schema, self.stack.taxonomy, problems)
        for block in blocks:
            if block.section == "ext":
                check_extension(purchase.document, self.stack.organisation, problems)
        self._check_tools(purchase.document, blocks, problems)
        vendor, product, plan = (purchase.text("product", name) for name in ("vendor", "id", "plan"))
        misnamed = self.stack.catalogue.misnamed(vendor, product, plan)
        if misnamed is not None:
            path, word, hint = misnamed
            span = purchase.document.value_span(f"/{path.replace('.', '/')}")
            what = "product" if path == "product.id" else "plan"
            message = f"the vendor manifest of `{vendor}` has no {what} `{word}`"
            problems.append(Diagnostic.warning("PG222", message, purchase.document.source, span, hint))

    def _check_tools(self, document: Document, blocks: list[Block], problems: list[Diagnostic]) -> None:
        """Tools are named by the ids of the inventory; another word is most likely a slip."""
        inventory = self.stack.inventory
        if inventory is None:
            return
        known = [tool.identity for tool in inventory.tools]
        for pointer, word in references(blocks, self.schema, TOOL_IDS):
            if word not in known:
                span = document.value_span(pointer)
                message = f"the inventory has no tool `{word}`"
                problems.append(Diagnostic.warning("PG222", message, document.source, span, did_you_mean(word, known)))

    def _report(self, purchase: Purchase, facts: Facts, evaluation: Evaluation) -> Report:
        words = Words(facts, self.schema, self.stack.names())
        settled = settled_verdict(facts, evaluation, self.program, self.schema)
        subject = Subject(
            purchase.identity,
            words,
            evaluation,
            settled,
            upcoming_changes(facts, self.program),
            () if settled else questions(evaluation, self.policies, self.schema, words),
            owned_tools(facts, self.stack, self.schema, self.program),
            self.stack.organisation.preset_name,
            self._digests(purchase.document),
        )
        return build_report(subject, self.policies, self.schema, self.stack.taxonomy, __version__)

    def _digests(self, document: Document) -> dict[str, str]:
        stack = self.stack
        vendors = [manifest.document.source.text for _, manifest in sorted(stack.catalogue.vendors.items())]
        texts = {
            "purchase": document.source.text,
            "policies": self.policies.digest,
            "preset": stack.organisation.preset.source.text,
            "vendors": json.dumps(vendors),
        }
        if stack.organisation.document is not None:
            texts["organisation"] = stack.organisation.document.source.text
        if stack.inventory is not None and stack.inventory.document is not None:
            texts["inventory"] = stack.inventory.document.source.text
        return {role: hashlib.sha256(text.encode()).hexdigest() for role, text in texts.items()}

    def _files(self, document: Document, report: Report) -> dict[tuple[str, str], str]:
        stack = self.stack
        files = {("vendor", name): manifest.document for name, manifest in stack.catalogue.vendors.items()}
        files |= {("policy", policy.identity): policy.document for policy in self.policies.policies}
        files["purchase", report.purchase.id] = document
        if stack.organisation.document is not None:
            files["organisation", "organisation"] = stack.organisation.document
        if stack.inventory is not None and stack.inventory.document is not None:
            files["inventory", "inventory"] = stack.inventory.document
        return {key: found.source.name for key, found in files.items()}


def _load_organisation(name: str | PathLike[str] | None, problems: list[Diagnostic]) -> Organisation:
    document = read_file(Path(name), problems) if name is not None else None
    loaded = load_organisation(document, problems) if name is None or document is not None else None
    if loaded is None:
        raise InvalidInput(problems)
    return loaded


def _load_stack(
    organisation: Organisation,
    inventory: str | PathLike[str] | None,
    vendors: Iterable[str | PathLike[str]],
    problems: list[Diagnostic],
) -> Stack:
    owned = _load_inventory(Path(inventory), problems) if inventory is not None else None
    manifests = (_load_vendor(Path(name), problems) for name in vendors)
    catalogue = collect_vendors([manifest for manifest in manifests if manifest is not None], problems)
    return Stack(catalogue, owned, organisation, shipped_taxonomy())


def _load_inventory(path: Path, problems: list[Diagnostic]) -> Inventory | None:
    document = read_file(path, problems)
    return None if document is None else load_inventory(document, problems)


def _load_vendor(path: Path, problems: list[Diagnostic]) -> VendorManifest | None:
    document = read_file(path, problems)
    return None if document is None else load_vendor(document, problems)


def _check_stack(stack: Stack, schema: FactSchema, problems: list[Diagnostic]) -> None:
    for manifest in stack.catalogue.vendors.values():
        check_values(manifest.document, manifest.all_blocks(), schema, stack.taxonomy, problems)
    if stack.organisation.document is not None:
        check_values(stack.organisation.document, stack.organisation.blocks(), schema, stack.taxonomy, problems)
    if stack.inventory is not None and stack.inventory.document is not None:
        check_values(stack.inventory.document, stack.inventory.blocks(), schema, stack.taxonomy, problems)


def _policy_documents(folders: Sequence[str | PathLike[str]], problems: list[Diagnostic]) -> list[Document]:
    documents = []
    for folder in folders:
        path = shipped("policies") if folder == SHIPPED else Path(folder)
        if not path.exists():
            hint = f"name a folder of policies, or `{SHIPPED}` for those that come with procureguard"
            raise InvalidInput([Diagnostic("PG100", "error", "there is no such folder", name=str(folder), hint=hint)])
        files = policies_in(path) if path.is_dir() else [path]
        documents += [document for file in files if (document := read_file(file, problems)) is not None]
    if not problems and all(kind_of(document) in BESIDE_POLICIES for document in documents):
        hint = f"add a policy, or name `{SHIPPED}` for those that come with procureguard"
        name = " ".join(str(folder) for folder in folders)
        raise InvalidInput([Diagnostic("PG100", "error", "no policy was found here", name=name, hint=hint)])
    return documents


def _policies(
    documents: list[Document], schema: FactSchema, owner: Organisation, problems: list[Diagnostic]
) -> PolicySet:
    loaded = load_policies(documents, schema, owner, problems)
    _refuse(problems)
    return loaded


def _examples(
    program: Program, documents: list[Document], schema: FactSchema, stack: Stack, problems: list[Diagnostic]
) -> tuple[ExampleResult, ...]:
    """The examples of policies as they are written: what an organisation changes is not theirs to answer for."""
    nobody = load_organisation(None, problems)
    assert nobody is not None
    as_written = program
    if stack.organisation.overrides:
        as_written = compile_policies(_policies(documents, schema, nobody, problems))
    results = check_examples(as_written, schema, replace(stack, organisation=nobody), problems)
    _refuse(problems)
    return results


def _purchase_document(
    purchase: str | PathLike[str] | Mapping[str, Any], problems: list[Diagnostic]
) -> Document | None:
    if isinstance(purchase, Mapping):
        return read_document("purchase.json", json.dumps(purchase).encode(), problems)
    return read_file(Path(purchase), problems)


def _refuse(problems: list[Diagnostic]) -> None:
    if any(problem.severity == "error" for problem in problems):
        raise InvalidInput(problems)
