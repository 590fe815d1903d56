"""Writes `docs/reference`: `python tools/reference.py`, or `--check` to see that its pages are fresh."""

import argparse
import ast
import inspect
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import click
import yaml

import procureguard
from procureguard.cel.functions import OPERATIONS, REFUSED
from procureguard.cli import exits, verdicts
from procureguard.cli.main import cli
from procureguard.facts.derived import DERIVED
from procureguard.guard.decider import Decider
from procureguard.report import contract
from procureguard.source.codes import CODES

ROOT = Path(__file__).resolve().parents[1]
FOLDER = "docs/reference"
TEMPLATES = "tools/pages"
PRESET = "src/procureguard/stack/presets/mid-us-eu.yaml"
WORKED_EXAMPLE = "policies/privacy/deletion-deadline.yaml"
COLUMNS = 80
ENDLESS = 1_000_000_000
"""Whole numbers up to this are not worth a word: it only keeps out slips."""

PART = re.compile(r"<!-- (\w+) -->")
GENERATED = "<!-- Made by `python tools/reference.py`; the words of it are in `tools/pages`. -->"

Json = Mapping[str, Any]
Rows = Iterable[Sequence[str]]

WORDS: Mapping[str, Mapping[str, str]] = yaml.safe_load((ROOT / TEMPLATES / "words.yaml").read_text(encoding="utf-8"))
"""What things are called that the program has no words for."""


def table(head: Sequence[str], rows: Rows) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(_cell(text) for text in line)} |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def fenced(text: str, language: str) -> str:
    """A text exactly as it stands."""
    return f"```{language}\n{text.rstrip()}\n```"


def page(name: str, **parts: str) -> str:
    """A template of `tools/pages` with every `<!-- part -->` in it made."""
    text = (ROOT / TEMPLATES / f"{name}.md").read_text(encoding="utf-8")
    wanted = set(PART.findall(text))
    if wanted != set(parts):
        raise KeyError(f"{name}.md has the parts {sorted(wanted)}, not {sorted(parts)}")
    title, _, rest = PART.sub(lambda found: parts[found[1]].strip(), text).partition("\n")
    return f"{title}\n\n{GENERATED}\n{rest}"


def joined(parts: Iterable[str]) -> str:
    """Paragraphs, headings, tables and listings, one after the other."""
    return "\n\n".join(part.strip() for part in parts if part.strip())


def quoted(values: Iterable[str]) -> str:
    """Words of a file as a sentence lists them."""
    return ", ".join(f"`{value}`" for value in values)


def schema_of(name: str) -> Json:
    """A schema of `schemas/`."""
    found: Json = json.loads((ROOT / "schemas" / f"{name}.json").read_text(encoding="utf-8"))
    return found


# Facts


def facts_of(section: str) -> list[Json]:
    """The stated facts of a section, in their order."""
    rows: list[Json] = schema_of("facts")["facts"]
    return [row for row in rows if row["path"].startswith(f"{section}.")]


def fact_table(section: str) -> str:
    """All facts of a section: what each says, how it is asked, what it may be, who states it and how long it counts."""
    rows = (
        (f"`{row['path']}`", f"**{row['title']}.** {row['question']}", _fact_type(row), _stated_by(row), _fresh(row))
        for row in facts_of(section)
    )
    return table(("fact", "what it says, and how it is asked", "type", "stated by", "counts for"), rows)


def _fact_type(row: Json) -> str:
    parts = [f"`{row['type']}`", row.get("unit") or "", _range(row)]
    if row.get("values"):
        parts.append(f"one of {quoted(row['values'])}" if row["type"] == "enum" else f"of {quoted(row['values'])}")
    if row.get("fields"):
        parts.append(f"with {quoted(row['fields'])}")
    return ", ".join(part for part in parts if part)


def _range(row: Json) -> str:
    least, most = row.get("minimum"), row.get("maximum")
    if most is not None and most < ENDLESS:
        return f"{least} to {most}"
    return f"from {least}" if least else ""


def _stated_by(row: Json) -> str:
    return WORDS["answerers"][row["stated_by"]]


def _fresh(row: Json) -> str:
    return f"{row['fresh_for_days']} days" if "fresh_for_days" in row else ""


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


# Schemas


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
    """What may stand at a place of a file, in"""
    match inside:
        case {"const": constant}:
            return f"`{constant}`"
        case {"enum": values}:
            return f"one of {quoted(values)}"
        case {"anyOf": branches}:
            return " or ".join(dict.fromkeys(value_of(branch) for branch in branches))
        case {"$ref": reference}:
            name = reference.rpartition("/")[2]
            return f"[{name}](#{name.lower()})"
        case {"type": "array", "items": items}:
            return f"list: {value_of(items)}"
        case {"type": "object", "additionalProperties": {"type": _} | {"$ref": _} | {"anyOf": _} as values}:
            return f"mapping to: {value_of(values)}"
        case {"type": str(kind)}:
            return WORDS["kinds"]["date" if inside.get("format") == "date" else kind]
        case _:
            return "anything"


