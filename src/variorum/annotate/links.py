"""From token scores to attributions: choose anchors, link tokens to them, cut spans.

The scores come from one encoder run (see `docs/attribution-model.md`); everything here is arithmetic on
them, so that an article longer than the encoder's window is linked as one whole.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

#: Number of distance buckets; see `distance_bucket`.
DISTANCES = 49
#: A word farther than this many pieces from a cue cannot belong to it.
REACH = 200


def distance_bucket(distance: int) -> int:
    """The bucket of a signed distance in word pieces: exact to 8, then sixteen a direction, log spaced."""
    far = abs(distance)
    step = far if far <= 8 else min(24, 8 + int(math.log2(far / 8) * 3.2) + 1)
    return 24 + step if distance >= 0 else 24 - step


@dataclass(frozen=True, slots=True)
class Scores:
    """What the encoder says of one article's n word pieces.

    `token` (n, 3): logits of anchor, outside, source. `left`, `right` (n, h): the linker's inputs for a
    token and for an anchor. `query`, `key` (n, 2k): the same for its bilinear part (content, source).
    """

    token: Floats
    left: Floats
    right: Floats
    query: Floats
    key: Floats


@dataclass(frozen=True, slots=True)
class Linker:
    """The weights of the scorer of (token, anchor) pairs."""

    distance: Floats
    line: Floats
    weight: Floats
    bias: Floats

    def score(self, scores: Scores, words: Ints, lines: Ints, anchor: int) -> Floats:
        """Logits (m, 3) of cue, content, source of `anchor` for m words, all as indices of pieces."""
        z = scores.left[words] + scores.right[anchor]
        z += self.distance[_BUCKETS[words - anchor + REACH]]
        z += self.line[np.clip(lines[words] - lines[anchor], -1, 2) + 1]
        logits: Floats = np.maximum(z, 0.0, out=z) @ self.weight.T + self.bias
        half = scores.key.shape[1] // 2
        scale = half**-0.5
        for k, part in enumerate((slice(0, half), slice(half, None))):
            logits[:, 1 + k] += (scores.query[words, part] @ scores.key[anchor, part]) * scale
        return logits


_BUCKETS = np.array([distance_bucket(d) for d in range(-REACH, REACH + 1)])


@dataclass(frozen=True, slots=True)
class Options:
    """Thresholds of the decoder, tuned on held-out training articles.

    `anchor` is the least probability of a cue's first word; `keep` of a whole attribution; `switch` what a
    change of role or attribution between two words costs (a log-odds); `source` the least summed log-odds
    of a source.
    """

    anchor: float = 0.3
    keep: float = 0.15
    switch: float = 1.0
    source: float = -2.0


@dataclass(frozen=True, slots=True)
class Link:
    """One attribution as indices of word-initial pieces, ascending; `confidence` is 0 to 1."""

    anchor: int
    source: tuple[int, ...]
    cue: tuple[int, ...]
    content: tuple[int, ...]
    confidence: float


def link(scores: Scores, linker: Linker, first: Bools, lines: Ints, options: Options) -> list[Link]:
    """The attributions of one article, in the order of their cues. Linear in the article's length.

    `first` marks word-initial pieces; `lines` numbers the line each piece stands in.
    """
    words = np.flatnonzero(first)
    chance = 1.0 / (1.0 + np.exp(-scores.token[:, 0].astype(np.float64)))
    anchors = words[chance[words] >= options.anchor]
    if not len(anchors):
        return []
    lows = np.searchsorted(words, anchors - REACH)
    highs = np.searchsorted(words, anchors + REACH, "right")
    logits = [
        linker.score(scores, words[low:high], lines, int(a))
        for a, low, high in zip(anchors, lows, highs, strict=True)
    ]
    table, offset = _choices(scores.token[words, 1:], logits, lows, highs)
    path = _best_path(table, offset, options.switch)
    out = []
    for k, (anchor, low, high) in enumerate(zip(anchors.tolist(), lows, highs, strict=True)):
        near = path[low:high]
        cue, content = np.flatnonzero(near == _FIXED + 2 * k), np.flatnonzero(near == _FIXED + 2 * k + 1)
        if not len(content):
            continue
        columns = _FIXED + 2 * (k - offset[low:high][content]) + 1
        sure = float(np.exp(table[low:high][content, columns]).mean())
        if chance[anchor] * sure < options.keep:
            continue
        here = words[low:high]
        free = logits[k][:, 2].astype(np.float64)
        free[cue], free[content] = -_BARRIER, -_BARRIER
        source = _best_run(free, lines[here], options.source)
        out.append(
            Link(
                anchor,
                tuple(here[source].tolist()),
                tuple(here[cue].tolist()) or (anchor,),
                tuple(here[content].tolist()),
                float(chance[anchor]) * sure,
            )
        )
    return out


# States of a word: outside, some source, then cue and content of each anchor.
_FIXED = 2
_BARRIER = 1e4


def _choices(fixed: Floats, logits: list[Floats], lows: Ints, highs: Ints) -> tuple[Doubles, Ints]:
    """Log-probabilities of each word's states, and the first anchor within its reach.

    The columns of a row are the fixed states and those of the anchors from the first one on, so that the
    table is as wide as anchors are dense, not as they are many.
    """
    n = len(fixed)
    offset = np.searchsorted(highs, np.arange(n), "right")
    width = int((np.searchsorted(lows, np.arange(n), "right") - offset).max())
    table = np.full((n, _FIXED + 2 * width), -np.inf)
    table[:, :_FIXED] = fixed
    for k, (part, low, high) in enumerate(zip(logits, lows, highs, strict=True)):
        rows = np.arange(low, high)
        column = _FIXED + 2 * (k - offset[low:high])
        table[rows, column], table[rows, column + 1] = part[:, 0], part[:, 1]
    table -= table.max(axis=1, keepdims=True)
    table -= np.log(np.exp(table).sum(axis=1, keepdims=True))
    return table, offset


def _best_path(table: Doubles, offset: Ints, switch: float) -> Ints:
    """The states of all words (Viterbi 1967): every change of state costs `switch`.

    Only states within six of a word's best are followed: a change and back costs less than more.
    """
    rows, columns = np.nonzero(table > table.max(axis=1, keepdims=True) - 6.0)
    values = table[rows, columns].tolist()
    states = np.where(columns < _FIXED, columns, columns + 2 * offset[rows]).tolist()
    bounds = np.searchsorted(rows, np.arange(len(table) + 1)).tolist()
    back: list[dict[int, int]] = []
    best: dict[int, float] = {}
    top, floor = -1, 0.0
    for begin, end in pairwise(bounds):
        now: dict[int, float] = {}
        came: dict[int, int] = {}
        for state, value in zip(states[begin:end], values[begin:end], strict=True):
            stay = best.get(state)
            stays = stay is not None and stay >= floor
            came[state] = state if stays else top
            now[state] = (stay if stay is not None and stays else floor) + value
        back.append(came)
        best = now
        top = max(best, key=best.__getitem__)
        floor = best[top] - switch
    path = np.zeros(len(table), dtype=np.int64)
    for i in range(len(table) - 1, -1, -1):
        path[i] = top
        top = back[i][top]
    return path


def _best_run(odds: Doubles, lines: Ints, least: float) -> Ints:
    """Indices of the run within one line with the greatest sum above `least` (Kadane's problem)."""
    if not len(odds):
        return np.zeros(0, dtype=np.int64)
    # a barrier before each line: no run gains by crossing it
    breaks = np.flatnonzero(np.diff(lines)) + 1
    walled = np.insert(odds, breaks, -_BARRIER)
    sums = np.concatenate([[0.0], np.cumsum(walled)])
    lowest = np.minimum.accumulate(sums[:-1])
    end = int(np.argmax(sums[1:] - lowest)) + 1
    if sums[end] - lowest[end - 1] <= least:
        return np.zeros(0, dtype=np.int64)
    start = int(np.argmin(sums[:end]))
    origin = np.insert(np.arange(len(odds)), breaks, -1)[start:end]
    return origin[origin >= 0]
