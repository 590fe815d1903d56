"""Where a document came from: enough to name it and to tell whether it has changed."""

import hashlib
from typing import NamedTuple

from procureguard.source.text import Source


class Origin(NamedTuple):
    """The file as the user wrote its name, and the SHA-256 digest of its text."""

    name: str
    digest: str

    @classmethod
    def of(cls, source: Source) -> "Origin":
        """The origin of a text that was read."""
        return cls(source.name, hashlib.sha256(source.text.encode()).hexdigest())
