"""How firmly each account states it."""

from __future__ import annotations

from variorum.compare.comparators.finding import Finding, marked, per_view
from variorum.compare.views import View


def compare(a: View, b: View) -> Finding | None:
    """A hedged statement and a flat one of the same are compatible; equally firm ones are left be.

    Of statements equally firm, one that is somebody's words and one that is the account's own differ too.
    """
    x, y = a.claim.certainty, b.claim.certainty
    if (x == "certain") != (y == "certain"):
        return Finding("compatible", "certainty", f"{_firmness(a)} / {_firmness(b)}: one is firmer", 0.4)
    if (a.attribution is None) == (b.attribution is None) or a.quotes or b.quotes:
        return None
    said = f"{_voice(a)} / {_voice(b)}"
    return Finding("compatible", "certainty", f"{said}: one in its own voice", 0.06)


@per_view
def _firmness(view: View) -> str:
    hedges = ", ".join(marked(view.quote_of(h)) for h in view.claim.hedges)
    if view.claim.certainty == "certain":
        return "stated flatly"
    return hedges or (
        "unstated" if view.claim.certainty == "underspecified" else f"given as {view.claim.certainty}"
    )


@per_view
def _voice(view: View) -> str:
    if view.attribution is None:
        return "stated in its own voice"
    source = " ".join(view.quote_of(s) for s in view.attribution.source)
    return f"given as said by {marked(source)}" if source else "given as said by somebody"
