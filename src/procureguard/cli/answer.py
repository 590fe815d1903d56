"""`procureguard answer`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import click

from procureguard.cli.changes import show_changes, write_changes
from procureguard.cli.exits import FINE, FOUND
from procureguard.cli.output import inert, show_diagnostics
from procureguard.cli.surroundings import Surroundings, guard_of, options
from procureguard.facts.fact import SOURCES
from procureguard.facts.replaced import Replaced
from procureguard.facts.schema import FactSchema
from procureguard.guard.answering import SaidBy, answered, attributed, changes_of
from procureguard.guard.answers_file import AnswersFile, load_answers
from procureguard.guard.files import STANDARD_INPUT, read_bytes
from procureguard.guard.guard import Answer, Guard
from procureguard.guard.settings import Setting, check_settings, read_settings
from procureguard.purchase import Purchase
from procureguard.render.answer_words import not_counted, questions_left, replaced_words, wrote
from procureguard.render.view import View
from procureguard.source.diagnostic import Diagnostic, InvalidInput
from procureguard.source.document import Document
from procureguard.source.read import read_document

EPILOG = """\b
Examples:
  procureguard answer tool.purchase.yaml contract.dpa=signed
  procureguard answer tool.purchase.yaml data.people=6000 'data.regions=[EU, UK]'
  procureguard answer tool.purchase.yaml product.scim=true --source contract --as-of 2026-11-20
  procureguard answer tool.purchase.yaml --from vendor.answers.yaml --diff

\b
Exit code: 0 if the answers are written, whatever they come to; 1 if the
purchase or a file of answers is not valid; 2 if a fact cannot have such an
answer, or a file cannot be read or written.
"""


@click.command(epilog=EPILOG)
@click.argument("file", metavar="FILE")
@click.argument("texts", nargs=-1, metavar="[FACT=VALUE]...")
@click.option("--from", "forms", multiple=True, metavar="FILE", help="A file of answers that has come back.")
@click.option("--source", type=click.Choice(SOURCES[::-1]), help="Who says so; whoever is asked for it if not given.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day of the answers, today if not given.")
@click.option("--evidence", metavar="TEXT", help="Where it is written: a document, a page, a mail.")
@click.option("--diff", "--dry-run", "diff", is_flag=True, help="Show what would change, and change nothing.")
@options
def answer(  # noqa: PLR0913, PLR0917 - one parameter for each option
    file: str,
    texts: tuple[str, ...],
    forms: tuple[str, ...],
    source: str | None,
    as_of: datetime | None,
    evidence: str | None,
    diff: bool,  # noqa: FBT001 - a flag of the command line
    named: Surroundings,
) -> int:
    """Writes answers into a purchase, and says what its answer is now.

    FACT is a fact that was asked for, VALUE is YAML; `null` takes an answer back. Who said so and when is kept with it.
    Comments, order and all else in FILE stay as they are.
    """
    if file == STANDARD_INPUT:
        raise click.UsageError("answers are written into a file: name one")
    if not texts and not forms:
        raise click.UsageError("say what the answer is, as in `contract.dpa=signed`, or name a file with `--from`")
    said = SaidBy(source, as_of.date().isoformat() if as_of is not None else None, evidence)
    given = _Given(guard_of(named.around(Path(file))), said, date.today())  # noqa: DTZ011 - the day where the user is
    spoken = given.spoken(texts)
    content, contents = read_bytes(Path(file)), {name: read_bytes(Path(name)) for name in forms}
    problems: list[Diagnostic] = []
    try:
        purchase = given.purchase(file, content)
        answers = _each_once([*spoken, *given.filled(contents, purchase, problems)])
        new = answered(purchase, answers)
        outcome = given.guard.answer(new, given.today)
    except InvalidInput as error:
        show_diagnostics([*problems, *error.diagnostics])
        return FOUND
    show_diagnostics([*problems, *outcome.diagnostics])
    _put(file, content, new.source.text, diff=diff)
    _tell(file, changes_of(purchase, answers), outcome, given.guard.schema, diff=diff)
    return FINE


@dataclass(frozen=True, slots=True)
class _Given:
    """What answers are checked against, and what goes for those that do not say who gives them and when."""

    guard: Guard
    said: SaidBy
    today: date

    def purchase(self, name: str, content: bytes) -> Document:
        """The purchase as it stands.

        Raises:
            InvalidInput: it is no valid one, and must be mended before anything is added to it.
        """
        problems: list[Diagnostic] = []
        document = read_document(name, content, problems)
        if document is None:
            raise InvalidInput(problems)
        self.guard.facts(document, self.today)
        return document

    def spoken(self, texts: Iterable[str]) -> list[Setting]:
        """The answers on the command line.

        Raises:
            InvalidInput: a text is none, or a fact cannot have the value.
        """
        found = read_settings(texts, "FACT=VALUE")
        check_settings(found, self.guard.schema, self.guard.stack.taxonomy)
        whole = [attributed(each, self.guard.schema, self.said, self.today) for each in found]
        check_settings(whole, self.guard.schema, self.guard.stack.taxonomy)
        return whole

    def filled(self, contents: Mapping[str, bytes], purchase: Document, problems: list[Diagnostic]) -> list[Setting]:
        """The answers in files; what is odd about the files is added to the problems.

        Raises:
            InvalidInput: a file is not valid; everything wrong with any of them is named.
        """
        reference = Purchase(purchase).text("request", "id")
        wrong: list[Diagnostic] = []
        found: list[Setting] = []
        for name, content in contents.items():
            document = read_document(name, content, wrong)
            form = self._form(document, wrong) if document is not None else None
            if form is not None:
                problems += form.mismatch(reference)
                said = form.said.or_else(self.said)
                found += (attributed(each, self.guard.schema, said, self.today) for each in form.answers())
        if wrong:
            raise InvalidInput(wrong)
        return found

    def _form(self, document: Document, problems: list[Diagnostic]) -> AnswersFile | None:
        return load_answers(document, self.guard.schema, self.guard.stack.taxonomy, problems)


def _each_once(answers: Iterable[Setting]) -> list[Setting]:
    found: dict[str, Setting] = {}
    for each in answers:
        if found.setdefault(each.path, each).data != each.data:
            one, other = found[each.path].source.name, each.source.name
            raise click.UsageError(f"`{each.path}` is answered twice, by {one} and by {other}: keep one of the two")
    return list(found.values())


def _put(name: str, content: bytes, text: str, *, diff: bool) -> None:
    """Writes the file in one step, or shows what would change in it.

    Raises:
        InvalidInput: it cannot be written.
    """
    if diff:
        show_changes({name: content}, {name: text})
    elif problems := write_changes({name: content}, {name: text}):
        raise InvalidInput(problems)


def _tell(name: str, changes: Sequence[Replaced], outcome: Answer, schema: FactSchema, *, diff: bool) -> None:
    """Says what was written and what is remarkable about it, then what the purchase's answer is now."""
    report, paths = outcome.report, {change.path for change in changes}
    view = View(report, name, outcome.files)
    counting = (dispute.counts for dispute in report.disputed if dispute.path in paths)
    _say(
        [
            wrote(len(changes), name, diff=diff),
            *(replaced_words(change, schema[change.path]) for change in changes if not change.is_plain),
            *(not_counted(view, fact) for fact in counting if fact.place and fact.place.role != "purchase"),
        ],
        to_error=True,
    )
    _say([report.headline, questions_left(len(report.questions), name)], to_error=diff)


def _say(sentences: Iterable[str], *, to_error: bool) -> None:
    for sentence in sentences:
        click.echo(inert(sentence), err=to_error)
