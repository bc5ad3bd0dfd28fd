"""Word pieces of a text with what an uncased vocabulary loses: case, quotation, white space, paragraph.

The encoder's tokenizer lower-cases and drops white space, so each piece carries four features that the
encoder adds as embeddings. The same code prepares training and inference.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from variorum.inference import without_surrogates

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Ints = NDArray[np.int64]

#: Number of values of each feature, in the order of the columns of `Pieces.features`.
FEATURE_SIZES = (5, 8, 3, 3)

_MARK = re.compile(
    r"(?P<line>[\r\n\u2028\u2029\x0b\x0c\x85]+)"
    r"|(?P<open>[“„«])|(?P<close>[”»])|(?P<straight>\"|''|``)"
    r"|(?P<single_open>(?<!\w)[‘'‹](?=\S))|(?P<single_close>(?<!\s)[’'›](?!\w))"
)


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of one text, without special tokens.

    `ids` are vocabulary indices; `starts` and `ends` offsets in code points of the text; `first` is True
    where a piece begins a word. `features` has a row a piece and the columns case, quotation, gap before
    the piece (0 none, 1 space, 2 line end) and place in the article (0 first paragraph, 1 next two, 2 later).
    """

    ids: Ints
    starts: Ints
    ends: Ints
    first: NDArray[np.bool_]
    features: Ints

    def __len__(self) -> int:
        return len(self.ids)


def cut(text: str, tokenizer: Tokenizer) -> Pieces:
    """Cut a text into word pieces; any string will do, lone surrogates included."""
    encoding: Any = tokenizer.encode(without_surrogates(text), add_special_tokens=False)
    offsets = np.asarray(encoding.offsets, dtype=np.int64).reshape(-1, 2)
    starts, ends = offsets[:, 0], offsets[:, 1]
    first = np.fromiter((not t.startswith("##") for t in encoding.tokens), bool, len(starts))
    features = _features(text, starts.tolist(), ends.tolist())
    return Pieces(np.asarray(encoding.ids, dtype=np.int64), starts, ends, first, features)


def windows(n: int, size: int, margin: int) -> list[tuple[int, int]]:
    """Ranges of at most `size` pieces that cover `n` pieces, neighbours sharing at least `2 * margin`.

    As few ranges as that takes, all as short as that allows, so that little is read twice.
    """
    if n <= size:
        return [(0, n)] if n else []
    shared = 2 * margin
    count = -(-(n - shared) // (size - shared))
    length = -(-(n + shared * (count - 1)) // count)
    span = n - length
    return [(k * span // (count - 1), k * span // (count - 1) + length) for k in range(count)]


def _features(text: str, starts: list[int], ends: list[int]) -> Ints:
    changes, states, lines = _quotation(text)
    out = np.zeros((len(starts), len(FEATURE_SIZES)), dtype=np.int64)
    paragraph, before, line = 0, 0, 0
    for i, (start, end) in enumerate(zip(starts, ends, strict=True)):
        while line < len(lines) and lines[line] <= start:
            line += 1
        gap = 2 if i == 0 or line > paragraph else int(start > before)
        place = 0 if line == 0 else 1 if line <= 2 else 2
        out[i] = (_case(text[start:end]), states[bisect_right(changes, start) - 1], gap, place)
        paragraph, before = line, end
    return out


def _case(piece: str) -> int:
    """0 no cased letter, 1 lower, 2 capitalised, 3 capitals, 4 mixed."""
    if piece.islower():
        return 1
    if piece.isupper():
        return 3 if len(piece) > 1 else 2
    if piece.istitle():
        return 2
    return 4 if any(c.isupper() for c in piece) else 0


def _quotation(text: str) -> tuple[list[int], list[int], list[int]]:
    """Where the state of quotation changes, the states, and where lines after the first begin.

    States: 0 outside, 1 in double, 2 in single, 3 in both, 4 and 5 an opening and closing double mark,
    6 and 7 a single one. Every line begins outside.
    """
    changes, states, lines = [0], [0], list[int]()
    double = single = False
    seen = False
    for m in _MARK.finditer(text):
        kind = m.lastgroup
        seen = seen or (m.start() > 0 and not text[: m.start()].isspace())
        if kind == "line":
            double = single = False
            if seen:
                lines.append(m.end())
        else:
            if kind in ("single_open", "single_close"):
                opening = kind == "single_open"
                if single == opening and not (opening and m[0] == "‘"):
                    continue
                single = opening
                mark = 6 if opening else 7
            else:
                double = kind == "open" or (kind == "straight" and not double)
                mark = 4 if double else 5
            changes.append(m.start())
            states.append(mark)
        changes.append(m.end())
        states.append(double + 2 * single)
    return changes, states, lines
