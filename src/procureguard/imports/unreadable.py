"""The cell that cannot be read."""


class Unreadable(Exception):  # noqa: N818 - what is raised is a cell that cannot be read, in the words of the design
    """A cell does not say a value of its field; carries the reason and what would help."""

    def __init__(self, reason: str, hint: str) -> None:
        self.reason = reason
        self.hint = hint
        super().__init__(reason)
