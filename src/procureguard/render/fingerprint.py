"""What a result is known by from one run to the next."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator

from procureguard.render.results import Result


def fingerprinted(results: Iterable[Result]) -> Iterator[tuple[Result, str]]:
    """Each result with a mark no other has: by rule, file and what of it is meant, wherever in the file that moves."""
    seen: Counter[str] = Counter()
    for result in results:
        about = result.pointer or result.message
        key = f"{result.rule.identity}\0{result.spot.file}\0{about}"
        seen[key] += 1
        yield result, hashlib.sha256(f"{key}\0{seen[key]}".encode()).hexdigest()
