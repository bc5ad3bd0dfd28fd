"""What one account affirms and the other denies."""

from __future__ import annotations

from variorum.compare.comparators.finding import Finding, content, marked
from variorum.compare.features import stem
from variorum.compare.views import View
from variorum.lexicon import words

_SURE = 0.6  # share of a denial's words that the denied statement has
_CLOSE = 0.5  # share of the longer clause's words that a clause and its negation have in common


def compare(a: View, b: View) -> Finding | None:
    """A clause and its negation contradict, and so do a statement and its denial; two denials are left be.

    A negation must be of the same verb in clauses that are close; a denial may be much shorter than what it
    denies.
    """
    if _denied(a) == _denied(b):
        return None
    said_a, said_b = _said(a), _said(b)
    shared, least = len(said_a & said_b), min(len(said_a), len(said_b))
    how = f"{marked(a.text)} / {marked(b.text)}"
    denials = [len(said) for v, said in ((a, said_a), (b, said_b)) if _denies(v) or _is_denial(v)]
    close = shared >= _CLOSE * max(len(said_a), len(said_b)) and stem(a.predicate) == stem(b.predicate)
    negated = close and not (_negated(a) and _negated(b))
    if least > 1 and (negated or any(shared >= _SURE * size for size in denials)):
        return Finding("contradict", "polarity", f"{how}: one affirms what the other denies", 0.9)
    if least and shared >= _SURE * least:
        return Finding("compatible", "polarity", f"{how}: one seems to deny what the other affirms", 0.2)
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


def _negated(view: View) -> bool:
    return not words("negations.txt").isdisjoint(view.words)


def _said(view: View) -> frozenset[str]:
    negations = words("denials.txt") | words("negations.txt")
    return content(tuple(w for w in view.words if w not in negations))
