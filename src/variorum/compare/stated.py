"""Whether another account states a claim in any way, be it spread over several of its sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from variorum.compare.features import BY_SENTENCES, Side, top
from variorum.compare.scored import Scored
from variorum.compare.scorer import load_scorer

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

_COVERED = ("terms", "names", "numbers", "bigrams", "roles", "fates", "places")
_TINY = np.float32(1e-6)


def stated(scored: Scored, own: Side, other: Side) -> Matrix:
    """For each claim of an account the probability that another states it, float32 [n]."""
    return load_scorer("stated").score(*stated_features(scored, own, other))


def stated_features(scored: Scored, own: Side, other: Side) -> tuple[list[str], Matrix]:
    """The names of the features and their values, float32 [features, n]."""
    logit = np.log(scored.chances + _TINY) - np.log1p(_TINY - scored.chances)
    first = top(logit, 2)
    best = np.full(int(own.sentence.max()) + 1, -np.inf, np.float32)
    np.maximum.at(best, own.sentence, first[:, -1])
    found = {f"most {name}": most for name, most in scored.most.items()}
    found["score"], found["next score"] = first[:, -1], first[:, 0]
    found["best score of the sentence"] = best[own.sentence]
    found["length"] = own.length
    found["sentence like a sentence"] = scored.most["context"]
    found["sentence like some"] = top(scored.context, 4).mean(axis=1)
    found["claim like a sentence"] = (own.vectors @ other.context.T).max(axis=1)
    found["claim like some"] = top(scored.cosine, 3).mean(axis=1)
    found["attributed"] = own.attributed
    found["place"] = own.place
    found |= _coverage(own, other)
    return list(found), np.stack([f.astype(np.float32, copy=False) for f in found.values()])


def _coverage(own: Side, other: Side) -> dict[str, Matrix]:
    """Shares of each claim's keys that the other account has, anywhere and within two sentences in a row."""
    found: dict[str, Matrix] = {}
    for group in _COVERED:
        common = own.held[group] & other.held[group]
        keys = own.keys[group][:, common]
        weight: Matrix = np.maximum(own.weight[group], _TINY)
        found[f"{group} covered"] = (keys.sum(axis=1) / weight).astype(np.float32)
        if group in BY_SENTENCES:
            near = other.near[group][:, common]
            first = top(_share(keys, near.T, weight[:, None]), 2)
            found[f"{group} covered nearby"] = first[:, -1]
            found[f"{group} covered nearby again"] = first[:, 0]
    return found


def _share(keys: Matrix, there: NDArray[Any], weight: Matrix) -> Matrix:
    share: Matrix = (keys @ there.astype(np.float32) / weight).astype(np.float32)
    return share
