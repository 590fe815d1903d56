import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BASH = shutil.which("bash")
PRESS_TAB = """
eval "$(procureguard completion bash)"
COMP_WORDS=("$@")
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
compopt() { echo "by the shell: $2"; }
_procureguard_completion procureguard
printf '%s\\n' "${COMPREPLY[@]}"
"""

pytestmark = pytest.mark.skipif(BASH is None, reason="bash is not installed")


@pytest.fixture(name="home", scope="module")
def _home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    shutil.copy(ROOT / "examples" / "inventory.yaml", home)
    return home


def offered(home: Path, *words: str) -> list[str]:
    """What bash offers after these words, of which the last one is being typed."""
    assert BASH is not None
    done = subprocess.run(  # noqa: S603 - our own script
        [BASH, "--noprofile", "--norc", "-c", PRESS_TAB, "bash", "procureguard", *words],
        cwd=home,
        env={**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    return done.stdout.split("\n")[:-1]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("va",), ["validate"]),
        (("policy", "sh"), ["show"]),
        (("policy", "show", "single-s"), ["single-sign-on", "single-system-of-record"]),
        (("explain", "single-sig"), ["single-sign-on"]),
        (("explain", "contract.dp"), ["contract.dpa"]),
        (("explain", "PG10"), ["PG100", "PG101", "PG102", "PG103", "PG104", "PG105"]),
        (("capability", "show", "email-c"), ["email-campaigns"]),
        (("compare", "a", "--need", "surveys,for"), ["surveys,forms"]),
        (("init", "--packs", "security,privacy-"), ["security,privacy-eu", "security,privacy-us"]),
        (("check", "--format", "js"), ["json"]),
        (("check", "--set", "contract.dp"), ["contract.dpa"]),
        (("answer", "a.purchase.yaml", "contract.dp"), ["contract.dpa"]),
        (("answer", "a.purchase.yaml", "--source", "me"), ["measured"]),
        (("inventory", "show", "rolo"), ["rolobarn"]),
        (("schema", "pur"), ["purchase"]),
        (("check", "--exit-z"), ["--exit-zero"]),
    ],
)
def test_what_is_known_is_completed(home: Path, words: tuple[str, ...], expected: list[str]) -> None:
    found = offered(home, *words)
    assert found[: len(expected)] == expected
    assert all(word.startswith(words[-1]) for word in found)


def test_commands_come_in_the_order_of_help(home: Path) -> None:
    assert offered(home, "")[:2] == ["new", "check"]


@pytest.mark.parametrize(
    "words",
    [
        ("check", "x"),
        ("validate", "x"),
        ("new", "--from", "x"),
        ("check", "--organisation", "x"),
        ("answer", "x"),
        ("answer", "x.purchase.yaml", "--from", "x"),
    ],
)
def test_files_are_completed_by_the_shell(home: Path, words: tuple[str, ...]) -> None:
    assert offered(home, *words) == ["by the shell: default", ""]


def test_folders_are_completed_by_the_shell(home: Path) -> None:
    assert offered(home, "check", "--policies", "x") == ["by the shell: dirnames", ""]


def test_files_that_are_not_valid_silence_the_shell(tmp_path: Path) -> None:
    (tmp_path / "organisation.yaml").write_text("kind: nothing\n", encoding="utf-8")
    assert offered(tmp_path, "policy", "show", "si") == [""]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_has_its_script(shell: str) -> None:
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "procureguard", "completion", shell], capture_output=True, text=True, check=True
    )
    assert f"_PROCUREGUARD_COMPLETE={shell}_complete" in done.stdout