def definition_sections(name: str, *parts: str) -> Iterator[str]:
    """Definitions of a schema, each under a heading of its own."""
    for part in parts:
        described = schema_of(f"{name}.schema")["$defs"][part]
        yield f"## {part}"
        yield described.get("description", "")
        yield key_table(described)


def purchase() -> str:
    """The page on purchase files."""
    sections: list[str] = []
    for section, described in schema_of("purchase.schema")["properties"].items():
        if section not in {"kind", "version", "ext", "vendor"}:
            sections += [f"## {section}", f"{described['title']}.", fact_table(section)]
    return page("purchase", sections=joined(sections), computed=computed_table())


def vendor() -> str:
    """The page on vendor manifests."""
    return page(
        "vendor",
        keys=key_table(schema_of("vendor.schema")),
        parts=joined(definition_sections("vendor", "Product", "Plan", "Price", "PlanFacts")),
        facts=fact_table("vendor"),
        records=joined(definition_sections("vendor", "Attestation", "Subprocessor")),
    )


def inventory() -> str:
    """The page on the inventory."""
    return page(
        "inventory",
        keys=key_table(schema_of("inventory.schema")),
        facts=fact_table("tool"),
        records=joined(definition_sections("inventory", "ToolCondition")),
    )


def organisation() -> str:
    """The page on the organisation file, with the preset."""
    return page(
        "organisation",
        keys=key_table(schema_of("organisation.schema")),
        parts=joined(definition_sections("organisation", "Registers", "Override")),
        facts=fact_table("organisation"),
        records=joined(definition_sections("organisation", "MetricDefinition")),
        preset=fenced((ROOT / PRESET).read_text(encoding="utf-8"), "yaml"),
    )


def policy() -> str:
    """The page on policies, packs and definitions."""
    return page(
        "policy",
        example=fenced((ROOT / WORKED_EXAMPLE).read_text(encoding="utf-8"), "yaml"),
        keys=key_table(schema_of("policy.schema")),
        parts=joined(definition_sections("policy", "Condition", "Parameter", "Example")),
        pack=key_table(schema_of("pack.schema")),
        definitions=key_table(schema_of("definitions.schema")),
        definition=joined(definition_sections("definitions", "Definition")),
    )


# The report


def report() -> str:
    """The page on the report, from its classes and its schema."""
    schema = schema_of("report.v1.schema")
    parts = ["## Report", *_described(contract.Report, schema)]
    for name, described in vars(contract).items():
        if name in schema["$defs"] and is_dataclass(described):
            parts += [f"## {name}", *_described(described, schema["$defs"][name])]
    return page("report", parts=joined(parts))


def _described(described: Any, schema: Json) -> Iterator[str]:  # noqa: ANN401 - a dataclass
    text, attributes = sections_of(inspect.getdoc(described) or "")
    yield text
    known = {**WORDS["fields"], **WORDS.get(described.__name__, {}), **attributes.get("Attributes", {})}
    rows = (
        (f"`{field.name}`", value_of(schema["properties"][field.name]), known[field.name])
        for field in fields(described)
    )
    yield table(("field", "value", "meaning"), rows)


# The command line


def command_line() -> str:
    """The page on the commands: their help as it prints."""
    root = click.Context(cli, info_name="procureguard", terminal_width=COLUMNS, **cli.context_settings)
    parts = (f"## {path}\n\n{fenced(context.get_help(), 'text')}" for path, context in commands(root))
    return page("cli", commands=joined(parts))


def commands(context: click.Context) -> Iterator[tuple[str, click.Context]]:
    """A command and all below it, each by the words that call it."""
    yield context.command_path, context
    if isinstance(context.command, click.Group):
        for name in context.command.list_commands(context):
            inside = context.command.get_command(context, name)
            assert inside is not None
            yield from commands(click.Context(inside, info_name=name, parent=context))


def exit_codes() -> str:
    """The page on exit codes."""
    known = {name: code for name, code in vars(exits).items() if name.isupper()}
    rows = ((str(code), WORDS["exits"][name]) for name, code in sorted(known.items(), key=lambda item: item[1]))
    by_verdict = ((str(code), f"`{verdict}`") for verdict, code in verdicts.BY_VERDICT.items())
    return page(
        "exit-codes",
        codes=table(("code", "meaning"), rows),
        fail_on=quoted(verdicts.FAIL_ON),
        by_verdict=table(("code", "least welcome verdict"), by_verdict),
    )


def diagnostics() -> str:
    """The page on everything that can be wrong with a file."""
    parts: list[str] = []
    for family, title in WORDS["families"].items():
        parts.append(f"## {title}")
        for code in sorted(CODES):
            if code.startswith(family):
                parts += [f"### {code}: {CODES[code].title}", CODES[code].explanation]
    return page("diagnostics", codes=joined(parts))


# The language


