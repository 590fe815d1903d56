"""What the decision log says of a purchase: whether it was approved, and what has changed since."""

from collections.abc import Iterator, Mapping
from itertools import chain

from procureguard.facts.computation import Computation, Missing, Registers
from procureguard.facts.fact import Fact
from procureguard.facts.schema import Value, inside, stated_facts
from procureguard.facts.standing import family_days, owners
from procureguard.stack.decisions import PastDecision


def approved(facts: Computation) -> Value:
    """Whether the log holds an approval of this purchase that no later refusal has ended."""
    return _approval(facts) is not None


def changed(facts: Computation) -> Value:
    """Whether a fact that the approval rests on has another value now; no where nothing was approved."""
    different, unknown = _compared(facts)
    if unknown and not different:
        raise Missing(unknown)
    return bool(different)


def differences(facts: Computation) -> Value:
    """What has another value now than the approval rests on, in the words of its titles."""
    different, unknown = _compared(facts)
    if unknown:
        raise Missing(unknown)
    known = stated_facts()
    return tuple(inside(kind.title) if (kind := known.get(path)) else path for path in different)


def _compared(facts: Computation) -> tuple[list[str], frozenset[str]]:
    """The facts of the approval that have another value now, and those that nobody has stated now."""
    approval = _approval(facts)
    different, unknown = [], frozenset[str]()
    for path, value in approval.facts.items() if approval is not None else ():
        try:
            if not _same(facts.read_one(path), value):
                different.append(path)
        except Missing as missing:
            unknown |= missing.waits
    return different, unknown


def vendor_sold(facts: Computation) -> Value:
    """Whether other companies own the vendor than when its tool was approved last; no where it never was."""
    if not facts.registers.decisions:
        return False
    tool, vendor, _ = facts.read("request.tool", "product.vendor", "vendor.family")
    approval = facts.registers.decisions.approval_of_tool(tool, facts.day)
    return approval is not None and owners(facts, vendor, approval.day) != owners(facts, vendor, facts.day.toordinal())


def sale_days(registers: Registers, known: Mapping[str, Fact]) -> Iterator[int]:
    """The days, as ordinals, on which a vendor changes hands or something was decided."""
    return chain(family_days(registers, known), decision_days(registers, known))


def decision_days(registers: Registers, known: Mapping[str, Fact]) -> Iterator[int]:
    """The days, as ordinals, on which something was decided about the purchase or the tool it is for."""
    purchase, tool = (known[path].value if path in known else None for path in ("request.id", "request.tool"))
    return (found.day for found in registers.decisions.about(purchase, tool))


def _approval(facts: Computation) -> PastDecision | None:
    """An empty log needs no reference to look it up by."""
    log = facts.registers.decisions
    return log.approval(facts.read_one("request.id"), facts.day) if log else None


def _same(now: Value, then: Value) -> bool:
    """The order of a list means nothing."""
    if isinstance(now, tuple) and isinstance(then, tuple):
        return sorted(now, key=repr) == sorted(then, key=repr)
    return bool(now == then)
