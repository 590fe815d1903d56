"""Policy sets made into programs, one module for each target."""

from procureguard.compile.python import TIERS, Program, compile_policies

__all__ = ["TIERS", "Program", "compile_policies"]
