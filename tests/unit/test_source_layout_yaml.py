from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from procureguard.source import yaml_reader
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.layout_yaml import laid_out_yaml
from procureguard.source.read import read_document
from procureguard.source.yaml_python import PythonParser
from ugly import DOCUMENTS, comments_of, ugly

ROOT = Path(__file__).parents[2]
SHIPPED = sorted(path for folder in ("examples", "policies", "src") for path in (ROOT / folder).rglob("*.yaml"))


def data_of(text: str) -> Any:  # noqa: ANN401 - any data
    problems: list[Diagnostic] = []
    document = read_document("a.yaml", text.encode(), problems)
    assert document is not None, (problems[0].headline, text)
    return document.data


def test_what_is_shipped_is_in_the_house_form() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in SHIPPED}
    assert len(texts) > 100
    assert [str(path) for path, text in texts.items() if laid_out_yaml(text) != text] == []


@pytest.fixture(params=["c", "python"], name="parser")
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "python":
        monkeypatch.setattr(yaml_reader, "EventParser", PythonParser)


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a:   1", "a: 1\n"),
        ("a : 1\n\n\n\nb: 2\n\n", "a: 1\n\nb: 2\n"),
        ("\n \n# x  \na: 1   \n", "# x\na: 1\n"),
        ("a:\n- 1\n-   2\n", "a:\n  - 1\n  - 2\n"),
        ("a:\n    b:\n        c: 1\n", "a:\n  b:\n    c: 1\n"),
        ("-  a: 1\n   b: 2\n-  - x\n   -  y\n", "- a: 1\n  b: 2\n- - x\n  - y\n"),
        ("a: [ 1,2 , 3 ]\nb: { c: 1 ,d: [ ] }\n", "a: [1, 2, 3]\nb: {c: 1, d: []}\n"),
        ('{"a":1,"b":[]}', '{"a": 1, "b": []}\n'),
        ("a: [1, 2,]\n", "a: [1, 2,]\n"),
        ("a:\n      [1,\n       2]\n", "a:\n  [1,\n   2]\n"),
        ("a:   # note\n    b: 1   # why\n", "a:   # note\n  b: 1   # why\n"),
        ("a:\n    b: 1\n    # of b\n  # of b too\n# of c\nc: 1\n", "a:\n  b: 1\n  # of b\n# of b too\n# of c\nc: 1\n"),
        ("a:\n# of b\n    b: 1\n", "a:\n  # of b\n  b: 1\n"),
        ("a:\n- 1\n# the end\n", "a:\n  - 1\n# the end\n"),
        ("a: |\n     x  \n       y\n\n\n\n\nb: 1\n", "a: |\n  x  \n    y\n\nb: 1\n"),
        ("a: |+\n     x\n\n\nb: 1\n", "a: |+\n  x\n\n\nb: 1\n"),
        ("a:\n    b: |2\n        x\n", "a:\n  b: |2\n      x\n"),
        ("a:\n- |\n  x\n", "a:\n  - |\n      x\n"),
        ("a: >-\n     x\n      y\n", "a: >-\n  x\n   y\n"),
        ("a: x\n       y\n\n   \n    z\n", "a: x\n  y\n\n\n  z\n"),
        ("a: 'x  \n       y'\n", "a: 'x  \n  y'\n"),
        ('a: "x\\ \n       y\\\n   z"\n', 'a: "x\\ \n  y\\\n  z"\n'),
        ("a: |\n  x", "a: |\n  x"),
        ("a: |-\n  x", "a: |-\n  x"),
        ("? a\n:   1\n", "? a\n: 1\n"),
        ("---\n  a: 1\n...\n", "---\na: 1\n...\n"),
        ("a: 1\r\n\r\n\r\nb:  2", "a: 1\r\n\r\nb: 2\r\n"),
        ("a:\nb:\n-\n- x\n", "a:\nb:\n  -\n  - x\n"),
        ("a: |\n     x\n      \t\n   \n", "a: |\n  x\n   \t\n"),
        ("a: |\n  x\n   \n\nb: 1\n", "a: |\n  x\n   \n\nb: 1\n"),
        ("a: |\n  x\n   ", "a: |\n  x\n   "),
        ("a:\n  # b: 1\n\n  # c: 1\nd: 1\n", "a:\n  # b: 1\n\n  # c: 1\nd: 1\n"),
        ("a:\n      # b: 1\n # c: 1\n# of d\nd: 1\n", "a:\n  # b: 1\n  # c: 1\n# of d\nd: 1\n"),
        ("a:\n    b:\n      # c: 1\n    # of a\n# of d\n", "a:\n  b:\n    # c: 1\n  # of a\n# of d\n"),
        ("a:\n-\n    # b: 1\n# of a\n", "a:\n  -\n    # b: 1\n# of a\n"),
    ],
)  # fmt: skip
def test_the_house_form(text: str, wanted: str) -> None:
    assert laid_out_yaml(text) == wanted
    assert laid_out_yaml(wanted) == wanted
    assert data_of(wanted) == data_of(text)


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), document=DOCUMENTS)
def test_a_text_in_the_house_form_says_the_same_with_all_comments_in_order(data: st.DataObject, document: Any) -> None:  # noqa: ANN401
    text = data.draw(ugly(document))
    assert data_of(text) == document
    wanted = laid_out_yaml(text)
    assert data_of(wanted) == document
    assert comments_of(wanted) == comments_of(text)
    assert "".join(wanted.split()) == "".join(text.split())
    assert laid_out_yaml(wanted) == wanted
