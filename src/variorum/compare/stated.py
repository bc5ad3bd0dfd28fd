"""Whether another account states a claim in any way, be it spread over several of its sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from variorum.compare.features import best, spread
from variorum.compare.scored import Scored
from variorum.compare.scorer import load_scorer
from variorum.compare.sides import BY_SENTENCES, Side

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

_COVERED = ("terms", "names", "numbers", "bigrams", "roles", "fates", "places")
_TINY = np.float32(1e-6)


def stated(scored: Scored, own: Side, other: Side) -> Matrix:
    """The probability that an account states a claim, float32 [own claims, other accounts].

    Args:
        scored: the claims set against one another.
        own: the side whose claims are asked about.
        other: the side that may state them; of the two only one may be of several accounts.
    """
    return load_scorer("stated").score(*stated_features(scored, own, other))


def stated_features(scored: Scored, own: Side, other: Side) -> tuple[list[str], Matrix]:
    """The names of the features and their values, float32 [features, own claims, other accounts]."""
    logit = np.log(scored.chances + _TINY) - np.log1p(_TINY - scored.chances)
    found = {f"most {name}": most for name, most in scored.most.items()}
    found["score"], found["next score"] = _best_two(logit, other.first)
    of_sentence = np.full((own.sentences, found["score"].shape[1]), -np.inf, np.float32)
    np.maximum.at(of_sentence, own.sentence, found["score"])
    found["best score of the sentence"] = of_sentence[own.sentence]
    found["claim like a sentence"] = best(own.vectors @ other.context.T, other.first)
    for name in ("length", "attributed", "place"):
        found[name] = np.broadcast_to(getattr(own, name)[:, None], found["score"].shape)
    found |= _coverage(own, other)
    return list(found), np.stack([f.astype(np.float32, copy=False) for f in found.values()])


def _coverage(own: Side, other: Side) -> dict[str, Matrix]:
    """Shares of each claim's keys that the other account has, anywhere and within two sentences in a row."""
    found: dict[str, Matrix] = {}
    for group in _COVERED:
        common = own.held[group].any(axis=0) & other.held[group].any(axis=0)
        keys = own.keys[group][:, common]
        weight: Matrix = np.maximum(own.weight[group], _TINY)[:, None]
        found[f"{group} covered"] = _share(keys, other.held[group][:, common], weight)
        if group in BY_SENTENCES:
            nearby = _share(keys, other.near[group][:, common], weight)
            first = _best_two(nearby, other.first_sentence)
            found[f"{group} covered nearby"], found[f"{group} covered nearby again"] = first
    return found


def _share(keys: Matrix, there: NDArray[np.bool_], weight: Matrix) -> Matrix:
    share: Matrix = keys @ there.astype(np.float32).T / weight
    return share


def _best_two(values: Matrix, first: NDArray[np.int_]) -> tuple[Matrix, Matrix]:
    """Each row's greatest value within each account, and the greatest below that, or itself without one."""
    greatest = best(values, first)
    below = np.where(values < spread(greatest, first, values.shape[1]), values, np.float32(-np.inf))
    second = best(below, first)
    return greatest, np.where(np.isfinite(second), second, greatest)
