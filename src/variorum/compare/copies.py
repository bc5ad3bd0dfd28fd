"""Text that several accounts carry word for word, as one text: shared passages joined over all accounts."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from variorum.model import Passage, Span

_REPRINT = 0.5  # share of a stretch that lies in a shared passage for its words to count as the shared text's


@dataclass(frozen=True, slots=True)
class Copies:
    """The shared text of a story.

    `parts` are, for each account, the spans that it shares, with the number of the text that each belongs to;
    `carriers` the accounts of each text.
    """

    parts: Mapping[str, tuple[tuple[Span, int], ...]]
    carriers: Mapping[int, frozenset[str]]

    def carried_by(self, article: str, span: Span) -> frozenset[str]:
        """All accounts that carry the text that most of a stretch belongs to; empty where it is no copy."""
        found: frozenset[str] = frozenset()
        parts = self.parts.get(article, ())
        last = bisect_left(parts, span.end, key=lambda part: part[0].start)
        for part, text in parts[:last]:
            if part.shared(span) >= _REPRINT * len(span):
                found |= self.carriers[text]
        return found


def copies(passages: Sequence[Passage]) -> Copies:
    """Join passages that have most of their words in common in one account: three reprints are one text.

    Linear in the passages of an account and in their overlaps.
    """
    parent = list(range(len(passages)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    sides: dict[str, list[tuple[Span, int]]] = defaultdict(list)
    for n, passage in enumerate(passages):
        for ref in (passage.a, passage.b):
            sides[ref.article].append((ref.span, n))
    for parts in sides.values():
        parts.sort()
        active: list[tuple[Span, int]] = []
        for span, n in parts:
            active = [(s, m) for s, m in active if s.end > span.start]
            for other, m in active:
                if span.shared(other) >= _REPRINT * min(len(span), len(other)):
                    parent[max(root(n), root(m))] = min(root(n), root(m))
            active.append((span, n))
    carriers: dict[int, set[str]] = defaultdict(set)
    for article, parts in sides.items():
        for _, n in parts:
            carriers[root(n)].add(article)
    return Copies(
        {article: tuple((span, root(n)) for span, n in parts) for article, parts in sides.items()},
        {text: frozenset(articles) for text, articles in carriers.items()},
    )
