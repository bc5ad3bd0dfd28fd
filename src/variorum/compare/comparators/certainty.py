"""How firmly each account states it."""

from __future__ import annotations

from variorum.compare.comparators.finding import Finding, marked
from variorum.compare.views import View


def compare(a: View, b: View) -> Finding | None:
    """A hedged statement and a flat one of the same are compatible; equally firm ones are left be."""
    if (a.claim.certainty == "certain") == (b.claim.certainty == "certain"):
        return None
    return Finding("compatible", "certainty", f"{_firmness(a)} / {_firmness(b)}", 0.4)


def _firmness(view: View) -> str:
    hedges = ", ".join(marked(view.quote_of(h)) for h in view.claim.hedges)
    if view.claim.certainty == "certain":
        return "stated flatly"
    return hedges or f"given as {view.claim.certainty}"
