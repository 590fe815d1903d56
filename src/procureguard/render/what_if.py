"""The answer to "what if" as a person reads it on a terminal."""

from collections.abc import Iterator

from procureguard.render.counting import counted
from procureguard.render.style import Style, item, wrapped
from procureguard.render.ways import told_ways, way_lines
from procureguard.report.contract import ReportedFlip
from procureguard.report.what_if_contract import ReportedProof, WhatIfReport

TURNS = {
    "pass": "holds then",
    "fail": "does not hold then",
    "unknown": "is not known then",
    "not_applicable": "does not apply then",
}
"""How a policy comes out with what is asked about."""

IN_THE_WAY = ("fail", "unknown")

PROOFS = {
    "smallest": "A solver has looked at every combination of the changes we know of: nothing smaller does it.",
    "smaller_found": "A solver has found something smaller, which stands first.",
}
NONE = "A solver has looked at every combination of the changes we know of: none is better."


def render_what_if(report: WhatIfReport, *, colour: bool) -> str:
    """The whole answer in plain sentences, ending in a new line."""
    return "\n".join(_lines(report, Style(colour))) + "\n"


def _lines(report: WhatIfReport, style: Style) -> Iterator[str]:
    yield from (style.strong(line) for line in wrapped(report.after.headline, "", ""))
    yield ""
    if report.settings:
        said = ", ".join(f"{setting.title}: {_shown(setting.value)}" for setting in report.settings)
        yield from wrapped(f"What if: {said}", "  ", "    ")
        yield from wrapped(f"Before: {report.before.headline}", "  ", "    ")
    yield from wrapped(f"{report.purchase.name}, as of {report.as_of}", "  ", "    ")
    yield from style.section("What turns", (line for turn in _turns(report) for line in item(turn)))
    yield from style.section("Ways from here", way_lines(told_ways(report.ways)))
    yield from style.section("Ways from here", () if report.ways else item(_none(report)))
    if report.proof is not None and report.after.verdict != "approve":
        said = proof_words(report.proof, none=not report.ways)
        yield from style.section("Proof", wrapped(said, "  ", "  "))


def proof_words(proof: ReportedProof, *, none: bool = False) -> str:
    """What a solver came to, also where there is no way to prove anything of, and what it left to evaluation."""
    proved = NONE if none and proof.outcome == "smallest" else PROOFS.get(proof.outcome, "")
    open_still = f"Not proved{' of the rest' if proved else ''}: {proof.reason}." if proof.reason else ""
    rest = len(proof.checked_by_evaluation)
    evaluated = f"Checked by evaluation alone: {counted(rest, 'policy', 'policies')}." if rest else ""
    return " ".join(filter(None, (proved, open_still, evaluated)))


def _turns(report: WhatIfReport) -> Iterator[str]:
    """What comes into the way, then what leaves it; of the rest nobody wants more than the number."""
    telling = [flip for flip in report.turned if flip.before in IN_THE_WAY or flip.after in IN_THE_WAY]
    for flip in sorted(telling, key=lambda flip: flip.after not in IN_THE_WAY):
        yield f"{flip.title}: {_turned(flip)}"
    rest = len(report.turned) - len(telling)
    if rest:
        yield f"{counted(rest, 'other is', 'others are')} in nobody's way, now or then."


def _turned(flip: ReportedFlip) -> str:
    applies = "applies then, and " if flip.before == "not_applicable" else ""
    return f"{applies}{TURNS[flip.after]}"


def _none(report: WhatIfReport) -> str:
    """Why there is no way, and who knows what is left to do."""
    if report.after.verdict == "approve":
        return "None needed."
    if not report.purchase.product:
        return "Name a product first: ways lead from one that is proposed."
    if not report.complete:
        return "None found; the search was cut short."
    limited = report.locked or report.most_changes is not None
    found = "No change we know of within these limits" if limited else "No change we know of"
    return f"{found} makes the answer better. `procureguard check` says what is left to do, and whom to ask."


def _shown(value: object) -> str:
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
