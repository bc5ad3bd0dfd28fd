"""How likely two claims state one fact, for all claims of two accounts at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from variorum.compare.features import Side, features
from variorum.compare.scorer import Scorer, chance

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Scored:
    """The claims of two accounts set against one another.

    `chances` are the probabilities that two claims state one fact, [claims of one, claims of the other];
    `cosine` and `context` how alike they, and the directions of their sentences, are.
    `most` is, for each feature of pairs and each claim of the one, the greatest value that it has with any
    claim of the other; `most_of_other` the same the other way round.
    """

    chances: Matrix
    cosine: Matrix
    context: Matrix
    most: dict[str, Matrix]
    most_of_other: dict[str, Matrix]

    @property
    def turned(self) -> Scored:
        """The same, asked about the other account."""
        return Scored(self.chances.T, self.cosine.T, self.context.T, self.most_of_other, self.most)


def score(a: Side, b: Side, scorer: Scorer) -> Scored:
    """Score all pairs of claims.

    Raises:
        ValueError: if a feature that the scorer's weights name is not there.
    """
    weights = dict(scorer.weights)
    logit = np.full((len(a.place), len(b.place)), scorer.constant, np.float32)
    most, most_of_other = dict[str, "Matrix"](), dict[str, "Matrix"]()
    kept = dict[str, "Matrix"]()
    for name, values in features(a, b):
        logit += np.float32(weights.pop(name, 0.0)) * values
        most[name], most_of_other[name] = values.max(axis=1), values.max(axis=0)
        if name in ("cosine", "context"):
            kept[name] = values
    if weights:
        raise ValueError("the scorer's weights and the features are not of one version")
    return Scored(chance(logit), kept["cosine"], kept["context"], most, most_of_other)
