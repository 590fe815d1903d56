"""Law 14: whatever is wrong with a file, there are diagnostics that say where, and nothing else goes wrong."""

import json
import random
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from procureguard import Guard
from procureguard.finding import VERDICTS
from procureguard.guard.lint_policies import lint_policies
from procureguard.render.json import render_json
from procureguard.render.text import render_text
from procureguard.render.view import View
from procureguard.source.codes import CODES
from procureguard.source.diagnostic import Diagnostic, InvalidInput
from procureguard.source.excerpt import excerpt
from procureguard.source.read import read_document
from procureguard.source.shipped import shipped
from property.checking import DAY, EXAMPLES, MINIATURES, PURCHASES, ROOT, guard_for

EDITS = 2_000
POLICY_EDITS = 300
STACK_EDITS = 400
FORM_EDITS = 100
QUICK = [path for path in PURCHASES if path.stem != "newsletters"]
"""All but the purchase with the most open questions, which takes longest to answer."""

CHARACTERS = "{}[]:,-?!&*#|>'\"%@`\\ \t\n\r~<=.0123aeé😀\ufeff\u2028\x00\x7f"
VALUES = (
    "null",
    "true",
    "-1",
    "1e400",
    "0.00001",
    "99999999999999999999",
    "[]",
    "{}",
    "[[1]]",
    "{value: 1}",
    "{value: null, source: it}",
    "{value: 5, source: gossip}",
    "2026-02-30",
    "9999-12-31",
    '"\\ud800"',
    "!!python/object:os.system x",
    "*a",
    "&a [*a]",
    "unknown",
    '""',
    "EU",
    "[surveys, surveys]",
    "ai.used && ",
    "has(ai.used)",
    "1 / 0 == 0",
    '"a" + 1',
    "params.nothing > 3",
)


def edit(text: str, chance: random.Random) -> str:
    """One change as a slip of the hand or a bad merge makes it."""
    return chance.choice((without_line, doubled_line, swapped_lines, other_value, other_indent, other_character, cut))(
        text, chance
    )


def edited(text: str, chance: random.Random) -> str:
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        text = edit(text, chance)
    return text


def on_lines(change: Callable[[list[str], int, random.Random], None]) -> Callable[[str, random.Random], str]:
    def changed(text: str, chance: random.Random) -> str:
        lines = text.split("\n")
        change(lines, chance.randrange(len(lines)), chance)
        return "\n".join(lines)

    return changed


@on_lines
def without_line(lines: list[str], place: int, _: random.Random) -> None:
    del lines[place]


@on_lines
def doubled_line(lines: list[str], place: int, chance: random.Random) -> None:
    lines.insert(chance.randint(0, len(lines)), lines[place])


@on_lines
def swapped_lines(lines: list[str], place: int, chance: random.Random) -> None:
    other = chance.randrange(len(lines))
    lines[place], lines[other] = lines[other], lines[place]


@on_lines
def other_indent(lines: list[str], place: int, chance: random.Random) -> None:
    lines[place] = chance.choice(("  ", " ", "\t", "- ", "")) + lines[place].removeprefix("  ")


@on_lines
def other_value(lines: list[str], place: int, chance: random.Random) -> None:
    """Another value behind one of the colons of a line."""
    parts = lines[place].split(": ")
    if len(parts) > 1:
        at = chance.randrange(1, len(parts))
        rest = next((mark + parts[at].partition(mark)[2] for mark in (",", "}") if mark in parts[at]), "")
        parts[at] = chance.choice(VALUES) + rest
        lines[place] = ": ".join(parts)


def other_character(text: str, chance: random.Random) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + chance.choice(("", chance.choice(CHARACTERS))) + text[at + chance.randint(0, 3) :]


def cut(text: str, chance: random.Random) -> str:
    return text[: chance.randint(0, len(text))]


