"""What a rendering is given: a report, and what only the place of rendering knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

from procureguard.report.contract import Report, ReportedPlace
from procureguard.source.document import Document

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
        document: the file checked, for those who mark stretches of it.
    """

    report: R
    name: str
    files: Mapping[tuple[str, str], str] = field(default_factory=dict)
    colour: bool = False
    settings: tuple[str, ...] = ()
    document: Document | None = None

    def place(self, place: ReportedPlace) -> str:
        """A place as `file:line:column`."""
        return f"{self.file(place)}:{place.line}:{place.column}"

    def file(self, place: ReportedPlace) -> str:
        """The file of a place by its name, or its document by role and id."""
        return self.files.get((place.role, place.document), f"{place.role} {place.document}")


AnyView: TypeAlias = View[Any]
"""A report of either kind."""
