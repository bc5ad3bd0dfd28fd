"""Heads and relations of words, found from left to right: the moves of spaCy's parser.

The arc-eager system with sentence breaks and with words put back (Nivre 2003; Honnibal and Johnson 2015).
No arc crosses a line's start, so that the lines of a text are parsed side by side and their scores computed
together.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from variorum.annotate.parsing.transitions import Floats, Scorer, read_scorer

if TYPE_CHECKING:
    from collections.abc import Sequence

Ints = NDArray[np.int64]

SHIFT, REDUCE, LEFT, RIGHT, BREAK = range(5)
_KINDS = {"S": SHIFT, "D": REDUCE, "L": LEFT, "R": RIGHT, "B": BREAK}


@dataclass(slots=True)
class _Words:
    """What is known of the words of a text; one entry more than words, so that -1 is no word."""

    heads: list[int]
    moves: list[int]  # the move that gave a word its head
    left: list[int]  # its last child to the left
    right: list[int]
    before: list[int]  # the child to the right that its head had before it
    put_back: bytearray
    lines: bytearray  # 1 where a line starts
    starts: bytearray  # 1 where a sentence starts

    def forget(self, begin: int, end: int) -> None:
        """Undo all that was found of some words but where sentences start."""
        for values in (self.heads, self.moves, self.left, self.right, self.before):
            values[begin:end] = [-1] * (end - begin)
        self.put_back[begin:end] = bytes(end - begin)


class _Line:
    """The state of the parse of one line, words `begin` to `end`: a stack, and what is left to read."""

    __slots__ = ("_again", "_end", "_next", "_size", "_stack", "_words", "breaks_next")

    def __init__(self, words: _Words, begin: int, end: int) -> None:
        self._words, self._next, self._end, self._size = words, begin, end, len(words.heads) - 1
        self._stack: list[int] = []
        self._again: list[int] = []  # words put back, the next one last
        self.breaks_next = False  # whether a sentence begins at the next line's second word

    def look(self) -> tuple[int, tuple[int, ...]]:
        """Which kinds of moves are allowed, as bits, and the words that decide between them."""
        words, stack, again = self._words, self._stack, self._again
        b0, b1 = self._ahead()
        depth = len(stack)
        s0 = stack[-1] if depth else -1
        left = self._size - self._next + len(again)
        free = b0 >= 0 and not words.starts[b0]
        allowed = 0
        if not depth or (left >= 2 and free and not words.put_back[b0]):
            allowed = 1 << SHIFT
        if depth:
            allowed |= 1 << REDUCE
            if left and free:
                allowed |= 1 << LEFT | 1 << RIGHT
        if left >= 2 and b1 == b0 + 1 and not self._starts(b1):
            allowed |= 1 << BREAK
        s1 = stack[-2] if depth > 1 else -1
        s2 = stack[-3] if depth > 2 else -1
        return allowed, (b0, b1, s0, s1, s2, words.left[b0], words.left[s0], words.right[s0])

    def _starts(self, word: int) -> bool:
        # what the next line's own parse found of it must not count here
        if word > self._end:
            return self.breaks_next or bool(self._words.lines[word])
        return bool(self._words.starts[word])

    def _ahead(self) -> tuple[int, int]:
        again, after = self._again, self._next
        if not again:
            return (after if after < self._size else -1), (after + 1 if after + 1 < self._size else -1)
        if len(again) > 1:
            return again[-1], again[-2]
        return again[-1], (after if after < self._size else -1)

    def move(self, kind: int, move: int) -> bool:
        """Make a move; whether the line is not yet done."""
        words, stack = self._words, self._stack
        if kind == SHIFT:
            stack.append(self._take())
        elif kind == REDUCE:
            word = stack.pop()
            if words.heads[word] < 0 and stack:
                words.put_back[word] = 1
                self._again.append(word)
        elif kind == LEFT:
            self._attach_left(stack.pop(), self._ahead()[0], move)
        elif kind == RIGHT:
            head, word = stack[-1], self._take()
            words.heads[word], words.moves[word] = head, move
            words.before[word], words.right[head] = words.right[head], word
            stack.append(word)
        else:
            start = self._ahead()[1]
            if start > self._end:
                self.breaks_next = True
            else:
                words.starts[start] = 1
        return bool(stack or self._again) or self._next < self._end

    def _attach_left(self, word: int, head: int, move: int) -> None:
        words = self._words
        former = words.heads[word]
        if former >= 0 and words.right[former] == word:
            words.right[former] = words.before[word]
        words.heads[word], words.moves[word] = head, move
        words.left[head] = word
        words.put_back[head] = 0  # the stack has changed: to shift it again is no endless loop

    def _take(self) -> int:
        if self._again:
            return self._again.pop()
        self._next += 1
        return self._next - 1


@dataclass(frozen=True, slots=True)
class ArcParser:
    """Parses a text's words; `kinds` has the kind of each move that `scorer` scores.

    `limits` [32, moves] is what to add to the scores for each set of kinds that are allowed.
    """

    scorer: Scorer
    kinds: tuple[int, ...]
    limits: Floats

    def __call__(self, vectors: Floats, starts: Sequence[bool]) -> tuple[list[int], list[int]]:
        """Heads of words and the move that gave each its relation, both -1 for a root.

        Args:
            vectors: of the words, [n, width].
            starts: for each word whether a line starts there.
        """
        n = len(vectors)
        table = self.scorer.table(vectors)
        none = [-1] * (n + 1)
        fixed = bytearray([*starts, False])
        words = _Words(none[:], none[:], none[:], none[:], none[:], bytearray(n + 1), fixed, fixed[:])
        bounds = [0, *(i for i in range(1, n) if starts[i]), n]
        ranges = list(pairwise(bounds))
        lines = [_Line(words, *bounds) for bounds in ranges]
        self._run(lines, table)
        # seldom a line's parse ends with a break behind the next one's first word: that one is parsed again
        for k, (begin, end) in enumerate(ranges[1:], 1):
            if lines[k - 1].breaks_next and begin + 1 < end:
                words.forget(begin, end)
                words.starts[begin + 1 : end] = bytes(end - begin - 1)
                words.starts[begin + 1] = 1
                lines[k] = _Line(words, begin, end)
                self._run([lines[k]], table)
        return words.heads[:n], words.moves[:n]

    def _run(self, lines: list[_Line], table: Floats) -> None:
        count, size, width = table.shape
        flat = table.reshape(-1, width)
        places = np.arange(count) * size + 1  # where each place's part of the table has its first word
        kinds, limits = self.kinds, self.limits
        while lines:
            looks = [line.look() for line in lines]
            at = np.array([words for _, words in looks])
            at += places
            scores = self.scorer.products(flat.take(at, axis=0).sum(axis=1))
            scores += limits[[allowed for allowed, _ in looks]]
            best = scores.argmax(axis=1).tolist()
            lines = [line for line, move in zip(lines, best, strict=True) if line.move(kinds[move], move)]


def read_arc_parser(component: Any) -> ArcParser:
    """The same parser as spaCy's `parser` component, without the labels."""
    names = [component.moves.get_class_name(k) for k in range(component.moves.n_moves)]
    kinds = tuple(_KINDS[name.partition("-")[0]] for name in names)
    scorer = read_scorer(component.model)
    allowed = (np.arange(1 << len(_KINDS))[:, None] >> np.array(kinds)) & 1
    return ArcParser(scorer, kinds, np.where(allowed, scorer.upper_bias, np.float32(-np.inf)))
