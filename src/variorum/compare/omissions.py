"""What each account leaves out, the weightiest first: facts that others tell, and what these facts bear."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from variorum.compare.by_sentence import BySentence
from variorum.lexicon import words
from variorum.model import Annotation, Bearing, Omission, Ref, Row, Span

_WEIGHTS: Mapping[Bearing, float] = {
    "verification": 0.35,
    "number": 0.25,
    "attribution": 0.2,
    "place": 0.12,
    "time": 0.08,
}
_REACH = 0.6  # what the share of accounts that tell it counts for; the rest is what it bears
_WORD = re.compile(r"[\w-]+")


class _HasSpan(Protocol):
    @property
    def span(self) -> Span: ...


def weighed(rows: Sequence[Row], annotations: Sequence[Annotation]) -> tuple[Row, ...]:
    """The rows with what they bear and how much they weigh, 0 to 1.

    A row weighs by the share of accounts that tell it, and by what any of them tells with it: whether it was
    checked or is denied, a number, who says it, a place, a time. The shares are ours, and their order is:
    first how many tell it, then verification, numbers, attribution, places, times.
    """
    desks = {a.article.id: _Desk(a) for a in annotations}
    most = max(1, len(annotations) - 1)
    found = []
    for row in rows:
        bears = frozenset(b for claim in row.claims for b in desks[claim.article].bears(claim.span))
        reach = min(1.0, len({claim.article for claim in row.claims}) / most)
        weight = _REACH * reach + (1 - _REACH) * sum(_WEIGHTS[b] for b in bears)
        found.append(replace(row, bears=tuple(b for b in _WEIGHTS if b in bears), weight=round(weight, 4)))
    return tuple(found)


def omissions(
    rows: Sequence[Row], annotations: Sequence[Annotation], told: Mapping[Ref, Collection[str]]
) -> tuple[Omission, ...]:
    """For each account the rows that it has nothing on, the weightiest first.

    An account has something on a row if it tells one of its claims, in this row or in another that has it.

    Args:
        rows: all rows, weighed.
        annotations: the accounts, in the order in which they are shown.
        told: for a claim, the other accounts that tell it in any way, clearly enough for a relation or not.
    """
    telling: defaultdict[Ref, set[str]] = defaultdict(set)
    for row in rows:
        for claim in row.claims:
            telling[claim].update(told.get(claim, ()), (c.article for c in row.claims))
    having = [set[str]().union(*(telling[claim] for claim in row.claims)) for row in rows]
    found = []
    for annotation in annotations:
        lacking = [n for n in range(len(rows)) if annotation.article.id not in having[n]]
        lacking.sort(key=lambda n: (-rows[n].weight, n))
        found.append(Omission(annotation.article.id, tuple(lacking)))
    return tuple(found) if len(annotations) > 1 else ()


class _Desk:
    """What stands where in one account."""

    def __init__(self, annotation: Annotation) -> None:
        self._annotation = annotation
        self._starts: Mapping[Bearing, list[int]] = {
            "number": _starts(annotation.quantities),
            "place": _starts([p for p in annotation.places if not p.associative]),
            "time": _starts(annotation.times),
        }
        sentences = annotation.sentences
        self._caveats = BySentence(sentences, ((c.span, None) for c in annotation.caveats))
        contents = (c for a in annotation.attributions for c in a.content)
        self._contents = BySentence(sentences, ((c, None) for c in contents))
        self._sentences = [s.start for s in annotation.sentences]

    def bears(self, span: Span) -> set[Bearing]:
        """What a stretch of the account bears."""
        found = {kind for kind, starts in self._starts.items() if _any_inside(starts, span)}
        if any(2 * c.shared(span) >= len(span) or span.holds(c) for c, _ in self._contents.near(span)):
            found.add("attribution")
        said = {w.casefold() for w in _WORD.findall(span.of(self._annotation.article.text))}
        sentence = self._sentence(span)
        if said & words("verification-words.txt") or any(
            c.overlaps(sentence) for c, _ in self._caveats.near(sentence)
        ):
            found.add("verification")
        return found

    def _sentence(self, span: Span) -> Span:
        """The sentence that a stretch begins in: a caveat often stands beside the clause that it is about."""
        n = bisect_right(self._sentences, span.start) - 1
        return self._annotation.sentences[n] if n >= 0 else span


def _starts(items: Sequence[_HasSpan]) -> list[int]:
    return sorted(item.span.start for item in items)


def _any_inside(starts: Sequence[int], span: Span) -> bool:
    n = bisect_left(starts, span.start)
    return n < len(starts) and starts[n] < span.end
