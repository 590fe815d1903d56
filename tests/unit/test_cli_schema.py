import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from procureguard.cli.main import cli
from procureguard.source.kind import KINDS

REPORTS = ("report", "vendor-report", "what-if-report", "validation-report", "policy-changes", "question-sheet")
SCHEMAS = Path(__file__).parents[2] / "schemas"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["schema", *arguments], standalone_mode=False)


def test_without_a_kind_every_kind_has_its_line() -> None:
    done = run()
    assert done.return_value == 0
    lines = [line.split(maxsplit=1) for line in done.stdout.splitlines()]
    assert [name for name, _ in lines] == [*KINDS, *REPORTS]
    assert lines[0][1] == "A purchase somebody proposes; what is left out or null is not known yet."


@pytest.mark.parametrize("kind", [*KINDS, *REPORTS])
def test_the_schema_is_the_committed_one(kind: str) -> None:
    done = run(kind)
    assert done.return_value == 0
    name = f"{kind}.v1.schema.json" if kind in REPORTS else f"{kind}.schema.json"
    assert done.stdout == (SCHEMAS / name).read_text(encoding="utf-8")
    assert json.loads(done.stdout)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("purchse", "did you mean `purchase`?"),
        ("wibble", f"write one of {', '.join([*KINDS, *REPORTS])}"),
    ],
)
def test_a_kind_that_is_none_is_wrong_usage(word: str, hint: str) -> None:
    done = run(word)
    assert done.return_value == 2
    assert done.stdout == ""
    assert done.stderr == f"there is no schema of `{word}`\n  hint: {hint}\n"
