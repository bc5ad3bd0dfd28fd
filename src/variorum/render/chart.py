"""The map of a report: dots and names over the outline of the land, as plain numbers for an SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from variorum.render.atlas import PlaceLine
from variorum.render.worldmap import ViewBox, borders, outline, project, view_box

__all__ = ["Chart", "Dot", "chart"]

_ASPECT = 1.9  # width over height on paper
_LETTER = 0.55  # mean width of a letter over its height
_TEXT = 1 / 62  # height of the letters over the width of the map
_DOT = 1 / 260  # radius of the dot of a place that one account names, over the width of the map
_EXACT = ("point", "settlement")


@dataclass(frozen=True, slots=True)
class Dot:
    """One place on the map; `exact` where its coordinates mean a spot rather than an area's middle.

    `anchor` is the SVG `text-anchor` of its name, which is empty where there is no room for one.
    """

    number: int
    x: float
    y: float
    radius: float
    exact: bool
    name: str
    text_x: float
    text_y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A map in the units of its view box; `land` and `borders` are path data, to be stretched vertically."""

    view_box: str
    stretch: float
    land: str
    borders: str
    text_size: float
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: _Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def chart(places: Sequence[PlaceLine]) -> Chart | None:
    """The map of the places that have coordinates; None where none has.

    Names are set where they cover neither each other nor a dot; a name that finds no room is left to the
    table, its dot stays.
    """
    placed = [(p, (p.lat, p.lon)) for p in places if p.lat is not None and p.lon is not None]
    points = [(lat, lon) for _, (lat, lon) in placed]
    if not points:
        return None
    box = view_box(points, _ASPECT * view_box(points).stretch)
    stretch = box.stretch
    bare = []
    for place, (lat, lon) in placed:
        x, y = project(lat, lon)
        radius = box.width * _DOT * (1 + 0.35 * min(len(place.sigla), 6))
        bare.append((place, x, y * stretch, radius if place.precision in _EXACT else 2 * radius))
    return Chart(
        view_box=f"{box.x:g} {box.y * stretch:.3f} {box.width:g} {box.height * stretch:.3f}",
        stretch=round(stretch, 4),
        land=outline(box),
        borders=borders(box),
        text_size=round(box.width * _TEXT, 4),
        dots=tuple(_named(bare, box)),
    )


def _named(bare: Sequence[tuple[PlaceLine, float, float, float]], box: ViewBox) -> list[Dot]:
    size = box.width * _TEXT
    taken = [_Box(x - r, y - r, x + r, y + r) for _, x, y, r in bare]
    frame = _Box(box.x, box.y * box.stretch, box.x + box.width, (box.y + box.height) * box.stretch)
    dots = []
    for place, x, y, r in bare:
        width = len(place.name) * size * _LETTER
        gap = r + size * 0.3
        spots = (
            ("start", x + gap, y + size * 0.35, x + gap),
            ("end", x - gap, y + size * 0.35, x - gap - width),
            ("middle", x, y - gap, x - width / 2),
            ("middle", x, y + gap + size * 0.75, x - width / 2),
        )
        text_x, text_y, anchor = x, y, ""
        for way, at_x, at_y, left in spots:
            name = _Box(left, at_y - size * 0.85, left + width, at_y + size * 0.25)
            inside = frame.left <= name.left and name.right <= frame.right
            if inside and not any(name.meets(t) for t in taken):
                text_x, text_y, anchor = at_x, at_y, way
                taken.append(name)
                break
        dots.append(
            Dot(
                number=place.number,
                x=round(x, 4),
                y=round(y, 4),
                radius=round(r, 4),
                exact=place.precision in _EXACT,
                name=place.name,
                text_x=round(text_x, 4),
                text_y=round(text_y, 4),
                anchor=anchor,
            )
        )
    return dots
