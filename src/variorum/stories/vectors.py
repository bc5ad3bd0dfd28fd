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


@dataclass(frozen=True, slots=True)
class _Part:
    """The distinct terms of a part, how often each comes, how rare it is, how it counts for the length."""

    terms: Hashes
    times: NDArray[np.intp]
    rarity: NDArray[np.float64]
    counted: NDArray[np.float64]


def vector(found: Terms, table: Background, shares: Shares) -> Vector:
    """The vector of one article's terms; empty where it has no words that tell anything."""
    whole = _Part(found.distinct, found.times, *table.weigh(found.distinct))
    named = found.named
    names = _Part(whole.terms[named], whole.times[named], whole.rarity[named], whole.counted[named])
    lead = _part(table, found.lead)
    sections = (
        (whole, shares.whole),
        (names, shares.names),
        (_part(table, pairs(found.whole)), shares.pairs),
        (lead, shares.lead),
    )
    brief = max(0.0, 1 - len(whole.terms) / shares.brief)
    parts = [
        _weighed(part, brief, share, shares.power, salt)
        for (part, share), salt in zip(sections, _SALTS, strict=True)
        if len(part.terms)
    ]
    if not parts:
        return Vector(np.empty(0, np.int32), np.empty(0, np.float32), np.empty(0, np.uint32), ())
    buckets, inverse = np.unique(np.concatenate([part[0] for part in parts]), return_inverse=True)
    weights = np.concatenate([part[1] for part in parts])
    rounded = np.rint(np.bincount(inverse, weights, len(buckets)) * SCALE).astype(np.float32)
    kept = rounded > 0
    keys, shown = _keys(whole, lead.terms, found.shown)
    return Vector(buckets[kept].astype(np.int32), rounded[kept], keys, shown)


def _part(table: Background, numbers: Hashes) -> _Part:
    terms, times = np.unique(numbers, return_counts=True)
    return _Part(terms, times, *table.weigh(terms))


def _weighed(
    part: _Part, brief: float, share: float, power: float, salt: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Buckets and weights of one part."""
    weights = (1 + np.log(part.times)) * part.rarity**power
    length = (weights**2 * (part.counted + (1 - part.counted) * brief)).sum()
    features = part.terms * np.uint32(salt)
    features ^= features >> np.uint32(15)
    weights *= np.sqrt(share / max(length, 1.0))
    return (features % np.uint32(BUCKETS)).astype(np.int64), weights


def _keys(whole: _Part, lead: Hashes, shown: NDArray[np.object_]) -> tuple[Hashes, tuple[str, ...]]:
    """The heaviest terms of the article, those of its beginning before others."""
    leading = np.zeros(len(whole.terms))
    at = np.minimum(whole.terms.searchsorted(lead), max(len(whole.terms) - 1, 0))
    if len(at):
        leading[at[whole.terms[at] == lead]] = _LEADING
    weights = (1 + np.log(whole.times) + leading) * whole.rarity
    heaviest = np.lexsort((whole.terms, -weights))[:_KEYS]
    return np.sort(whole.terms[heaviest]), tuple(shown[heaviest[:_SHOWN]].tolist())
