"""Numbers with the words they count."""


def counted(count: int, one: str, several: str) -> str:
    """A number with its word: `1 tool`, `1,200 tools`."""
    return f"{count:,} {one if count == 1 else several}"
