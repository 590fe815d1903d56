from collections.abc import Callable, Iterable
from typing import Any

import pytest

from procureguard.capabilities import shipped_taxonomy
from procureguard.facts.check import HOW_TO_FIND, check_values, fits
from procureguard.facts.derived import shipped_schema
from procureguard.purchase import Purchase
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Document
from procureguard.source.stated import Block
from procureguard.stack.vendors import load_vendor
from written import Told, told, written

HEAD = "kind: purchase\nversion: 1\n"


def problems_of(text: str) -> list[Told]:
    problems = list[Diagnostic]()
    document = written(HEAD + text)
    check_values(document, Purchase(document).blocks(), shipped_schema(), shipped_taxonomy(), problems)
    return told(problems)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("request: {capabilities: [surveys, forms]}", []),
        ("contract: {amount: 1.2345}", []),
        ("contract: {amount: 99999999.9999}", []),
        ("contract: {amount: 1e-4}", []),
        ("contract: {amount: null}", []),
        (
            "contract: {amount: 0.00001}",
            [("PG221", "`1e-05` has more than four decimal places", "round it to four places", (3, 20))],
        ),
        (
            "contract: {amount: {value: 1.23456, source: it}}",
            [("PG221", "`1.23456` has more than four decimal places", "round it to four places", (3, 28))],
        ),
        (
            "request:\n  must: [surveys, survey]",
            [("PG220", "there is no capability `survey`", "did you mean `surveys`?", (4, 19))],
        ),
        (
            "request: {must: [zzzzzzzz]}",
            [
                (
                    "PG220",
                    "there is no capability `zzzzzzzz`",
                    HOW_TO_FIND,
                    (3, 18),
                )
            ],
        ),
        (
            "request: {capabilities: [demand-side-platform]}",
            [
                (
                    "PG220",
                    "there is no capability `demand-side-platform`",
                    "did you mean `programmatic-buying`?",
                    (3, 26),
                )
            ],
        ),
        (
            "product: {capabilities: {formz: full}}",
            [("PG220", "there is no capability `formz`", "did you mean `forms`?", (3, 26))],
        ),
        (
            "request: {must: [email-campaing]}",
            [("PG220", "there is no capability `email-campaing`", "did you mean `email-campaigns`?", (3, 18))],
        ),
        (
            "request: {must: [murveys]}",
            [("PG220", "there is no capability `murveys`", "did you mean `surveys`?", (3, 18))],
        ),
    ],
)
def test_capabilities_must_exist_and_money_must_have_four_places(text: str, expected: list[Told]) -> None:
    assert problems_of(text) == expected


MANIFEST = """\
kind: vendor
version: 1
id: formwise
products:
  - id: formwise
    capabilities:
      formz: full
      forms: partial
    plans:
      - id: starter
        facts:
          product:
            capabilities: {value: {feedback: full}, source: vendor}
"""


def manifest_blocks(document: Document) -> Iterable[Block]:
    manifest = load_vendor(document, [])
    assert manifest is not None
    return manifest.blocks()


@pytest.mark.parametrize(
    ("document", "blocks", "expected"),
    [
        (
            written(MANIFEST),
            manifest_blocks,
            [("formz", "`forms`", (7, 7)), ("feedback", "`surveys` or `creative-review`", (13, 36))],
        ),
        (
            written(f"{HEAD}request:\n  must: {{source: it, value: [forms, formz]}}\n  capabilities:\n  - formz\n"),
            lambda document: Purchase(document).blocks(),
            [("formz", "`forms`", (4, 37)), ("formz", "`forms`", (6, 5))],
        ),
    ],
)
def test_a_misspelt_capability_is_marked_where_it_stands_as_a_key_or_as_an_item(
    document: Document, blocks: Callable[[Document], Iterable[Block]], expected: list[tuple[str, str, tuple[int, int]]]
) -> None:
    problems = list[Diagnostic]()
    check_values(document, blocks(document), shipped_schema(), shipped_taxonomy(), problems)
    assert told(problems) == [
        ("PG220", f"there is no capability `{word}`", f"did you mean {meant}?", place)
        for word, meant, place in expected
    ]
    assert [document.source.text[found.span.start : found.span.end] for found in problems if found.span] == [
        word for word, *_ in expected
    ]


@pytest.mark.parametrize(
    ("path", "fitting", "unfitting"),
    [
        ("product.scim", [True, False, None], [1, 0, "yes", [True]]),
        ("request.users", [0, 5, None], [True, 5.0, "5"]),
        ("contract.amount", [5, 5.25], [True, "5", 1.23456]),
        ("vendor.country", ["DE"], [49, True]),
        ("contract.renews_on", ["2026-02-28"], ["2026-02-30", "soon", 20260228]),
        ("product.mfa", ["enforced"], ["sometimes", True]),
        ("data.categories", [[], ["health"]], ["health", ["helth"], [None]]),
        ("product.capabilities", [{}, {"crm": "full"}], [[], "crm"]),
        (
            "vendor.attestations",
            [[], [{}], [{"kind": "iso27001", "issued_on": "2026-01-01", "expires_on": None}]],
            [{}, ["iso27001"], [{"kinds": "iso27001"}], [{"issued_on": "2026-02-30"}], [{"kind": 27001}]],
        ),
    ],
)
def test_a_plain_value_fits_a_fact_exactly_when_it_has_its_type(
    path: str, fitting: list[Any], unfitting: list[Any]
) -> None:
    kind = shipped_schema()[path]
    assert [value for value in fitting if not fits(kind, value)] == []
    assert [value for value in unfitting if fits(kind, value)] == []
