"""The fitted weights and the word lists that tagging and resolving place names share."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache

from variorum.annotate.gazetteer import DATA
from variorum.lexicon import rows


@cache
def word_lists() -> dict[str, frozenset[str]]:
    """The lists of data/toponym_words.txt by their use."""
    return {use: frozenset(words) for use, *words in rows("toponym_words.txt")}


@cache
def weights() -> dict[str, dict[str, float]]:
    """The fitted weights: model name to feature to weight."""
    loaded: dict[str, dict[str, float]] = json.loads((DATA / "place_weights.json").read_text("utf-8"))
    return loaded


def weigh(model: str, features: Sequence[tuple[str, float]]) -> float:
    """The score of a linear model: log odds for those that tag."""
    fitted = weights()[model]
    return fitted["bias"] + sum(fitted.get(name, 0.0) * value for name, value in features)
