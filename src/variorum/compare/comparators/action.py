"""What was done."""

from __future__ import annotations

from variorum.compare.comparators.finding import Finding, marked, per_view, same_deed
from variorum.compare.sides import stem
from variorum.compare.views import View
from variorum.lexicon import words


def compare(a: View, b: View) -> Finding | None:
    """Verbs of one lemma agree; others may be two words for one deed, and no verb alone contradicts.

    A verb that says little without its object ("made", "was") is no other word for a deed, and neither is a
    verb of saying, except for another one.
    """
    x, y = _deed(a), _deed(b)
    if not x[0] or not y[0]:
        return None
    said = f"{x[2]} / {y[2]}"
    if not same_deed(a, b):
        if x[0] == y[0]:
            return Finding("compatible", "action", f"{said}: perhaps the same deed", 0.1)
        if _idle(a) or _idle(b) or _speaks(a) != _speaks(b):
            return None
        return Finding("compatible", "action", f"{said}: perhaps two words for one deed", 0.05)
    if x[1] and x[1] == y[1]:
        return Finding("agree", "action", f"{said}: the same deed, done to the same", 0.2)
    return Finding("agree", "action", f"{said}: the same deed", 0.15)


@per_view
def _deed(view: View) -> tuple[str, str, str]:
    """The stems of the predicate and of whom or what it is done to, and the predicate's words."""
    said = view.quote_of(view.claim.predicate) if view.claim.predicate else ""
    return stem(view.predicate), stem(view.patient), marked(said)


def _idle(view: View) -> bool:
    return view.lemma in words("copulas.txt") or view.lemma in words("light_verbs.txt")


def _speaks(view: View) -> bool:
    return view.lemma in words("reporting-verbs.txt")
