"""The world's outline for the report's map: Natural Earth, equirectangular, as SVG paths.

The plane's origin is the north-west corner: x = longitude + 180, y = 90 - latitude, in degrees. A map of a
region stretches it by the cosine of its middle latitude with `stretch`, so that shapes keep their proportions
there.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

__all__ = ["HEIGHT", "UNITS", "WIDTH", "ViewBox", "borders", "outline", "project", "view_box"]

WIDTH: Final = 360.0
HEIGHT: Final = 180.0
UNITS: Final = 20
"""Steps of the stored outlines in a degree."""

_LEAST: Final = 6.0
"""Degrees that a map shows at least: less would show nothing but points."""

_DETAILED_BELOW: Final = 90.0
"""A map of fewer degrees than this is drawn from the finer outlines."""


@dataclass(frozen=True, slots=True)
class ViewBox:
    """The part of the plane that a map shows, in degrees of the plane.

    `stretch` is how much wider than high a degree of latitude must be drawn: apply
    `transform="scale(1 stretch)"`, or multiply heights by it.
    """

    x: float
    y: float
    width: float
    height: float

    @property
    def stretch(self) -> float:
        """Height of a degree of latitude over the width of a degree of longitude in the middle of the map."""
        latitude = min(75.0, abs(90.0 - self.y - self.height / 2))
        return 1.0 / math.cos(math.radians(latitude)) if self.width < _DETAILED_BELOW else 1.0

    def __str__(self) -> str:
        """As the `viewBox` attribute wants it."""
        return f"{self.x:g} {self.y:g} {self.width:g} {self.height:g}"


WORLD: Final = ViewBox(0.0, 5.0, 360.0, 145.0)


def project(lat: float, lon: float) -> tuple[float, float]:
    """A point's place on the plane.

    Args:
        lat: degrees north, cut to -90..90.
        lon: degrees east; any turn.

    Returns:
        x from 0 to 360 and y from 0 to 180.
    """
    return (lon + 180.0) % 360.0, 90.0 - max(-90.0, min(90.0, lat))


def view_box(points: Sequence[tuple[float, float]], aspect: float = 2.0) -> ViewBox:
    """The part of the plane that shows the points with room around them.

    Args:
        points: latitudes and longitudes in degrees; without any, the inhabited world is shown.
        aspect: width over height of the drawing, before `stretch`.
    """
    if not points:
        return WORLD
    placed = [project(lat, lon) for lat, lon in points]
    left, right = min(x for x, _ in placed), max(x for x, _ in placed)
    top, bottom = min(y for _, y in placed), max(y for _, y in placed)
    height = max(_LEAST, (bottom - top) * 1.5)
    width = max(_LEAST, (right - left) * 1.4)
    if width >= 240:
        return WORLD
    if width < height * aspect:
        width = height * aspect
    else:
        height = width / aspect
    width, height = min(width, WIDTH), min(height, HEIGHT)
    x = min(max(0.0, (left + right - width) / 2), WIDTH - width)
    y = min(max(0.0, (top + bottom - height) / 2), HEIGHT - height)
    return ViewBox(round(x, 3), round(y, 3), round(width, 3), round(height, 3))


def outline(box: ViewBox | None = None) -> str:
    """The land as the `d` of one path: of the whole world, or of what a box shows, then in finer detail."""
    return _path("L", box)


def borders(box: ViewBox | None = None) -> str:
    """The borders between countries as the `d` of one path, to be drawn without fill."""
    return _path("B", box)


@dataclass(frozen=True, slots=True)
class _Line:
    kind: str
    low: tuple[int, int]
    high: tuple[int, int]
    steps: tuple[int, ...]


@cache
def _lines(level: str) -> tuple[_Line, ...]:
    text = files("variorum").joinpath("data", f"worldmap-{level}.txt").read_text("utf-8")
    found = []
    for line in text.splitlines():
        if not line.startswith("#"):
            kind, *numbers = line.split(" ")
            a, b, c, d, *steps = map(int, numbers)
            found.append(_Line(kind, (a, b), (c, d), tuple(steps)))
    return tuple(found)


def _path(kind: str, box: ViewBox | None) -> str:
    near = box is not None and box.width < _DETAILED_BELOW
    parts = []
    for line in _lines("50m" if near else "110m"):
        if line.kind != kind or (box is not None and not _meets(line, box)):
            continue
        x, y, *rest = line.steps
        steps = " ".join(f"{n / UNITS:g}" for n in rest)
        parts.append(f"M{x / UNITS:g} {y / UNITS:g}l{steps}" + ("z" if kind == "L" else ""))
    return "".join(parts)


def _meets(line: _Line, box: ViewBox) -> bool:
    return (
        line.low[0] <= (box.x + box.width) * UNITS
        and line.high[0] >= box.x * UNITS
        and line.low[1] <= (box.y + box.height) * UNITS
        and line.high[1] >= box.y * UNITS
    )
