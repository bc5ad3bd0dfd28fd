"""Places by what lies in what, and by how far apart they are."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.compare.comparators.finding import Finding, about, likeness, marked, per_view
from variorum.compare.sides import stem
from variorum.compare.views import View, words_of
from variorum.model import Place
from variorum.values.distance import compare_places, haversine_km
from variorum.values.result import ValueVerdict

_FAR_KM = 100.0  # a village may be told by the next town, and toponyms are misread for near namesakes
_ENOUGH = 2  # words in common besides the places
_SURE = 0.6  # likeness of the rest of the clauses from which two places cannot both be right
_KINSHIP: dict[ValueVerdict, int] = {"equal": 3, "compatible": 2, "incomparable": 1, "contradict": 0}


def compare(a: View, b: View) -> Finding | None:
    """The same place agrees; one that may lie in or by the other is compatible; far ones contradict.

    A contradiction needs one settlement each, far apart, in clauses that are otherwise close.
    """
    in_a, in_b = _meant(a), _meant(b)
    if not in_a or not in_b:
        return _one_sided(a, in_a) or _one_sided(b, in_b)
    pairs = [(_relation(x, y), x, y) for x in in_a for y in in_b]
    kind, x, y = max(pairs, key=lambda p: (_KINSHIP[p[0]], -p[1].span.start - p[2].span.start))
    said = f"{marked(a.quote_of(x.span))} / {marked(b.quote_of(y.span))}"
    if kind == "equal":
        return Finding("agree", "place", f"{said}: the same place", 0.25)
    if kind == "compatible":
        return Finding("compatible", "place", f"{said}: one may lie in or by the other", 0.5)
    if kind == "incomparable":
        return Finding("compatible", "place", f"{said}: not known whether one lies in or by the other", 0.5)
    frames = _frame(a), _frame(b)
    if len(frames[0] & frames[1]) < _ENOUGH or likeness(*frames) < _SURE:
        return None
    alone = len(in_a) == len(in_b) == 1 and _before(a, x) == _before(b, y)
    if alone and _settled(x) and _settled(y) and _far(x, y):
        because = compare_places(x, y).because.partition(": ")[2]
        return Finding("contradict", "place", f"{said}: {because}", 0.7)
    return Finding("compatible", "place", f"{said}: not plainly one place", 0.4)


def _relation(x: Place, y: Place) -> ValueVerdict:
    if x.name.lower() == y.name.lower():
        return "equal"
    relation = compare_places(x, y).relation
    two_continents = relation != "equal" and x.precision == y.precision == "continent"
    return "contradict" if two_continents else relation


@per_view
def _frame(view: View) -> frozenset[str]:
    """What a claim says apart from its places."""
    named = {stem(w) for p in _meant(view) for w in words_of(view.quote_of(p.span))}
    return about(view) - named


@per_view
def _meant(view: View) -> tuple[Place, ...]:
    """The places themselves: a people or a body named after a place says nothing of where."""
    return tuple(p for p in view.places if not p.associative)


def _before(view: View, place: Place) -> str:
    """The word before a place: "to" a town and "from" a town are not one role."""
    said = words_of(view.article_text[max(0, place.span.start - 40) : place.span.start])
    return said[-1] if said else ""


def _far(x: Place, y: Place) -> bool:
    if x.lat is None or x.lon is None or y.lat is None or y.lon is None:
        return False
    return haversine_km(x.lat, x.lon, y.lat, y.lon) >= _FAR_KM


def _settled(x: Place) -> bool:
    return x.precision in ("point", "settlement")


def _one_sided(view: View, places: Sequence[Place]) -> Finding | None:
    if not places:
        return None
    name = view.quote_of(places[0].span)
    return Finding("compatible", "place", f"{marked(name)} not in the other wording", 0.05)
