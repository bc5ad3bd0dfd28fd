"""What two claims have in common, as numbers: for all claims of an account and of several others at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from variorum.compare.sides import GROUPS, Side

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

_TINY = np.float32(1e-6)
_STEEP = np.float32(10)  # how fast a likeness counts for less than the best one of its row


def features(a: Side, b: Side) -> Iterator[tuple[str, Matrix]]:
    """What each two claims have in common: names and values, float32 [claims of a, claims of b].

    One at a time, for all of them together would fill the memory where accounts are long. What relates a
    pair to others relates it to those of the same two accounts. Swapping two accounts transposes every one.

    Args:
        a: one account.
        b: one, or several in a row.
    """
    cosine, context = a.vectors @ b.vectors.T, a.context @ b.context.T
    yield from (("cosine", cosine), ("context", context))
    terms = np.zeros_like(cosine)
    for group in GROUPS:
        own = a.held[group][0]
        # a key weighs the same in all claims, so that the sum over the shared ones is one product
        shared: Matrix = a.keys[group][:, own] @ (b.keys[group][:, own] > 0).astype(np.float32).T
        weight = a.weight[group][:, None] + b.weight[group][None, :]
        dice: Matrix = np.divide(2 * shared, np.maximum(weight, _TINY), dtype=np.float32)
        yield f"{group} dice", dice
        yield f"{group} shared", shared
        if group == "terms":
            terms = dice
    yield "cosine by context", cosine * context
    yield "cosine by terms", cosine * terms
    for name, likeness in (("cosine", cosine), ("context", context)):
        yield f"{name} squared", (square := likeness * likeness)
        yield f"{name} to the fourth", square * square
        most, least = _below_best(likeness, b)
        yield from ((f"{name} below best most", most), (f"{name} below best least", least))
        yield f"{name} near best most", np.exp(_STEEP * most)
        yield f"{name} near best least", np.exp(_STEEP * least)
    most, least = _below_best(terms, b)
    yield from (("terms below best most", most), ("terms below best least", least))
    yield "place", np.abs(a.place[:, None] - b.place[None, :])
    yield "length ratio", np.abs(a.length[:, None] - b.length[None, :])
    yield "length least", np.minimum(a.length[:, None], b.length[None, :])
    yield "polarity differs", np.abs(a.negative[:, None] - b.negative[None, :])
    yield "both quoted", a.quoted[:, None] * b.quoted[None, :]


def _below_best(likeness: Matrix, b: Side) -> tuple[Matrix, Matrix]:
    """How far a pair lies below the best of the two accounts for its one claim and for its other.

    The greater of the two and the lesser; 0 where it is itself the best.
    """
    of_row = likeness - spread(best(likeness, b.first), b.first, likeness.shape[1])
    of_column = likeness - likeness.max(axis=0)
    return np.maximum(of_row, of_column), np.minimum(of_row, of_column)


def best(values: Matrix, first: NDArray[np.int_]) -> Matrix:
    """The greatest value of each row within each account, [rows, accounts], accounts beginning at `first`."""
    found: Matrix
    if len(first) == 1:
        found = values.max(axis=1, keepdims=True)
    else:
        found = np.maximum.reduceat(values, first, axis=1)
    return found


def spread(values: Matrix, first: NDArray[np.int_], columns: int) -> Matrix:
    """A value an account, [rows, accounts], as one a column; the opposite of `best`."""
    return np.repeat(values, np.diff(first, append=columns), axis=1) if len(first) > 1 else values
