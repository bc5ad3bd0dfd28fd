from hypothesis import given
from hypothesis import strategies as st

from variorum.render.worldmap import WORLD, borders, outline, project, view_box

LAT = st.floats(-85, 85)
LON = st.floats(-180, 179.9)


def inside(x: float, y: float, ring: list[tuple[float, float]]) -> bool:
    odd = False
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            odd = not odd
    return odd


def rings(path: str) -> list[list[tuple[float, float]]]:
    found = []
    for part in path.split("M")[1:]:
        start, steps = part.rstrip("z").split("l")
        x, y = map(float, start.split())
        ring = [(x, y)]
        numbers = list(map(float, steps.split()))
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x, y))
        found.append(ring)
    return found


def on_land(lat: float, lon: float, path: str) -> bool:
    return sum(inside(*project(lat, lon), ring) for ring in rings(path)) % 2 == 1


def test_land_is_land_and_sea_is_sea() -> None:
    near = outline(view_box([(46.0, 2.0), (47.0, 9.0)]))
    for path in (outline(), near):
        assert on_land(46.5, 2.5, path)  # middle of France
        assert on_land(48.5, 11.0, path)
        assert not on_land(45.5, -4.0, path)  # Bay of Biscay
    assert on_land(-25, 134, outline())
    assert not on_land(0, -30, outline())


def test_a_small_map_is_drawn_finer_but_stays_small() -> None:
    box = view_box([(52.4, 4.9), (51.9, 4.5)])
    assert len(outline(box)) < 120_000
    assert len(outline()) < 80_000
    assert 0 < len(borders(box)) < len(borders())


def test_no_points_show_the_world() -> None:
    assert view_box([]) == WORLD
    assert view_box([(60, -150), (-40, 175)]) == WORLD


@given(st.lists(st.tuples(LAT, LON), min_size=1, max_size=6))
def test_a_map_shows_all_its_points(points: list[tuple[float, float]]) -> None:
    box = view_box(points)
    assert box.x >= 0
    assert box.x + box.width <= 360.001
    if box == WORLD:
        return
    for lat, lon in points:
        x, y = project(lat, lon)
        assert box.x - 0.01 <= x <= box.x + box.width + 0.01
        assert box.y - 0.01 <= y <= box.y + box.height + 0.01


@given(st.floats(-400, 400), st.floats(-100, 100))
def test_every_point_has_its_place(lon: float, lat: float) -> None:
    x, y = project(lat, lon)
    assert 0 <= x <= 360
    assert 0 <= y <= 180
