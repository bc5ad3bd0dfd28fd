"""Whether another account states a claim in any way, be it spread over several of its sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from variorum.compare.features import Side
from variorum.compare.scorer import load_scorer
from variorum.compare.views import View

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

_COVERED = ("terms", "names", "numbers", "bigrams", "roles", "fates", "places")
_BY_SENTENCES = ("terms", "bigrams")
_TINY = np.float32(1e-6)


def stated(
    names: Sequence[str],
    values: Matrix,
    scores: Matrix,
    sides: tuple[Side, Side],
    views: tuple[Sequence[View], Sequence[View]],
) -> Matrix:
    """For each claim of the first account the probability that the second states it, float32 [n].

    Args:
        names: of the features of pairs.
        values: their values, [features, n, m].
        scores: the probabilities that two claims state one fact, [n, m].
        sides: both accounts' matrices, the first the one whose claims are asked about.
        views: both accounts' claims.
    """
    told, found = stated_features(names, values, scores, sides, views)
    return load_scorer("stated").score(told, found)


def stated_features(
    names: Sequence[str],
    values: Matrix,
    scores: Matrix,
    sides: tuple[Side, Side],
    views: tuple[Sequence[View], Sequence[View]],
) -> tuple[list[str], Matrix]:
    """The names of the features and their values, float32 [features, n]; arguments as for `stated`."""
    own, other = sides
    logit = np.log(scores + _TINY) - np.log1p(_TINY - scores)
    ranked = np.sort(logit, axis=1)
    sentence = np.array([v.sentence for v in views[0]])
    best = np.full(int(sentence.max()) + 1, -np.inf, np.float32)
    np.maximum.at(best, sentence, ranked[:, -1])
    context = own.context @ other.context.T
    likeness = own.vectors @ other.vectors.T
    found: dict[str, Matrix] = {f"most {n}": v.max(axis=1) for n, v in zip(names, values, strict=True)}
    found["score"], found["next score"] = ranked[:, -1], ranked[:, -2 if ranked.shape[1] > 1 else -1]
    found["best score of the sentence"] = best[sentence]
    found["length"] = own.length
    found["sentence like a sentence"] = context.max(axis=1)
    found["sentence like some"] = np.sort(context, axis=1)[:, -4:].mean(axis=1)
    found["claim like a sentence"] = (own.vectors @ other.context.T).max(axis=1)
    found["claim like some"] = np.sort(likeness, axis=1)[:, -3:].mean(axis=1)
    found["attributed"] = np.array([v.attribution is not None for v in views[0]], np.float32)
    found["place"] = own.place
    found |= _coverage(own, other, np.array([v.sentence for v in views[1]]))
    return list(found), np.stack([f.astype(np.float32) for f in found.values()])


def _coverage(own: Side, other: Side, sentence: NDArray[np.int_]) -> dict[str, Matrix]:
    """Shares of each claim's keys that the other account has, anywhere and within two sentences in a row."""
    found: dict[str, Matrix] = {}
    last = int(sentence.max())
    for group in _COVERED:
        common = own.held[group] & other.held[group]
        keys = own.keys[group][:, common]
        weight: Matrix = np.maximum(own.weight[group], _TINY)
        there = other.keys[group][:, common] > 0
        found[f"{group} covered"] = (keys.sum(axis=1) / weight).astype(np.float32)
        if group in _BY_SENTENCES:
            near = np.stack(
                [there[(sentence == n) | (sentence == n + 1)].any(axis=0) for n in range(last + 1)]
            )
            ranked = np.sort(_share(keys, near.T, weight[:, None]), axis=1)
            found[f"{group} covered nearby"] = ranked[:, -1]
            found[f"{group} covered nearby again"] = ranked[:, -2 if ranked.shape[1] > 1 else -1]
    return found


def _share(keys: Matrix, there: NDArray[Any], weight: Matrix) -> Matrix:
    share: Matrix = (keys @ there.astype(np.float32) / weight).astype(np.float32)
    return share
