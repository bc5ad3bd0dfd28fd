"""Logistic regressions over features of claims (models/align.md says how they were fitted)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Scorer:
    """Weights by feature name, for features as `features` gives them, and the constant."""

    weights: tuple[tuple[str, float], ...]
    constant: float

    def score(self, names: Sequence[str], values: Matrix) -> Matrix:
        """Probabilities from values [features, ...], of the shape behind the features.

        Raises:
            ValueError: if a feature that the weights name is not there.
        """
        index = {name: n for n, name in enumerate(names)}
        rows = [index[name] for name, _ in self.weights if name in index]
        if len(rows) != len(self.weights):
            raise ValueError("the scorer's weights and the features are not of one version")
        weights = np.array([w for _, w in self.weights], np.float32)
        logit = np.tensordot(weights, values[rows], axes=1) + np.float32(self.constant)
        return chance(logit)


def chance(logit: Matrix) -> Matrix:
    """Probabilities of log odds."""
    found: Matrix = (1 / (1 + np.exp(-np.clip(logit, -30, 30)))).astype(np.float32)
    return found


@cache
def load_scorer(name: str) -> Scorer:
    """A scorer that comes with variorum.

    `align` scores pairs of claims as one fact, `stated` claims as told by another account too.
    """
    stored = json.loads(files("variorum").joinpath("models", f"{name}.json").read_text("utf-8"))
    return Scorer(tuple(sorted(stored["weights"].items())), stored["constant"])
