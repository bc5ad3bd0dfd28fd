"""Vectors of tokens in their context: the hashed embeddings and convolutions of spaCy's small pipelines.

The layers of `spacy.MultiHashEmbed.v2` and `spacy.MaxoutWindowEncoder.v2` (Miranda et al. 2022) with the
weights that the pipeline brought, written so that each distinct word of a text is embedded once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from spacy.tokens import Doc

Floats = NDArray[np.float32]

_PIECES = 3
_EPSILON = 1e-8  # as thinc's layer normalisation has it


@dataclass(frozen=True, slots=True)
class Maxout:
    """The greatest of three linear layers, normalised; `weight` is [inputs, 3 * outputs], layer by layer."""

    weight: Floats
    bias: Floats
    gain: Floats
    shift: Floats

    def __call__(self, x: Floats) -> Floats:
        """Inputs [n, i] to outputs [n, o]."""
        return self.finish(x @ self.weight)

    def finish(self, y: Floats) -> Floats:
        """The outputs [n, o] of products with the weights [n, 3 * o], which are overwritten."""
        y += self.bias
        size = len(self.gain)
        z = np.maximum(y[:, :size], y[:, size : 2 * size])
        np.maximum(z, y[:, 2 * size :], out=z)
        z -= z.mean(axis=1, keepdims=True)
        spread = np.einsum("ij,ij->i", z, z) / np.float32(size) + np.float32(_EPSILON)
        z *= (1.0 / np.sqrt(spread))[:, None]
        z *= self.gain
        z += self.shift
        out: Floats = z
        return out


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """A token-to-vector model; `attributes` are the names of the token attributes that it embeds.

    `tables` has a table for each, its rows multiplied by their part of `mix.weight` once and for all.
    """

    attributes: tuple[str, ...]
    tables: tuple[Floats, ...]
    seeds: tuple[int, ...]
    mix: Maxout
    layers: tuple[Maxout, ...]
    ops: Any

    def __call__(self, doc: Doc) -> Floats:
        """The vectors [n, width] of a document's n tokens; n must not be 0."""
        ids: Any = doc.to_array(list(self.attributes))
        words, rows = _distinct(ids)
        mixed = np.zeros((len(words), self.tables[0].shape[1]), np.float32)
        for table, seed, column in zip(self.tables, self.seeds, words.T, strict=True):
            keys = self.ops.hash(np.ascontiguousarray(column), seed) % len(table)
            mixed += self.ops.gather_add(table, keys)
        x = self.mix.finish(mixed)[rows]
        margin = len(self.layers)  # the trained model saw this many rows of zeros at both ends
        n, width = x.shape
        around = np.zeros((n + 2 * margin, width), np.float32)
        around[margin : margin + n] = x
        window = np.zeros((len(around), 3 * width), np.float32)
        for layer in self.layers:
            window[1:, :width] = around[:-1]
            window[:, width : 2 * width] = around
            window[:-1, 2 * width :] = around[1:]
            around += layer(window)
        vectors: Floats = around[margin : margin + n]
        return vectors


def _distinct(ids: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], NDArray[np.intp]]:
    """The distinct rows in their order, and for each row of `ids` which of them it is."""
    numbers: dict[bytes, int] = {}
    size = ids.shape[1] * ids.itemsize
    data = np.ascontiguousarray(ids).tobytes()
    rows = [numbers.setdefault(data[i : i + size], len(numbers)) for i in range(0, len(data), size)]
    words = np.frombuffer(b"".join(numbers), np.uint64).reshape(len(numbers), ids.shape[1])
    return words, np.array(rows, np.intp)


def read_token_vectors(model: Any) -> TokenVectors:
    """The layers of a thinc model made of `MultiHashEmbed` and `MaxoutWindowEncoder` with windows of 1."""
    (extract,) = (part for part in model.walk() if part.name == "extract_features")
    embeddings = [part for part in model.walk() if part.name == "hashembed"]
    embeddings.sort(key=lambda part: int(part.attrs["column"]))
    maxouts = [part for part in model.walk() if part.name == "maxout"]
    norms = [part for part in model.walk() if part.name == "layernorm"]
    mix, *layers = (_read_maxout(a, b) for a, b in zip(maxouts, norms, strict=True))
    parts = np.split(mix.weight, len(embeddings))
    return TokenVectors(
        tuple(str(name) for name in extract.attrs["columns"]),
        tuple(e.get_param("E") @ part for e, part in zip(embeddings, parts, strict=True)),
        tuple(int(part.attrs["seed"]) for part in embeddings),
        mix,
        tuple(layers),
        model.ops,
    )


def _read_maxout(layer: Any, norm: Any) -> Maxout:
    weight, bias = layer.get_param("W"), layer.get_param("b")  # [outputs, pieces, inputs], [outputs, pieces]
    inputs = weight.shape[2]
    return Maxout(
        np.ascontiguousarray(weight.transpose(1, 0, 2).reshape(-1, inputs).T),
        np.ascontiguousarray(bias.T.reshape(-1)),
        norm.get_param("G"),
        norm.get_param("b"),
    )
