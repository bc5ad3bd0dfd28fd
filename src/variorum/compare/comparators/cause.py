"""Why it happened."""

from __future__ import annotations

from dataclasses import dataclass

from variorum.compare.comparators.finding import Finding, about, content, likeness, marked, per_view
from variorum.compare.views import View
from variorum.lexicon import words

_SHARED = 2


@dataclass(frozen=True, slots=True)
class _Cause:
    """The word that brings in a cause, with the stems after it and those before it."""

    word: str
    after: frozenset[str]
    before: frozenset[str]


@per_view
def _causal(view: View) -> _Cause | None:
    said = view.words
    at = next((n for n, w in enumerate(said) if w in words("causal-words.txt")), -1)
    return None if at < 0 else _Cause(said[at], content(said[at + 1 :]), content(said[:at]))


def compare(a: View, b: View) -> Finding | None:
    """Clauses that give one cause agree; one cause told in one account only, or two causes, are compatible.

    A thing may have several causes, so two of them do not contradict.
    """
    x, y = _causal(a), _causal(b)
    if x is None or y is None:
        return _one_sided(a, b, x or y)
    said = f"{marked(x.word)} / {marked(y.word)}"
    if likeness(x.after, y.after) or likeness(x.after, y.before) or likeness(x.before, y.after):
        return Finding("agree", "cause", f"{said}: both give a cause", 0.45)
    return Finding("compatible", "cause", f"{said}: perhaps two causes of one thing", 0.3)


def _one_sided(a: View, b: View, told: _Cause | None) -> Finding | None:
    if told is None or len(about(a) & about(b)) < _SHARED:
        return None
    return Finding("compatible", "cause", f"{marked(told.word)}: a cause in one account only", 0.1)
