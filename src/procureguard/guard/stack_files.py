"""Loading the stack: organisation, inventory and vendors from the files that are named."""

from collections.abc import Iterable
from os import PathLike
from pathlib import Path

from procureguard.capabilities import shipped_taxonomy
from procureguard.facts.check import check_values
from procureguard.facts.derived import shipped_schema
from procureguard.facts.schema import FactSchema
from procureguard.guard.files import read_file
from procureguard.guard.policies import own_types, refuse
from procureguard.source.diagnostic import Diagnostic, InvalidInput
from procureguard.stack.inventory import Inventory, load_inventory
from procureguard.stack.organisation import Organisation, load_organisation
from procureguard.stack.stack import Stack
from procureguard.stack.vendors import VendorManifest, collect_vendors, load_vendor


def organisation_of(name: str | PathLike[str] | None, problems: list[Diagnostic]) -> Organisation:
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
    organisation: Organisation,
    inventory: str | PathLike[str] | None,
    vendors: Iterable[str | PathLike[str]],
    problems: list[Diagnostic],
) -> Stack:
    """The stack of these files; everything wrong with them is added to the problems."""
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


def check_stack(stack: Stack, schema: FactSchema, problems: list[Diagnostic]) -> None:
    """Checks every value of the stack; every problem is added."""
    for manifest in stack.catalogue.vendors.values():
        check_values(manifest.document, manifest.all_blocks(), schema, stack.taxonomy, problems)
    if stack.organisation.document is not None:
        check_values(stack.organisation.document, stack.organisation.blocks(), schema, stack.taxonomy, problems)
    if stack.inventory is not None and stack.inventory.document is not None:
        check_values(stack.inventory.document, stack.inventory.blocks(), schema, stack.taxonomy, problems)


def load_stack(
    organisation: str | PathLike[str] | None,
    inventory: str | PathLike[str] | None,
    vendors: Iterable[str | PathLike[str]],
) -> Stack:
    """The stack of these files with every value checked, for those who need no policies.

    Raises:
        InvalidInput: anything is wrong with any of the files; all of it is named.
    """
    problems: list[Diagnostic] = []
    owner = organisation_of(organisation, problems)
    stack = stack_of(owner, inventory, vendors, problems)
    check_stack(stack, shipped_schema().with_types(own_types(owner, problems)), problems)
    refuse(problems)
    return stack
