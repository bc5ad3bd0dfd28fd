"""How rare a term is: in news at large, and in the articles at hand where they are all known beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from variorum.stories.terms import Hashes, Terms, pairs

NOISE = 0.1
"""For articles that come as a stream: what the table lacks may be a name that the next article has."""

_NOISE_ALONE = 0.5
_FEW = 50  # articles from which on a collection's own counts say more than the fixed table


@dataclass(frozen=True, slots=True)
class Background:
    """In how many of `articles` articles each hashed term occurs; `terms` are in ascending order.

    A term that the table lacks, or marks `alone`, can tell an article from others but not join it to any.
    `noise` is how much such terms make a text longer, 0 to 1: as they differ from article to article, they
    would otherwise make any two accounts seem less alike.
    """

    articles: int
    terms: Hashes
    counts: NDArray[np.int64]
    alone: NDArray[np.bool_]
    noise: float

    def count(self, terms: Hashes) -> NDArray[np.int64]:
        """Articles that have each term, 0 where the table lacks it."""
        places, found = self._look_up(terms)
        return np.where(found, self.counts[places], 0)

    def rarity(self, terms: Hashes) -> NDArray[np.float64]:
        """Inverse document frequency, smoothed, at least 1."""
        weight: NDArray[np.float64] = np.log((1 + self.articles) / (1 + self.count(terms))) + 1
        return weight

    def lengths(self, terms: Hashes) -> NDArray[np.float64]:
        """The share of each term's squared weight that counts for the length of a text."""
        places, found = self._look_up(terms)
        return np.where(found & ~self.alone[places], 1.0, self.noise)

    def _look_up(self, terms: Hashes) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        places = np.minimum(np.searchsorted(self.terms, terms), len(self.terms) - 1)
        return places, self.terms[places] == terms

    def with_counts(self, collection: Sequence[Terms]) -> Background:
        """The table with the counts of a collection that is known as a whole added."""
        if not collection:
            return self
        here, times = np.unique(
            np.concatenate([np.unique(np.concatenate((t.whole, pairs(t.whole)))) for t in collection]),
            return_counts=True,
        )
        every = np.union1d(self.terms, here)
        counts = np.zeros(len(every), np.int64)
        counts[np.searchsorted(every, self.terms)] = self.counts
        alone = np.ones(len(every), np.bool_)
        at = np.searchsorted(every, here)
        counts[at] += times
        alone[at] = times < 2
        noise = _NOISE_ALONE * _FEW / (_FEW + len(collection))
        return Background(self.articles + len(collection), every, counts, alone, noise)


@cache
def background() -> Background:
    """The table that comes with the package; `train/story_background.py` makes it."""
    with (
        files("variorum").joinpath("data", "story_background.npz").open("rb") as file,
        np.load(file) as table,
    ):
        terms = table["steps"].astype(np.uint64).cumsum().astype(np.uint32)
        counts = table["counts"].astype(np.int64)
        return Background(int(table["articles"]), terms, counts, np.zeros(len(terms), np.bool_), NOISE)
