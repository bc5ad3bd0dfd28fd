"""What a comparator says, and what several of them need to know of two claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from variorum.compare.features import stem
from variorum.compare.views import View, words_of
from variorum.lexicon import words
from variorum.model import Aspect, Span, Verdict

LIKELY = 0.5
"""Likeness of two frames from which they are one statement with two values."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One comparator's judgement of two claims.

    `because` names both values, one line. `weight`, 0 to 1, says how much the judgement tells about the two
    claims: of several findings with one verdict the heaviest gives the aspect.
    """

    verdict: Verdict
    aspect: Aspect
    because: str
    weight: float


def marked(text: str) -> str:
    """The text in quotation marks, on one line."""
    return f"“{' '.join(text.split())}”"


@lru_cache(maxsize=1 << 16)
def content(terms: tuple[str, ...]) -> frozenset[str]:
    """The stems of the words that say what a clause is about."""
    empty = words("empty-words.txt")
    return frozenset(stem(t) for t in terms if t not in empty)


def frame(view: View, values: Sequence[Span]) -> frozenset[str]:
    """What a claim says apart from some values in it."""
    text = view.article_text
    start, parts = view.ref.span.start, []
    for span in sorted(values):
        parts.append(text[start : max(start, span.start)])
        start = max(start, span.end)
    parts.append(text[start : view.ref.span.end])
    return content(words_of(" ".join(parts)))


def closeness(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of the longer frame's words that the other has too; 0 where either is empty."""
    return len(a & b) / max(len(a), len(b)) if a and b else 0.0


def likeness(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of the shorter frame's words that the other has too; 0 where either is empty."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0
