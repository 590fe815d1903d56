"""How alike texts are: the last tie-break between alternatives, never a reason for one."""

import math
import re
from collections import Counter
from collections.abc import Sequence

_WORD = re.compile(r"[^\W_]+")
_RUN = 4

Vector = dict[str, float]


def similarities(query: str, texts: Sequence[str]) -> tuple[float, ...]:
    """How alike each text is to the query, from 0 to 1: the mean of TF-IDF by words and by runs of four characters.

    What is rare among these texts weighs more.
    """
    by_words = _cosines([_words(text) for text in (query, *texts)])
    by_runs = _cosines([_runs(text) for text in (query, *texts)])
    return tuple(round((words + runs) / 2, 6) for words, runs in zip(by_words, by_runs, strict=True))


def _cosines(counts: list[Counter[str]]) -> list[float]:
    """The cosine of every text with the first."""
    spread = Counter(term for count in counts for term in count)
    weighted = [_normed(count, spread, len(counts)) for count in counts]
    query = weighted[0]
    return [sum(weight * text.get(term, 0.0) for term, weight in query.items()) for text in weighted[1:]]


def _normed(count: Counter[str], spread: Counter[str], texts: int) -> Vector:
    weights = {
        term: (1 + math.log(times)) * (1 + math.log((1 + texts) / (1 + spread[term])))
        for term, times in sorted(count.items())
    }
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {term: weight / length for term, weight in weights.items()} if length else {}


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.casefold()))


def _runs(text: str) -> Counter[str]:
    padded = f" {' '.join(_WORD.findall(text.casefold()))} "
    return Counter(padded[start : start + _RUN] for start in range(len(padded) - _RUN + 1))
