"""Writes `docs/reference`: `python tools/reference.py`, or `--check` to see that its pages are fresh.

A page is a template in `tools/pages`, whose hand-written text calls for generated parts. The pages of the shipped
policies are those of `procureguard policy docs`, and the packs stand in the first page of the repository too.
"""

import argparse
import ast
import inspect
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import click
import yaml

import procureguard
import standards
from docstrings import prose, sections_of
from expression_tables import operations, refused
from form_table import form_table
from format_table import format_table
from page_parts import fenced, joined, quoted
from procureguard import Guard
from procureguard.cli import exits, verdicts
from procureguard.cli.main import cli
from procureguard.facts.derived import DERIVED, shipped_schema
from procureguard.guard.decider import Decider
from procureguard.guard.library import Library
from procureguard.render.markdown import table
from procureguard.render.policy_pages import pack_table, policy_pages
from procureguard.report import contract, validation_contract, vendor_contract, way_contract, what_if_contract
from procureguard.source.codes import CODES
from published_schemas import schema_of

ROOT = Path(__file__).resolve().parents[1]
FOLDER = "docs/reference"
POLICIES = f"{FOLDER}/policies"
FIRST_PAGE = "README.md"
TEMPLATES = ROOT / "tools" / "pages"
COLUMNS = 78
"""What help has on a terminal of 80 columns."""

ENDLESS = 1_000_000_000
"""Whole numbers up to this are not worth a word: it only keeps out slips."""

PACKS = re.compile(r"(<!-- packs: .*? -->)\n.*?(<!-- end of packs -->)", re.DOTALL)
PART = re.compile(r"<!-- ([\w-]+)(.*?) -->")
GENERATED = "<!-- Made by `python tools/reference.py`; the words of it are in `tools/pages`. -->"

Json = Mapping[str, Any]

WORDS: Mapping[str, Mapping[str, str]] = yaml.safe_load((TEMPLATES / "words.yaml").read_text(encoding="utf-8"))
"""What things are called that the program has no words for."""


def page(template: Path) -> str:
    """A template with every `<!-- part argument -->` in it made."""
    title, _, rest = template.read_text(encoding="utf-8").partition("\n")
    return f"{title}\n\n{GENERATED}\n{PART.sub(lambda found: PARTS[found[1]](*found[2].split()).strip(), rest)}"


def facts_of(section: str) -> list[Json]:
    """The stated facts of a section, in their order."""
    rows: list[Json] = schema_of("facts")["facts"]
    return [row for row in rows if row["path"].startswith(f"{section}.")]


def fact_table(section: str) -> str:
    """All facts of a section: what each says, how it is asked, what it may be, who states it and how long it counts."""
    rows = (
        (
            f"`{row['path']}`",
            f"**{row['title']}.** {row['question']}",
            _fact_type(row),
            WORDS["answerers"][row["stated_by"]],
            f"{row['fresh_for_days']} days" if "fresh_for_days" in row else "",
        )
        for row in facts_of(section)
    )
    return table(("fact", "what it says, and how it is asked", "type", "stated by", "counts for"), rows)


def _fact_type(row: Json) -> str:
    values, fields_of = quoted(row.get("values") or ()), quoted(row.get("fields", ()))
    parts = (f"`{row['type']}`", row.get("unit"), _range(row), values, fields_of)
    return ", ".join(part for part in parts if part)


def _range(row: Json) -> str:
    least, most = row.get("minimum"), row.get("maximum")
    if most is not None and most < ENDLESS:
        return f"{least} to {most}"
    return f"from {least}" if least else ""


def computed_table() -> str:
    """The facts that are computed, with what from."""
    rows = (
        (
            f"`{row.path}`",
            f"{row.type.title}{f' ({row.type.unit})' if row.type.unit else ''}",
            f"`{row.type.type}`",
            quoted(row.inputs),
            f"`{row.register}`" if row.register else "",
        )
        for row in DERIVED
    )
    return table(("fact", "what it says", "type", "computed from", "register it needs"), rows)


def key_table(described: Json) -> str:
    """The keys of an object of a schema."""
    required = described.get("required", ())
    rows = (
        (f"`{key}`", "yes" if key in required else "", _meaning(inside), value_of(inside))
        for key, inside in described["properties"].items()
    )
    return table(("key", "required", "meaning", "value"), rows)


def _meaning(inside: Json) -> str:
    title, text = inside.get("title", ""), inside.get("description", "")
    return f"{title}. {text}" if title else text


