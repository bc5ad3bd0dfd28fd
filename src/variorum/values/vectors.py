"""How sentence vectors are kept: one byte a number, 127 standing for 1.0."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WIDTH = 384
_UNIT = 127


def pack(vectors: NDArray[np.float32]) -> list[bytes]:
    """The form that `Claim.vector` keeps; takes float32 [n, 384] with rows of length 1."""
    import numpy as np

    rounded = np.clip(np.rint(vectors * _UNIT), -_UNIT, _UNIT).astype(np.int8)
    return [row.tobytes() for row in rounded]


def unpack(packed: Sequence[bytes]) -> NDArray[np.float32]:
    """Float32 [n, 384], each row of length 1 again; an empty one becomes zeros, close to nothing."""
    import numpy as np

    rows = [np.frombuffer(p, np.int8) if p else np.zeros(WIDTH, np.int8) for p in packed]
    vectors = np.array(rows, np.float32).reshape(len(rows), WIDTH)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.divide(vectors, np.where(lengths == 0, 1, lengths), dtype=np.float32)
