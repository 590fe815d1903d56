"""Loading the stack: organisation, vendors and registers from the files that are named."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any, Protocol, TypeVar

from procureguard.capabilities import Taxonomy
from procureguard.facts.check import check_values
from procureguard.facts.check_registers import check_card_payments, check_decisions, check_words
from procureguard.facts.derived import shipped_schema
from procureguard.facts.schema import FactSchema, to_value
from procureguard.guard.cache import Cache
from procureguard.guard.files import MOST_REGISTER_BYTES, read_bytes, read_file
from procureguard.guard.own_types import own_types
from procureguard.guard.policies import refuse
from procureguard.source.diagnostic import Diagnostic, InvalidInput
from procureguard.source.document import Document
from procureguard.source.read import read_document
from procureguard.source.stated import Block, blocks_of
from procureguard.stack.card_payments import CardPayments, load_card_payments
from procureguard.stack.check_vendors import Manifested, collect_vendors
from procureguard.stack.decisions import DecisionLog, load_decisions
from procureguard.stack.inventory import Inventory, load_inventory
from procureguard.stack.organisation import Organisation, load_organisation
from procureguard.stack.own_capabilities import taxonomy_of
from procureguard.stack.requests import OpenRequest, load_request
from procureguard.stack.stack import Stack
from procureguard.stack.vendors import Catalogue, load_vendor

FileName = str | PathLike[str]


class _Register(Protocol):
    """What is read from one file and can be kept."""

    def to_bytes(self) -> bytes:
        """Everything of it."""


R = TypeVar("R", bound=_Register)


@dataclass(frozen=True, slots=True)
class StackFiles:
    """The files a stack is loaded from; None where a register is not supplied."""

    inventory: FileName | None = None
    vendors: Sequence[FileName] = ()
    requests: Sequence[FileName] | None = None
    decisions: FileName | None = None
    card_payments: FileName | None = None


def organisation_of(name: FileName | None, problems: list[Diagnostic]) -> Organisation:
    """The organisation of a file, or the default preset alone where none is named.

    Raises:
        InvalidInput: the file is no valid organisation; everything wrong with it is named.
    """
    document = read_file(Path(name), problems) if name is not None else None
    loaded = load_organisation(document, problems) if name is None or document is not None else None
    if loaded is None:
        raise InvalidInput(problems)
    return loaded


def stack_of(
    organisation: Organisation, files: StackFiles, schema: FactSchema, cache: Cache, problems: list[Diagnostic]
) -> Stack:
    """The stack of these files; everything wrong with them is added to the problems.

    What was found without fault before, and has not changed since, comes from the cache.
    """
    taxonomy = taxonomy_of(organisation, problems)
    loader = _Loader(organisation, schema, taxonomy, cache, problems)
    if organisation.document is not None:
        check_values(organisation.document, organisation.blocks(), schema, taxonomy, problems)
    payments = None if files.card_payments is None else loader.card_payments(files.card_payments)
    catalogue = loader.catalogue(files.vendors)
    stack = Stack(
        catalogue,
        None if files.inventory is None else loader.inventory(files.inventory),
        organisation,
        taxonomy,
        None if files.requests is None else loader.requests(files.requests),
        None if files.decisions is None else loader.decisions(files.decisions),
        None if payments is None else payments.known_to(catalogue),
    )
    problems += check_words(stack, payments, schema)
    return stack


def load_stack(organisation: FileName | None, files: StackFiles, cache: Cache) -> Stack:
    """The stack of these files, for those who need no policies.

    Raises:
        InvalidInput: anything is wrong with any of the files; all of it is named.
    """
    problems: list[Diagnostic] = []
    owner = organisation_of(organisation, problems)
    schema = shipped_schema().with_types(own_types(owner, problems))
    stack = stack_of(owner, files, schema, cache, problems)
    refuse(problems)
    return stack


@dataclass(frozen=True, slots=True)
class _Loader:
    _organisation: Organisation
    _schema: FactSchema
    _taxonomy: Taxonomy
    _cache: Cache
    _problems: list[Diagnostic]

    def inventory(self, name: FileName) -> Inventory | None:
        def load(document: Document) -> Inventory | None:
            found = load_inventory(document, self._problems)
            self._check(document, found.blocks() if found else ())
            return found

        return self._register(name, "inventory", load, Inventory.from_bytes)

    def decisions(self, name: FileName) -> DecisionLog | None:
        def load(document: Document) -> DecisionLog | None:
            sound = check_decisions(document, self._organisation, self._schema, self._taxonomy, self._problems)
            return load_decisions(document, self._value_of) if sound else None

        return self._register(name, "decisions", load, DecisionLog.from_bytes)

    def card_payments(self, name: FileName) -> CardPayments | None:
        def load(document: Document) -> CardPayments | None:
            return load_card_payments(document) if check_card_payments(document, self._problems) else None

        return self._register(name, "card-payments", load, CardPayments.from_bytes)

    def catalogue(self, names: Iterable[FileName]) -> Catalogue:
        files = [(str(name), read_bytes(Path(name))) for name in names]
        if not files:
            return Catalogue.of()
        key = self._key("vendors", files)
        kept = self._cache.get(key, Catalogue.from_bytes)
        if kept is not None:
            return kept
        before = len(self._problems)
        read = [found for found in (self._vendor(name, content) for name, content in files) if found is not None]
        catalogue = collect_vendors(read, self._problems)
        if len(self._problems) == before:
            self._cache.put(key, catalogue.to_bytes())
        return catalogue

    def requests(self, names: Sequence[FileName]) -> tuple[OpenRequest, ...] | None:
        """All open requests, or None where one does not say what it is compared by."""
        read = [read_file(Path(name), self._problems) for name in names]
        documents = [document for document in read if document is not None]
        for document in documents:
            self._check(document, blocks_of("", document.data))
        found = [load_request(document, self._problems) for document in documents]
        complete = [request for request in found if request is not None]
        return tuple(complete) if len(complete) == len(names) else None

    def _register(
        self, name: FileName, what: str, load: Callable[[Document], R | None], from_bytes: Callable[[bytes], R]
    ) -> R | None:
        content = read_bytes(Path(name))
        key = self._key(what, [(str(name), content)])
        kept = self._cache.get(key, from_bytes)
        if kept is not None:
            return kept
        before = len(self._problems)
        document = read_document(str(name), content, self._problems, MOST_REGISTER_BYTES)
        found = None if document is None else load(document)
        if found is not None and len(self._problems) == before:
            self._cache.put(key, found.to_bytes())
        return found

    def _value_of(self, path: str, data: Any) -> Any:  # noqa: ANN401 - what a document states, and what is compared
        kind = self._schema.get(path)
        return data if kind is None else to_value(kind, data)

    def _vendor(self, name: str, content: bytes) -> Manifested | None:
        document = read_document(name, content, self._problems)
        manifest = None if document is None else load_vendor(document, self._problems)
        if document is None or manifest is None:
            return None
        self._check(document, manifest.blocks())
        return Manifested(manifest, document)

    def _check(self, document: Document, blocks: Iterable[Block]) -> None:
        check_values(document, blocks, self._schema, self._taxonomy, self._problems)

    def _key(self, what: str, files: Iterable[tuple[str, bytes]]) -> str:
        """What a part of the stack depends on besides this program: its files, and what the organisation adds."""
        digest = hashlib.sha256(what.encode())
        for name, content in files:
            digest.update(f"{name}\0{len(content)}\0".encode())
            digest.update(content)
        own = self._organisation
        digest.update(repr((own.extension_schema, own.data.get("capabilities"))).encode())
        return digest.hexdigest()
