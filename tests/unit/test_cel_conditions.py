import pytest

from procureguard.cel.conditions import conditions
from procureguard.cel.unparser import unparse
from property.cel_facts import ENVIRONMENT
from property.evaluating import checked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("product.sso", ["product.sso"]),
        ("!product.sso && (product.scim || request.users > 5)", ["product.sso", "product.scim", "request.users > 5"]),
        ("product.sso ? product.scim : risk.high", ["product.sso", "product.scim", "risk.high"]),
        ("(product.sso ? 3 : 5) > request.users", ["(product.sso ? 3 : 5) > request.users", "product.sso"]),
        (
            'data.categories.exists(c, c == "a" || product.sso)',
            ['data.categories.exists(c, c == "a" || product.sso)', 'c == "a"', "product.sso"],
        ),
        (
            'size(data.categories.filter(c, !(c in ["a"]))) > 1',
            ['size(data.categories.filter(c, !(c in ["a"]))) > 1', 'c in ["a"]'],
        ),
        ("params.days > 3 || product.sso", ["product.sso"]),
        ("true", []),
    ],
)
def test_conditions_are_what_an_expression_is_put_together_from(text: str, expected: list[str]) -> None:
    assert [unparse(node) for node in conditions(checked(text, ENVIRONMENT))] == expected


def test_a_value_has_conditions_only_where_something_decides_in_it() -> None:
    assert conditions(checked("request.users + 1", ENVIRONMENT, None)) == ()
    found = conditions(checked("product.sso ? request.users : 1", ENVIRONMENT, None))
    assert [unparse(node) for node in found] == ["product.sso"]
