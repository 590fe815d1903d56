"""The expression language: a profile of CEL, parsed and type-checked here, with unknowns.

`parse` text to a tree, `check` it against what the paths mean; then `Emitter` generates Python from it, `interpret`
evaluates it (`trace` with all it saw), `describe` says it in English and `unparse` writes it out.
"""

from procureguard.cel.checker import Checked, check, paths_of
from procureguard.cel.english import bullets, describe
from procureguard.cel.generator import Emitter
from procureguard.cel.interpreter import Trace, Unknown, interpret, trace
from procureguard.cel.parser import parse
from procureguard.cel.problem import Problem
from procureguard.cel.support import support
from procureguard.cel.tree import Binary, Comprehension, Conditional, Field, Node, Path, Variable, children, walk
from procureguard.cel.types import (
    BOOL,
    DATE,
    DECIMAL,
    DECIMAL_SCALE,
    DOUBLE,
    DURATION,
    INT,
    STRING,
    Constant,
    Declaration,
    Environment,
    Type,
    list_of,
    record_of,
)
from procureguard.cel.unparser import unparse

__all__ = [
    "BOOL",
    "DATE",
    "DECIMAL",
    "DECIMAL_SCALE",
    "DOUBLE",
    "DURATION",
    "INT",
    "STRING",
    "Binary",
    "Checked",
    "Comprehension",
    "Conditional",
    "Constant",
    "Declaration",
    "Emitter",
    "Environment",
    "Field",
    "Node",
    "Path",
    "Problem",
    "Trace",
    "Type",
    "Unknown",
    "Variable",
    "bullets",
    "check",
    "children",
    "describe",
    "interpret",
    "list_of",
    "parse",
    "paths_of",
    "record_of",
    "support",
    "trace",
    "unparse",
    "walk",
]
