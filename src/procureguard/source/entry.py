"""A fact as it is to be written into a file: where it belongs, and how its key and its value are written."""

from typing import NamedTuple


class Entry(NamedTuple):
    """One fact: its section and name, and both key and value as the file is to have them, on one line."""

    section: str
    name: str
    key: str
    value: str

    @property
    def pair(self) -> str:
        """The key with the value."""
        return f"{self.key}: {self.value}"
