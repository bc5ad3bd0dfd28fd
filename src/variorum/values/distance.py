"""Compares places by distance, at their precision."""

from __future__ import annotations

import math

from variorum.model import Place, Precision
from variorum.values.result import ValueRelation

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG

# How far from its coordinates what is meant may lie, in km. A settlement's outskirts and the villages that
# reports name after it; a region's half width. Countries and continents are not compared by distance.
_REACH_KM: dict[Precision, float] = {"point": 1.0, "settlement": 15.0, "region": 250.0}


def haversine_km(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """The great-circle distance of two points in kilometres (Sinnott 1984); degrees, WGS 84."""
    a, b = math.radians(lat_a), math.radians(lat_b)
    half = (
        math.sin((b - a) / 2) ** 2
        + math.cos(a) * math.cos(b) * math.sin(math.radians(lon_b - lon_a) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, half)))


def reach_km(precision: Precision) -> float | None:
    """How far from its coordinates a place of that precision may lie; None where distance says nothing."""
    return _REACH_KM.get(precision)


def compare_places(a: Place, b: Place) -> ValueRelation:
    """Whether two places can be one, or one lie in the other."""
    names = f"{a.name} / {b.name}"
    if a.geonameid is not None and a.geonameid == b.geonameid:
        return ValueRelation("equal", f"{names}: the same place")
    if "unresolved" in (a.precision, b.precision) or "continent" in (a.precision, b.precision):
        return ValueRelation("incomparable", f"{names}: not known well enough")
    if a.country is not None and b.country is not None and a.country != b.country:
        return ValueRelation("contradict", f"{names}: in different countries")
    distance = _distance(a, b)
    reach_a, reach_b = reach_km(a.precision), reach_km(b.precision)
    if distance is None or reach_a is None or reach_b is None:
        known = a.country is not None and a.country == b.country
        if known and "country" in (a.precision, b.precision):
            return ValueRelation("compatible", f"{names}: in the same country")
        return ValueRelation("incomparable", f"{names}: not known well enough")
    if distance <= reach_a + reach_b:
        return ValueRelation("compatible", f"{names}: {distance:.0f} km apart")
    return ValueRelation("contradict", f"{names}: {distance:.0f} km apart")


def _distance(a: Place, b: Place) -> float | None:
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    return haversine_km(a.lat, a.lon, b.lat, b.lon)
