"""What an editor shows, with the language server that VS Code, Neovim, Helix and others use for YAML."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from language_server import LanguageServer, Place, Problem
from procureguard.source.kind import KINDS

ROOT = Path(__file__).parents[2]
SCHEMAS = ROOT / "schemas"
MODELINE = re.compile(r"# yaml-language-server: \$schema=(\S+)")
KIND = re.compile(r"^kind: (\S+)", re.MULTILINE)
FOLDERS = ("examples", "policies", "benchmarks", "src")
SHIPPED = sorted(
    path
    for folder in FOLDERS
    for path in (ROOT / folder).rglob("*.yaml")
    if MODELINE.match(path.read_text(encoding="utf-8"))
)
PURCHASE = "# yaml-language-server: $schema=../schemas/purchase.schema.json\nkind: purchase\nversion: 1\n"
POLICY = "# yaml-language-server: $schema=../schemas/policy.schema.json\nid: short-trial\n"
VENDOR = "# yaml-language-server: $schema=../schemas/vendor.schema.json\nkind: vendor\nversion: 1\n"
LEFT_OPEN = re.compile(r"(\s*(- )?\w+:\s*(- ?)?(\$\{?\d+\}?)?)+")
"""Keys with nothing behind them but places to jump to."""

OLDEST_NODE = 18
NAMES = count()


def ids(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("folder", ["examples", "policies"])
def test_every_shipped_file_names_its_schema(folder: str) -> None:
    assert {*(ROOT / folder).rglob("*.yaml")} <= {*SHIPPED}


@pytest.mark.parametrize("path", SHIPPED, ids=ids)
def test_a_modeline_leads_to_the_schema_of_the_kind(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = MODELINE.match(text)
    assert found is not None
    kind = KIND.search(text)
    expected = SCHEMAS / f"{kind[1] if kind else 'policy'}.schema.json"
    assert (path.parent / found[1]).resolve() == expected
    assert expected.is_file()


@pytest.fixture(name="command", scope="module")
def _command() -> list[str]:
    """What starts the server that the Makefile has installed beside this Python."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=True)  # noqa: S603 - our own
    if int(told.stdout.strip().lstrip("v").split(".")[0]) < OLDEST_NODE:
        pytest.skip(f"node is older than {OLDEST_NODE}")
    server = Path(sys.prefix) / "peers" / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
    if not server.is_file():
        pytest.skip("yaml-language-server is not installed: `make pytest` does it where npm is")
    return [node, str(server), "--stdio"]


def settings(schemas: dict[str, Any]) -> dict[str, Any]:
    """An editor that fetches nothing: no catalogue of schemas, and of ours the files of this checkout."""
    off = {"enable": False}
    yaml = {"validate": True, "hover": True, "completion": True, "schemas": schemas, "schemaStore": off}
    return {"yaml": {**yaml, "kubernetesCRDStore": off}, "http": {}, "[yaml]": {}, "editor": {}, "files": {}}


@pytest.fixture(name="editor", scope="module")
def _editor(command: list[str]) -> Iterator[LanguageServer]:
    running = LanguageServer(command, ROOT, settings({}))
    yield running
    running.stop()


def opened(editor: LanguageServer, text: str) -> Path:
    """A file with this text, in a folder beside the schemas, that exists in the editor alone."""
    path = ROOT / "purchases" / f"case-{next(NAMES)}.yaml"
    editor.open(path, text)
    return path


def at_the_end(text: str) -> Place:
    lines = text.split("\n")
    return Place(len(lines), len(lines[-1]) + 1)


def offered(editor: LanguageServer, text: str) -> dict[str, str]:
    """What is offered at the end of a text: the words, with what is said of each."""
    return {found.label: found.about for found in editor.suggestions(opened(editor, text), at_the_end(text))}


def shown(editor: LanguageServer, text: str, word: str) -> str:
    """What is shown for the last occurrence of a word in a text."""
    before = text[: text.rindex(word) + 1]
    return editor.hover(opened(editor, text), at_the_end(before))


def test_nothing_is_underlined_in_what_we_ship(editor: LanguageServer) -> None:
    for path in SHIPPED:
        editor.open(path, path.read_text(encoding="utf-8"))
    assert {ids(path): found for path in SHIPPED if (found := editor.problems(path))} == {}


def test_without_modelines_the_names_of_files_lead_to_the_same_schemas(command: list[str]) -> None:
    catalogue = json.loads((SCHEMAS / "catalog.json").read_text(encoding="utf-8"))["schemas"]
    places = {json.loads(path.read_text("utf-8"))["$id"]: path for path in SCHEMAS.glob("*.schema.json")}
    assert [places[entry["url"]].name for entry in catalogue] == [f"{kind}.schema.json" for kind in KINDS]
    schemas = {places[entry["url"]].as_uri(): entry["fileMatch"] for entry in catalogue}
    editor = LanguageServer(command, ROOT, settings(schemas))
    named = [path for path in SHIPPED if path.relative_to(ROOT).parts[0] in {"examples", "policies"}]
    try:
        for path in named:
            editor.open(path, path.read_text(encoding="utf-8").partition("\n")[2])
        assert {ids(path): found for path in named if (found := editor.problems(path))} == {}
        for entry in catalogue:
            path = ROOT / entry["fileMatch"][0].replace("**/", "spoilt/").replace("*", "any")
            editor.open(path, "nonsense: 1\n")
            assert editor.problems(path), path
    finally:
        editor.stop()


