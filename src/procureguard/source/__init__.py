"""Texts with positions, the diagnostics about them, and the readers of YAML and JSON; knows nothing of procurement."""

from procureguard.source.codes import CODES, Code
from procureguard.source.diagnostic import Diagnostic, InvalidInput, Severity, closest, did_you_mean
from procureguard.source.document import Data, Document, split_pointer, to_pointer
from procureguard.source.excerpt import excerpt
from procureguard.source.gathering import MAXIMUM_DEPTH
from procureguard.source.kind import KINDS, check_kind, check_stated_kind, kind_of
from procureguard.source.read import MAXIMUM_BYTES, read_document
from procureguard.source.schema import Validator, check_schema
from procureguard.source.shipped import shipped
from procureguard.source.stated import Block, blocks_of, is_stated, plain, plain_part
from procureguard.source.text import Position, Source, Span, printable, shown

__all__ = [
    "CODES",
    "KINDS",
    "MAXIMUM_BYTES",
    "MAXIMUM_DEPTH",
    "Block",
    "Code",
    "Data",
    "Diagnostic",
    "Document",
    "InvalidInput",
    "Position",
    "Severity",
    "Source",
    "Span",
    "Validator",
    "blocks_of",
    "check_kind",
    "check_schema",
    "check_stated_kind",
    "closest",
    "did_you_mean",
    "excerpt",
    "is_stated",
    "kind_of",
    "plain",
    "plain_part",
    "printable",
    "read_document",
    "shipped",
    "shown",
    "split_pointer",
    "to_pointer",
]
