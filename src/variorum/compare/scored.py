"""How likely two claims state one fact, for all claims of an account and of several others at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from variorum.compare.features import best, features
from variorum.compare.scorer import Scorer, chance
from variorum.compare.sides import Side

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Scored:
    """The claims of an account set against those of others.

    `chances` are the probabilities that two claims state one fact, [own claims, other claims], and `cosine`
    how alike they are. `most` is, for each feature of pairs and each own claim, the greatest value that it
    has with any claim of an account, [own claims, other accounts]; `most_of_other` the same the other way
    round, [other claims, 1].
    """

    chances: Matrix
    cosine: Matrix
    most: dict[str, Matrix]
    most_of_other: dict[str, Matrix]

    @property
    def turned(self) -> Scored:
        """The same, asked about the other accounts."""
        return Scored(self.chances.T, self.cosine.T, self.most_of_other, self.most)


def score(a: Side, b: Side, scorer: Scorer) -> Scored:
    """Score all pairs of claims of an account and of one or several others.

    Raises:
        ValueError: if a feature that the scorer's weights name is not there.
    """
    weights = dict(scorer.weights)
    logit = np.full((len(a), len(b)), scorer.constant, np.float32)
    most, most_of_other = dict[str, "Matrix"](), dict[str, "Matrix"]()
    cosine = logit
    for name, values in features(a, b):
        logit += np.float32(weights.pop(name, 0.0)) * values
        most[name], most_of_other[name] = best(values, b.first), values.max(axis=0)[:, None]
        if name == "cosine":
            cosine = values
    if weights:
        raise ValueError("the scorer's weights and the features are not of one version")
    return Scored(chance(logit), cosine, most, most_of_other)
