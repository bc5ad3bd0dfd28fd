"""Attributions as a trained encoder finds them: one run over an article, spans exact on its characters.

The model, its data and its scores are described in `models/attribution.md`, the design in
`docs/attribution-model.md`. Rules and speakers are another module's job.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from variorum.annotate.links import Floats, Ints, Link, Linker, Options, Scores, link
from variorum.annotate.wordpieces import Pieces, cut, windows
from variorum.errors import UsageError
from variorum.inference import MODELS, open_session, open_tokenizer
from variorum.model import Attribution, Kind, Span
from variorum.threads import run_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tokenizers import Tokenizer

#: Word pieces the encoder sees at once, the two special ones left out, and how many of them are context only.
WINDOW, MARGIN = 254, 24
_BEGIN, _END = 101, 102
#: Confidence from which an attribution counts without another witness; tuned on held-out training articles.
SURE = 0.35


@dataclass(frozen=True, slots=True)
class Tagged:
    """An attribution and how sure the model is of it, 0 to 1."""

    attribution: Attribution
    confidence: float


class Tagger:
    """The trained model, ready to run; make one with `load_tagger`.

    A call depends on its text alone: same text, same result, whatever ran before or beside it.
    """

    def __init__(
        self, session: Any, tokenizer: Tokenizer, linker: Linker, options: Options | None = None
    ) -> None:
        self._session, self._tokenizer, self._linker = session, tokenizer, linker
        self.options = options or Options()

    def tag(self, text: str) -> tuple[Attribution, ...]:
        """The attributions in `text` that the model is sure of, in the order of their cues.

        `speaker` and `parent` are left open.
        """
        return tuple(t.attribution for t in self.tag_scored(text) if t.confidence >= SURE)

    def tag_scored(self, text: str) -> tuple[Tagged, ...]:
        """As `tag`, with the less sure ones and the model's confidence in each."""
        pieces = cut(text, self._tokenizer)
        if not len(pieces):
            return ()
        lines = lines_of(pieces)
        links = link(self.score(pieces), self._linker, pieces.first, lines, self.options)
        words = Words(pieces, lines)
        return tuple(Tagged(_attribution(x, words), x.confidence) for x in links)

    def score(self, pieces: Pieces) -> Scores:
        """Run the encoder over all windows of one article and join what it says of each piece."""
        ranges = windows(len(pieces), WINDOW, MARGIN)
        joined = stitch(run_all(lambda window: self._run(pieces, *window), ranges), ranges)
        return Scores(*joined[:5])

    def _run(self, pieces: Pieces, start: int, end: int) -> list[Floats]:
        ids = np.concatenate([[_BEGIN], pieces.ids[start:end], [_END]])
        features = np.pad(pieces.features[start:end], ((1, 1), (0, 0)))
        # one window a run: dynamic quantisation scales by the whole input, and no window must change another
        out = self._session.run(None, {"ids": ids[None], "features": features[None]})
        return [part[0, 1:-1] for part in out]


@cache
def load_tagger(threads: int = 1) -> Tagger:
    """The tagger that the package carries, loaded once for each number of threads a run may use."""
    return open_tagger(MODELS, threads)


def open_tagger(folder: Path, threads: int = 1) -> Tagger:
    """A tagger from the files in `folder`.

    Raises:
        UsageError: if one of the files is missing, or the model is damaged.
    """
    graph, arrays, words = (
        folder / n for n in ("attribution.onnx", "attribution-linker.npz", "tokenizer.json")
    )
    words = words if words.is_file() else MODELS / words.name
    missing = [p.name for p in (graph, arrays, words) if not p.is_file()]
    if missing:
        raise UsageError(f"{', '.join(missing)} missing from {folder}: install variorum again")
    session = open_session(graph, threads)
    with np.load(arrays) as a:
        linker = Linker(a["distance"], a["line"], a["role"], a["bias"])
    tokenizer = open_tokenizer(words)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return Tagger(session, tokenizer, linker)


def lines_of(pieces: Pieces) -> Ints:
    """The number of the line that each piece stands in."""
    return np.cumsum(pieces.features[:, 2] == 2)


def stitch(outputs: Sequence[Sequence[Floats]], ranges: Sequence[tuple[int, int]]) -> list[Floats]:
    """Join windows: where two overlap, each rules up to the middle of the overlap."""
    n = ranges[-1][1]
    joined = [np.empty((n, part.shape[1]), np.float32) for part in outputs[0]]
    for k, ((start, end), parts) in enumerate(zip(ranges, outputs, strict=True)):
        low = start if k == 0 else (start + ranges[k - 1][1]) // 2
        for whole, part in zip(joined, parts, strict=True):
            whole[low:end] = part[low - start :]
    return joined


class Words:
    """Whole words made of pieces, for turning chosen pieces into spans."""

    def __init__(self, pieces: Pieces, lines: Ints) -> None:
        begins = np.flatnonzero(pieces.first)
        last = np.append(begins[1:], len(pieces)) - 1
        self._number = dict(zip(begins.tolist(), range(len(begins)), strict=True))
        self._ends: list[int] = pieces.ends[last].tolist()
        self._starts: list[int] = pieces.starts.tolist()
        self._lines: list[int] = lines.tolist()
        self._quoted: list[bool] = np.isin(pieces.features[:, 1], (1, 2, 3)).tolist()

    def spans(self, chosen: Sequence[int]) -> tuple[Span, ...]:
        """The spans of word-initial pieces: neighbouring words of one line make one span."""
        spans: list[Span] = []
        before = line = -2
        for piece in chosen:
            number = self._number[piece]
            end = self._ends[number]
            if number == before + 1 and self._lines[piece] == line:
                spans[-1] = Span(spans[-1].start, end)
            else:
                spans.append(Span(self._starts[piece], end))
            before, line = number, self._lines[piece]
        return tuple(spans)

    def kind(self, content: Sequence[int]) -> Kind:
        """Direct where nine words in ten stand in quotation marks, indirect where none does."""
        quoted = sum(self._quoted[i] for i in content)
        if not quoted:
            return "indirect"
        # a content that holds its marks: they count as neither
        marks = sum(
            self._ends[self._number[i]] - self._starts[i] == 1 and not self._quoted[i] for i in content
        )
        return "direct" if quoted >= 0.9 * (len(content) - marks) else "mixed"


def _attribution(x: Link, words: Words) -> Attribution:
    return Attribution(
        source=words.spans(x.source),
        cue=words.spans(x.cue),
        content=words.spans(x.content),
        kind=words.kind(x.content),
    )
