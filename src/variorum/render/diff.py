"""Where two wordings differ, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass

from variorum.model import Span

__all__ = ["Differences", "differences"]

_WORD = re.compile(r"\w+(?:[’'.,-]\w+)*|[^\w\s]")
_LONGEST = 1500  # words a side: the comparison is quadratic, and a longer passage is read, not scanned


@dataclass(frozen=True, slots=True)
class Differences:
    """The stretches of each text that the other lacks, and how much of the words both share, 0 to 1."""

    a: tuple[Span, ...]
    b: tuple[Span, ...]
    likeness: float


def differences(a: str, b: str) -> Differences:
    """Compare two wordings by their words, letter case aside; spans are offsets into each text.

    The longest common subsequence of the words is what both share. Texts of more than 1,500 words are
    compared as far as that.
    """
    from rapidfuzz.distance import Indel

    left, right = list(_WORD.finditer(a))[:_LONGEST], list(_WORD.finditer(b))[:_LONGEST]
    words_left, words_right = [m[0].casefold() for m in left], [m[0].casefold() for m in right]
    only_left: list[int] = []
    only_right: list[int] = []
    for op in Indel.opcodes(words_left, words_right):
        if op.tag != "equal":
            only_left.extend(range(op.src_start, op.src_end))
            only_right.extend(range(op.dest_start, op.dest_end))
    total = len(left) + len(right)
    likeness = 1 - (len(only_left) + len(only_right)) / total if total else 1.0
    return Differences(_stretches(left, only_left), _stretches(right, only_right), likeness)


def _stretches(words: list[re.Match[str]], chosen: list[int]) -> tuple[Span, ...]:
    """Neighbouring words become one span; punctuation at its ends, or alone, is not worth a mark."""
    spans: list[Span] = []
    previous = -2
    for i in chosen:
        start, end = words[i].span()
        lettered = words[i][0][0].isalnum()
        if lettered and i == previous + 1 and spans:
            spans[-1] = Span(spans[-1].start, end)
        elif lettered:
            spans.append(Span(start, end))
        previous = i if lettered or i == previous + 1 else -2
    return tuple(spans)