def shown_on_the_page(language: str) -> str:
    """The one listing in a language on the page that says how editors are set up; here schemas lie elsewhere."""
    page = (ROOT / "docs" / "how-to" / "editor.md").read_text(encoding="utf-8")
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    return str(found).replace("./.procureguard/schemas/", "./schemas/")


def test_the_settings_that_the_page_shows_work(command: list[str]) -> None:
    schemas = json.loads(shown_on_the_page("json"))["yaml.schemas"]
    server = tomllib.loads(shown_on_the_page("toml"))["language-server"]["yaml-language-server"]
    assert server["config"]["yaml"]["schemas"] == schemas
    lua = re.findall(r'\["(.*?)"\] = \{ (.*?) \}', shown_on_the_page("lua"))
    assert {name: json.loads(f"[{patterns}]") for name, patterns in lua}.items() <= schemas.items()
    editor = LanguageServer(command, ROOT, settings(schemas))
    names = ("a.purchase.yaml", "purchases/b.yaml", "vendors/c.yaml", "inventory.yaml", "policies/security/d.yaml")
    try:
        for name in names:
            editor.open(ROOT / name, "nonsense: 1\n")
        assert [name for name in names if not editor.problems(ROOT / name)] == []
        pack = ROOT / "policies" / "security" / "pack.yaml"
        editor.open(pack, "kind: pack\n")
        assert editor.problems(pack) == []
    finally:
        editor.stop()


def test_a_misspelt_key_and_a_wrong_word_are_underlined_in_their_lines(editor: LanguageServer) -> None:
    text = f"{PURCHASE}request:\n  type: newest\n  usres: 4\n  users: 4\n"
    assert editor.problems(opened(editor, text)) == [
        Problem(5, 'Value is not accepted. Valid values: "new", "trial", "renewal", "expansion", "replacement".'),
        Problem(6, "Property usres is not allowed."),
    ]


def test_draft_2020_12_is_understood(editor: LanguageServer) -> None:
    """A key beside a reference counts from this draft on: the definition alone would let the file pass."""
    text = f"{VENDOR}id: formwise\nproducts:\n  - id: formwise\n    plans:\n      - {{id: pro, price: {{amount: x}}}}\n"
    assert {problem.line for problem in editor.problems(opened(editor, text))} == {8}


def test_the_kind_of_a_file_is_offered(editor: LanguageServer) -> None:
    assert "purchase" in offered(editor, PURCHASE.partition("kind")[0] + "kind: ")


def test_sections_and_facts_are_offered_with_what_they_are(editor: LanguageServer) -> None:
    sections = offered(editor, PURCHASE)
    assert sections["contract"] == "The price, the term and what the vendor signs."
    facts = offered(editor, f"{PURCHASE}request:\n  type: new\n  ")
    assert facts["users"] == "How many people are going to have a login? Unit: people."
    assert "type" not in facts


def test_words_of_a_choice_are_offered_with_their_meaning(editor: LanguageServer) -> None:
    assert offered(editor, f"{PURCHASE}contract:\n  dpa: ") == {
        "none": "There is no agreement",
        "offered": "The vendor offers one; it is not signed yet",
        "signed": "Both sides have signed it",
        "null": "",
    }
    effects = offered(editor, f"{POLICY}effect: ")
    assert effects["condition"] == "A yes under a condition"


def test_words_of_a_list_are_offered_with_their_meaning(editor: LanguageServer) -> None:
    regions = offered(editor, f"{PURCHASE}data:\n  regions:\n    - ")
    assert regions["US-CA"] == "California, United States"
    capabilities = offered(editor, f"{PURCHASE}request:\n  capabilities:\n    - ")
    assert capabilities["surveys"].startswith("Surveys: ")


def test_accepting_a_key_states_nothing(editor: LanguageServer) -> None:
    """What nobody has stated is unknown: an editor that filled in an example would state it."""
    plan = f"{VENDOR}products:\n  - plans:\n    - "
    for text in (PURCHASE, f"{PURCHASE}contract:\n  ", f"{PURCHASE}product:\n  ", VENDOR, plan):
        for suggestion in editor.suggestions(opened(editor, text), at_the_end(text)):
            assert LEFT_OPEN.fullmatch(suggestion.text), suggestion
    assert offered(editor, plan).keys() >= {"id", "price", "facts"}


def test_a_fact_is_shown_with_its_title_question_and_unit(editor: LanguageServer) -> None:
    told = shown(editor, f"{PURCHASE}contract: {{amount: 996, seats: 4}}\n", "seats")
    assert "#### Number of seats in the order" in told
    assert "How many seats does the order contain? Unit: seats." in told


def test_a_choice_is_shown_with_the_meaning_of_its_words(editor: LanguageServer) -> None:
    told = shown(editor, f"{PURCHASE}ai:\n  trains_on_our_data: opted_out\n", "trains_on_our_data")
    assert "#### Training of models on our data" in told
    assert "Do models learn from what we type or upload, and can we stop that?" in told
    assert "* `opted_out`: Models would learn from our data, and we have objected" in told


@pytest.mark.parametrize("word", ["value", "source", "as_of", "kind"])
def test_every_title_is_shown_once(editor: LanguageServer, word: str) -> None:
    vendor = "{country: {value: DE, source: it, as_of: 2026-11-02}, attestations: [{kind: caiq}]}"
    told = shown(editor, f"{PURCHASE}vendor: {vendor}\n", f"{word}: ")
    assert told.startswith("#### ")
    assert "||" not in told
