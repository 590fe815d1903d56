"""The interview on a terminal: one question after the other, each answer looked at when it is given."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from procureguard.cli.asking import ask_line, say, say_heading
from procureguard.facts.schema import FactType, to_words
from procureguard.finding import NEEDS_INFO
from procureguard.guard.buyers_words import CURRENCY, MOST_NUMBERED, Choice, HalfUnderstood, choices, read_answer
from procureguard.guard.interview import Asked, Interview
from procureguard.guard.list_price import AMOUNT, SEATS, ListPrice, list_price
from procureguard.guard.settings import Setting, check_settings, settings_of
from procureguard.render.style import wrapped
from procureguard.source.diagnostic import Diagnostic, InvalidInput

HELP, BACK, EMPTY = "?", "<", "-"
MOST_REASONS = 3
OF_A_MANIFEST = frozenset({"product id", "plan id"})
"""Units of facts that are not asked where a manifest leaves no choice."""

PRICING = "contract.pricing"
NAMED_WITHIN = {"product.vendor": ("product.id", "product.plan"), "product.id": ("product.plan",)}
"""Facts whose old answers mean nothing any more when another one is answered otherwise."""

INTRODUCTION = (
    f"Leave empty what you do not know. `{HELP}` tells why we ask, `{BACK}` goes back one question "
    f"and shows your answer: Enter keeps it, `{EMPTY}` empties it. "
    "Ctrl-D ends the questions and keeps your answers, Ctrl-C writes nothing."
)
FORMS = {
    "bool": "[y/n]",
    "int": "[a whole number]",
    "decimal": "[a number]",
    "date": "[a day, as 2026-11-21]",
    CURRENCY: "[three letters, such as EUR]",
    AMOUNT: "[a number, for all seats together]",
    "list(capability)": "[your own words, with commas between]",
}
"""How an answer is written, by type, unit or path of the fact."""


def interview_buyer(interview: Interview, given: Sequence[Setting]) -> tuple[Setting, ...] | None:
    """What the buyer knows, asked for one by one, beside what is given already; None where nothing was answered.

    Raises:
        InvalidInput: what is given does not go together.
    """
    talk = _Talk(interview, given)
    say(INTRODUCTION)
    try:
        while talk.turn():
            pass
    except EOFError:
        click.echo(err=True)
        if len(talk.answers) == len(given):
            say("Nothing was answered, so nothing is written.")
            return None
        say("That is enough, then.")
    except KeyboardInterrupt:
        click.echo(err=True)
        say("Nothing is written.")
        raise
    return talk.answers


class _Talk:
    """One interview while it goes on: what was answered, what was passed over, and in which order."""

    def __init__(self, interview: Interview, given: Sequence[Setting]) -> None:
        self._interview = interview
        self._given = {setting.path: setting for setting in given}
        self._said: dict[str, Setting | None] = {}
        self._warned: set[str] = set()
        self._by_itself: set[str] = set()
        self._drafts: dict[str, Setting] = {}
        self._heard: dict[str, tuple[str, ...]] = {}
        self._number: int | None = 0
        self._highest = 0
        self._standing = interview.standing(given)

    @property
    def answers(self) -> tuple[Setting, ...]:
        """What is stated so far, and what was stated before the user went back and still goes together with it."""
        said = dict(self._said)
        for path, draft in self._drafts.items():
            if path not in said and self._interview.may_be_asked(path, self._standing.facts):
                said[path] = draft
        try:
            self._interview.standing(self._stated(said))
        except InvalidInput:
            return self._stated(self._said)
        return self._stated(said)

    def turn(self) -> bool:
        """Asks one question; no more when no answer can change the verdict."""
        asked = self._interview.next_question(self._standing, self._given.keys() | self._said.keys())
        if asked is None:
            open_still = self._standing.answer.report.verdict == NEEDS_INFO
            say("The rest is for others to say." if open_still else "That settles it.")
            return False
        offered = choices(asked.fact, self._standing.facts, self._interview.guard.stack)
        if asked.fact.unit in OF_A_MANIFEST and len(offered) == 1:
            say(f"The only {asked.fact.unit.removesuffix(' id')} known: {offered[0].value}", "  ")
            self._follows({asked.fact.path: offered[0].value})
            return True
        self._show(asked, offered)
        while not self._take(asked, offered, ask_line("  > ")):
            pass
        return True

    def _show(self, asked: Asked, offered: Sequence[Choice]) -> None:
        if asked.number != self._number:
            say_heading(self._heading(asked.number))
            self._number = asked.number
        say(f"{asked.ask} {how_to_answer(asked.fact, offered)}".rstrip(), "  ")
        for line in _listed(offered):
            click.echo(line, err=True)
        draft = self._drafts.get(asked.fact.path)
        if draft is not None:
            now = understood_as(asked.fact, draft, offered)
            say(f"now: {now} (Enter keeps it, `{EMPTY}` empties it)", "  ")
        elif self._offered(asked.fact.path):
            price, seats = self._price
            assert price is not None
            say(f"List price: {price.order(seats)}. Enter if the offer says the same, `{EMPTY}` if not known.", "  ")

    def _heading(self, number: int | None) -> str:
        form = self._interview.form
        if number is None or form is None:
            return "What can still change the answer"
        ask = form.questions[number - 1].ask
        if number < self._highest:
            return ask
        self._highest = number
        return f"{number} of {form.quick}: {ask}"

    def _take(self, asked: Asked, offered: Sequence[Choice], words: str) -> bool:
        """Whether the next question can follow: the words were an answer, or none was known, or they lead back."""
        path = asked.fact.path
        if words == HELP:
            self._explain(path)
            return False
        if words == BACK:
            self._go_back(asked)
            return True
        if words:
            return self._drop(path) if words == EMPTY else self._answered(asked, offered, words)
        return self._kept(path)

    def _kept(self, path: str) -> bool:
        """Takes an empty answer: for what was said before, else for the list price, else for not known."""
        if path in self._said:
            return True
        if path in self._heard:
            return self._stands(settings_of({path: list(self._heard.pop(path))})[0])
        if path in self._drafts:
            return self._stands(self._drafts[path])
        values = self._offered(path)
        self._said[path] = None
        self._follows(values)
        self._by_itself.discard(path)
        return True

    @property
    def _price(self) -> tuple[ListPrice | None, int | None]:
        """The list price of what is to be bought, and for how many seats."""
        facts = self._standing.facts
        return list_price(facts, self._interview.guard.stack), facts.value(SEATS)

    def _offered(self, path: str) -> Mapping[str, Any]:
        """What an empty answer states: the list price, where nothing that is said speaks against it."""
        price, seats = self._price
        if path != AMOUNT or price is None:
            return {}
        values = price.facts(seats)
        stated = {setting.path: setting.data for setting in self.answers}
        return values if all(stated.get(name, value) == value for name, value in values.items()) else {}

    def _follows(self, values: Mapping[str, Any]) -> None:
        """States what nobody has to be asked for."""
        for setting in settings_of({path: value for path, value in values.items() if path not in self._given}):
            self._said[setting.path] = setting
            self._by_itself.add(setting.path)
        self._standing = self._interview.standing(self._stated(self._said))

    def _drop(self, path: str) -> bool:
        """Takes an answer for not known."""
        self._drafts.pop(path, None)
        self._heard.pop(path, None)
        self._said[path] = None
        self._standing = self._interview.standing(self._stated(self._said))
        return True

    def _go_back(self, asked: Asked) -> None:
        """Opens the last question again, with its answer as a draft; what followed from that by itself is forgotten."""
        if asked.fact.path in self._said:
            self._reopen()
        while self._said and self._reopen() in self._by_itself:
            pass
        self._standing = self._interview.standing(self._stated(self._said))
        self._number = self._highest = 0

    def _reopen(self) -> str:
        path, setting = self._said.popitem()
        if setting is not None and path not in self._by_itself:
            self._drafts[path] = setting
        return path

    def _answered(self, asked: Asked, offered: Sequence[Choice], words: str) -> bool:
        guard = self._interview.guard
        try:
            heard = self._heard.get(asked.fact.path, ())
            setting = read_answer(", ".join((*heard, words)), asked.fact, offered, guard.stack)
            check_settings([setting], guard.schema, guard.stack.taxonomy)
        except InvalidInput as refused:
            if isinstance(refused, HalfUnderstood):
                self._hear(asked, refused.understood)
            _explained(refused.diagnostics)
            return False
        understood = understood_as(asked.fact, setting, offered)
        if understood.casefold() != words.casefold():
            say(f"= {understood}", "  ")
        return self._stands(setting)

    def _unrated(self, setting: Setting) -> Diagnostic | None:
        """That nobody knows what a currency is worth, if so."""
        guard = self._interview.guard
        kind = guard.schema[setting.path]
        known = [choice.value for choice in choices(kind, self._standing.facts, guard.stack)]
        if kind.unit != CURRENCY or setting.data in known:
            return None
        message = f"no exchange rate is known for `{setting.data}`, so the answer has to stay open"
        hint = f"known: {', '.join(known)}; others stand as `exchange_rates` in the organisation file"
        return Diagnostic("PG227", "warning", message, hint=hint)

    def _hear(self, asked: Asked, values: Sequence[str]) -> None:
        """Keeps what was understood of a list, so that only the rest is to be said again."""
        if values:
            self._heard[asked.fact.path] = tuple(values)
            kept = settings_of({asked.fact.path: list(values)})[0]
            offered = choices(asked.fact, self._standing.facts, self._interview.guard.stack)
            say(f"understood: {understood_as(asked.fact, kept, offered)}; say the rest again, or leave empty", "  ")

    def _stands(self, setting: Setting) -> bool:
        """Whether an answer goes together with the others, and nothing about it is odd."""
        try:
            standing = self._interview.standing(self._stated({**self._said, setting.path: setting}))
        except InvalidInput as refused:
            _explained(refused.diagnostics)
            return False
        self._said[setting.path] = setting
        self._heard.pop(setting.path, None)
        self._by_itself.discard(setting.path)
        draft = self._drafts.pop(setting.path, None)
        if draft is not None and draft.data != setting.data:
            for path in NAMED_WITHIN.get(setting.path, ()):
                self._drafts.pop(path, None)
        self._standing = standing
        price, seats = self._price
        if setting.path == SEATS and price is not None and price.per == "seat" and PRICING not in self._said:
            self._follows({PRICING: price.per})
        doubt = price.doubt(setting.data, seats) if price is not None and setting.path == AMOUNT else None
        doubt = doubt or self._unrated(setting)
        found = [*standing.answer.diagnostics, *([doubt] if doubt is not None else [])]
        new = [problem for problem in found if problem.message not in self._warned]
        _explained(new)
        self._warned.update(problem.message for problem in new)
        if new:
            say("Leave empty to keep the answer, or give another one.", "  ")
        return not new

    def _explain(self, path: str) -> None:
        reasons = self._interview.reasons(path, self._standing)
        for policy in reasons[:MOST_REASONS]:
            say(f"{policy.title}: {policy.why}", "    ")
        if not reasons:
            say("No rule depends on it. It tells those who read the request what this is about.", "    ")
        elif len(reasons) > MOST_REASONS:
            say(f"It matters for {len(reasons) - MOST_REASONS} more: procureguard explain {path}", "    ")

    def _stated(self, said: dict[str, Setting | None]) -> tuple[Setting, ...]:
        return (*self._given.values(), *(setting for setting in said.values() if setting is not None))


def how_to_answer(kind: FactType, offered: Sequence[Choice]) -> str:
    """How an answer is written, empty where any text will do."""
    if kind.path == AMOUNT or kind.unit == CURRENCY:
        return FORMS[AMOUNT if kind.path == AMOUNT else CURRENCY]
    several = "several with commas between, or `none`"
    if offered:
        return f"[{several}]" if kind.is_list else "[one of these]" if kind.values else "[one of these, or another]"
    return FORMS.get(kind.type, f"[{several}]" if kind.is_list else "")


def understood_as(kind: FactType, setting: Setting, offered: Sequence[Choice]) -> str:
    """What an answer was taken for, in words."""
    titles = {choice.value: choice.title for choice in offered}
    data = setting.data
    if isinstance(data, list):
        return ", ".join(titles.get(str(item), str(item)) for item in data) or "none"
    if isinstance(data, bool):
        return to_words(kind, data)
    return titles.get(str(data), str(data))


def _listed(offered: Sequence[Choice]) -> Iterator[str]:
    if len(offered) > MOST_NUMBERED:
        yield from wrapped(", ".join(choice.value for choice in offered), "    ", "    ")
        return
    for number, choice in enumerate(offered, start=1):
        obvious = choice.title.casefold().replace(" ", "_").startswith(choice.value.casefold())
        told = "" if obvious else f" ({choice.value})"
        told += f": {choice.meaning}" if choice.meaning else ""
        yield from wrapped(f"{number:>2}  {choice.title}{told}", "    ", "        ")


def _explained(problems: Sequence[Diagnostic]) -> None:
    for problem in problems:
        say(f"{problem.message}{f' ({problem.hint})' if problem.hint else ''}", "  ! ", "    ")
