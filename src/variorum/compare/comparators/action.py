"""What was done."""

from __future__ import annotations

from variorum.compare.comparators.finding import Finding, marked
from variorum.compare.features import stem
from variorum.compare.views import View


def compare(a: View, b: View) -> Finding | None:
    """Verbs of one stem agree; others may be two words for one deed, and no verb alone contradicts."""
    if not a.predicate or not b.predicate:
        return None
    said = f"{marked(a.predicate)} / {marked(b.predicate)}"
    if stem(a.predicate) == stem(b.predicate):
        return Finding("agree", "action", f"{said}: the same deed", 0.15)
    return Finding("compatible", "action", f"{said}: perhaps two words for one deed", 0.1)
