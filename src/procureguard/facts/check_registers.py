"""Checks of decision logs and card payments that a JSON Schema cannot make."""

from collections.abc import Iterator, Mapping

from procureguard.capabilities import Taxonomy
from procureguard.facts.check import check_amount, check_values
from procureguard.facts.fact import Fact
from procureguard.facts.schema import FactSchema
from procureguard.facts.statements import organisation_facts
from procureguard.source.diagnostic import Diagnostic, did_you_mean
from procureguard.source.document import Document
from procureguard.source.kind import check_kind
from procureguard.stack.card_payments import CardPayments, payment_entries
from procureguard.stack.decisions import DecisionLog, decided_blocks, decision_entries
from procureguard.stack.inventory import Inventory
from procureguard.stack.organisation import Organisation
from procureguard.stack.stack import Stack
from procureguard.stack.vendors import Catalogue


def check_decisions(
    document: Document,
    organisation: Organisation,
    schema: FactSchema,
    taxonomy: Taxonomy,
    problems: list[Diagnostic],
) -> bool:
    """Whether a document is a sound decision log; every problem is added."""
    before = len(problems)
    if not check_kind(document, "decisions", problems):
        return False
    check_values(document, decided_blocks(document), schema, taxonomy, problems)
    for place, entry in enumerate(decision_entries(document)):
        facts = entry.get("facts") or {}
        if facts.get("ext") is not None:
            from procureguard.facts.extension import check_extension  # noqa: PLC0415 - few decisions have any

            check_extension(document, organisation, problems, ("decisions", place, "facts", "ext"))
        if entry["outcome"] == "approved" and not any(facts.values()):
            span = document.value_span(f"/decisions/{place}")
            message = "this approval does not say what it rests on, so nothing could ever change it"
            hint = "list under `facts` what was agreed to: the product, the price, the people, the data"
            problems.append(Diagnostic.error("PG239", message, document.source, span, hint))
    return not any(problem.severity == "error" for problem in problems[before:])


def check_card_payments(document: Document, problems: list[Diagnostic]) -> bool:
    """Whether a document is a sound list of card payments; every problem is added."""
    before = len(problems)
    if not check_kind(document, "card-payments", problems):
        return False
    for place, entry in enumerate(payment_entries(document)):
        check_amount(document, f"/payments/{place}/amount", entry["amount"], problems)
    return len(problems) == before


def check_words(stack: Stack, payments: CardPayments | None, schema: FactSchema) -> Iterator[Diagnostic]:
    """What registers say in words that nothing else in the stack knows, although it knows words like them."""
    if payments is not None and payments.origin is not None:
        yield from _payees(payments, stack.catalogue, payments.origin.name)
        yield from _currencies(payments, organisation_facts(stack, schema), payments.origin.name)
    if stack.decisions is not None and stack.decisions.origin is not None and stack.inventory is not None:
        yield from _tools(stack.decisions, stack.inventory, stack.decisions.origin.name)


def _payees(payments: CardPayments, catalogue: Catalogue, name: str) -> Iterator[Diagnostic]:
    """Statements name vendors as vendors call themselves; a name alone does not say who it is."""
    named = {known.casefold(): identity for identity, known in catalogue.index.names}
    for word in payments.by_vendor:
        vendor = named.get(word.casefold())
        if vendor is not None and catalogue.known_as(word) not in catalogue.identities:
            message = f"what was paid to `{word}` does not count for the vendor of that name"
            yield Diagnostic("PG222", "warning", message, name=name, hint=f"write `{vendor}`, if it is this one")


def _currencies(payments: CardPayments, known: Mapping[str, Fact], name: str) -> Iterator[Diagnostic]:
    """Without a rate nobody could tell what payments come to, not even for the smallest purchase."""
    house, rates = (known.get(f"organisation.{fact}") for fact in ("currency", "exchange_rates"))
    convertible = {*(rates.value if rates else ()), *([house.value] if house else ())}
    for currency in sorted(payments.currencies() - convertible):
        message = f"something was paid in `{currency}`, for which there is no exchange rate"
        hint = "add it to `exchange_rates` in the organisation file"
        yield Diagnostic("PG237", "error", message, name=name, hint=hint)


def _tools(log: DecisionLog, inventory: Inventory, name: str) -> Iterator[Diagnostic]:
    """A tool that is gone may be missing; one that is nearly called so is most likely a slip."""
    for word in log.by_tool:
        hint = None if word in inventory.identities else did_you_mean(word, inventory.identities)
        if hint is not None:
            message = f"the log names the tool `{word}`, which the inventory does not have"
            yield Diagnostic("PG222", "warning", message, name=name, hint=hint)