def value_of(inside: Json) -> str:  # noqa: PLR0911 - one return for each kind of value
    """What may stand at a place of a file, in words."""
    match inside:
        case {"const": constant}:
            return f"`{constant}`"
        case {"enum": values}:
            return f"one of {quoted(values)}"
        case {"anyOf": branches}:
            return " or ".join(dict.fromkeys(value_of(branch) for branch in branches))
        case {"$ref": reference}:
            return _link(reference.rpartition("/")[2])
        case {"type": "array", "items": items}:
            return f"list: {value_of(items)}"
        case {"type": "object", "additionalProperties": {"type": _} | {"$ref": _} | {"anyOf": _} as values}:
            return f"mapping to: {value_of(values)}"
        case {"type": str(kind)}:
            return WORDS["kinds"]["date" if inside.get("format") == "date" else kind]
        case _:
            return "anything"


def _link(name: str) -> str:
    """A link to a definition: below on the same page, or a section of a purchase."""
    if name == "PurchaseFacts":
        return f"[{name}](purchase.md)"
    if name == "VendorFacts":
        return f"[{name}](vendor.md#vendorfacts)"
    section = name.removesuffix("Facts").lower()
    return f"[{name}]({f'purchase.md#{section}' if section in sections_of_a_purchase() else f'#{name.lower()}'})"


def sections_of_a_purchase() -> Mapping[str, str]:
    """The sections whose facts stand on the page on purchases, with their titles."""
    found = schema_of("purchase.schema")["properties"].items()
    return {name: inside["title"] for name, inside in found if name != "vendor" and facts_of(name)}


def part(name: str, *definitions: str) -> str:
    """Definitions of a schema, each under a heading of its own."""
    found = schema_of(f"{name}.schema")["$defs"]
    parts = ((f"## {key}", found[key].get("description", ""), key_table(found[key])) for key in definitions)
    return joined(text for texts in parts for text in texts)


def sections() -> str:
    """The facts of a purchase, section by section."""
    titles = sections_of_a_purchase().items()
    return joined(f"## {name}\n\n{title}.\n\n{fact_table(name)}" for name, title in titles)


def listing(path: str) -> str:
    """A YAML file of this repository."""
    return fenced((ROOT / path).read_text(encoding="utf-8"), "yaml")


REPORTS: Mapping[type[Any], str] = {
    contract.Report: "report",
    vendor_contract.VendorReport: "vendor-report",
    validation_contract.ValidationReport: "validation-report",
    what_if_contract.WhatIfReport: "what-if-report",
}
"""The kinds of report, and the page and the schema of each."""


def report(name: str) -> str:
    """The parts of a kind of report, from their classes and their schema."""
    schema = schema_of(f"{name}.v1.schema")
    whole = next(described for described, page_name in REPORTS.items() if page_name == name)
    known = {whole.__name__: schema, **schema["$defs"]}
    modules = (contract, vendor_contract, validation_contract, way_contract, what_if_contract)
    described = {name: found for module in modules for name, found in vars(module).items()}.values()
    others = [found for found in described if is_dataclass(found) and isinstance(found, type)]
    classes = [whole, *sorted(others, key=lambda found: found.__module__ != whole.__module__)]
    parts = {found.__name__: _described(found, known[found.__name__]) for found in classes if found.__name__ in known}
    return joined(f"## {name}\n\n{joined(texts)}" for name, texts in parts.items())


def _described(described: Any, schema: Json) -> Iterator[str]:  # noqa: ANN401 - a dataclass
    text, attributes = sections_of(inspect.getdoc(described) or "")
    yield text
    known = {**WORDS["fields"], **WORDS.get(described.__name__, {}), **attributes.get("Attributes", {})}
    rows = (
        (f"`{field.name}`", value_of(schema["properties"][field.name]), known[field.name])
        for field in fields(described)
    )
    yield table(("field", "value", "meaning"), rows)


def command_line() -> str:
    """All commands with their help as it prints."""
    root = click.Context(cli, info_name="procureguard", terminal_width=COLUMNS, **cli.context_settings)
    return joined(f"## {path}\n\n{fenced(context.get_help(), 'text')}" for path, context in commands(root))


def commands(context: click.Context) -> Iterator[tuple[str, click.Context]]:
    """A command and all below it, each by the words that call it."""
    yield context.command_path, context
    if isinstance(context.command, click.Group):
        for name in context.command.list_commands(context):
            inside = context.command.get_command(context, name)
            assert inside is not None
            yield from commands(click.Context(inside, info_name=name, parent=context))


def exit_codes() -> str:
    """The exit codes of every command."""
    known = {name: code for name, code in vars(exits).items() if name.isupper()}
    rows = sorted((code, WORDS["exits"][name]) for name, code in known.items())
    return table(("code", "meaning"), ((str(code), meaning) for code, meaning in rows))


def verdict_codes() -> str:
    """The exit codes of verdicts."""
    rows = ((str(code), f"`{verdict}`") for verdict, code in verdicts.BY_VERDICT.items())
    return table(("code", "least welcome verdict"), rows)


