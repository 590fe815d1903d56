"""The types of an organisation's own facts, which it describes in a schema of its own."""

from collections.abc import Mapping

from procureguard.facts.schema import FactType
from procureguard.source.diagnostic import Diagnostic
from procureguard.stack.organisation import Organisation


def own_types(organisation: Organisation, problems: list[Diagnostic]) -> Mapping[str, FactType]:
    """The types of an organisation's own facts; every problem is added."""
    if organisation.extension_schema is None:
        return {}
    from procureguard.facts.extension import extension_types  # noqa: PLC0415 - few organisations have any

    return extension_types(organisation, problems)
