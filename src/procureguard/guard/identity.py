"""Whether what a purchase names is known: a name alone never decides, it only brings proposals."""

from collections.abc import Iterable

from procureguard.facts.gather import Facts
from procureguard.facts.statements import Choice, Identity, identity_of
from procureguard.purchase import Purchase
from procureguard.source.diagnostic import Diagnostic, did_you_mean
from procureguard.source.text import shown
from procureguard.stack.names import Proposal
from procureguard.stack.stack import Stack

LISTS = {"banned": "the do-not-buy list", "sanctioned": "the sanctions list"}
NAMES_OF_A_VENDOR = ("domains", "legal_names", "former_names")


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


def check_lists(purchase: Purchase, facts: Facts, problems: list[Diagnostic]) -> None:
    """Warns where a list of vendors names what the purchase says of its vendor, though not the vendor itself."""
    for register, what in LISTS.items():
        if facts.value(f"vendor.{register}") is not False:
            continue
        listed = {name.casefold() for name in facts.value(f"organisation.{register}_vendors") or ()}
        for name in NAMES_OF_A_VENDOR:
            for place, word in enumerate(purchase.texts("vendor", name)):
                if word.casefold() in listed:
                    message = f"{shown(word)} is on {what}, and the vendor that the purchase names is not"
                    hint = "name the vendor as the list does, or list its domains and names in its vendor manifest"
                    _warn(purchase, f"/vendor/{name}/{place}", message, hint, problems, "PG234")


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
    proposals = stack.catalogue.proposals(word)
    if proposals:
        message = f"no vendor manifest has the id, an alias or a domain {shown(word)}, so what is known does not count"
        _warn(purchase, pointer, message, _did_you_mean(proposals), problems)


def _did_you_mean(proposals: Iterable[Proposal]) -> str:
    return f"did you mean {', '.join(f'`{found.identity}`' for found in proposals)}? a name alone does not tell"


def _one_of(word: str, known: tuple[str, ...], what: str) -> str | None:
    hint = did_you_mean(word, known)
    return hint or (f"its {what} are {', '.join(f'`{name}`' for name in known)}" if known else None)


def _warn(
    purchase: Purchase,
    pointer: str,
    message: str,
    hint: str | None,
    problems: list[Diagnostic],
    code: str = "PG222",
) -> None:
    document = purchase.document
    problems.append(Diagnostic.warning(code, message, document.source, document.value_span(pointer), hint))
