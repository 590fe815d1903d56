"""The tools owned already, by what an export may call them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from procureguard.imports.grouping import Group
from procureguard.imports.words import slug
from procureguard.stack.inventory import Tool
from procureguard.stack.manifest import VendorManifest
from procureguard.stack.names import name_key


class OwnedTools(NamedTuple):
    """The tools of an inventory by id, by name and by vendor; of two that share one, the first counts."""

    by_identity: Mapping[str, Tool]
    by_name: Mapping[str, Tool]
    by_vendor: Mapping[str, Sequence[Tool]]

    @classmethod
    def of(cls, tools: Sequence[Tool]) -> "OwnedTools":
        """The tools, to be found by what they are called."""
        by_vendor: dict[str, list[Tool]] = {}
        for tool in tools:
            by_vendor.setdefault(str(tool.get("vendor")), []).append(tool)
        return cls(
            {tool.identity: tool for tool in reversed(tools)},
            {name_key(tool.name): tool for tool in reversed(tools)},
            by_vendor,
        )

    def find(self, group: Group, manifest: VendorManifest | None) -> Tool | None:
        """The tool that has the id or the name of a group, or is the only one of a vendor with one product."""
        for name in group.names:
            found = self.by_identity.get(slug(name)) or self.by_name.get(name_key(name))
            if found is not None:
                return found
        of_vendor = self.by_vendor.get(manifest.identity, ()) if manifest else ()
        return of_vendor[0] if manifest and len(of_vendor) == 1 and len(manifest.product_ids()) <= 1 else None
