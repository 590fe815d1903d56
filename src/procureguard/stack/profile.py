"""The profile of an organisation: its investment plan, and what can be wrong with it beyond a schema."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Document
from procureguard.source.stated import is_stated, plain

SHORTEST_PLAN = 18
"""Months."""

MONTHS_A_YEAR = 12
PARTIES = {"marketing": "marketing", "it": "IT"}
"""Who has to agree, and what they are called."""

WHOLE_METRIC = ("id", "kind", "title", "formula", "unit", "source", "owner")
"""What makes a definition by which everybody reckons the same."""


class InvestmentPlan(NamedTuple):
    """What marketing and IT mean to invest in; `missing` are those who have not agreed yet."""

    first_day: date
    last_day: date
    lines: tuple[str, ...]
    missing: tuple[str, ...]

    @classmethod
    def of(cls, data: Mapping[str, Any] | None) -> "InvestmentPlan | None":
        """The plan of a valid organisation file."""
        if data is None:
            return None
        agreed = data.get("agreed_by") or ()
        return cls(
            date.fromisoformat(data["first_day"]),
            date.fromisoformat(data["last_day"]),
            tuple(line["id"] for line in data["lines"]),
            tuple(name for party, name in PARTIES.items() if party not in agreed),
        )

    def covers(self, day: date) -> bool:
        """Whether a day lies between its first and its last one."""
        return self.first_day <= day <= self.last_day

    @property
    def months(self) -> int:
        """Whole months from the first day to the last one."""
        first, end = self.first_day, self.last_day + timedelta(days=1)
        return (end.year - first.year) * MONTHS_A_YEAR + end.month - first.month - (end.day < first.day)


def check_profile(document: Document, problems: list[Diagnostic]) -> None:
    """Adds what is wrong with the plan, the exchange rates and the metrics of a document that answers to its schema."""
    problems += [*_plan(document), *_exchange_rates(document), *_metrics(document)]


def _plan(document: Document) -> Iterator[Diagnostic]:
    data: Any = document.data
    plan = InvestmentPlan.of(data.get("plan"))
    if plan is None:
        return
    if plan.months < SHORTEST_PLAN:
        ends_first = plan.last_day < plan.first_day
        message = "the plan ends before it begins" if ends_first else f"the plan reaches {plan.months} months ahead"
        hint = f"agree on {SHORTEST_PLAN} months or more, so that IT can prepare what is coming"
        yield Diagnostic.error("PG236", message, document.source, document.value_span("/plan/last_day"), hint)
    yield from _twice(document, "/plan/lines", plan.lines, "line of the plan")
    if plan.missing:
        message = f"the plan is not agreed by {' and '.join(plan.missing)}, so its lines do not count yet"
        span, hint = document.key_span("/plan"), "write `agreed_by: [marketing, it]` once both have agreed"
        yield Diagnostic.warning("PG236", message, document.source, span, hint)
    if plain((data.get("organisation") or {}).get("plan_items")) is not None:
        span = document.key_span("/organisation/plan_items")
        message, hint = "the plan states its lines already", "remove `plan_items`, or the plan"
        yield Diagnostic.error("PG236", message, document.source, span, hint)


def _exchange_rates(document: Document) -> Iterator[Diagnostic]:
    data: Any = document.data
    rates: Any = (data.get("organisation") or {}).get("exchange_rates")
    house = plain((data.get("organisation") or {}).get("currency"))
    pointer = "/organisation/exchange_rates" + ("/value" if is_stated(rates) else "")
    for currency, rate in (plain(rates) or {}).items():
        if rate is not None and (rate <= 0 or (currency == house and rate != 1)):
            message = f"`{rate}` is no exchange rate of `{currency}`"
            span = document.value_span(f"{pointer}/{currency}")
            hint = "say how much of the house currency one unit is worth, above 0"
            yield Diagnostic.error("PG237", message, document.source, span, hint)
    if plain(rates) and not (is_stated(rates) and rates.get("as_of")):
        span = document.value_span("/organisation/exchange_rates")
        message, hint = "these exchange rates have no day", "write `{value: …, as_of: …}` with the day they are of"
        yield Diagnostic.warning("PG237", message, document.source, span, hint)


def _metrics(document: Document) -> Iterator[Diagnostic]:
    data: Any = document.data
    stated: Any = (data.get("organisation") or {}).get("metrics")
    pointer = "/organisation/metrics" + ("/value" if is_stated(stated) else "")
    yield from _twice(document, pointer, [metric.get("id") for metric in plain(stated) or ()], "metric")
    for place, metric in enumerate(plain(stated) or ()):
        missing = [name for name in WHOLE_METRIC if metric.get(name) is None]
        if missing:
            message = f"this metric is not defined without {', '.join(f'`{name}`' for name in missing)}"
            span = document.value_span(f"{pointer}/{place}")
            hint = "say how it is worked out, in which unit, from which source, and who answers for it"
            yield Diagnostic.error("PG238", message, document.source, span, hint)


def _twice(document: Document, pointer: str, ids: Sequence[str | None], what: str) -> Iterator[Diagnostic]:
    for place, identity in enumerate(ids):
        if identity is not None and identity in ids[:place]:
            span = document.value_span(f"{pointer}/{place}/id")
            message, hint = f"the {what} `{identity}` stands twice", "give each an id of its own"
            yield Diagnostic.error("PG223", message, document.source, span, hint)
