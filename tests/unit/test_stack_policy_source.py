from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procureguard.source.diagnostic import Diagnostic
from procureguard.stack.organisation import load_organisation
from procureguard.stack.policy_source import PolicySource, Wrong, read_source, source_to_be
from written import kind, loaded, policy, policy_document, stack, told

DIGEST = "0123456789abcdef" * 4
SOURCE = f"https://policies.example/a/house-4.tar.gz#sha256={DIGEST}"


@pytest.mark.parametrize(
    "address",
    [
        "https://policies.example/house.tar.gz",
        "https://policies.example:8443/a/b/house.tar.gz?download=1",
        "https://[2606:4700::1111]/house.tar.gz",
        "HTTPS://policies.example/house.tar.gz",
        "http://localhost:8000/house.tar.gz",
        "http://127.0.0.2/house.tar.gz",
        "http://[::1]:8000/house.tar.gz",
    ],
)
def test_an_address_with_a_digest_is_a_source(address: str) -> None:
    found = read_source(f"{address}#sha256={DIGEST}")
    assert found == PolicySource(address, DIGEST)
    assert found.text == f"{address}#sha256={DIGEST}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("https://policies.example/house.tar.gz", "the address has no digest"),
        ("https://policies.example/house.tar.gz#", "`` is no digest"),
        ("https://policies.example/house.tar.gz#main", "`main` is no digest"),
        (f"https://policies.example/house.tar.gz#sha1={DIGEST}", f"`sha1={DIGEST[:54]}…` is no digest"),
        (f"https://policies.example/house.tar.gz#sha256={DIGEST[1:]}", f"`sha256={DIGEST[1:53]}…` is no digest"),
        (f"https://policies.example/house.tar.gz#sha256={DIGEST.upper()}", f"`sha256={DIGEST.upper()[:52]}…` is no"),
        (f"http://policies.example/house.tar.gz#sha256={DIGEST}", "policies are fetched over https, not http"),
        (f"http://127.0.0.1.example/house.tar.gz#sha256={DIGEST}", "policies are fetched over https, not http"),
        (f"http://10.0.0.1/house.tar.gz#sha256={DIGEST}", "policies are fetched over https, not http"),
        (f"https://me:secret@policies.example/a#sha256={DIGEST}", "an address must not hold a user name or password"),
        (f"https://me@policies.example/a#sha256={DIGEST}", "an address must not hold a user name or password"),
        (f"ftp://policies.example/house.tar.gz#sha256={DIGEST}", "`ftp://policies.example/house.tar.gz` is no address"),
        (f"https:///house.tar.gz#sha256={DIGEST}", "`https:///house.tar.gz` is no address"),
        (f"https://policies.example:x/a#sha256={DIGEST}", "`https://policies.example:x/a` is no address"),
        (f"https://policies.example:0/a#sha256={DIGEST}", "`https://policies.example:0/a` is no address"),
        (f"https://[::1/a#sha256={DIGEST}", "`https://[::1/a` is no address"),
        (f"https://policies.example/a b#sha256={DIGEST}", "`https://policies.example/a b` is no address"),
        (f"https://policies.example\\@10.0.0.1/#sha256={DIGEST}", "`https://policies.example\\@10.0.0.1/` is no"),
        (f"https://p\u00f6licies.example/a#sha256={DIGEST}", "`https://p\u00f6licies.example/a` is no address"),
        ("policies", "`policies` is no address of policies"),
        ("policies#main", "`policies` is no address of policies"),
    ],
)
def test_what_is_no_source_is_refused_where_it_stands(text: str, message: str) -> None:
    for place, policies in (("policies", text), ("from", {"from": text, "encryption": {"effect": "review"}})):
        problems = list[Diagnostic]()
        document = kind("organisation", {"policies": policies})
        assert load_organisation(document, problems) is None
        assert [(problem.code, problem.message.startswith(message)) for problem in problems] == [("PG320", True)], told(
            problems
        )
        assert problems[0].hint
        assert problems[0].span == document.value_span("/policies" if place == "policies" else "/policies/from")


@given(st.text(max_size=80), st.sampled_from(["", "https://", "https://a.example/x", "http://localhost"]))
def test_any_text_is_a_source_or_wrong_with_a_hint(text: str, start: str) -> None:
    found = read_source(start + text)
    assert found.hint if isinstance(found, Wrong) else found.text == start + text


def test_a_source_is_called_by_its_file_and_the_beginning_of_its_digest() -> None:
    assert PolicySource("https://policies.example/a/house-4.tar.gz?x=/y", DIGEST).name == "house-4.tar.gz@01234567"
    assert PolicySource("https://policies.example/", DIGEST).name == "policies.example@01234567"
    assert source_to_be("house 4.tar.gz", b"").startswith("https://…/house%204.tar.gz#sha256=e3b0c44298fc1c14")


CHANGE: dict[str, Any] = {"tested": {"effect": "review"}}


@pytest.mark.parametrize(
    ("policies", "source", "changes"),
    [({}, None, {}), (CHANGE, None, CHANGE), (SOURCE, SOURCE, {}), ({"from": SOURCE, **CHANGE}, SOURCE, CHANGE)],
)
def test_policies_are_a_source_or_changes_or_both(policies: Any, source: str | None, changes: Any) -> None:  # noqa: ANN401
    organisation = stack(organisation={"policies": policies}).organisation
    found = organisation.source
    assert (None if found is None else found.text, organisation.changes) == (source, changes)
    assert organisation.overrides.keys() == changes.keys()


def test_where_policies_come_from_is_no_part_of_their_digest() -> None:
    """Two mirrors of one pack are the same policies."""
    digests = {
        loaded([policy_document(policy())], {"policies": policies})[0].policies.digest
        for policies in (CHANGE, {"from": SOURCE, **CHANGE}, {"from": SOURCE.replace("policies", "mirror"), **CHANGE})
    }
    assert len(digests) == 1
