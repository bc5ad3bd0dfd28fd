"""Places by what lies in what, and by how far apart they are."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from variorum.compare.comparators.finding import Finding, frame, likeness, marked
from variorum.compare.views import View
from variorum.model import Place

_NEAR = 25.0  # km between settlements that may be named for one another
_WIDE = {"region", "country", "continent"}
_SURE = 0.75  # likeness of the rest of the clauses from which two places cannot both be right


def compare(a: View, b: View) -> Finding | None:
    """The same place agrees; one that may lie in or by the other is compatible; far ones contradict.

    A contradiction needs two settlements in clauses that say the same apart from them.
    """
    if not a.places or not b.places:
        return _one_sided(a, b)
    pairs = [(_relation(x, y), x, y) for x in a.places for y in b.places]
    kind, x, y = max(pairs, key=lambda p: (p[0], -p[1].span.start, -p[2].span.start))
    said = f"{marked(a.quote_of(x.span))} / {marked(b.quote_of(y.span))}"
    if kind == _SAME:
        return Finding("agree", "place", f"{said}: the same place", 0.35)
    if kind == _CLOSE:
        return Finding("compatible", "place", f"{said}: one may lie in or by the other", 0.5)
    if likeness(frame(a, [p.span for p in a.places]), frame(b, [p.span for p in b.places])) >= _SURE:
        if _settled(x) and _settled(y):
            return Finding("contradict", "place", f"{said}: {_apart(x, y):.0f} km apart", 0.7)
        return Finding("compatible", "place", f"{said}: not plainly one place", 0.4)
    return None


_FAR, _CLOSE, _SAME = 0, 1, 2


def _relation(x: Place, y: Place) -> int:
    if (x.geonameid is not None and x.geonameid == y.geonameid) or x.name.lower() == y.name.lower():
        return _SAME
    if "unresolved" in (x.precision, y.precision) or None in (x.lat, x.lon, y.lat, y.lon):
        return _CLOSE
    wide = x.precision in _WIDE or y.precision in _WIDE
    if wide:
        return _CLOSE if x.country == y.country else _FAR
    return _CLOSE if _apart(x, y) <= _NEAR else _FAR


def _settled(x: Place) -> bool:
    return x.precision in ("point", "settlement")


def _apart(x: Place, y: Place) -> float:
    if x.lat is None or x.lon is None or y.lat is None or y.lon is None:
        return 0.0
    return kilometres(x.lat, x.lon, y.lat, y.lon)


def kilometres(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """The great-circle distance (haversine) of two points in degrees."""
    a, b, c, d = map(radians, (lat_a, lon_a, lat_b, lon_b))
    h = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return 2 * 6371.0 * asin(min(1.0, sqrt(h)))


def _one_sided(a: View, b: View) -> Finding | None:
    if not a.places and not b.places:
        return None
    view = a if a.places else b
    name = view.quote_of(view.places[0].span)
    return Finding("compatible", "place", f"{marked(name)} in one account only", 0.2)
