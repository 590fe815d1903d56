"""`procureguard questions`."""

from datetime import date, datetime

import click

from procureguard.cli.exits import FINE
from procureguard.cli.output import show
from procureguard.cli.purchases import place_of, read_one
from procureguard.cli.surroundings import Surroundings, guard_of, options
from procureguard.facts.schema import FactSchema
from procureguard.questions.asking import MODES, Mode
from procureguard.report.question_contract import QuestionSheet

MESSAGE = "eml"
FORM = "yaml"
FORMATS = ("text", "markdown", MESSAGE, "mailto", FORM, "json")
TO = ("requester", "vendor", "it", "organisation")
EPILOG = """\b
Examples:
  procureguard questions purchases/2026-11-surveys.yaml
  procureguard questions tool.purchase.yaml --to vendor --format eml
  procureguard questions tool.purchase.yaml --mode send_once --format markdown
  procureguard questions tool.purchase.yaml --mode next
  procureguard questions tool.purchase.yaml --to it --format yaml > it.yaml
"""


@click.command(epilog=EPILOG)
@click.argument("file", metavar="FILE")
@options
@click.option(
    "--mode",
    type=click.Choice(MODES),
    default="best_case",
    show_default=True,
    help="The fewest answers that can lead to a yes, all that settle it whatever they are, or one question.",
)
@click.option("--to", type=click.Choice(TO), help="Only the questions for these.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help="Text by default.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day to ask for, today if not given.")
def questions(
    file: str,
    named: Surroundings,
    mode: Mode,
    to: str | None,
    form: str,
    as_of: datetime | None,
) -> int:
    """What to ask, and whom, before a purchase can be decided: letters ready to send.

    FILE is a purchase, or - for standard input. Questions are grouped by who can answer: you, the vendor, IT, or others
    in your company. A letter says what is to be bought, asks in plain words, and lists the possible answers.

    `eml` is a message for your mail program, `mailto` a link that begins one, and `yaml` a form to fill in that
    `procureguard answer --from` reads.
    """
    document = read_one(file)
    guard = guard_of(named.around(place_of(file)))
    day = as_of.date() if as_of is not None else date.today()  # noqa: DTZ011 - the day where the user is
    from procureguard.guard.asked import asked_about  # noqa: PLC0415 - a check has its questions in the report

    sheet = asked_about(guard, document, mode, day)
    if form == FORM:
        show(_fillable(sheet, to, guard.schema, day))
    else:
        show(_message(sheet, to) if form == MESSAGE else _rendered(sheet, to, form))
    return FINE


def _rendered(sheet: QuestionSheet, to: str | None, form: str) -> str:
    from procureguard.render.questions import FORMATS, heads  # noqa: PLC0415 - a message needs no other format

    text = FORMATS[form](sheet, to)
    if not text:
        click.echo(" ".join(heads(sheet, [])), err=True)
    return text


def _fillable(sheet: QuestionSheet, to: str | None, schema: FactSchema, day: date) -> str:
    """The form for the one who is asked.

    Raises:
        UsageError: several are asked.
    """
    from procureguard.render.answers_form import answers_form  # noqa: PLC0415 - no other format needs it

    asked = [name for name in sheet.answerers if to in {None, name}]
    if len(asked) > 1:
        raise _one_reader("a form", sheet)
    if not asked:
        return _rendered(sheet, to, "text")
    asks = {question.fact: question.ask for question in sheet.of(asked[0])}
    return answers_form(sheet.purchase.id, asked[0], day, asks, schema)


def _one_reader(what: str, sheet: QuestionSheet) -> click.UsageError:
    names = " or ".join(f"`--to {who}`" for who in sheet.answerers)
    return click.UsageError(f"{what} has one reader, and there are questions for several: add {names}")


def _message(sheet: QuestionSheet, to: str | None) -> str:
    """The one letter that a message holds.

    Raises:
        UsageError: there are several letters.
    """
    from procureguard.render.letters import letters  # noqa: PLC0415 - other formats bring it along
    from procureguard.render.mail import message  # noqa: PLC0415 - only mail needs the mail library

    found = letters(sheet, to)
    if len(found) > 1:
        raise _one_reader("a message", sheet)
    if found:
        return message(found[0])
    from procureguard.render.questions import heads  # noqa: PLC0415 - as above

    click.echo(" ".join(heads(sheet, [])), err=True)
    return ""
