"""PolNeAR articles (Newell et al. 2018) as labelled word pieces."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from variorum.annotate.wordpieces import Ints, Pieces, cut

OUTSIDE, SOURCE, CUE, CONTENT = range(4)
IGNORED = -100


@dataclass(frozen=True, slots=True)
class Labelled:
    """One article; a row a word piece.

    `role` is one of OUTSIDE, SOURCE, CUE, CONTENT, or IGNORED inside a word. `owner` is the piece that
    begins the cue of the attribution the piece belongs to (cue and content; -1 elsewhere). `sources` holds
    pairs (anchor, piece): one source may belong to several attributions. `anchors` are the pieces that begin
    a cue.
    """

    id: str
    outlet: str
    pieces: Pieces
    role: Ints
    owner: Ints
    anchors: tuple[int, ...]
    sources: tuple[tuple[int, int], ...]


def load(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as f:
        return [json.loads(line) for line in f if line.strip()]


def label(row: dict[str, Any], text: str, tokenizer: Tokenizer) -> Labelled:
    """Put the annotated spans of `row` on the pieces of `text` (the article's, or one as long)."""
    pieces = cut(text, tokenizer)
    role = np.where(pieces.first, OUTSIDE, IGNORED)
    owner = np.full(len(pieces), -1)
    anchors, sources = [], []
    for a in row["attributions"]:
        spans = {k: [i for s, e in a[k] for i in _inside(pieces, s, e)] for k in ("source", "cue", "content")}
        if not spans["cue"]:
            continue
        anchor = min(spans["cue"])
        anchors.append(anchor)
        sources += [(anchor, i) for i in spans["source"]]
        for kind, k in (("source", SOURCE), ("cue", CUE), ("content", CONTENT)):
            role[spans[kind]] = k
            owner[spans[kind]] = -1 if k == SOURCE else anchor
    return Labelled(
        row["id"], row["outlet"], pieces, role, owner, tuple(sorted(set(anchors))), tuple(sources)
    )


def _inside(pieces: Pieces, start: int, end: int) -> Iterator[int]:
    low, high = np.searchsorted(pieces.ends, start, "right"), np.searchsorted(pieces.starts, end, "left")
    return (i for i in range(low, high) if pieces.first[i])


_STRAIGHTEN = str.maketrans("“”‘’", "\"\"''")
_SINGLE = str.maketrans("“”", "‘’")


def other_marks(text: str, draw: random.Random) -> str:
    """The text in another outlet's quotation marks, every character in its old place."""
    if "“" in text:
        return text.translate(draw.choice((_STRAIGHTEN, _SINGLE)))
    opening, closing = draw.choice(("“”", "‘’", "''"))
    out, inside = [], False
    for part in re.split(r'(["\n])', text):
        if part == '"':
            inside = not inside
            out.append(opening if inside else closing)
        else:
            inside = inside and part != "\n"
            out.append(part)
    return "".join(out)
