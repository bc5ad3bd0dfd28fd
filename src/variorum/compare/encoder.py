"""Sentence vectors (all-MiniLM-L6-v2 in eight bits, see models/encoder.md)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from variorum.compare.batches import of_equal_length
from variorum.errors import UsageError
from variorum.inference import open_session
from variorum.threads import run_all

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

MODELS = Path(__file__).resolve().parent.parent / "models"

_BATCH = 8

WIDTH = 384
"""Numbers a vector."""


class Encoder:
    """Turns English text into vectors of length 1 whose dot product says how close two meanings are.

    A vector depends on its text alone: rows of one batch have equal length, so nothing is padded, and the
    model rounds every token by itself. Each batch runs on one thread: the number of cores cannot matter.

    Raises:
        UsageError: if the model's files are missing, or the model is damaged.
    """

    def __init__(self, folder: Path = MODELS) -> None:
        self._session, self._tokenizer = _open(folder)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of the texts, float32 [n, 384], each of length 1; a text is cut at 128 word pieces."""
        import numpy as np

        vectors = np.zeros((len(texts), WIDTH), np.float32)
        encodings = self._tokenizer.encode_batch(list(texts))
        batches = of_equal_length([len(e.ids) for e in encodings], _BATCH)
        ids = [np.array([encodings[i].ids for i in batch], np.int64) for batch in batches]
        for batch, means in zip(batches, run_all(self._means, ids), strict=True):
            vectors[batch] = means / np.linalg.norm(means, axis=1, keepdims=True)
        return vectors

    def _means(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        (tokens,) = self._session.run(None, {"input_ids": ids})
        means: NDArray[np.float32] = tokens.mean(axis=1)
        return means


def _open(folder: Path) -> tuple[InferenceSession, Tokenizer]:
    from tokenizers import Tokenizer

    model, words = folder / "encoder.onnx", folder / "tokenizer.json"
    if not model.is_file() or not words.is_file():
        raise UsageError(f"the encoder's files are missing from {folder}: install variorum again")
    return open_session(model), Tokenizer.from_file(str(words))


@cache
def load_encoder() -> Encoder:
    """The encoder that comes with variorum, loaded once a process."""
    return Encoder()
