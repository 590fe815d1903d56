import yaml
from hypothesis import given
from hypothesis import strategies as st

from procureguard.render.yaml_value import yaml_value
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.read import read_document

WORDS = ("no", "Y", "off", "null", "1.10", "0x1f", "a: b", "a #b", "[a]", "2026-11-21", "-", "'", '"', "a,b", "é", "\\")
texts = st.sampled_from(WORDS) | st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]))
scalars = st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False) | texts
values = scalars | st.lists(scalars) | st.dictionaries(texts, scalars | st.lists(scalars))


@given(values)
def test_a_value_is_read_again_as_what_it_was(value: object) -> None:
    problems: list[Diagnostic] = []
    document = read_document("a.yaml", f"value: {yaml_value(value)}\n".encode(), problems)
    assert document is not None, problems
    assert document.data == {"value": value}


@given(texts | st.lists(texts))
def test_older_readers_take_texts_for_texts_too(value: object) -> None:
    found = yaml.safe_load(f"value: {yaml_value(value)}\n")["value"]
    assert (list(map(str, found)) if isinstance(found, list) else str(found)) == value
