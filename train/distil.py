"""Targets for the second task of the encoder: the original MiniLM's vectors of sentences and parts of them.

The tagger's encoder sees a whole window; a linear head on its states, averaged over the pieces of a sentence
or clause, is trained to give the vector that the original gives that stretch read alone. One run of the
encoder then serves attributions and claim vectors.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import torch
from minilm import Encoder
from numpy.typing import NDArray
from torch.nn import functional as F  # noqa: N812  (its customary name)

from variorum.annotate.wordpieces import Ints, Pieces

BEGIN, END = 101, 102
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’']*\s+(?=[\"“‘']?[A-Z])|\n+")
_LEAST_WORDS, _LONGEST = 3, 120


@dataclass(frozen=True, slots=True)
class Targets:
    """Stretches of one article as piece ranges (m, 2) and the original's vectors of them, (m, 384)."""

    ranges: Ints
    vectors: NDArray[np.float16]


def stretches(text: str, pieces: Pieces, draw: random.Random) -> Ints:
    """Every sentence, and of each longer one a part, cut at a comma where there is one."""
    bounds = [0, *(m.end() for m in _SENTENCE.finditer(text)), len(text)]
    out = []
    for start, end in pairwise(bounds):
        low, high = (int(np.searchsorted(pieces.starts, x, "left")) for x in (start, end))
        if not _LEAST_WORDS <= high - low <= _LONGEST:
            continue
        out.append((low, high))
        if high - low >= 12:
            out.append(_part(text, pieces, low, high, draw))
    return np.array(out, dtype=np.int64).reshape(-1, 2)


def _part(text: str, pieces: Pieces, low: int, high: int, draw: random.Random) -> tuple[int, int]:
    stops = [i + 1 for i in range(low, high - 1) if text[pieces.starts[i]] in ",;:—–"]
    words = [i for i in range(low, high) if pieces.first[i]]
    edges = sorted({low, high, *(stops or draw.sample(words, 2))})
    k = draw.randrange(len(edges) - 1)
    part = (edges[k], edges[k + 1])
    return part if part[1] - part[0] >= _LEAST_WORDS else (low, max(low + _LEAST_WORDS, edges[-2]))


def targets(texts: Sequence[str], cuts: Sequence[Pieces], seed: int) -> list[Targets]:
    """The original's vectors for the stretches of every article."""
    draw, model = random.Random(seed), Encoder().load_minilm().eval()
    ranges = [stretches(t, p, draw) for t, p in zip(texts, cuts, strict=True)]
    flat = [(k, int(s), int(e)) for k, r in enumerate(ranges) for s, e in r]
    vectors = np.zeros((len(flat), 384), np.float16)
    order = sorted(range(len(flat)), key=lambda j: flat[j][2] - flat[j][1])
    for at in range(0, len(order), 128):
        rows = order[at : at + 128]
        longest = max(flat[j][2] - flat[j][1] for j in rows) + 2
        ids, valid = torch.zeros(len(rows), longest, dtype=torch.long), torch.zeros(len(rows), longest)
        for b, j in enumerate(rows):
            k, s, e = flat[j]
            piece = [BEGIN, *cuts[k].ids[s:e].tolist(), END]
            ids[b, : len(piece)] = torch.tensor(piece)
            valid[b, : len(piece)] = 1
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            h = model(ids, None, valid).float()
        mean = (h * valid[..., None]).sum(1) / valid.sum(1, keepdim=True)
        vectors[rows] = F.normalize(mean, dim=-1).numpy().astype(np.float16)
    cutpoints = np.cumsum([len(r) for r in ranges])[:-1]
    return [Targets(r, v) for r, v in zip(ranges, np.split(vectors, cutpoints), strict=True)]


def loss(vectors: torch.Tensor, ranges: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """1 - cosine of mean states to the wanted vectors; `ranges` rows are (window, start, end)."""
    total = F.pad(vectors.float().cumsum(1), (0, 0, 1, 0))
    sums = total[ranges[:, 0], ranges[:, 2]] - total[ranges[:, 0], ranges[:, 1]]
    return (1 - F.cosine_similarity(sums, wanted, dim=-1)).mean()
