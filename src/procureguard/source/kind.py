"""Documents by their kind: which schema a file answers to."""

import json
from functools import cache

from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Document
from procureguard.source.schema import check_schema
from procureguard.source.shipped import shipped
from procureguard.source.validator import Validator

KINDS = (
    "purchase",
    "vendor",
    "inventory",
    "organisation",
    "decisions",
    "card-payments",
    "policy",
    "definitions",
    "pack",
    "form",
    "mapping",
    "answers",
)
"""What a file may be, as its `kind:` says."""


def kind_of(document: Document) -> str | None:
    """The kind a document says it is; a policy need not say so."""
    data = document.data
    if not isinstance(data, dict):
        return None
    if "kind" not in data and {"effect", "require"} & data.keys():
        return "policy"
    kind = data.get("kind")
    return kind if isinstance(kind, str) else None


def check_kind(document: Document, expected: str, problems: list[Diagnostic]) -> bool:
    """Whether a document is of the kind expected and answers to its schema; every problem is added."""
    kind = kind_of(document)
    if isinstance(document.data, dict) and kind is not None and kind != expected:
        return _refuse(document, kind, expected, problems)
    return check_schema(document, _validator(expected), problems)


def check_stated_kind(document: Document, problems: list[Diagnostic]) -> str | None:
    """The kind of a document that answers to the schema of the kind it says it is, or None with the problems added."""
    kind = kind_of(document)
    if kind in KINDS:
        return kind if check_kind(document, kind, problems) else None
    if kind is None:
        message, hint = "the file does not say what it is", f"begin with `kind:` and one of {', '.join(KINDS)}"
        problems.append(Diagnostic.error("PG225", message, document.source, document.value_span(""), hint))
        return None
    from procureguard.source.mending import Mistake  # noqa: PLC0415 - only a wrong file needs it

    mistake = Mistake("PG225", f"`{kind}` is no kind of file", document, "/kind")
    problems.append(mistake.misspelt(kind, KINDS, f"write one of {', '.join(KINDS)}"))
    return None


def _refuse(document: Document, kind: str, expected: str, problems: list[Diagnostic]) -> bool:
    message = f"this file is of kind `{kind}`, but a file of kind `{expected}` is needed here"
    from procureguard.source.mending import Advice, Mistake  # noqa: PLC0415 - only a wrong file needs it

    mistake = Mistake("PG225", message, document, "/kind")
    problems.append(mistake.misspelt(kind, KINDS) if kind not in KINDS else mistake.with_advice(Advice()))
    return False


@cache
def _validator(kind: str) -> Validator:
    path = shipped("schemas") / f"{kind}.schema.json"
    return Validator(json.loads(path.read_text(encoding="utf-8")))
