"""When contracts renew, until when notice can be given, and when to begin looking at them."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal, NamedTuple

from procureguard.stack.integrations import IN_USE
from procureguard.stack.inventory import Tool

CHECK_BEFORE_NOTICE = 45
"""Days before the notice day on which the check of a renewal begins."""

State = Literal["past", "missed", "check", "later"]


class Renewal(NamedTuple):
    """The dates of one contract, seen from a day.

    Attributes:
        notice_on: the last day on which notice can be given.
        check_from: the day on which the check of the renewal begins.
        state: `past` when the renewal day itself is over, `missed` when only the notice day is, `check` when it is time
            to look, `later` before that.
        days: days left to give notice, negative once the day is missed.
    """

    tool: Tool
    renews_on: date
    notice_on: date
    check_from: date
    state: State
    days: int


class Undated(NamedTuple):
    """A tool whose notice day is not known, and the facts nobody has stated."""

    tool: Tool
    missing: tuple[str, ...]


class Renewals(NamedTuple):
    """The contracts of all tools in use: by notice day, and those of unknown notice day by id."""

    dated: tuple[Renewal, ...]
    undated: tuple[Undated, ...]


def notice_day(tool: Tool) -> date | None:
    """The last day on which notice can be given, or None where the renewal or the notice is not stated."""
    renews_on, days = _renews_on(tool), tool.get("notice_days")
    return None if renews_on is None or days is None else _before(renews_on, int(days))


def find_renewals(tools: Iterable[Tool], as_of: date, within: int | None = None) -> Renewals:
    """The renewals of the tools in use, those missed first; with `within`, notice days up to so many days ahead."""
    used = sorted((tool for tool in tools if tool.get("status") in IN_USE), key=lambda tool: tool.identity)
    dated = [found for tool in used if (found := _renewal(tool, as_of)) is not None]
    if within is not None:
        dated = [renewal for renewal in dated if renewal.days <= within]
    undated = (Undated(tool, _missing(tool)) for tool in used if notice_day(tool) is None)
    return Renewals(tuple(sorted(dated, key=lambda found: (found.notice_on, found.tool.identity))), tuple(undated))


def _renewal(tool: Tool, as_of: date) -> Renewal | None:
    renews_on, notice_on = _renews_on(tool), notice_day(tool)
    if renews_on is None or notice_on is None:
        return None
    check_from = _before(notice_on, CHECK_BEFORE_NOTICE)
    return Renewal(
        tool,
        renews_on,
        notice_on,
        check_from,
        _state(as_of, renews_on, notice_on, check_from),
        (notice_on - as_of).days,
    )


def _state(as_of: date, renews_on: date, notice_on: date, check_from: date) -> State:
    if as_of > renews_on:
        return "past"
    if as_of > notice_on:
        return "missed"
    return "check" if as_of >= check_from else "later"


def _missing(tool: Tool) -> tuple[str, ...]:
    return tuple(name for name in ("renews_on", "notice_days") if tool.get(name) is None)


def _renews_on(tool: Tool) -> date | None:
    day = tool.get("renews_on")
    return None if day is None else date.fromisoformat(day)


def _before(day: date, days: int) -> date:
    """So many days earlier, or the first day of all: notice periods are not bounded, calendars are."""
    return day - timedelta(days) if days < day.toordinal() else date.min
