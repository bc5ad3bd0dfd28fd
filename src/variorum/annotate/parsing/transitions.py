"""The scorer of a transition-based model (`spacy.TransitionBasedParser.v2`), read from a spaCy component."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Scorer:
    """Scores a parser's next moves from the tokens at `features` places of its state.

    A token adds a vector of its own for the place it is at (`project` [width, inner], then `lower` [inner,
    features, 2 * hidden]); of each two sums the greater stands, and `upper` [hidden, moves] makes scores of
    them. `absent` [features, 2 * hidden] stands for a place without a token. The first sums of all pairs come
    first.
    """

    project: Floats
    project_bias: Floats
    lower: Floats
    absent: Floats
    bias: Floats
    upper: Floats
    upper_bias: Floats

    def table(self, vectors: Floats) -> Floats:
        """What each token adds at each place: [features, n + 1, 2 * hidden], first that of no token."""
        count, width = self.absent.shape
        table = np.empty((count, len(vectors) + 1, width), np.float32)
        table[:, 0] = self.absent
        np.matmul(vectors @ self.project + self.project_bias, self.lower, out=table[:, 1:])
        table[0] += self.bias
        return table

    def products(self, sums: Floats) -> Floats:
        """The scores [k, moves] of k states' sums [k, 2 * hidden], before `upper_bias` is added."""
        half = self.upper.shape[0]
        products: Floats = np.maximum(sums[:, :half], sums[:, half:]) @ self.upper
        return products


def read_scorer(model: Any) -> Scorer:
    """The weights of a `spacy.TransitionBasedParser.v2` model with two pieces and an upper layer."""
    token_layer, lower, upper = (model.get_ref(name) for name in ("tok2vec", "lower", "upper"))
    project = token_layer.layers[-1]
    weight, bias, absent = (lower.get_param(name) for name in ("W", "b", "pad"))
    places, hidden, pieces, width = weight.shape
    return Scorer(
        np.ascontiguousarray(project.get_param("W").T),
        project.get_param("b"),
        np.ascontiguousarray(weight.transpose(0, 3, 2, 1).reshape(places, width, pieces * hidden)),
        np.ascontiguousarray(absent[0].transpose(0, 2, 1).reshape(places, pieces * hidden)),
        np.ascontiguousarray(bias.T.reshape(-1)),
        np.ascontiguousarray(upper.get_param("W").T),
        upper.get_param("b"),
    )
