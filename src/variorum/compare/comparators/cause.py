"""Why it happened."""

from __future__ import annotations

from variorum.compare.comparators.finding import Finding, marked
from variorum.compare.views import View
from variorum.lexicon import words


def compare(a: View, b: View) -> Finding | None:
    """Two clauses that give a cause are compared by their words; one that gives none is left be."""
    said_a, said_b = _causal(a), _causal(b)
    if not said_a or not said_b:
        return None
    return Finding("agree", "cause", f"{marked(said_a)} / {marked(said_b)}: both give a cause", 0.45)


def _causal(view: View) -> str:
    return next((w for w in view.words if w in words("causal-words.txt")), "")
