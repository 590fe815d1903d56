"""Policies: rules as files, agreed, dated, with their examples."""

from procureguard.policy.expression import Expression
from procureguard.policy.load import load_policies
from procureguard.policy.model import PARAMETER_PREFIX, Definition, Effect, EffectWord, Example, Pack, Policy, PolicySet
from procureguard.policy.text import as_written, fill
from procureguard.policy.turns import Turn

__all__ = [
    "PARAMETER_PREFIX",
    "Definition",
    "Effect",
    "EffectWord",
    "Example",
    "Expression",
    "Pack",
    "Policy",
    "PolicySet",
    "Turn",
    "as_written",
    "fill",
    "load_policies",
]
