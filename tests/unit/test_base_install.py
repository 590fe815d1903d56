"""The base install runs everything: no module but the models needs what only extras and development bring."""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "src"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
IMPORT_ALL = """
import sys
from importlib import import_module

refused, modules = (set(argument.split(",")) for argument in sys.argv[1:])

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in refused:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Absent())
for module in sorted(modules):
    import_module(module)
"""


def distributions(requirements: list[str]) -> set[str]:
    return {re.split(r"[^\w.-]", requirement, maxsplit=1)[0].lower() for requirement in requirements}


BASE = distributions(PROJECT["project"]["dependencies"])
MORE = distributions(
    [*chain(*PROJECT["project"]["optional-dependencies"].values(), *PROJECT["dependency-groups"].values())]
)


def modules() -> set[str]:
    """Every module of the package, `__main__` aside, which runs when it is imported."""
    paths = (path.relative_to(SOURCES).with_suffix("") for path in SOURCES.rglob("*.py"))
    names = {".".join(path.parts).removesuffix(".__init__") for path in paths}
    return names - {"procureguard.__main__"}


def imported(names: set[str]) -> subprocess.CompletedProcess[str]:
    refused = {
        name for name, found in packages_distributions().items() if {one.lower() for one in found} & (MORE - BASE)
    }
    command = [sys.executable, "-c", IMPORT_ALL, ",".join(refused), ",".join(names)]
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own program


def test_every_module_but_the_models_is_imported_by_the_base_install() -> None:
    without_models = {name for name in modules() if not name.startswith("procureguard.vocabulary")}
    assert len(without_models) > 100
    done = imported(without_models)
    assert done.returncode == 0, done.stderr


def test_only_the_models_need_their_extra() -> None:
    assert "pydantic" in MORE - BASE
    done = imported({"procureguard.vocabulary.documents"})
    assert "No module named 'pydantic'" in done.stderr
