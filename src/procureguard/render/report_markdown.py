"""Reports as Markdown for a comment on a pull request or the summary of a job: the words of the terminal."""

from collections.abc import Iterable, Iterator

from procureguard.finding import NEEDS_INFO
from procureguard.render import report_words as words
from procureguard.render.alternatives import Instead, catalogue, nothing_found, owned
from procureguard.render.facts import said
from procureguard.render.gaps import gap_words
from procureguard.render.markdown import Section, escaped
from procureguard.render.plan_words import closing, products
from procureguard.render.view import View
from procureguard.render.ways import TITLE, ToldWay, ways
from procureguard.report.contract import Report, ReportedFinding
from procureguard.report.headline import ROLES
from procureguard.report.vendor_contract import VendorReport

LONGEST = 1_000
"""Characters of one text that are shown."""

SIGNS = {
    "approve": "✅",
    "approve_with_conditions": "☑️",
    "needs_info": "❓",
    "needs_review": "👀",
    "deny": "⛔",
}
"""A sign beside the words, never instead of them."""


def purchase_sections(view: View[Report]) -> list[Section]:
    """The parts of the answer to a purchase."""
    report = view.report
    about_a_product = report.purchase.product or report.verdict != NEEDS_INFO
    settled = _settled(view) if about_a_product else []
    questions = list(_questions(report)) if about_a_product else []
    found = nothing_found(report)
    return [
        Section("Questions", (), questions),
        Section("Why", (), [_reason(view, finding) for finding in words.weighty(report, "fail")]),
        Section(TITLE, (), [_way(way) for way in ways(report)]),
        *settled,
        Section("Who to talk to", (), list(_points(words.contacts(report)))),
        Section("Tools you own", (), list(_tools(owned(report)))),
        Section("Tools to buy instead", (), list(_tools(catalogue(report)))),
        Section("Other tools", (), [_text(found)] if found else []),
        Section("Next", (), [] if about_a_product else [_text(words.NAME_A_PRODUCT)]),
        Section("Worth knowing", (), list(_points(words.advice(report)))),
        Section("Coming up", (), [_turn(turn) for turn in words.upcoming(report)]),
        Section("Not checked", (), list(_points(gap_words(report.not_checked)))),
    ]


def _settled(view: View[Report]) -> list[Section]:
    """What is still to be settled: what nobody knows yet, and what comes with a yes."""
    left = words.open_left(view.report, view.name)
    still_open = [*words.shown_open(view.report), *([left] if left else [])]
    return [
        Section("Still open", (), list(_points(still_open))),
        Section("Conditions", (), [_condition(due) for due in words.conditions(view.report)]),
    ]


def purchase_line(view: View[Report]) -> str:
    """What is bought, its tier, its file and its day, in a line."""
    report = view.report
    parts = (
        words.subject(report),
        f"risk: {words.tier(report)}",
        words.span(report),
        view.name,
        f"as of {report.as_of}",
    )
    return _text(" · ".join(part for part in parts if part))


def vendor_sections(view: View[VendorReport]) -> list[Section]:
    """The parts of the answer to a vendor manifest: product by product, what is true of several plans said once."""
    sections = []
    for product in products(view):
        answers = [f"- {signed(answer.best, answer.text)}" for answer in product.answers]
        sections.append(Section(_text(product.name), (), answers))
        for part in product.parts:
            reasons = [_manifest_reason(finding) for finding, _ in part.reasons]
            sections.append(Section(_text(f"{part.name}: why"), (), reasons))
            sections.append(Section(_text(f"{part.name}: questions for the vendor"), (), list(_points(part.questions))))
    rest = [*gap_words(view.report.not_checked), *closing(view.report)]
    return [*sections, Section("Worth knowing", (), list(_points(rest)))]


def signed(sign: str, text: str) -> str:
    """A text behind the sign of its verdict."""
    return f"{SIGNS[sign]} {_text(text)}"


def _reason(view: View[Report], finding: ReportedFinding) -> str:
    facts = (f"  - {_text(said(view, fact))}" for fact in words.telling(finding))
    lines = [f"- **{_text(finding.message)}** {_text(finding.why)}", f"  - → {_text(finding.remedy)}", *facts]
    return "\n".join(lines)


def _manifest_reason(finding: ReportedFinding) -> str:
    if finding.effect == "condition":
        return f"- [ ] {_text(f'{finding.remedy} ({ROLES[finding.role]})')} Now: {_text(finding.message)}"
    return f"- **{_text(finding.message)}** {_text(finding.remedy)}"


def _questions(report: Report) -> Iterator[str]:
    """Whom to ask for what, and what comes of good answers."""
    if report.questions:
        yield _text(words.promise(report.asking, report.best))
    for answerer, asked in words.by_answerer(report).items():
        yield "\n".join([f"For {_text(answerer)}:", "", *map(_asked, asked)])
    others = words.others_open(report.asking)
    if others:
        yield _text(others)


def _asked(question: words.Asked) -> str:
    decides = f" _({_text(question.decides)})_" if question.decides else ""
    return f"- {_text(question.ask)}{decides}"


def _condition(due: words.Due) -> str:
    state = f"**{due.state.strip()}** " if due.state else ""
    now = f" Now: {_text(due.now)}" if due.now else ""
    return f"- [ ] {state}{_text(f'{due.text} {due.who}')}{now}"


def _way(way: ToldWay) -> str:
    price = f" {_text(way.price)}" if way.price else ""
    steps = (f"  - {_text(step)}" for step in (*way.steps, way.proof))
    return "\n".join([f"1. **{_text(way.sentence)}**{price}", *steps])


def _tools(tools: Iterable[Instead]) -> Iterator[str]:
    for tool in tools:
        rest = " ".join(part for part in (tool.lists, tool.judged) if part)
        yield f"- **{_text(tool.name)}**: {_text(tool.does)} {_text(rest)}"


def _turn(turn: words.Turn) -> str:
    return f"- From {turn.day} on: {_text(turn.answer)}. {_text(turn.reasons)}."


def _points(sentences: Iterable[str]) -> Iterator[str]:
    return (f"- {_text(sentence)}" for sentence in sentences)


def _text(text: str) -> str:
    return escaped(text, LONGEST)
