"""How rare a term is: in news at large, and in the articles at hand where they are all known beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from variorum.stories.terms import Hashes, Terms, pairs

NOISE = 0.05
"""For articles that come as a stream: what the table lacks may be a name that the next article has."""

_NOISE_ALONE = 0.25
_FEW = 50  # articles in a collection from which on a word of one alone is no name that the next may have
_WEIGHT = 5.0  # of an article of a large collection, beside one of the table
_LARGE = 200  # articles from which on a collection says more than half of that


@dataclass(frozen=True, slots=True)
class Background:
    """In how many of `articles` articles each hashed term occurs; `terms` are in ascending order.

    A term that the table lacks, or marks `alone`, can tell an article from others but not join it to any.
    `noise` is how much such terms make a text longer, 0 to 1: as they differ from article to article, they
    would otherwise make any two accounts seem less alike.
    """

    articles: float
    terms: Hashes
    counts: NDArray[np.float64]
    alone: NDArray[np.bool_]
    noise: float

    def weigh(self, terms: Hashes) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """How rare each term is, and how much of its squared weight counts for the length of a text.

        The first is the inverse document frequency, 0 for a term that every article has.
        """
        places = np.minimum(self.terms.searchsorted(terms), len(self.terms) - 1)
        found = self.terms[places] == terms
        rarity = np.log((1 + self.articles) / (1 + np.where(found, self.counts[places], 0.0)))
        return rarity, np.where(found & ~self.alone[places], 1.0, self.noise)

    def with_counts(self, collection: Sequence[Terms]) -> Background:
        """The table with the counts of a collection that is known as a whole added.

        The larger the collection, the more its own articles count: which words all of a few articles have
        says what they are about, not that the words are common.
        """
        if not collection:
            return self
        here, times = np.unique(
            np.concatenate([np.unique(np.concatenate((t.whole, pairs(t.whole)))) for t in collection]),
            return_counts=True,
        )
        every = np.union1d(self.terms, here)
        weight = _WEIGHT * len(collection) / (_LARGE + len(collection))
        counts = np.zeros(len(every))
        counts[np.searchsorted(every, self.terms)] = self.counts
        alone = np.ones(len(every), np.bool_)
        at = np.searchsorted(every, here)
        counts[at] += weight * times
        alone[at] = times < 2
        noise = _NOISE_ALONE * _FEW / (_FEW + len(collection))
        return Background(self.articles + weight * len(collection), every, counts, alone, noise)


@cache
def background() -> Background:
    """The table that comes with the package; `train/story_background.py` makes it."""
    with (
        files("variorum").joinpath("data", "story_background.npz").open("rb") as file,
        np.load(file) as table,
    ):
        terms = table["steps"].astype(np.uint64).cumsum().astype(np.uint32)
        counts = table["counts"].astype(np.float64)
        return Background(float(table["articles"]), terms, counts, np.zeros(len(terms), np.bool_), NOISE)
