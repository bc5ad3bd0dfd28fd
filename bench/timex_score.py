"""TempEval-3's figures for TIMEX3 expressions (UzZaman et al. 2013)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scorers import F1, Counts

from variorum.model import Time


@dataclass(frozen=True, slots=True)
class GoldTime:
    """A labelled TIMEX3 expression, in characters of its text."""

    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class TimexScore:
    """`relaxed`: the spans overlap; `strict`: they are equal; `value`: they overlap and have one value."""

    relaxed: F1
    strict: F1
    value: F1


def score_times(pairs: Iterable[tuple[Sequence[GoldTime], Sequence[Time]]]) -> TimexScore:
    """The figures over articles, each given as what was labelled and what was found."""
    relaxed, strict, value = Counts(), Counts(), Counts()
    for gold, times in pairs:
        met = _met(gold, times)
        sizes = len(times), len(gold)
        relaxed.add(len(met), *sizes)
        strict.add(sum((t.span.start, t.span.end) == (g.start, g.end) for g, t in met), *sizes)
        value.add(sum(t.value == g.value for g, t in met), *sizes)
    return TimexScore(relaxed.f1(), strict.f1(), value.f1())


def _met(gold: Sequence[GoldTime], times: Sequence[Time]) -> list[tuple[GoldTime, Time]]:
    """Labels with the first expression, not yet taken, that overlaps them."""
    left = list(times)
    met: list[tuple[GoldTime, Time]] = []
    for label in gold:
        hit = next((t for t in left if t.span.start < label.end and label.start < t.span.end), None)
        if hit is not None:
            left.remove(hit)
            met.append((label, hit))
    return met
