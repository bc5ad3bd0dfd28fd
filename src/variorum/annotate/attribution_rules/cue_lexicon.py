"""The words that introduce reported speech and thought, read from data files."""

from __future__ import annotations

from functools import cache

from variorum.lexicon import rows, words

# What the training data say of any verb with a that-clause that the lists of reporting verbs hold.
_LISTED = 0.6
_LISTED_FRAMES = ("ccomp", "outer:parataxis", "outer:advcl:as", "dobj+ccomp")


@cache
def frame_weights() -> dict[tuple[str, str], float]:
    """By lemma and frame: how often that reading is an attribution, 0 to 1."""
    weights = {(verb, frame): _LISTED for verb in reporting_verbs() for frame in _LISTED_FRAMES}
    for lemma, frame, weight, _ in rows("attribution-cues.txt"):
        key = lemma, frame
        weights[key] = max(weights.get(key, 0.0), float(weight))
    for lemma, frame, weight in rows("attribution-cues-added.txt"):
        weights[lemma, frame] = float(weight)
    return weights


@cache
def cue_lemmas() -> frozenset[str]:
    """The lemmas that have a frame."""
    return frozenset(lemma for lemma, _ in frame_weights())


@cache
def reporting_verbs() -> frozenset[str]:
    """Lemmas of verbs that can stand beside a quotation: "said", "muttered", "posted"."""
    return words("reporting-verbs.txt")


@cache
def attitude_adverbs() -> frozenset[str]:
    """Adverbs that report without naming a source: "reportedly"."""
    return words("reporting-adverbs.txt")