def diagnostics() -> str:
    """Everything that can be wrong with a file."""
    parts: list[str] = []
    for family, title in WORDS["families"].items():
        parts.append(f"## {title}")
        for code in sorted(CODES):
            if code.startswith(family):
                parts += [f"### {code}: {CODES[code].title}", CODES[code].explanation]
    return joined(parts)


def python() -> str:
    """The public classes of the library, from their docstrings."""
    parts: list[str] = []
    for described in (*(getattr(procureguard, name) for name in procureguard.__all__), Decider):
        if inspect.isclass(described):
            parts += [f"## {described.__name__}", *_class(described)]
    return joined(parts)


def _class(described: type[Any]) -> Iterator[str]:
    tree = _tree(described)
    home = "procureguard" if described.__name__ in procureguard.__all__ else described.__module__
    yield fenced(f"from {home} import {described.__name__}", "python")
    yield prose(ast.get_docstring(tree) or "")
    stated = [node for node in tree.body if isinstance(node, ast.AnnAssign)]
    if described in REPORTS:
        yield f"Its fields are those of [the {REPORTS[described].replace('-', ' ')}]({_page_of(described)})."
    elif stated:
        yield table(
            ("attribute", "type"), ((f"`{ast.unparse(n.target)}`", f"`{ast.unparse(n.annotation)}`") for n in stated)
        )
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield f"### {described.__name__}.{node.name}"
            yield fenced(_signature(node), "python")
            yield prose(ast.get_docstring(node) or "")


def _page_of(described: type[Any]) -> str:
    return f"{REPORTS[described]}.md#{described.__name__.lower()}"


def _tree(described: type[Any]) -> ast.ClassDef:
    found = ast.parse(inspect.getsource(described)).body[0]
    assert isinstance(found, ast.ClassDef)
    return found


def _signature(node: ast.FunctionDef) -> str:
    """A function's first line, as written, one argument a line where it is long."""
    marks = [f"@{ast.unparse(mark)}" for mark in node.decorator_list]
    result = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    line = f"def {node.name}({ast.unparse(node.args)}){result}"
    if len(line) > COLUMNS:
        parts = "".join(f"    {part},\n" for part in re.split(r", (?=\w+:)", ast.unparse(node.args)))
        line = f"def {node.name}(\n{parts}){result}"
    return "\n".join([*marks, line])


PARTS: Mapping[str, Callable[..., str]] = {
    "commands": command_line,
    "computed": computed_table,
    "diagnostics": diagnostics,
    "exits": exit_codes,
    "facts": fact_table,
    "form": form_table,
    "formats": format_table,
    "fail-on": lambda: quoted(verdicts.FAIL_ON),
    "keys": lambda name: key_table(schema_of(f"{name}.schema")),
    "listing": listing,
    "operations": operations,
    "part": part,
    "python": python,
    "refused": refused,
    "report": report,
    "sections": sections,
    "standards": lambda name: standards.PARTS[name](),
    "verdicts": verdict_codes,
}
"""What templates may call for: `<!-- keys vendor -->` is `PARTS["keys"]("vendor")`."""


def stale(root: Path) -> list[str]:
    """The pages that are missing below a folder or do not say what they should."""
    return [path for path, text in _contents() if not _holds(root / path, text)]


def write(root: Path) -> list[str]:
    """Brings the pages below a folder up to date; gives those that changed."""
    changed = [(path, text) for path, text in _contents() if not _holds(root / path, text)]
    for path, text in changed:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", newline="\n")
    return [path for path, _ in changed]


def _contents() -> list[tuple[str, str]]:
    reference = [(f"{FOLDER}/{template.name}", page(template)) for template in sorted(TEMPLATES.glob("*.md"))]
    library = shipped_policies()
    pages = policy_pages(library.written, library.examples, shipped_schema())
    return [
        *reference,
        *((f"{POLICIES}/{name}", text) for name, text in pages.items()),
        (FIRST_PAGE, first_page(library)),
    ]


def shipped_policies() -> Library:
    """The shipped policies as they are written."""
    return Guard.load().library()


def first_page(library: Library) -> str:
    """The first page of the repository with the table of packs as it should be."""
    text = (ROOT / FIRST_PAGE).read_text(encoding="utf-8")
    return PACKS.sub(lambda found: f"{found[1]}\n{pack_table(library.written, f'{POLICIES}/')}\n{found[2]}", text)


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode()


def main(arguments: list[str] | None = None) -> int:
    """Writes what is stale, or names it; 1 when `--check` finds any."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; name stale pages and exit 1")
    parser.add_argument("--root", type=Path, default=ROOT, help="folder that holds `docs` (default: the repository)")
    options = parser.parse_args(arguments)
    found = stale(options.root) if options.check else write(options.root)
    for path in found:
        print(f"stale: {path}: run `python tools/reference.py`" if options.check else f"wrote {path}")
    return 1 if options.check and found else 0


if __name__ == "__main__":
    sys.exit(main())
