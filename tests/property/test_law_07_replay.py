"""Law 7: the same inputs, day and version give the same report, byte for byte, wherever and however it is made."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from procureguard import Guard
from procureguard.render.json import render_json
from procureguard.render.view import View
from property.checking import DAY, MINIATURES, PURCHASES, ROOT, document, guard_for, read, stack_files

NAMES = ("surveys", "newsletters", "renewal")
RUN_BY_COMMAND = [MINIATURES / "purchases" / f"{name}.yaml" for name in NAMES]


def each(paths: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", paths, ids=lambda path: f"{path.parent.name}/{path.stem}")


def command(*arguments: str, folder: Path = ROOT, seed: str = "0", text: bytes = b"") -> bytes:
    """What the command line writes; the seed decides in which order Python's sets are gone through."""
    done = subprocess.run(  # noqa: S603 - our own program
        [
            sys.executable,
            "-m",
            "procureguard",
            "check",
            "--format",
            "json",
            "--exit-zero",
            "--as-of",
            str(DAY),
            *arguments,
        ],
        cwd=folder,
        env={**os.environ, "PYTHONHASHSEED": seed},
        input=text,
        capture_output=True,
        check=True,
    )
    return done.stdout


def options(path: Path) -> list[str]:
    files = stack_files(path)
    vendors = [part for vendor in files["vendors"] for part in ("--vendors", str(vendor))]
    single = {name: file for name, file in files.items() if file and name not in {"vendors", "requests"}}
    return [*vendors, *(part for name, file in single.items() for part in (f"--{name.replace('_', '-')}", str(file)))]


def rendered(guard: Guard, path: Path) -> bytes:
    return render_json(View(guard.check(path, DAY), "somewhere", {})).encode()


@each(RUN_BY_COMMAND)
def test_command_line_and_library_write_the_same_bytes_anywhere(path: Path, tmp_path: Path) -> None:
    expected = rendered(guard_for(path), path)
    assert json.loads(expected)["verdict"]
    assert command(str(path.relative_to(ROOT)), seed="1") == expected
    assert command(str(path), seed="4242") == expected
    assert command(str(path), *options(path), folder=tmp_path, seed="random") == expected


def test_standard_input_and_a_written_report_are_the_same_bytes_too(tmp_path: Path) -> None:
    path = RUN_BY_COMMAND[0]
    expected = rendered(guard_for(path), path)
    assert command("-", *options(path), folder=tmp_path, text=path.read_bytes()) == expected
    command(str(path), *options(path), "--report", "json=out.json", folder=tmp_path)
    assert (tmp_path / "out.json").read_bytes() == expected


@each(PURCHASES)
def test_a_guard_has_no_memory(path: Path) -> None:
    """Neither what was checked before nor the guard it was checked with leaves a trace."""
    guard = guard_for(path)
    first = rendered(guard, path)
    for other in PURCHASES[:3]:
        guard_for(other).check(other, DAY)
    assert rendered(guard, path) == first
    files = stack_files(path)
    assert rendered(Guard.load(**{**files, "vendors": tuple(reversed(files["vendors"]))}), path) == first


@each(PURCHASES)
def test_plain_data_and_a_file_of_the_same_text_give_the_same_report(path: Path, tmp_path: Path) -> None:
    guard, data = guard_for(path), read(path)
    file = tmp_path / "other name.json"
    file.write_text(json.dumps(data))
    assert guard.check(file, DAY) == guard.check(data, DAY) == guard.answer(document(data), DAY).report


@each(PURCHASES)
def test_no_report_names_a_file(path: Path) -> None:
    """Places are a document's role and id; where the file lies is for the person who reads it, not for the report."""
    text = rendered(guard_for(path), path).decode()
    assert path.name not in text
    assert str(ROOT) not in text
    assert ".yaml" not in text
