"""Facts and parameters that generated expressions name, and values for them, some missing."""

from datetime import date
from random import Random
from typing import Any, TypeAlias

from procureguard.cel.types import BOOL, DATE, DECIMAL, DOUBLE, INT, STRING, Declaration, Type, list_of, record_of

Inputs: TypeAlias = dict[str, Any]

KINDS = ("soc2", "iso27001", "pci")
COLOURS = ("red", "green", "blue")
RECORD = record_of({"kind": STRING, "issued_on": DATE, "level": INT, "valid": BOOL, "share": DECIMAL})
FACTS = {
    "product.sso": Declaration(BOOL, "Single sign-on"),
    "product.scim": Declaration(BOOL, "Automatic removal"),
    "request.urgent": Declaration(BOOL, "Urgent"),
    "risk.high": Declaration(BOOL, "the risk is high"),
    "request.users": Declaration(INT, "People who log in", minimum=-1000, maximum=1000),
    "contract.seats": Declaration(INT, "Seats", minimum=0, maximum=1000),
    "cost.annual": Declaration(DECIMAL, "Annual cost"),
    "cost.limit": Declaration(DECIMAL, "Limit"),
    "usage.ratio": Declaration(DOUBLE, "Ratio"),
    "vendor.name": Declaration(STRING, "Vendor"),
    "product.colour": Declaration(STRING, "Colour", values=COLOURS),
    "today": Declaration(DATE, "today"),
    "contract.renews_on": Declaration(DATE, "Renewal"),
    "data.categories": Declaration(list_of(STRING), "Categories"),
    "data.levels": Declaration(list_of(INT), "Levels", minimum=-1000, maximum=1000),
    "data.days": Declaration(list_of(DATE), "Days"),
    "data.flags": Declaration(list_of(BOOL), "Flags"),
    "vendor.attestations": Declaration(
        list_of(RECORD),
        "Attestations",
        fields={
            "kind": Declaration(STRING, "kind", values=KINDS),
            "level": Declaration(INT, "level", minimum=0, maximum=9),
        },
    ),
}
PARAMETERS = {
    "params.days": Declaration(INT, "days", constant=90),
    "params.share": Declaration(DOUBLE, "share", constant=0.25),
    "params.kinds": Declaration(list_of(STRING), "kinds", constant=("soc2", "pci")),
    "params.name": Declaration(STRING, "name", constant="acme"),
}
ENVIRONMENT = FACTS | PARAMETERS
LISTS = tuple(path for path, declared in FACTS.items() if declared.type.element is not None)

TEXTS = ("", "a", "acme", "acme inc", "ab", "red", 'q"uote', "new\nline", "zürich", "b\\s")
AMOUNTS = (0, 1, 2500, 5000, 9999, 10_000, 12_345_678)
DAYS = (*(date(2026, month, 15).toordinal() for month in (1, 6, 12)), date(1999, 12, 31).toordinal())


def _value(random: Random, path: str, kind: Type) -> Any:  # noqa: ANN401, PLR0911 - one return for each kind
    if kind == BOOL:
        return random.random() < 0.5
    if kind == INT:
        return random.randint(-9 if path in FACTS and (FACTS[path].minimum or 0) < 0 else 0, 9)
    if kind == DECIMAL:
        return random.choice(AMOUNTS)
    if kind == DOUBLE:
        return random.choice((0.0, 0.25, 0.5, 1.0, 3.75))
    if kind == STRING:
        declared = KINDS if path == "kind" else FACTS[path].values if path in FACTS else None
        return random.choice(declared or (*TEXTS, *COLOURS))
    if kind == DATE:
        return random.choice(DAYS)
    element = kind.element or BOOL
    return tuple(_item(random, path, element) for _ in range(random.randint(0, 3)))


def _item(random: Random, path: str, element: Type) -> Any:  # noqa: ANN401 - values of every type
    if element != RECORD:
        return _value(random, path, element)
    return tuple(None if random.random() < 0.25 else _value(random, field, kind) for field, kind in RECORD.fields)


def inputs(random: Random, missing: float) -> Inputs:
    """Facts with values by chance; each is missing with the given probability."""
    return {
        path: None if random.random() < missing else _value(random, path, declared.type)
        for path, declared in FACTS.items()
    }