def content(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def assert_says_where(diagnostics: tuple[Diagnostic, ...]) -> None:
    assert any(diagnostic.severity == "error" for diagnostic in diagnostics)
    for diagnostic in diagnostics:
        assert diagnostic.code in CODES
        assert diagnostic.message
        assert "\n" not in diagnostic.message
        assert diagnostic.name
        assert diagnostic.source is not None
        assert diagnostic.span is not None
        assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(diagnostic.source.text)
        assert diagnostic.position is not None
        excerpt(diagnostic).encode()


def checked(guard: Guard, name: str, text: str) -> str:
    """The verdict on the text of a purchase, or `invalid` with diagnostics that say where."""
    problems: list[Diagnostic] = []
    document = read_document(name, content(text), problems)
    if document is None:
        assert_says_where(tuple(problems))
        return "invalid"
    try:
        answer = guard.answer(document, DAY)
    except InvalidInput as error:
        assert_says_where(error.diagnostics)
        return "invalid"
    view = View(answer.report, name, answer.files)
    assert json.loads(render_json(view)) == json.loads(json.dumps(answer.report.to_dict()))
    assert render_text(view)
    return answer.report.verdict


def test_an_edited_purchase_is_answered_or_refused_with_reasons() -> None:
    seen: Counter[str] = Counter()
    for seed in range(EDITS):
        chance = random.Random(seed)  # noqa: S311 - cases, no secrets
        path = QUICK[seed % len(QUICK)]
        text = edited(path.read_text(encoding="utf-8"), chance)
        seen[checked(guard_for(path), path.name, text)] += 1
    assert seen.total() == EDITS
    assert seen["invalid"] >= EDITS // 4
    assert len(set(seen) & {*VERDICTS}) >= 4
    assert seen.total() - seen["invalid"] >= EDITS // 4


def loaded(folder: Path, text: str, **files: object) -> str:
    """Whether a guard loads with an edited file, with diagnostics that say where if it does not."""
    try:
        Guard.load(**files)  # type: ignore[arg-type] # files by what they are
    except InvalidInput as error:
        assert_says_where(error.diagnostics)
        return "refused"
    assert folder.is_dir(), text
    return "loaded"


STACK = {
    "inventory": [MINIATURES / "inventory.yaml"],
    "organisation": [
        MINIATURES / "organisation.yaml",
        *([ROOT / "examples" / "organisation.yaml"] if EXAMPLES else []),
    ],
    "vendors": sorted((MINIATURES / "vendors").glob("*.yaml")),
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped definitions and two policies, so that loading them often takes no time."""
    folder = tmp_path_factory.mktemp("policies")
    for name in ("definitions.yaml", "lifecycle/data-export.yaml", "privacy/deletion-deadline.yaml"):
        text = (shipped("policies") / name).read_text(encoding="utf-8")
        (folder / Path(name).name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("role", STACK)
def test_an_edited_stack_is_loaded_or_refused_with_reasons(role: str, small: Path, tmp_path: Path) -> None:
    seen: Counter[str] = Counter()
    for seed in range(STACK_EDITS // 2):
        chance = random.Random(seed)  # noqa: S311 - cases, no secrets
        original = STACK[role][seed % len(STACK[role])]
        text = edited(original.read_text(encoding="utf-8"), chance)
        file = tmp_path / original.name
        file.write_bytes(content(text))
        seen[loaded(tmp_path, text, policies=small, **{role: [file] if role == "vendors" else file})] += 1
    assert min(seen["loaded"], seen["refused"]) >= STACK_EDITS // 20, seen


def test_an_edited_policy_is_loaded_or_refused_with_reasons(tmp_path: Path) -> None:
    """Definitions stay as they are; a policy that loads has had its examples run."""
    folder = tmp_path / "policies"
    folder.mkdir()
    definitions = shipped("policies") / "definitions.yaml"
    others = {"pack", "definitions", "form"}
    policies = sorted(path for path in shipped("policies").rglob("*.yaml") if path.stem not in others)
    seen: Counter[str] = Counter()
    for seed in range(POLICY_EDITS):
        chance = random.Random(seed)  # noqa: S311 - cases, no secrets
        original = chance.choice(policies)
        text = edited(original.read_text(encoding="utf-8"), chance)
        file = folder / original.name
        file.write_bytes(content(text))
        seen[loaded(folder, text, policies=[definitions, file])] += 1
    assert min(seen["loaded"], seen["refused"]) >= POLICY_EDITS // 10, seen


def test_edited_definitions_are_loaded_or_refused_with_reasons(tmp_path: Path, small: Path) -> None:
    original = (small / "definitions.yaml").read_text(encoding="utf-8")
    seen: Counter[str] = Counter()
    file = tmp_path / "definitions.yaml"
    for seed in range(POLICY_EDITS // 3):
        text = edited(original, random.Random(seed))  # noqa: S311 - cases, no secrets
        file.write_bytes(content(text))
        seen[loaded(tmp_path, text, policies=[file, small / "data-export.yaml"])] += 1
    assert min(seen["loaded"], seen["refused"]) >= POLICY_EDITS // 30, seen


def test_an_edited_form_is_loaded_or_refused_with_reasons(tmp_path: Path, small: Path) -> None:
    """A form that loads can be linted, whatever its questions ask for by now."""
    original = (shipped("policies") / "form.yaml").read_text(encoding="utf-8")
    seen: Counter[str] = Counter()
    folder = Path(shutil.copytree(small, tmp_path / "policies"))
    for seed in range(FORM_EDITS):
        text = edited(original, random.Random(seed))  # noqa: S311 - cases, no secrets
        (folder / "form.yaml").write_bytes(content(text))
        seen[linted(folder)] += 1
    assert min(seen["loaded"], seen["refused"]) >= FORM_EDITS // 10, seen


def linted(folder: Path) -> str:
    """Whether policies can be linted, with diagnostics that say where if they cannot."""
    try:
        lint_policies([folder], None, DAY)
    except InvalidInput as error:
        assert_says_where(error.diagnostics)
        return "refused"
    return "loaded"
