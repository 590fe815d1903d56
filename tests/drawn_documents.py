"""Documents to test with: drawn from the table of facts, and one rich example of each kind without facts."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from hypothesis import strategies as st

from procureguard.vocabulary.table import rows

Json = Any
Row = dict[str, Any]

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
days = st.dates(date(1920, 1, 1), date(2199, 12, 31)).map(str)
slugs = st.from_regex(r"[a-z0-9]{1,4}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)
countries = st.from_regex(r"[A-Z]{2}", fullmatch=True)
currencies = st.from_regex(r"[A-Z]{3}", fullmatch=True)


def plain(row: Row) -> st.SearchStrategy[Json]:
    kind: str = row["type"]
    if kind == "map":
        return mapping(row)
    one = item(kind.removeprefix("list(").removesuffix(")"), row)
    if not kind.startswith("list("):
        return one
    fewest = 1 if row["path"] == "data.categories" else 0
    return st.lists(one, unique_by=lambda drawn: json.dumps(drawn, sort_keys=True), min_size=fewest, max_size=4)


def item(kind: str, row: Row) -> st.SearchStrategy[Json]:
    alone = {"bool": st.booleans(), "date": days, "capability": slugs, "country": countries}
    if kind in alone:
        return alone[kind]
    if kind in {"enum", "region"}:
        return st.sampled_from(row["values"])
    if kind == "record":
        return st.fixed_dictionaries({}, optional={key: st.none() | plain(inside) for key, inside in fields(row)})
    return {"int": integers, "decimal": decimals, "string": patterned}[kind](row)


def decimals(row: Row) -> st.SearchStrategy[Json]:
    return st.floats(row["minimum"], row["maximum"]) | integers(row)


def integers(row: Row) -> st.SearchStrategy[Json]:
    whole = st.integers(row["minimum"], row["maximum"])
    return whole | whole.map(float)


def patterned(row: Row) -> st.SearchStrategy[str]:
    return (
        st.from_regex(str(row["pattern"]), fullmatch=True).filter(lambda s: len(s) < 100) if "pattern" in row else texts
    )


def fields(row: Row) -> Iterator[tuple[str, Row]]:
    for key, field in row["fields"].items():
        yield key, {"path": f"{row['path']}.{key}", **field}


def mapping(row: Row) -> st.SearchStrategy[Json]:
    keys = {
        "tool.capabilities": slugs,
        "product.capabilities": slugs,
        "organisation.exchange_rates": currencies,
        "organisation.roles": st.sampled_from(["it", "legal", "owner"]),
        "organisation.response_days": st.sampled_from(["light", "high"]),
    }[row["path"]]
    value = {"type": row["value"], "path": row["path"], "minimum": 0, "maximum": 10**9, "values": row.get("values")}
    return st.dictionaries(keys, plain(value), max_size=3)


def stated(row: Row) -> st.SearchStrategy[Json]:
    about = {
        "source": st.sampled_from(["measured", "contract", "report", "vendor", "it", "catalogue", "requester"]),
        "as_of": days,
        "evidence": texts,
    }
    return st.fixed_dictionaries({"value": st.none() | plain(row)}, optional=about)


def said(row: Row) -> st.SearchStrategy[Json]:
    return plain(row) | st.none() | stated(row)


BY_PATH: dict[str, Row] = {str(row["path"]): row for row in rows()}


@st.composite
def sections(draw: st.DrawFn, among: tuple[str, ...], most: int = 6) -> dict[str, Json]:
    paths = [path for path in BY_PATH if path.split(".", 1)[0] in among]
    chosen = draw(st.lists(st.sampled_from(paths), max_size=most, unique=True))
    drawn: dict[str, Json] = {}
    for path in chosen:
        section, name = path.split(".", 1)
        drawn.setdefault(section, {})[name] = draw(said(BY_PATH[path]))
    return drawn


OF_PLAN = ("product", "data", "integration", "web", "messaging", "ai", "contract")


@st.composite
def purchases(draw: st.DrawFn) -> Json:
    return {"kind": "purchase", "version": 1, **draw(sections(("request", "vendor", *OF_PLAN)))}


@st.composite
def answers(draw: st.DrawFn) -> Json:
    about = {
        "purchase": texts,
        "source": st.sampled_from(["contract", "vendor", "it"]),
        "as_of": days,
        "evidence": texts,
    }
    header = draw(st.fixed_dictionaries({}, optional={key: st.none() | value for key, value in about.items()}))
    return {"kind": "answers", "version": 1, **header, **draw(sections(("request", "vendor", *OF_PLAN)))}


@st.composite
def vendors(draw: st.DrawFn) -> Json:
    plan = {"id": draw(slugs), "facts": draw(sections(OF_PLAN, 2))}
    price = {"amount": 20.75, "currency": "USD", "period": "month", "per": "seat"}
    product = {"id": "formwise", "facts": draw(sections(OF_PLAN, 2)), "plans": [plan, {"id": "top", "price": price}]}
    return {"kind": "vendor", "version": 1, "id": "formwise", "products": [product], **draw(sections(("vendor",), 2))}


@st.composite
def inventories(draw: st.DrawFn) -> Json:
    tool = draw(sections(("tool",), 4)).get("tool", {})
    tool |= {"id": draw(slugs), "status": "active", "capabilities": draw(plain(BY_PATH["tool.capabilities"]))}
    return {"kind": "inventory", "version": 1, "as_of": draw(days), "tools": [tool]}


@st.composite
def organisations(draw: st.DrawFn) -> Json:
    overrides = {
        "single-sign-on": {"effect": "review", "role": "security", "params": {"exempt_users": 3, "kinds": ["a"]}}
    }
    rest = {"preset": "mid-us-eu", "registers": {"inventory": "none"}, "policies": overrides, "ext": {"type": "object"}}
    return {"kind": "organisation", "version": 1, **rest, **draw(sections(("organisation",), 4))}


POLICY = {
    "id": "single-sign-on",
    "title": "Logins are under control",
    "effect": "condition",
    "role": "it",
    "waivable": True,
    "max_days": 365,
    "effective_from": "2026-12-02",
    "when": {"all": ["risk.standard", {"none": ["web.loads_on_site"]}]},
    "require": {"any": ["product.sso_on_plan", {"all": ["ai.used"]}]},
    "params": {"exempt_users": {"type": "int", "value": 5, "about": "small teams"}},
    "message": "No.",
    "why": "Because.",
    "remedy": "So.",
    "ask": "Which?",
    "due": "before_data",
    "evidence": "vendor",
    "root": "weak-accounts",
    "references": ["MVSP 2.1"],
    "examples": [
        {
            "name": "one",
            "given": {"cost": {"annual": 6000}, "ext": {"a": [1]}},
            "expect": "unknown",
            "asks": ["ai.used"],
        },
        {"name": "two", "as_of": "2026-12-02", "expect": "pass"},
    ],
}

CONSTANT: dict[str, Json] = {
    "policy": POLICY,
    "definitions": {
        "kind": "definitions",
        "version": 1,
        "definitions": [
            {"name": "risk.high", "title": "high risk", "is": {"any": ["a", "b"]}, "type": "int", "about": "x"},
            {"name": "personal_data", "title": "personal data", "is": "true"},
        ],
        "roots": {"weak-accounts": "Loose accounts"},
    },
    "pack": {
        "kind": "pack",
        "version": 1,
        "id": "security",
        "title": "Accounts",
        "domain": "security",
        "jurisdiction": None,
        "release": "2026.11",
        "agreed_by": ["marketing", "it"],
        "agreed_on": "2026-11-02",
        "review_by": "2027-11-02",
        "unverified": ["Which states have joined since."],
    },
    "mapping": {
        "kind": "mapping",
        "version": 1,
        "id": "saas-list",
        "title": "A list",
        "row": "tool",
        "columns": {"name": ["Tool", "App"], "seats": ["Licences"]},
        "defaults": {"status": "active"},
        "words": {"status": {"active": ["live"]}, "billing_cycle": {"month": ["monthly"]}},
        "only": {"category": ["Software"]},
    },
    "capabilities": {
        "kind": "capabilities",
        "version": 1,
        "coverage": {
            "weights": {"must": 3, "nice": 1},
            "levels": {"full": 1.0, "partial": 0.6, "latent": 0.5},
            "implied": 0.6,
        },
        "groups": {"content": "Content"},
        "areas": {"email": {"group": "content", "title": "E-mail"}},
        "capabilities": [
            {"id": "forms", "area": "email", "title": "Forms", "does": "Collects", "synonyms": ["a", "b"]},
            {
                "id": "x",
                "area": "email",
                "title": "X",
                "does": "Y",
                "synonyms": [],
                "implies": ["forms"],
                "exclusive": True,
            },
        ],
    },
}

DOCUMENTS: dict[str, st.SearchStrategy[Json]] = {
    "purchase": purchases(),
    "answers": answers(),
    "vendor": vendors(),
    "inventory": inventories(),
    "organisation": organisations(),
    **{name: st.just(document) for name, document in CONSTANT.items()},
}
