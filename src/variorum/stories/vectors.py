"""An article as one sparse vector, so that how like two articles are is one dot product.

The vector joins three of tf-idf weights: all of the article, headline and lead, headline. Each part counts
for its share of the whole. Rarity comes from a fixed table, so a vector is a pure function of its article.
Weights are whole numbers: sums of their products are exact, and so do not depend on the order of anything.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from variorum.stories.background import Background
from variorum.stories.terms import Hashes, Terms, pairs

SCALE = 4096
"""The weight that stands for 1.0."""

BUCKETS = 1 << 21
"""Features that are told apart; more would not fit the processor's cache."""

_SHARES = (0.7, 0.2, 0.1)
_KEYS = 32
_SALTS = (1, 0x27D4EB2F, 0x165667B1)


@dataclass(frozen=True, slots=True)
class Vector:
    """Features in ascending order with their weights, and what the article can be found and explained by.

    `keys` are the hashes of the terms that weigh most, in ascending order; `words` the same as the article
    writes them, the heaviest first.
    """

    features: NDArray[np.int32]
    weights: NDArray[np.float32]
    keys: Hashes
    words: tuple[str, ...]


def vector(found: Terms, table: Background) -> Vector:
    """The vector of one article's terms; empty where it has no words that tell anything."""
    sections = zip((found.whole, found.lead, found.headline), _SHARES, _SALTS, strict=True)
    parts = [_part(table, numbers, share, salt) for numbers, share, salt in sections]
    features = np.concatenate([part[0] for part in parts])
    weights = np.concatenate([part[1] for part in parts])
    buckets, inverse = np.unique(features, return_inverse=True)
    whole = np.rint(np.bincount(inverse, weights, len(buckets)) * SCALE).astype(np.float32)
    kept = whole > 0
    keys, shown = _keys(table, found)
    return Vector(buckets[kept].astype(np.int32), whole[kept], keys, shown)


def _part(
    table: Background, numbers: Hashes, share: float, salt: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Buckets and weights of one part."""
    if not len(numbers):
        return np.empty(0, np.int64), np.empty(0)
    single, times = np.unique(numbers, return_counts=True)
    double, double_times = np.unique(pairs(numbers), return_counts=True)
    weights = (1 + np.log(times)) * table.rarity(single)
    double_weights = (1 + np.log(double_times)) * table.rarity(double)
    length = (weights**2 * table.lengths(single)).sum()
    length += (double_weights**2 * table.lengths(double)).sum()
    features = np.concatenate((single, double)) * np.uint32(salt)
    features ^= features >> np.uint32(15)
    joined = np.concatenate((weights, double_weights)) * np.sqrt(share / max(length, 1.0))
    return (features % np.uint32(BUCKETS)).astype(np.int64), joined


def _keys(table: Background, found: Terms) -> tuple[Hashes, tuple[str, ...]]:
    """The heaviest terms of the whole article."""
    single, first, times = np.unique(found.whole, return_index=True, return_counts=True)
    weights = (1 + np.log(times)) * table.rarity(single)
    heaviest = np.lexsort((single, -weights))[:_KEYS]
    return np.sort(single[heaviest]), tuple(found.shown[first[n]] for n in heaviest)
