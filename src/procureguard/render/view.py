"""What a rendering is given: a report, and what only the place of rendering knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from procureguard.report.contract import Report, ReportedPlace

if TYPE_CHECKING:
    from procureguard.report.vendor_contract import VendorReport

R = TypeVar("R", "Report", "VendorReport")


@dataclass(frozen=True, slots=True)
class View(Generic[R]):
    """A report to be shown.

    Attributes:
        name: the file checked as the user wrote it.
        files: file names by role and id of the document; places of documents without one are shown by role and id.
        colour: whether the output understands colour.
        settings: what was stated anew for this check, as the user wrote it.
    """

    report: R
    name: str
    files: Mapping[tuple[str, str], str] = field(default_factory=dict)
    colour: bool = False
    settings: tuple[str, ...] = ()

    def place(self, place: ReportedPlace) -> str:
        """A place as `file:line:column`."""
        file = self.files.get((place.role, place.document), f"{place.role} {place.document}")
        return f"{file}:{place.line}:{place.column}"
