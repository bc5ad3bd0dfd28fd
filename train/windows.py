"""Labelled articles as batches of windows, and the encoder's windows joined again for decoding."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import torch
from attribution_net import Batch, Tagger
from distil import BEGIN, END, Targets
from numpy.typing import NDArray
from polnear import IGNORED, Labelled

from variorum.annotate.links import Scores
from variorum.annotate.tagger import MARGIN, WINDOW, lines_of, stitch
from variorum.annotate.wordpieces import Ints
from variorum.annotate.wordpieces import windows as ranges_of

_LEAST = 8
# How often an article is shown as if its title had been cut off.
_UNTITLED = 0.15


@dataclass(frozen=True, slots=True)
class Window:
    """One window with its two special pieces; see `Batch` for the fields."""

    ids: Ints
    features: Ints
    role: Ints
    owner: Ints
    lines: Ints
    pairs: Ints
    stretches: Ints
    vectors: NDArray[np.float16]


def window(
    x: Labelled, start: int, end: int, targets: Targets | None = None, untitled: bool = False
) -> Window:
    """The pieces `start` to `end` of an article; labels whose anchor lies outside are left out."""
    p = x.pieces
    features = np.pad(p.features[start:end], ((1, 1), (0, 0)))
    if untitled:
        features[1:-1, 3] = 2
    owner = x.owner[start:end]
    owner = np.where((owner >= start) & (owner < end), owner - start + 1, -1)
    pairs = np.array(x.sources, dtype=np.int64).reshape(-1, 2)
    pairs = pairs[((pairs >= start) & (pairs < end)).all(axis=1)] - start + 1
    # an anchor whose word another attribution claims cannot be scored
    pairs = pairs[owner[pairs[:, 0] - 1] == pairs[:, 0]]
    within = np.zeros(0, dtype=bool)
    if targets is not None:
        within = (targets.ranges[:, 0] >= start) & (targets.ranges[:, 1] <= end)
    return Window(
        np.concatenate([[BEGIN], p.ids[start:end], [END]]),
        features,
        np.pad(x.role[start:end], 1, constant_values=IGNORED),
        np.pad(owner, 1, constant_values=-1),
        np.pad(lines_of(p)[start:end], 1),
        pairs,
        targets.ranges[within] - start + 1 if targets is not None else np.zeros((0, 2), np.int64),
        targets.vectors[within] if targets is not None else np.zeros((0, 384), np.float16),
    )


def collate(rows: Sequence[Window]) -> Batch:
    n = max(len(w.ids) for w in rows)

    def stack(parts: list[Ints], fill: int) -> torch.Tensor:
        out = np.full((len(parts), n, *parts[0].shape[1:]), fill, dtype=np.int64)
        for row, part in zip(out, parts, strict=True):
            row[: len(part)] = part
        return torch.from_numpy(out)

    def numbered(parts: list[Ints]) -> torch.Tensor:
        return torch.from_numpy(
            np.concatenate([np.pad(p, ((0, 0), (1, 0)), constant_values=b) for b, p in enumerate(parts)])
        )

    return Batch(
        ids=stack([w.ids for w in rows], 0),
        features=stack([w.features for w in rows], 0),
        valid=stack([np.ones_like(w.ids) for w in rows], 0).bool(),
        role=stack([w.role for w in rows], IGNORED),
        owner=stack([w.owner for w in rows], -1),
        lines=stack([w.lines for w in rows], 0),
        pairs=numbered([w.pairs for w in rows]),
        stretches=numbered([w.stretches for w in rows]),
        vectors=torch.from_numpy(np.concatenate([w.vectors for w in rows])).float(),
    )


def epoch(articles: Sequence[tuple[Labelled, Targets | None]], draw: random.Random) -> list[Window]:
    """Every article once, cut at random places into windows, in random order."""
    out = []
    for x, targets in articles:
        n, untitled = len(x.pieces), draw.random() < _UNTITLED
        cuts = [0, *range(draw.randint(WINDOW // 3, WINDOW), n, WINDOW), n]
        for start, end in pairwise(cuts):
            # a short rest gets context
            start = min(start, max(0, end - WINDOW // 2))
            if end - start >= _LEAST:
                out.append(window(x, start, end, targets, untitled))
    draw.shuffle(out)
    return out


def outputs_of(model: Tagger, x: Labelled) -> tuple[Scores, list[NDArray[np.float32]]]:
    """What the PyTorch model says of one article, windows joined as at run time: scores, and all outputs."""
    ranges = ranges_of(len(x.pieces), WINDOW, MARGIN)
    batch = collate([window(x, start, end) for start, end in ranges])
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        out = model(batch.ids, batch.features, batch.valid)
    parts = [[o[i, 1 : 1 + e - s].float().numpy() for o in out] for i, (s, e) in enumerate(ranges)]
    joined = stitch(parts, ranges)
    return Scores(*joined[:5]), joined
