"""The documentation is fresh and whole: generated pages, help of every command, links, and tutorials as they stand."""

import importlib.util
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import click
import pytest

from end_to_end.test_documentation import Block, commands, matches, run
from procureguard.cli.main import cli
from procureguard.source.codes import CODES

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`[^`\n]*`")
STEP = re.compile(r"^```(yaml|shell-session)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"# (\S+\.yaml)\n")


@pytest.fixture(name="reference", scope="module")
def _reference() -> ModuleType:
    specification = importlib.util.spec_from_file_location("reference", ROOT / "tools" / "reference.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_the_committed_pages_are_fresh(reference: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert (reference.main(["--check"]), capsys.readouterr().out) == (0, "")


def test_every_page_of_the_folder_is_made(reference: ModuleType, tmp_path: Path) -> None:
    reference.write(tmp_path)
    assert pages_below(ROOT / "docs" / "reference") == pages_below(tmp_path / "docs" / "reference")


def pages_below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_stale_page_is_named_and_then_written_afresh(
    reference: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert reference.main(["--root", str(tmp_path)]) == 0
    (tmp_path / "docs" / "reference" / "cli.md").write_text("", encoding="utf-8")
    (tmp_path / "docs" / "reference" / "vendor.md").unlink()
    capsys.readouterr()
    assert reference.main(["--check", "--root", str(tmp_path)]) == 1
    named = [line.split(": ")[1] for line in capsys.readouterr().out.splitlines()]
    assert named == ["docs/reference/cli.md", "docs/reference/vendor.md"]
    assert reference.main(["--root", str(tmp_path)]) == 0
    assert reference.main(["--check", "--root", str(tmp_path)]) == 0


def test_every_command_and_every_option_has_help(reference: ModuleType) -> None:
    silent = []
    for path, context in reference.commands(click.Context(cli, info_name="procureguard")):
        silent += [path] if not (context.command.help or "").strip() else []
        options = (found for found in context.command.params if isinstance(found, click.Option))
        silent += [f"{path} {option.opts[0]}" for option in options if not (option.help or "").strip()]
    assert silent == []


def test_every_diagnostic_code_has_its_heading() -> None:
    page = (ROOT / "docs" / "reference" / "diagnostics.md").read_text(encoding="utf-8")
    assert re.findall(r"^### (PG\d+):", page, re.MULTILINE) == sorted(CODES)


def test_every_stated_and_every_computed_fact_is_in_a_table(reference: ModuleType) -> None:
    names = ("purchase", "vendor", "inventory", "organisation")
    text = "".join((ROOT / "docs" / "reference" / f"{name}.md").read_text(encoding="utf-8") for name in names)
    listed = re.findall(r"^\| `([a-z_]+(?:\.[a-z_]+)?)` \| \*\*", text, re.MULTILINE)
    assert sorted(listed) == sorted(row["path"] for row in reference.schema_of("facts")["facts"])
    assert [row.path for row in reference.DERIVED if f"| `{row.path}` |" not in text] == []


def anchors(page: Path) -> set[str]:
    """The places of a page that a link may name."""
    headings = re.findall(r"^#+ (.*)$", FENCE.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links(page: Path) -> Iterator[str]:
    """The links of a page that stay in this repository."""
    text = INLINE.sub("", FENCE.sub("", page.read_text(encoding="utf-8")))
    return (link for link in LINK.findall(text) if "://" not in link)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    broken = []
    for link in links(page):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("page", ["docs/tutorial.md", "docs/how-to/write-a-policy.md"])
def test_steps_that_build_on_each_other_run_in_their_order(
    page: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Files whose first line names them are written as shown; the output of each command is as shown."""
    for name in ("examples", "policies"):
        shutil.copytree(ROOT / name, tmp_path / name)
    update = request.config.getoption("--update")
    text = (ROOT / page).read_text(encoding="utf-8")
    shown = STEP.sub(lambda found: step(Block(ROOT / page, 0, found[1], found[2]), tmp_path, update=update), text)
    if update:
        (ROOT / page).write_text(shown, encoding="utf-8", newline="\n")


def step(block: Block, folder: Path, *, update: bool) -> str:
    """Takes one step: writes the file it names, or runs its commands; gives the step as it should be shown."""
    named = NAMED.match(block.text)
    if named:
        target = folder / named[1]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(block.text, encoding="utf-8")
    text = block.text if block.language == "yaml" else ""
    for command, expected in commands(block) if not text else ():
        output = run(command, folder)
        assert update or matches(expected, output), f"{command}\n{output}"
        kept = expected if matches(expected, output) else output
        text += f"$ {command}\n{kept.rstrip()}\n" if kept.strip() else f"$ {command}\n"
    return f"```{block.language}\n{text}```"
