"""Policies that were not run as a person reads of them on a terminal."""

from collections.abc import Iterable, Iterator

from procureguard.render.style import item
from procureguard.report.contract import ReportedGap
from procureguard.report.headline import listed

REGISTERS = {
    "inventory": "list of the tools owned",
    "banned_vendors": "do-not-buy list",
    "sanctioned_vendors": "sanctions list",
    "card_payments": "list of card payments",
    "families": "list of vendor families",
    "requests": "list of open requests",
    "decisions": "log of decisions",
}


def gap_words(gaps: Iterable[ReportedGap]) -> Iterator[str]:
    """The registers that are missing, each with the policies that need it."""
    by_register: dict[tuple[str, ...], list[str]] = {}
    for gap in gaps:
        by_register.setdefault(gap.registers, []).append(gap.title)
    for registers, titles in sorted(by_register.items()):
        missing = listed([REGISTERS.get(register, register) for register in registers], "or")
        yield f"There is no {missing}, so nobody looked at this: {'; '.join(titles)}."


def gap_lines(gaps: Iterable[ReportedGap]) -> Iterator[str]:
    """The same as points of a list."""
    return (line for sentence in gap_words(gaps) for line in item(sentence))
