"""Facts: typed values by path, each with its source, day and place, or unknown."""

from procureguard.facts.check import check_values, fits, references
from procureguard.facts.computation import Registers
from procureguard.facts.derived import DAILY, DERIVED, registers_of, shipped_schema
from procureguard.facts.extension import check_extension, extension_types
from procureguard.facts.fact import ANSWERERS, COMPUTED, SOURCES, Fact, Place
from procureguard.facts.gather import Facts, complete, gather, registers_for, tool_facts
from procureguard.facts.schema import DECIMAL_SCALE, FactSchema, FactType, Value, to_data, to_value, to_words

__all__ = [
    "ANSWERERS",
    "COMPUTED",
    "DAILY",
    "DECIMAL_SCALE",
    "DERIVED",
    "SOURCES",
    "Fact",
    "FactSchema",
    "FactType",
    "Facts",
    "Place",
    "Registers",
    "Value",
    "check_extension",
    "check_values",
    "complete",
    "extension_types",
    "fits",
    "gather",
    "references",
    "registers_for",
    "registers_of",
    "shipped_schema",
    "to_data",
    "to_value",
    "to_words",
    "tool_facts",
]
