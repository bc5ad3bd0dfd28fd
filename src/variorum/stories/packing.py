"""Vectors and nodes as bytes, as a library keeps them. Features ascend, so that their steps are small."""

from __future__ import annotations

import json
import struct

import numpy as np

from variorum.stories.node import Node
from variorum.stories.vectors import Vector

_HEAD = struct.Struct("<HBBB")  # features, bytes of a step and of a weight, keys
_WIDTHS = {2: "<u2", 4: "<u4"}
_MOST = 1 << 16


def pack_vector(vector: Vector) -> bytes:
    """A vector as bytes; weights are whole numbers and come back as they were."""
    steps = np.diff(vector.features, prepend=0)
    kinds = [4 if len(values) and values.max() >= _MOST else 2 for values in (steps, vector.weights)]
    return b"".join(
        (
            _HEAD.pack(len(vector.features), *kinds, len(vector.keys)),
            steps.astype(_WIDTHS[kinds[0]]).tobytes(),
            vector.weights.astype(_WIDTHS[kinds[1]]).tobytes(),
            vector.keys.astype("<u4").tobytes(),
            "\n".join(vector.words).encode("utf-8", "surrogatepass"),
        )
    )


def unpack_vector(body: bytes) -> Vector:
    """The vector that `pack_vector` made bytes of."""
    count, step, weight, keys = _HEAD.unpack_from(body)
    at = _HEAD.size
    steps = np.frombuffer(body, _WIDTHS[step], count, at)
    weights = np.frombuffer(body, _WIDTHS[weight], count, at := at + count * step)
    hashes = np.frombuffer(body, "<u4", keys, at := at + count * weight)
    words = body[at + 4 * keys :].decode("utf-8", "surrogatepass")
    return Vector(
        steps.cumsum(dtype=np.int64).astype(np.int32),
        weights.astype(np.float32),
        hashes.astype(np.uint32),
        tuple(words.split("\n")) if words else (),
    )


def pack_node(node: Node) -> str:
    """A node as JSON, but for its day."""
    fields = (node.key, node.last, node.children, node.fresh, node.recent, node.held, node.rival)
    return json.dumps(fields, separators=(",", ":"))


def unpack_node(day: str, body: str) -> Node:
    """The node of a day that `pack_node` made JSON of."""
    (first, identity), last, children, fresh, recent, held, rival = json.loads(body)
    return Node(day, (first, identity), last, tuple(children), tuple(fresh), tuple(recent), held, rival)
