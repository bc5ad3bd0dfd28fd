"""An article as one sparse vector, so that how like two articles are is one dot product.

The vector joins tf-idf weights of several parts of an article, each of length one and counting for its share
of the whole: all words, names and numbers, pairs of words in a row, headline and lead. Two earthquakes share
words but not names. Weights are whole numbers: sums of their products are exact, and so do not depend on the
order of anything.
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

_KEYS = 20
_SHOWN = 12
_LEADING = 2.0  # what a word of the headline or lead weighs more as a key
_SALTS = (1, 0x27D4EB2F, 0x165667B1, 0x9E3779B9)


@dataclass(frozen=True, slots=True)
class Shares:
    """What each part of an article counts for.

    In a text of fewer than `brief` distinct terms what the table lacks is the news rather than noise, and
    counts for the length of the text; where the table knows the collection, it has seen to that itself.
    `power` is the power of the inverse document frequency: the higher, the more the rarest words count.
    """

    whole: float
    names: float
    pairs: float
    lead: float
    power: float
    brief: int = 1


STREAM = Shares(whole=0.05, names=0.1, pairs=0.25, lead=0.6, power=1.5, brief=45)
"""For articles that come one after another."""

COLLECTION = Shares(whole=0.1, names=0.58, pairs=0.87, lead=0.38, power=2)
"""For a collection that is known as a whole: pairs of words tell most where it is known who else has them.

Common words weigh less there, and so accounts of one event are less alike; the sum makes up for it, so that
one threshold serves both.
"""


@dataclass(frozen=True, slots=True)
class Vector:
    """Features in ascending order with their weights, and what the article can be found and explained by.

    `keys` are the hashes of the terms that weigh most, in ascending order; `words` the first of them as the
    article writes them, the heaviest first.
    """

    features: NDArray[np.int32]
    weights: NDArray[np.float32]
    keys: Hashes
    words: tuple[str, ...]


def vector(found: Terms, table: Background, shares: Shares) -> Vector:
    """The vector of one article's terms; empty where it has no words that tell anything."""
    sections = (
        (found.whole, shares.whole),
        (found.names, shares.names),
        (pairs(found.whole), shares.pairs),
        (found.lead, shares.lead),
    )
    brief = max(0.0, 1 - len(np.unique(found.whole)) / shares.brief)
    parts = [
        _part(table, numbers, brief, share, shares.power, salt)
        for (numbers, share), salt in zip(sections, _SALTS, strict=True)
        if len(numbers)
    ]
    if not parts:
        return Vector(np.empty(0, np.int32), np.empty(0, np.float32), np.empty(0, np.uint32), ())
    buckets, inverse = np.unique(np.concatenate([part[0] for part in parts]), return_inverse=True)
    weights = np.concatenate([part[1] for part in parts])
    whole = np.rint(np.bincount(inverse, weights, len(buckets)) * SCALE).astype(np.float32)
    kept = whole > 0
    keys, shown = _keys(table, found)
    return Vector(buckets[kept].astype(np.int32), whole[kept], keys, shown)


def _part(
    table: Background, numbers: Hashes, brief: float, share: float, power: float, salt: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Buckets and weights of one part."""
    terms, times = np.unique(numbers, return_counts=True)
    weights = (1 + np.log(times)) * table.rarity(terms) ** power
    squares = weights**2
    counted = table.lengths(terms)
    length = (squares * (counted + (1 - counted) * brief)).sum()
    features = terms * np.uint32(salt)
    features ^= features >> np.uint32(15)
    weights *= np.sqrt(share / max(length, 1.0))
    return (features % np.uint32(BUCKETS)).astype(np.int64), weights


def _keys(table: Background, found: Terms) -> tuple[Hashes, tuple[str, ...]]:
    """The heaviest terms of the article, those of its beginning before others."""
    single, first, times = np.unique(found.whole, return_index=True, return_counts=True)
    leading = _LEADING * np.isin(single, found.lead)
    weights = (1 + np.log(times) + leading) * table.rarity(single)
    heaviest = np.lexsort((single, -weights))[:_KEYS]
    return np.sort(single[heaviest]), tuple(found.shown[first[heaviest[:_SHOWN]]].tolist())
