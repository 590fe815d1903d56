"""The data that comes with the package."""

from pathlib import Path, PurePath

_PACKAGE = Path(__file__).resolve().parent.parent


def shipped(name: str) -> Path:
    """The folder of that name (`policies`, `schemas`): inside an installed package, else in the checkout.

    Raises FileNotFoundError if the installation lacks it.
    """
    for folder in (_PACKAGE / "shipped" / name, _PACKAGE.parent.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"the installation lacks its folder `{name}`: install procureguard again")


def is_shipped(file: str, name: str) -> bool:
    """Whether a file, by the name it was read under, lies in the folder of that name that comes with the package."""
    return within_shipped(file, name) is not None


def within_shipped(file: str, name: str) -> str | None:
    """Where a file lies in the folder of that name that comes with the package, with `/` between; None if elsewhere."""
    path, folder = PurePath(file), shipped(name)
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else None
