"""Whether what a purchase names is known: a name alone never decides, it only brings proposals."""

from collections.abc import Iterable

from procureguard.facts.statements import Choice, Identity, identity_of
from procureguard.purchase import Purchase
from procureguard.source.diagnostic import Diagnostic, did_you_mean
from procureguard.source.text import shown
from procureguard.stack.names import Proposal, propose
from procureguard.stack.stack import Stack


def check_identity(purchase: Purchase, stack: Stack, problems: list[Diagnostic]) -> None:
    """Warns of a vendor, product or plan that no manifest describes although one may be meant."""
    choice = Choice(*(purchase.text("product", name) for name in ("vendor", "id", "plan")))
    identity = identity_of(choice, stack, purchase.texts("vendor", "domains"))
    if identity is not None:
        _check_offer(purchase, choice, identity, problems)
    elif choice.vendor is not None:
        _propose(purchase, "/product/vendor", choice.vendor, stack, problems)
    elif (name := purchase.text("vendor", "name")) is not None:
        _propose(purchase, "/vendor/name", name, stack, problems)


def _check_offer(purchase: Purchase, choice: Choice, identity: Identity, problems: list[Diagnostic]) -> None:
    manifest, product, plan = identity
    if product is None and choice.product is not None:
        message = f"the vendor manifest of `{manifest.identity}` has no product {shown(choice.product)}"
        hint = _one_of(choice.product, manifest.product_ids(), "products")
        _warn(purchase, "/product/id", message, hint, problems)
    elif product is not None and plan is None and choice.plan is not None:
        message = f"the vendor manifest of `{manifest.identity}` has no plan {shown(choice.plan)}"
        _warn(purchase, "/product/plan", message, _one_of(choice.plan, manifest.plan_ids(product), "plans"), problems)


def _propose(purchase: Purchase, pointer: str, word: str, stack: Stack, problems: list[Diagnostic]) -> None:
    """A vendor without a manifest is nothing odd, unless one has a name much like it."""
    owned = stack.inventory.vendor_words if stack.inventory is not None else ()
    if word in owned:
        return
    proposals = propose(word, [*stack.catalogue.index.names, *((vendor, vendor) for vendor in owned)])
    if proposals:
        message = f"no vendor manifest has the id, an alias or a domain {shown(word)}, so what is known does not count"
        _warn(purchase, pointer, message, _did_you_mean(proposals), problems)


def _did_you_mean(proposals: Iterable[Proposal]) -> str:
    return f"did you mean {', '.join(f'`{found.identity}`' for found in proposals)}? a name alone does not tell"


def _one_of(word: str, known: tuple[str, ...], what: str) -> str | None:
    hint = did_you_mean(word, known)
    return hint or (f"its {what} are {', '.join(f'`{name}`' for name in known)}" if known else None)


def _warn(purchase: Purchase, pointer: str, message: str, hint: str | None, problems: list[Diagnostic]) -> None:
    document = purchase.document
    problems.append(Diagnostic.warning("PG222", message, document.source, document.value_span(pointer), hint))
