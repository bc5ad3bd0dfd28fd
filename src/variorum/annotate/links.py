"""From token scores to attributions: choose anchors, link tokens to them, cut spans.

The scores come from one encoder run (see `docs/attribution-model.md`); everything here is arithmetic on
them, so that an article longer than the encoder's window is linked as one whole.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

#: Number of distance buckets; see `distance_bucket`.
DISTANCES = 49
#: A token farther than this many pieces from a cue cannot belong to it.
REACH = 250


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

    def score(self, scores: Scores, lines: Ints, anchor: int) -> tuple[int, Floats]:
        """Logits (m, 3) of cue, content, source for the pieces from the returned index on."""
        low, high = max(0, anchor - REACH), min(len(lines), anchor + REACH)
        line = np.clip(lines[low:high] - lines[anchor], -1, 2) + 1
        z = scores.left[low:high] + scores.right[anchor]
        z += self.distance[_BUCKETS[low - anchor + REACH : high - anchor + REACH]]
        z += self.line[line]
        logits = np.maximum(z, 0.0) @ self.weight.T + self.bias
        half = scores.key.shape[1] // 2
        scale = half**-0.5
        for k, part in enumerate((slice(0, half), slice(half, None))):
            logits[:, 1 + k] += (scores.query[low:high, part] @ scores.key[anchor, part]) * scale
        return low, logits


_BUCKETS = np.array([distance_bucket(d) for d in range(-REACH, REACH + 1)])


@dataclass(frozen=True, slots=True)
class Options:
    """Thresholds of the decoder, tuned on held-out training articles.

    `anchor` is the least probability of a cue's first word; `keep` of a whole attribution; `switch` what a
    change of role or attribution between two words costs (a log-odds); `source` the least summed log-odds
    of a source.
    """

    anchor: float = 0.3
    keep: float = 0.35
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


_OUTSIDE, _SOURCE = -2, -1


def link(
    scores: Scores, linker: Linker, first: NDArray[np.bool_], lines: Ints, options: Options
) -> list[Link]:
    """The attributions of one article, in the order of their cues.

    `first` marks word-initial pieces; `lines` numbers the line each piece stands in.
    """
    words = np.flatnonzero(first)
    chance = 1.0 / (1.0 + np.exp(-scores.token[:, 0].astype(np.float64)))
    anchors = [int(i) for i in words if chance[i] >= options.anchor]
    if not anchors:
        return []
    columns = [np.full((len(first), 2), -np.inf, np.float32) for _ in anchors]
    sources = []
    for k, anchor in enumerate(anchors):
        low, logits = linker.score(scores, lines, anchor)
        columns[k][low : low + len(logits)] = logits[:, :2]
        sources.append((low, logits[:, 2]))
    table = np.concatenate([scores.token[:, 1:], *columns], axis=1)[words].astype(np.float64)
    table -= table.max(axis=1, keepdims=True)
    table -= np.log(np.exp(table).sum(axis=1, keepdims=True))
    path = _best_path(table, options.switch)
    out = []
    for k, anchor in enumerate(anchors):
        cue = words[path == 2 + 2 * k]
        content_at = np.flatnonzero(path == 3 + 2 * k)
        if not len(content_at):
            continue
        sure = float(np.exp(table[content_at, 3 + 2 * k]).mean())
        confidence = float(chance[anchor]) * sure
        if confidence < options.keep:
            continue
        cue = cue if len(cue) else np.array([anchor])
        taken = set(cue.tolist()) | set(words[content_at].tolist())
        low, logits = sources[k]
        source = _best_run(low, logits, first, lines, taken, options.source)
        out.append(Link(anchor, source, tuple(cue.tolist()), tuple(words[content_at].tolist()), confidence))
    return out


def _best_path(table: NDArray[np.float64], switch: float) -> Ints:
    """Viterbi over words; every change of state costs `switch`. Linear: a word has few live states."""
    live = [np.flatnonzero(row > row.max() - 6.0) for row in table]
    back: list[dict[int, int]] = []
    best: dict[int, float] = {}
    for row, states in zip(table, live, strict=True):
        top = max(best, key=lambda s: best[s]) if best else -1
        floor = best[top] - switch if best else 0.0
        now, came = {}, {}
        for s in states.tolist():
            stay = best.get(s, -np.inf)
            came[s] = s if stay >= floor or top < 0 else top
            now[s] = (stay if stay >= floor else floor) + float(row[s])
        back.append(came)
        best = now
    path = np.zeros(len(table), dtype=np.int64)
    state = max(best, key=lambda s: best[s])
    for i in range(len(table) - 1, -1, -1):
        path[i] = state
        state = back[i][state]
    return path


def _best_run(
    low: int, logits: Floats, first: NDArray[np.bool_], lines: Ints, taken: set[int], least: float
) -> tuple[int, ...]:
    """The run of words in one line with the greatest summed log-odds, above `least` (Kadane's algorithm)."""
    best, best_run = least, tuple[int, ...]()
    total, run = 0.0, list[int]()
    for i in range(low, low + len(logits)):
        if not first[i]:
            continue
        if i in taken or (run and (total <= 0 or lines[i] != lines[run[-1]])):
            total, run = 0.0, []
        if i in taken:
            continue
        total += float(logits[i - low])
        run.append(i)
        if total > best:
            best, best_run = total, tuple(run)
    return best_run
