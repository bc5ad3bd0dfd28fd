import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.model import Place, Precision, Span
from variorum.values.distance import compare_places, haversine_km


def place(
    lat: float | None,
    lon: float | None,
    precision: Precision,
    country: str | None = None,
    id_: int | None = None,
) -> Place:
    return Place(Span(0, 1), "Somewhere", lat, lon, id_, precision, country)


@pytest.mark.parametrize(
    ("a", "b", "km"),
    [
        ((0.0, 0.0), (0.0, 0.0), 0.0),
        ((0.0, 0.0), (0.0, 1.0), 111.195),
        ((90.0, 0.0), (-90.0, 0.0), 20015.1),
        ((51.5074, -0.1278), (48.8566, 2.3522), 343.6),
        ((0.0, 179.5), (0.0, -179.5), 111.195),
    ],
)
def test_known_distances(a: tuple[float, float], b: tuple[float, float], km: float) -> None:
    assert haversine_km(*a, *b) == pytest.approx(km, rel=1e-3, abs=1e-9)


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        (place(10, 10, "point"), place(10.001, 10, "point"), "compatible"),
        (place(10, 10, "point"), place(11, 10, "point"), "contradict"),
        (place(10, 10, "settlement"), place(10.1, 10, "settlement"), "compatible"),
        (place(10, 10, "settlement"), place(12, 10, "region"), "compatible"),
        (place(10, 10, "settlement"), place(20, 10, "region"), "contradict"),
        (place(10, 10, "settlement", "AA"), place(10.1, 10, "settlement", "BB"), "contradict"),
        (place(10, 10, "settlement", "AA"), place(40, 10, "country", "AA"), "compatible"),
        (place(10, 10, "settlement", "AA"), place(10, 10, "country", "BB"), "contradict"),
        (place(None, None, "unresolved"), place(10, 10, "point"), "incomparable"),
        (place(10, 10, "region", None, 7), place(10, 10, "region", None, 7), "equal"),
        (place(10, 10, "country"), place(10, 10, "point", "AA"), "incomparable"),
    ],
)
def test_two_places(a: Place, b: Place, relation: str) -> None:
    assert compare_places(a, b).relation == relation
    assert compare_places(b, a).relation == relation


lat, lon = st.floats(-90, 90), st.floats(-180, 180)


@given(lat, lon, lat, lon)
def test_distance_is_symmetric_and_bounded(a: float, b: float, c: float, d: float) -> None:
    assert haversine_km(a, b, c, d) == pytest.approx(haversine_km(c, d, a, b), abs=1e-6)
    assert 0 <= haversine_km(a, b, c, d) <= 20016


@given(lat, lon, lat, lon)
def test_coarser_precision_never_contradicts_anew(a: float, b: float, c: float, d: float) -> None:
    steps: list[Precision] = ["point", "settlement", "region", "country", "continent", "unresolved"]
    other = place(c, d, "settlement", "AA")
    seen = [compare_places(place(a, b, step, "AA"), other).relation for step in steps]
    assert "contradict" not in seen[seen.index("compatible") :] if "compatible" in seen else True


@given(lat, lon)
def test_reflexive(a: float, b: float) -> None:
    here = dataclasses.replace(place(a, b, "settlement"), geonameid=3)
    assert compare_places(here, here).relation == "equal"
