"""The questions about a purchase, in every format in which they are sent or read."""

from collections.abc import Callable, Iterator, Mapping

from procureguard.render.cases import CASES
from procureguard.render.json import as_json
from procureguard.render.letters import Letter, letters, numbered
from procureguard.render.mail import link
from procureguard.render.markdown import escaped
from procureguard.render.report_words import others_open, promise
from procureguard.render.style import wrapped
from procureguard.report.question_contract import QuestionSheet

LINE = f"\n{'-' * 80}\n\n"


def render_questions_text(sheet: QuestionSheet, to: str | None) -> str:
    """A word for the reader, then the letters, each under a line."""
    found = letters(sheet, to)
    head = "".join(f"{line}\n" for text in heads(sheet, found) for line in wrapped(text))
    return LINE.join([head, *map(_letter_text, found)])


def render_questions_markdown(sheet: QuestionSheet, to: str | None) -> str:
    """The same as Markdown; nothing in it is markup but ours."""
    found = letters(sheet, to)
    parts = [*map(escaped, heads(sheet, found)), *(part for letter in found for part in _letter_markdown(letter))]
    return "\n\n".join(parts) + "\n"


def render_questions_json(sheet: QuestionSheet, to: str | None) -> str:
    """The sheet, with the questions for some alone where these are named."""
    data = sheet.to_dict()
    data["questions"] = [question for question in data["questions"] if to in (None, question["answered_by"])]
    return f"{as_json(data)}\n"


def render_questions_mailto(sheet: QuestionSheet, to: str | None) -> str:
    """One link for each letter, a line each."""
    return "".join(f"{link(letter)}\n" for letter in letters(sheet, to))


def heads(sheet: QuestionSheet, found: list[Letter]) -> Iterator[str]:
    """What comes of the questions, or why there are none."""
    if not sheet.questions:
        yield f"Nothing to ask: the answer is {CASES[sheet.verdict]}."
        return
    if not found:
        yield "Nothing to ask them; the questions are for others."
        return
    asking = sheet.asking
    match asking.mode:
        case "best_case":
            yield promise(asking, sheet.best)
        case "send_once":
            spare = "" if asking.proved else " Not all of them may be needed."
            yield f"Once these are answered the answer is clear, whatever they say.{spare}"
        case "next":
            yield "This question decides most; ask it first, and see what is left."
    others = others_open(asking)
    if others and asking.mode != "send_once":
        yield others


def _letter_text(letter: Letter) -> str:
    to = f"{letter.reader} <{', '.join(letter.to)}>" if letter.to else letter.reader
    return f"To: {to}\nSubject: {letter.subject}\n\n{letter.body()}"


def _letter_markdown(letter: Letter) -> Iterator[str]:
    to = f" ({', '.join(letter.to)})" if letter.to else ""
    yield f"## For {escaped(letter.reader + to)}"
    yield escaped(letter.opening)
    lines = []
    for place, (first, rest) in enumerate(numbered(letter), start=1):
        lines.append(f"{place}. **{escaped(first)}**")
        lines += [f"   {escaped(line)}" for line in rest]
    yield "\n".join(line + "  " if place + 1 < len(lines) else line for place, line in enumerate(lines))
    yield escaped(letter.closing)


FORMATS: Mapping[str, Callable[[QuestionSheet, str | None], str]] = {
    "text": render_questions_text,
    "markdown": render_questions_markdown,
    "mailto": render_questions_mailto,
    "json": render_questions_json,
}
"""The formats that show all letters; a message has room for one."""
