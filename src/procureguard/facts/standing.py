"""Where a vendor stands: the family it belongs to, and the lists it may be on."""

from procureguard.facts.computation import Computation
from procureguard.facts.schema import Value

NAMES_OF_A_VENDOR = ("vendor.domains", "vendor.legal_names", "vendor.former_names")
"""Facts by which a list may name the vendor, whoever states them."""


def family(facts: Computation) -> Value:
    """The vendor that this one belongs to in the end, on the day of the check; itself if it belongs to nobody."""
    return line_of(facts, facts.read_one("product.vendor"))[-1]


def banned(facts: Computation) -> Value:
    """Whether the do-not-buy list names the vendor, or one it belongs to, by id, alias, domain or company name."""
    return _listed(facts, "organisation.banned_vendors")


def sanctioned(facts: Computation) -> Value:
    """Whether the sanctions list names the vendor, or one it belongs to, by id, alias, domain or company name."""
    return _listed(facts, "organisation.sanctioned_vendors")


def line_of(facts: Computation, vendor: str) -> tuple[str, ...]:
    """The vendor and those it belongs to on the day of the check, up to the top."""
    families = facts.registers.catalogue.families
    return families.line(vendor, facts.day) if vendor in families.ties else (vendor,)


def _listed(facts: Computation, path: str) -> bool:
    vendor, listed = facts.read("product.vendor", path)
    names = {vendor}
    for member in line_of(facts, vendor):
        manifest = facts.registers.catalogue.get(member)
        names.update((member, *(manifest.listed_as if manifest else ())))
    for path_of_names in NAMES_OF_A_VENDOR:
        names.update(facts.stated(path_of_names) or ())
    return not {name.casefold() for name in names}.isdisjoint(name.casefold() for name in listed)
