"""Who did it, and to whom."""

from __future__ import annotations

from variorum.compare.comparators.finding import Finding, marked
from variorum.compare.features import stem
from variorum.compare.views import View
from variorum.model import Entity, Span

_FUNCTION = 3  # letters or fewer: pronouns, mostly


def compare(a: View, b: View) -> Finding | None:
    """The same doer agrees, another name for one is compatible.

    With the same verb, roles that are swapped contradict ("X shot Y" / "Y shot X"), and so do doers of two
    nations who did it to the same one.
    """
    if not a.claim.agent or not b.claim.agent:
        return None
    same_verb = bool(a.predicate) and stem(a.predicate) == stem(b.predicate)
    who_a, who_b = _named(a, a.claim.agent), _named(b, b.claim.agent)
    said = f"{marked(who_a.text)} / {marked(who_b.text)}"
    if same_verb and _swapped(a, b):
        return Finding("contradict", "actor", f"{said}: who did it to whom is swapped", 0.8)
    if who_a.words & who_b.words:
        return Finding("agree", "actor", f"{said}: the same doer", 0.2)
    if same_verb and who_a.nation and who_b.nation and who_a.nation != who_b.nation and _same_patient(a, b):
        return Finding("contradict", "actor", f"{said}: not one party", 0.7)
    if same_verb and not (who_a.pronoun or who_b.pronoun):
        return Finding("compatible", "actor", f"{said}: perhaps one party under two names", 0.3)
    return None


class _Who:
    """The party that a role names: its words, nation, and whether it is a mere pronoun."""

    __slots__ = ("nation", "pronoun", "text", "words")

    def __init__(self, view: View, head: Span) -> None:
        entity = _entity(view, head)
        self.text = view.quote_of(entity.span if entity else head)
        named = f"{entity.name} {self.text}" if entity else self.text
        self.words = {stem(w) for w in named.lower().split() if len(w) > _FUNCTION}
        self.nation = entity.nation if entity else None
        self.pronoun = entity is None and len(self.text) <= _FUNCTION + 1


def _named(view: View, head: Span) -> _Who:
    return _Who(view, head)


def _entity(view: View, head: Span) -> Entity | None:
    holding = [e for e in view.entities if e.span.overlaps(head)]
    return max(holding, key=lambda e: (len(e.span), -e.span.start)) if holding else None


def _swapped(a: View, b: View) -> bool:
    if not a.claim.patient or not b.claim.patient or not a.claim.agent or not b.claim.agent:
        return False
    doer_a, done_a = _named(a, a.claim.agent).words, _named(a, a.claim.patient).words
    doer_b, done_b = _named(b, b.claim.agent).words, _named(b, b.claim.patient).words
    crossed = bool(doer_a & done_b) and bool(done_a & doer_b)
    return crossed and not doer_a & doer_b and not done_a & done_b


def _same_patient(a: View, b: View) -> bool:
    if not a.claim.patient or not b.claim.patient:
        return False
    return bool(_named(a, a.claim.patient).words & _named(b, b.claim.patient).words)
