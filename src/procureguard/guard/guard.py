"""The guard: policies and stack loaded once, any number of purchases checked against them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from procureguard.alternatives.judge import Judge
from procureguard.alternatives.need import Need
from procureguard.alternatives.suggest import suggest
from procureguard.changes.suggest import suggest_ways
from procureguard.changes.way import Ways
from procureguard.compile.program import Program
from procureguard.evaluate import Evaluation, evaluate
from procureguard.facts.check import check_values, references
from procureguard.facts.derived import shipped_schema
from procureguard.facts.gather import Facts, gather
from procureguard.facts.schema import FactSchema
from procureguard.guard.cache import NO_CACHE, Cache
from procureguard.guard.files import is_file, read_file
from procureguard.guard.identity import check_identity
from procureguard.guard.own_types import own_types
from procureguard.guard.plain_data import document_of
from procureguard.guard.policies import compiled, read_library, refuse
from procureguard.guard.policy_files import PolicyFile, policy_files, shared_policies
from procureguard.guard.provenance import digests, files_around
from procureguard.guard.stack_files import StackFiles, organisation_of, stack_of
from procureguard.policy.model import PolicySet
from procureguard.purchase import UNNAMED, Purchase, load_purchase
from procureguard.questions.asking import NO_QUESTIONS, Mode, questions
from procureguard.remarks import remarks
from procureguard.report.build import Subject, build_report
from procureguard.report.contract import Report, ReportedAlternative
from procureguard.report.words import Words
from procureguard.settle import settled_verdict
from procureguard.source.diagnostic import Diagnostic, InvalidInput, did_you_mean
from procureguard.source.document import Document
from procureguard.source.origin import Origin
from procureguard.source.stated import Block
from procureguard.stack.organisation import Organisation
from procureguard.stack.stack import Stack
from procureguard.upcoming import upcoming_changes
from procureguard.version import __version__

if TYPE_CHECKING:
    from procureguard.guard.decider import Decider
    from procureguard.guard.library import Library
    from procureguard.guard.settings import Setting
    from procureguard.report.question_contract import QuestionSheet
    from procureguard.report.vendor_contract import VendorReport
    from procureguard.report.what_if_contract import WhatIfReport

TOOL_IDS = frozenset({"tool id", "tool ids"})
"""Units of facts that name owned tools."""


class Answer(NamedTuple):
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
    files: tuple[PolicyFile, ...]

    @classmethod
    def load(  # noqa: PLR0913, PLR0917 - the files of a check, each by its name
        cls,
        policies: str | PathLike[str] | Sequence[str | PathLike[str]] | None = None,
        inventory: str | PathLike[str] | None = None,
        organisation: str | PathLike[str] | None = None,
        vendors: Iterable[str | PathLike[str]] = (),
        requests: Iterable[str | PathLike[str]] | None = None,
        decisions: str | PathLike[str] | None = None,
        card_payments: str | PathLike[str] | None = None,
        cache: Cache | None = None,
    ) -> "Guard":
        """Loads policies (folders; `shipped` names those that come with the package) and the stack (files).

        Without policies, those of the source that the organisation names, fetched before into the cache given or else
        the user's; the shipped ones where it names none. Nothing is fetched now.

        `requests` are the purchases that others have open; None where nobody has listed them. `decisions` is the log
        of what was decided before, `card_payments` what was paid by card or expense claim. With a cache, what was read
        and compiled before is not read again.

        Raises:
            InvalidInput: anything is wrong with any of the files; all of it is named.
        """
        problems: list[Diagnostic] = []
        owner = organisation_of(organisation, problems)
        schema = shipped_schema().with_types(own_types(owner, problems))
        asked = None if requests is None else tuple(requests)
        named = StackFiles(inventory, tuple(vendors), asked, decisions, card_payments)
        kept = cache or NO_CACHE
        stack = stack_of(owner, named, schema, kept, problems)
        try:
            files = _policy_files(policies, owner, kept)
            program = compiled(files, schema, stack, kept)
        except InvalidInput as error:
            raise InvalidInput([*problems, *error.diagnostics]) from None
        refuse(problems)
        return cls(schema, stack, program, files)

    def library(self) -> "Library":
        """The policies as they are written, with the results of their examples; always read afresh."""
        return read_library(self.files, self.schema, self.stack)

    def decider(self) -> "Decider":
        """What decides many purchases fast, without reports."""
        from procureguard.guard.decider import Decider  # noqa: PLC0415 - for those who decide thousands

        library = self.library()
        return Decider(library.written, library.program, self.schema, self.stack)

    @property
    def policies(self) -> PolicySet:
        """The policies in use."""
        return self.program.policies

    def check(
        self,
        purchase: str | PathLike[str] | Mapping[str, Any],
        as_of: date | None = None,
        settings: Mapping[str, Any] | None = None,
    ) -> Report:
        """The report on a purchase, a file or plain data, on a day (today where none is given).

        Settings replace what the purchase itself says of a fact, by its path: `{"contract.dpa": "signed"}`. What a
        stronger source says still counts.

        Raises:
            InvalidInput: the purchase is not a valid one, or a setting is none; everything wrong with it is named.
        """
        found = self._settings(settings) if settings else ()
        document = _whole(purchase)
        return self.answer(document, as_of or date.today(), found).report  # noqa: DTZ011 - the day where the user is

    def questions(
        self,
        purchase: str | PathLike[str] | Mapping[str, Any],
        mode: Mode = "best_case",
        as_of: date | None = None,
    ) -> "QuestionSheet":
        """What to ask about a purchase, a file or plain data, while it is not decided (law 9).

        `best_case` are the fewest answers that can already reach the best verdict, `send_once` enough to settle the
        verdict whatever they are, `next` the one that decides most. The day is today where none is given.

        Raises:
            InvalidInput: the purchase is not a valid one; everything wrong with it is named.
        """
        from procureguard.guard.asked import asked_about  # noqa: PLC0415 - a check has its questions in the report

        day = as_of or date.today()  # noqa: DTZ011 - the day where the user is
        return asked_about(self, _whole(purchase), mode, day)

    def compare(
        self,
        purchase: str | PathLike[str] | Mapping[str, Any],
        candidates: Sequence[str | PathLike[str]],
        as_of: date | None = None,
    ) -> tuple[ReportedAlternative, ...]:
        """Tools, plans and purchases compared for the need of a purchase, best first.

        A candidate is the id of an owned tool, a vendor, `vendor/product` or `vendor/product/plan` of a vendor
        manifest, or a purchase file.

        Raises:
            InvalidInput: a purchase is no valid one or does not say what is needed, or a candidate is nothing known.
        """
        from procureguard.guard.compare import Proposed, compare_candidates  # noqa: PLC0415 - no check needs it

        day = as_of or date.today()  # noqa: DTZ011 - the day where the user is
        named = [
            Proposed(identity_of_purchase(document), self.facts(document, day))
            if (document := _whole(found) if is_file(found) else None) is not None
            else str(found)
            for found in candidates
        ]
        return compare_candidates(self._judge(_whole(purchase), day), named)

    def what_if(
        self,
        purchase: str | PathLike[str] | Mapping[str, Any],
        as_of: date | None = None,
        settings: Mapping[str, Any] | None = None,
        *,
        locked: Iterable[str] = (),
        most_changes: int | None = None,
        prove: bool = False,
    ) -> "WhatIfReport":
        """The smallest changes that make the answer to a purchase better, and what comes of settings by the way.

        Settings state facts anew, as in `check`. Facts that are locked stay as they are; no way has more changes than
        `most_changes`. With `prove` a solver proves within a few seconds that nothing smaller does it, or finds it.

        Raises:
            InvalidInput: the purchase is not a valid one, a setting is none, or there is no such fact to lock;
                everything wrong is named.
            SolverMissing: something is to be proved, and z3 is not installed.
        """
        from procureguard.guard.what_if import Asked, look  # noqa: PLC0415 - no check needs it

        found = self._settings(settings) if settings else ()
        day = as_of or date.today()  # noqa: DTZ011 - the day where the user is
        kept = (locked,) if isinstance(locked, str) else tuple(locked)
        looked = look(self, _whole(purchase), day, Asked(found, kept, most_changes))
        if not prove:
            return looked.report()
        from procureguard.guard.proving import proved  # noqa: PLC0415 - few ask for a proof

        return proved(looked)

    def _judge(self, purchase: Document, as_of: date) -> Judge:
        facts = self.facts(purchase, as_of)
        need = Need.of(facts)
        if need is None:
            message, hint = "the purchase does not say what is needed", "list it as `request.capabilities`"
            span = purchase.value_span("/request")
            raise InvalidInput([Diagnostic.error("PG233", message, purchase.source, span, hint)])
        return Judge(need, facts, self.stack, self.schema, self.program)

    def _settings(self, values: Mapping[str, Any]) -> tuple["Setting", ...]:
        from procureguard.guard.settings import check_settings, settings_of  # noqa: PLC0415 - few checks have any

        found = settings_of(values)
        check_settings(found, self.schema, self.stack.taxonomy)
        return found

    def answer(
        self,
        document: Document,
        as_of: date,
        settings: Sequence["Setting"] = (),
        ways: Callable[[Facts, Evaluation, Stack, FactSchema, Program], Ways] = suggest_ways,
    ) -> Answer:
        """The report on the purchase a document describes, with warnings and the places of the files.

        Settings replace what the document says of a fact; they must have been checked. `ways` looks for ways on.

        Raises:
            InvalidInput: the document is no valid purchase; everything wrong with it is named.
        """
        problems: list[Diagnostic] = []
        text = document.source.text
        if settings:
            from procureguard.guard.settings import canonical, with_settings  # noqa: PLC0415 - few checks have any

            document, text = with_settings(document, settings), f"{text}\0{canonical(settings)}"
        purchase = self._valid(document, problems)
        facts = gather(purchase, self.stack, self.schema, as_of)
        evaluation = evaluate(facts, self.program)
        found = ways(facts, evaluation, self.stack, self.schema, self.program)
        report = self._report(purchase, facts, evaluation, found, text)
        files = files_around(self.stack, self.policies)
        return Answer(report, tuple(problems), {**files, ("purchase", report.purchase.id): document.source.name})

    def check_vendor(
        self, manifest: str | PathLike[str] | Mapping[str, Any], as_of: date | None = None
    ) -> "VendorReport":
        """The report on a vendor manifest, a file or plain data: what follows for each plan whatever is bought.

        It counts in place of a manifest of the same id that was loaded. The day is today where none is given.

        Raises:
            InvalidInput: the manifest is not a valid one; everything wrong with it is named.
        """
        from procureguard.guard.manifests import only_manifest, vendor_report  # noqa: PLC0415 - few look at vendors

        found, around = only_manifest(_whole(manifest, "vendor manifest"), self.stack, self.schema)
        day = as_of or date.today()  # noqa: DTZ011 - the day where the user is
        return vendor_report(found, around, self.schema, self.program, day)

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
        refuse(problems)
        return purchase

    def check_purchase(self, purchase: Purchase, problems: list[Diagnostic]) -> None:
        """Checks what a schema cannot: capabilities, money, own facts, and references to vendor manifests."""
        blocks = list(purchase.blocks())
        check_values(purchase.document, blocks, self.schema, self.stack.taxonomy, problems)
        for block in blocks:
            if block.section == "ext":
                from procureguard.facts.extension import check_extension  # noqa: PLC0415 - few purchases have any

                check_extension(purchase.document, self.stack.organisation, problems)
        self._check_tools(purchase.document, blocks, problems)
        check_identity(purchase, self.stack, problems)

    def _check_tools(self, document: Document, blocks: list[Block], problems: list[Diagnostic]) -> None:
        """Tools are named by the ids of the inventory; another word is most likely a slip."""
        inventory = self.stack.inventory
        if inventory is None:
            return
        known = inventory.identities
        for pointer, word in references(blocks, self.schema, TOOL_IDS):
            if word not in known:
                span = document.value_span(pointer)
                message = f"the inventory has no tool `{word}`"
                problems.append(Diagnostic.warning("PG222", message, document.source, span, did_you_mean(word, known)))

    def _report(self, purchase: Purchase, facts: Facts, evaluation: Evaluation, ways: Ways, text: str) -> Report:
        words = Words(facts, self.schema, self.stack.name_of)
        settled = settled_verdict(facts, evaluation, self.program, self.schema)
        subject = Subject(
            purchase.identity,
            words,
            evaluation,
            settled,
            upcoming_changes(facts, self.program),
            NO_QUESTIONS if settled else questions(facts, evaluation, self.program, self.schema, words),
            suggest(facts, evaluation, self.stack, self.schema, self.program),
            ways,
            tuple(remarks(facts, self.stack, self.policies)),
            self.stack.organisation.preset_name,
            digests("purchase", text, self.stack, self.policies),
        )
        return build_report(subject, self.policies, self.stack.taxonomy, __version__)


def _policy_files(
    named: str | PathLike[str] | Sequence[str | PathLike[str]] | None, owner: Organisation, cache: Cache
) -> tuple[PolicyFile, ...]:
    """The policies that are named, or else those that everybody in the organisation shares."""
    names = shared_policies(owner) if named is None else named
    return policy_files([names] if isinstance(names, str | PathLike) else names, cache)


def identity_of_purchase(document: Document) -> str:
    """What a report calls a purchase; one without a reference goes by what it says."""
    identity = Purchase(document).identity
    return identity if identity != UNNAMED else f"{UNNAMED} {Origin.of(document.source).digest[:8]}"


def _whole(given: str | PathLike[str] | Mapping[str, Any], what: str = "purchase") -> Document:
    problems: list[Diagnostic] = []
    document = document_of(given, problems, what) if isinstance(given, Mapping) else read_file(Path(given), problems)
    if document is None:
        raise InvalidInput(problems)
    return document
