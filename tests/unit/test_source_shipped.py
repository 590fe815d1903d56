from pathlib import Path

import pytest

from procureguard.source.shipped import shipped
from procureguard.source.shipped import shipped as function

MODULE = function.__globals__


def test_a_checkout_has_its_folders_at_the_top() -> None:
    assert (shipped("schemas").parent / "pyproject.toml").is_file()


def test_an_installed_package_has_them_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "lib" / "site" / "procureguard"
    (package / "shipped" / "schemas").mkdir(parents=True)
    (tmp_path / "lib" / "schemas").mkdir()
    monkeypatch.setitem(MODULE, "_PACKAGE", package)
    assert shipped("schemas") == package / "shipped" / "schemas"


def test_a_folder_that_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(MODULE, "_PACKAGE", tmp_path / "a" / "b" / "c")
    with pytest.raises(FileNotFoundError, match="`policies`"):
        shipped("policies")
