"""Stretches of a text by the sentences that they touch, so that a look-up need not pass them all."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from variorum.model import Span

_Item = TypeVar("_Item")


class BySentence(Generic[_Item]):
    """Items with their spans; what lies before, between and behind sentences belongs to the one before."""

    def __init__(self, sentences: Sequence[Span], items: Iterable[tuple[Span, _Item]]) -> None:
        self._starts = [s.start for s in sentences]
        self._held: defaultdict[int, list[tuple[Span, _Item]]] = defaultdict(list)
        for span, item in items:
            for n in self._touched(span):
                self._held[n].append((span, item))

    def near(self, span: Span) -> Iterator[tuple[Span, _Item]]:
        """Everything that shares a sentence with a span; what spans several of its sentences comes again."""
        for n in self._touched(span):
            yield from self._held.get(n, ())

    def _touched(self, span: Span) -> range:
        first = bisect_right(self._starts, span.start)
        return range(first, max(first, bisect_right(self._starts, span.end - 1)) + 1)