def expressions() -> str:
    """The page on the expression language."""
    refused: dict[str, list[str]] = {}
    for name, instead in REFUSED.items():
        refused.setdefault(instead, []).append(name)
    return page(
        "expressions",
        operations=table(("operator or function", "takes and gives", "reads as"), _operations()),
        refused=table(("not there", "instead"), ((quoted(names), instead) for instead, names in refused.items())),
    )


def _operations() -> Iterator[Sequence[str]]:
    """The rows of the table of operations; those that differ by their types only are one."""
    forms: dict[tuple[str, str], list[str]] = {}
    for row in OPERATIONS:
        shape = f"{', '.join(map(str, row.arguments))} → {row.result}"
        forms.setdefault((row.name, row.english), []).append(shape)
    for (name, english), shapes in forms.items():
        yield f"`{name}`", "; ".join(shapes), english.format("a", "b")


# Python


def python() -> str:
    """The page on the library, from its docstrings."""
    parts: list[str] = []
    for name in (*procureguard.__all__, "Decider"):
        described = Decider if name == "Decider" else getattr(procureguard, name)
        if inspect.isclass(described):
            parts += [f"## {name}", *_class(described)]
    return page("python", parts=joined(parts))


def _class(described: type[Any]) -> Iterator[str]:
    tree = _tree(described)
    yield import_line(described)
    yield prose(ast.get_docstring(tree) or "")
    stated = [node for node in tree.body if isinstance(node, ast.AnnAssign)]
    if described is contract.Report:
        yield "Its fields are those of [the report](report.md#report)."
    elif stated:
        yield table(
            ("attribute", "type"), ((f"`{ast.unparse(n.target)}`", f"`{ast.unparse(n.annotation)}`") for n in stated)
        )
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield f"### {described.__name__}.{node.name}"
            yield fenced(_signature(node), "python")
            yield prose(ast.get_docstring(node) or "")


def import_line(described: type[Any]) -> str:
    """How a class is imported: from the package itself where it is public."""
    home = "procureguard" if described.__name__ in procureguard.__all__ else described.__module__
    assert getattr(import_module(home), described.__name__) is described
    return fenced(f"from {home} import {described.__name__}", "python")


def _tree(described: type[Any]) -> ast.ClassDef:
    found = ast.parse(inspect.getsource(described)).body[0]
    assert isinstance(found, ast.ClassDef)
    return found


def _signature(node: ast.FunctionDef) -> str:
    """A function's first line, as written, one argument a line where it is long."""
    marks = [f"@{ast.unparse(mark)}" for mark in node.decorator_list]
    result = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    arguments = ast.unparse(node.args)
    line = f"def {node.name}({arguments}){result}"
    if len(line) > COLUMNS:
        parts = re.split(r", (?=\w+:|\*)", arguments)
        line = "\n    ".join([f"def {node.name}(", *(f"{part}," for part in parts)]) + f"\n){result}"
    return "\n".join([*marks, line])


def prose(docstring: str) -> str:
    """A docstring as Markdown: its sections become lists."""
    text, sections = sections_of(docstring)
    for title, rows in sections.items():
        text += f"\n\n{title}:\n\n" + "\n".join(f"- `{name}`: {meaning}" for name, meaning in rows.items())
    return text


def sections_of(docstring: str) -> tuple[str, dict[str, dict[str, str]]]:
    """The paragraphs of a docstring, and its sections `Raises` and `Attributes` by name."""
    text, *rest = re.split(r"\n\n(?=(?:Raises|Attributes|Args|Returns):\n)", docstring)
    sections: dict[str, dict[str, str]] = {}
    for part in rest:
        title, _, body = part.partition(":\n")
        entries = re.findall(r"^    (\w+): (.*(?:\n {6,}.*)*)", body, re.MULTILINE)
        sections[title] = {name: " ".join(meaning.split()) for name, meaning in entries}
    return re.sub(r"(?<!\n)\n(?!\n)", " ", text), sections


PAGES: Mapping[str, Callable[[], str]] = {
    "purchase": purchase,
    "vendor": vendor,
    "inventory": inventory,
    "organisation": organisation,
    "policy": policy,
    "expressions": expressions,
    "report": report,
    "cli": command_line,
    "exit-codes": exit_codes,
    "diagnostics": diagnostics,
    "python": python,
}
"""Every page of `docs/reference`, and what makes it."""


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
    return [(f"{FOLDER}/{name}.md", make()) for name, make in PAGES.items()]


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode()


def main(arguments: list[str] | None = None) -> int:
    """Writes what is stale, or names it; 1 when `--check` finds any."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; name stale pages and exit 1")
    parser.add_argument("--root", type=Path, default=ROOT, help="folder that holds `docs` (default: the repository)")
    options = parser.parse_args(arguments)
    found = stale(options.root) if options.check else write(options.root)
    for path in found:
        print(f"stale: {path}: run `python tools/reference.py`" if options.check else f"wrote {path}")
    return 1 if options.check and found else 0


if __name__ == "__main__":
    sys.exit(main())
