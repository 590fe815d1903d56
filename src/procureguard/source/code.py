"""A diagnostic code: what a kind of mistake is called, and what it means."""

from typing import NamedTuple


class Code(NamedTuple):
    """The title of a code, and two or three sentences on what it means and how to mend the file."""

    title: str
    explanation: str
