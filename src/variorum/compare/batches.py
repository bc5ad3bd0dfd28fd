"""Texts of equal length side by side, so that a model's run fills nothing up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence


def of_equal_length(lengths: Sequence[int], most: int) -> list[list[int]]:
    """The numbers of the texts in batches of at most `most`, those of one length together."""
    by_length: defaultdict[int, list[int]] = defaultdict(list)
    for n, length in enumerate(lengths):
        by_length[length].append(n)
    return [rows[start : start + most] for rows in by_length.values() for start in range(0, len(rows), most)]
