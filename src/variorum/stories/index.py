"""Finds the articles that an article is like without comparing it to all: by the terms that weigh most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from variorum.stories.fading import UNDATED, kept
from variorum.stories.vectors import BUCKETS, SCALE, Vector

LEAST = 0.05
"""A likeness below this counts as none."""

SHARED_KEYS = 2
_AT_ONCE = 256  # articles compared in one step: what is copied for it stays in the cache


class Index:
    """Articles by number, found by their keys.

    Two articles are compared where they share two keys, or one if one of them has no more. That depends on
    the two alone, so what is found does not depend on what else is in the index, nor on the order.
    """

    def __init__(self) -> None:
        self._vectors: dict[int, Vector] = {}
        self._days: dict[int, int] = {}
        self._by_key: defaultdict[int, list[int]] = defaultdict(list)
        self._dense = np.zeros(BUCKETS, np.float32)

    def __len__(self) -> int:
        return len(self._vectors)

    def __contains__(self, number: int) -> bool:
        return number in self._vectors

    def __getitem__(self, number: int) -> Vector:
        return self._vectors[number]

    def add(self, number: int, vector: Vector, day: int = UNDATED) -> None:
        """Put an article of a day (ordinal) in."""
        self._vectors[number] = vector
        self._days[number] = day
        for key in vector.keys.tolist():
            self._by_key[key].append(number)

    def remove(self, numbers: Iterable[int]) -> None:
        """Take articles out."""
        gone = set(numbers)
        keys = {key for number in gone for key in self._vectors.pop(number).keys.tolist()}
        for number in gone:
            del self._days[number]
        for key in keys:
            kept = [number for number in self._by_key[key] if number not in gone]
            if kept:
                self._by_key[key] = kept
            else:
                del self._by_key[key]

    def like(self, vector: Vector, day: int = UNDATED) -> list[tuple[int, int]]:
        """The articles that are like one of a day and how much, as whole numbers (1.0 is `SCALE` squared)."""
        lists = [self._by_key[key] for key in vector.keys.tolist() if key in self._by_key]
        if not lists:
            return []
        found, shared = np.unique(np.concatenate([np.array(n, np.int64) for n in lists]), return_counts=True)
        few = len(vector.keys) < 2 * SHARED_KEYS
        candidates = found[(shared >= SHARED_KEYS) | few | self._short(found, shared)]
        likeness = self._products(vector, day, candidates.tolist())
        enough = likeness >= LEAST * SCALE * SCALE
        return list(zip(candidates[enough].tolist(), likeness[enough].astype(np.int64).tolist(), strict=True))

    def _short(self, found: NDArray[np.int64], shared: NDArray[np.int64]) -> NDArray[np.bool_]:
        short = np.zeros(len(found), np.bool_)
        for n in np.flatnonzero(shared < SHARED_KEYS).tolist():
            short[n] = len(self._vectors[int(found[n])].keys) < 2 * SHARED_KEYS
        return short

    def product(self, a: Iterable[int], b: Iterable[int]) -> int:
        """The sum of the likenesses of all articles of `a` to all of `b`."""
        others = list(b)
        return sum(int(self._products(self._vectors[n], self._days[n], others).sum()) for n in a)

    def _products(self, vector: Vector, day: int, numbers: list[int]) -> NDArray[np.float64]:
        products = np.zeros(len(numbers))
        self._dense[vector.features] = vector.weights
        for start in range(0, len(numbers), _AT_ONCE):
            some = [self._vectors[number] for number in numbers[start : start + _AT_ONCE]]
            lengths = np.array([len(v.features) for v in some])
            if not lengths.all():  # an article without a word is like none, and reduceat needs one
                some, lengths = [v if len(v.features) else _NOTHING for v in some], np.maximum(lengths, 1)
            values = self._dense[np.concatenate([v.features for v in some])]
            values *= np.concatenate([v.weights for v in some])
            begins = np.concatenate(([0], lengths.cumsum()[:-1]))
            products[start : start + len(some)] = np.add.reduceat(values, begins, dtype=np.float64)
        self._dense[vector.features] = 0
        days = np.fromiter((self._days[number] for number in numbers), np.int64, len(numbers))
        return np.rint(products * kept(day, days))


_NOTHING = Vector(np.zeros(1, np.int32), np.zeros(1, np.float32), np.empty(0, np.uint32), ())
