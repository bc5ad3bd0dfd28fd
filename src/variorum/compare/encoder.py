"""Sentence vectors (all-MiniLM-L6-v2 in eight bits, see models/encoder.md)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from variorum.compare.batches import of_equal_length
from variorum.errors import UsageError
from variorum.inference import MODELS, open_session, open_tokenizer, without_surrogates
from variorum.model import Span
from variorum.threads import run_all

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

_BATCH = 8
_BEGIN, _END = 101, 102  # the marks that the model expects around a text
_MOST_PIECES = 126
"""Word pieces that the model reads at once, beside the marks of beginning and end."""

WIDTH = 384
"""Numbers a vector."""


@dataclass(frozen=True, slots=True)
class _Window:
    """What the model reads in one run, in its marks, and where the parts with the given rows are in that."""

    ids: tuple[int, ...]
    parts: tuple[tuple[int, int, int], ...]


class Encoder:
    """Turns English text into vectors of length 1 whose dot product says how close two meanings are.

    A vector depends on its text alone: rows of one batch have equal length, so nothing is padded, and the
    model rounds every token by itself. Each batch runs on one thread: the number of cores cannot matter.

    Raises:
        UsageError: if the model's files are missing or damaged.
    """

    def __init__(self, folder: Path = MODELS) -> None:
        self._session, self._tokenizer = _open(folder)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of the texts, float32 [n, 384], each of length 1."""
        return self.encode_parts(texts, [[Span(0, len(text))] for text in texts])

    def encode_parts(self, texts: Sequence[str], parts: Sequence[Sequence[Span]]) -> NDArray[np.float32]:
        """The vectors of parts of texts, each part read within its text.

        Args:
            texts: what is read together, as a sentence is. One of more than 126 word pieces is read in
                stretches of so many.
            parts: for each text the stretches of it that a vector is wanted of. One that holds no word, has
                the vector of its text's beginning.

        Returns:
            float32 [parts of all texts, 384], those of the first text first; each of length 1.
        """
        import numpy as np

        encodings = self._tokenizer.encode_batch(
            [without_surrogates(text) for text in texts], add_special_tokens=False
        )
        windows, count = list[_Window](), 0
        for encoding, stretches in zip(encodings, parts, strict=True):
            windows += _windows(encoding.ids, _pieces(encoding.offsets, stretches), count)
            count += len(stretches)
        batches = of_equal_length([len(w.ids) for w in windows], _BATCH)
        found: dict[int, list[NDArray[np.float32]]] = {}
        for batch, sums in zip(
            batches, run_all(self._sums, [[windows[n] for n in b] for b in batches]), strict=True
        ):
            found.update(zip(batch, sums, strict=True))
        vectors = np.zeros((count, WIDTH), np.float32)
        for n, window in enumerate(windows):  # in their order, so that no sum depends on what is beside it
            for (row, _, _), part in zip(window.parts, found[n], strict=True):
                vectors[row] += part
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors

    def _sums(self, windows: Sequence[_Window]) -> list[list[NDArray[np.float32]]]:
        """For each window the sums over the word pieces of its parts; all windows are equally long."""
        import numpy as np

        (states,) = self._session.run(None, {"input_ids": np.array([w.ids for w in windows], np.int64)})
        return [
            [state[start:end].sum(axis=0) for _, start, end in window.parts]
            for window, state in zip(windows, states, strict=True)
        ]


def _pieces(offsets: Sequence[tuple[int, int]], parts: Sequence[Span]) -> list[tuple[int, int]]:
    """For each part the first of its word pieces and the one behind the last."""
    starts, ends = [s for s, _ in offsets], [e for _, e in offsets]
    return [(first := bisect_right(ends, p.start), max(first, bisect_left(starts, p.end))) for p in parts]


def _windows(ids: Sequence[int], parts: Sequence[tuple[int, int]], row: int) -> list[_Window]:
    """What must be read of a text for its parts, which have the rows from `row` on."""
    held: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for number, (first, last) in enumerate(parts, row):
        if first == last:
            held[0].append((number, 0, 1))
            continue
        for n in range(first // _MOST_PIECES, (last - 1) // _MOST_PIECES + 1):
            start, end = max(first - n * _MOST_PIECES, 0), min(last - n * _MOST_PIECES, _MOST_PIECES)
            held[n].append((number, 1 + start, 1 + end))
    return [
        _Window((_BEGIN, *ids[n * _MOST_PIECES : (n + 1) * _MOST_PIECES], _END), tuple(found))
        for n, found in sorted(held.items())
    ]


def _open(folder: Path) -> tuple[InferenceSession, Tokenizer]:
    model, words = folder / "encoder.onnx", folder / "tokenizer.json"
    if not model.is_file() or not words.is_file():
        raise UsageError(f"the encoder's files are missing from {folder}: install variorum again")
    tokenizer = open_tokenizer(words)
    tokenizer.no_truncation()
    return open_session(model), tokenizer


@cache
def load_encoder() -> Encoder:
    """The encoder that comes with variorum, loaded once a process."""
    return Encoder()
