"""What an organisation changes of policies, where two policy sets do not have the same ones."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from procureguard.policy.parameters import fits
from procureguard.policy.written import WrittenPolicies
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Data, to_pointer
from procureguard.stack.organisation import Organisation

Parameters = Mapping[str, Mapping[str, Any]]
"""How the files of policies describe their parameters, by the ids of the policies and the names."""


class Fitted(NamedTuple):
    """An organisation without the changes that only another policy set has a place for, and what these are."""

    organisation: Organisation
    left_out: tuple[Diagnostic, ...]


def parameters_of(policies: WrittenPolicies) -> Parameters:
    """The parameters of all policies."""
    return {written.policy.identity: _parameters(written.document.data) for written in policies.written}


def fit_overrides(
    organisation: Organisation, here: Parameters, elsewhere: Parameters, renamed: Mapping[str, str]
) -> Fitted:
    """The organisation for one policy set; what neither set has a place for stays, to be refused as ever.

    `renamed` are the ids that policies of the other set have here.
    """
    document = organisation.document
    if document is None or not organisation.overrides:
        return Fitted(organisation, ())
    missing = {name for name in organisation.overrides if name not in here and name in elsewhere}
    misplaced = set(_misplaced(organisation, here, elsewhere))
    kept: Data = {
        name: _without(change, {key for owner, key in misplaced if owner == name})
        for name, change in organisation.changes.items()
        if name not in missing
    }
    pointers = [
        *((to_pointer(["policies", name]), _gone(name, renamed)) for name in sorted(missing)),
        *((to_pointer(["policies", name, "params", key]), _unfit(key)) for name, key in sorted(misplaced)),
    ]
    left_out = (
        Diagnostic.warning(code, message, document.source, document.key_span(pointer), hint)
        for pointer, (code, message, hint) in pointers
    )
    fitted = replace(organisation, document=replace(document, data={**organisation.data, "policies": kept}))
    return Fitted(fitted, tuple(left_out))


def fit_packs(organisation: Organisation, here: Collection[str], elsewhere: Collection[str]) -> Fitted:
    """The organisation without the packs it has chosen that only the other set has."""
    document = organisation.document
    if document is None or organisation.packs is None:
        return Fitted(organisation, ())
    gone = {pack: place for place, pack in enumerate(organisation.packs) if pack not in here and pack in elsewhere}
    left_out = (
        Diagnostic.warning(
            "PG314",
            f"there will be no pack `{pack}`, and no check without this mended",
            document.source,
            document.value_span(to_pointer(["packs", str(place)])),
            "take it out with this change of policies",
        )
        for pack, place in gone.items()
    )
    kept: Data = [pack for pack in organisation.packs if pack not in gone]
    fitted = replace(organisation, document=replace(document, data={**organisation.data, "packs": kept}))
    return Fitted(fitted, tuple(left_out))


def _misplaced(organisation: Organisation, here: Parameters, elsewhere: Parameters) -> Iterator[tuple[str, str]]:
    """Policies and parameters for which only the other set takes the value."""
    for name, override in organisation.overrides.items():
        for key, value in override.params.items():
            if name in here and not _takes(here[name], key, value) and _takes(elsewhere.get(name, {}), key, value):
                yield name, key


def _takes(parameters: Mapping[str, Any], key: str, value: Any) -> bool:  # noqa: ANN401 - any YAML value
    return key in parameters and fits(parameters[key]["type"], value)


def _without(change: dict[str, Any], keys: set[str]) -> dict[str, Any]:
    """A change without some parameters; one that has none of them stays as it is, for digests count how it is told."""
    if not keys:
        return change
    return {**change, "params": {key: value for key, value in change["params"].items() if key not in keys}}


def _gone(name: str, renamed: Mapping[str, str]) -> tuple[str, str, str]:
    hint = f"write `{renamed[name]}`, its new name" if name in renamed else "take it out with this change of policies"
    return "PG308", f"there will be no policy `{name}` to change, and no check without this mended", hint


def _unfit(key: str) -> tuple[str, str, str]:
    message = f"the policy will take no such `{key}`, and no check without this mended"
    return "PG309", message, "see `procureguard policy show` for the parameters it has then"


def _parameters(data: Any) -> Mapping[str, Any]:  # noqa: ANN401 - a document that answers to the schema of policies
    return data.get("params") or {}
