"""How good a ranking is, and how sure the difference between two rankings is."""

import math
from collections.abc import Collection, Sequence
from random import Random
from statistics import fmean
from typing import NamedTuple

DRAWS = 2_000
SEED = 20261121


class Quality(NamedTuple):
    """How early the relevant ones come in one ranking, each figure from 0 to 1.

    Attributes:
        reciprocal_rank: one divided by the rank of the first relevant one.
        hit_at_5: whether a relevant one is among the first five.
        ndcg_at_10: the gain of the first ten, discounted by rank, as a share of the best that was possible.
    """

    reciprocal_rank: float
    hit_at_5: float
    ndcg_at_10: float


NAMES = ("MRR", "hit@5", "nDCG@10")
"""What means of these figures are called, in their order."""


def quality(ranking: Sequence[str], relevant: Collection[str]) -> Quality:
    """The quality of a ranking; what is relevant and not in it counts as never found."""
    ranks = [rank for rank, identity in enumerate(ranking, 1) if identity in relevant]
    best = sum(_discount(rank) for rank in range(1, min(10, len(relevant)) + 1))
    gained = sum(_discount(rank) for rank in ranks if rank <= 10)
    return Quality(
        1 / ranks[0] if ranks else 0.0,
        float(bool(ranks) and ranks[0] <= 5),
        gained / best if best else 0.0,
    )


def means(qualities: Sequence[Quality]) -> Quality:
    """The mean of each figure."""
    return Quality(*(fmean(figures) for figures in zip(*qualities, strict=True)))


def interval(differences: Sequence[float], draws: int = DRAWS, seed: int = SEED) -> tuple[float, float]:
    """Between which two values the mean of paired differences lies with 95 % confidence (percentile bootstrap)."""
    random = Random(seed)
    found = sorted(fmean(random.choices(differences, k=len(differences))) for _ in range(draws))
    return found[round(0.025 * (draws - 1))], found[round(0.975 * (draws - 1))]


def _discount(rank: int) -> float:
    return 1 / math.log2(rank + 1)
