"""What one account affirms and the other denies."""

from __future__ import annotations

from variorum.compare.comparators.finding import Finding, content, likeness, marked
from variorum.compare.views import View
from variorum.lexicon import words

_SURE = 0.6  # likeness of two clauses from which an affirmation and a negation are of one statement


def compare(a: View, b: View) -> Finding | None:
    """A clause and its negation contradict, and so do a statement and its denial; two denials are left be."""
    denied_a, denied_b = _denied(a), _denied(b)
    if denied_a == denied_b:
        return None
    alike = likeness(_said(a), _said(b))
    how = f"{marked(a.text)} / {marked(b.text)}: one affirms what the other denies"
    if alike >= _SURE and min(len(_said(a)), len(_said(b))) > 1:
        return Finding("contradict", "polarity", how, 0.9)
    if alike >= _SURE / 2:
        return Finding("compatible", "polarity", how.replace("affirms", "seems to affirm"), 0.3)
    return None


def _denied(view: View) -> bool:
    """Whether the claim comes out negative: negated, or told as denied, but not both."""
    negative = view.claim.polarity == "negative"
    return negative != (_is_denial(view) or _denies(view))


def _is_denial(view: View) -> bool:
    cues = view.attribution.cue if view.attribution else ()
    return any(w in words("denials.txt") for c in cues for w in view.quote_of(c).lower().split())


def _denies(view: View) -> bool:
    return view.predicate in words("denials.txt")


def _said(view: View) -> frozenset[str]:
    negations = words("denials.txt") | words("negations.txt")
    return content(w for w in view.words if w not in negations)
