"""Build the world outlines of the report's map from Natural Earth (public domain).

    npm pack world-atlas@2.0.2
    python train/build_worldmap.py DOWNLOADS

Writes worldmap-110m.txt and worldmap-50m.txt into src/variorum/data: a line a ring of land ("L") or a stretch
of border between countries ("B"), as "L minx miny maxx maxy dx dy dx dy ..." in units of 1/UNITS degree of
the equirectangular plane (x = longitude + 180, y = 90 - latitude; both from the north-west corner),
simplified after Visvalingam and Whyatt 1993. The same input gives the same bytes.
"""

from __future__ import annotations

import heapq
import json
import sys
import tarfile
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from variorum.annotate.gazetteer import DATA
from variorum.render.worldmap import UNITS

Point = tuple[int, int]
# Least area, in square units, that a corner must span to stay; and least extent of a ring that stays
LEVELS = {"110m": (12.0, 8), "50m": (3.0, 5)}


def topology(folder: Path, level: str) -> dict[str, object]:
    with tarfile.open(folder / "world-atlas-2.0.2.tgz") as tar:
        file = tar.extractfile(f"package/countries-{level}.json")
        assert file is not None
        found: dict[str, object] = json.loads(file.read())
        return found


def decoded(topo: dict) -> list[list[Point]]:
    (sx, sy), (tx, ty) = topo["transform"]["scale"], topo["transform"]["translate"]
    arcs = []
    for arc in topo["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((round((x * sx + tx + 180) * UNITS), round((90 - y * sy - ty) * UNITS)))
        arcs.append(points)
    return arcs


def simplified(points: list[Point], least: float) -> list[Point]:
    """The line without corners that span less than an area; its ends stay."""
    n = len(points)
    before, after = list(range(-1, n - 1)), list(range(1, n + 1))
    dead = [False] * n

    def area(i: int) -> float:
        (ax, ay), (bx, by), (cx, cy) = points[before[i]], points[i], points[after[i]]
        return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2

    heap = [(area(i), i) for i in range(1, n - 1)]
    heapq.heapify(heap)
    current = {i: a for a, i in heap}
    while heap:
        a, i = heapq.heappop(heap)
        if dead[i] or current[i] != a:
            continue
        if a >= least:
            break
        dead[i] = True
        after[before[i]], before[after[i]] = after[i], before[i]
        for j in (before[i], after[i]):
            if 0 < j < n - 1:
                current[j] = max(a, area(j))
                heapq.heappush(heap, (current[j], j))
    kept = [p for p, gone in zip(points, dead, strict=True) if not gone]
    return [p for i, p in enumerate(kept) if not i or p != kept[i - 1]]


def rings(geometry: dict, arcs: list[list[Point]]) -> Iterable[list[Point]]:
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for polygon in polygons:
        for ring in polygon:
            points: list[Point] = []
            for i in ring:
                part = arcs[i] if i >= 0 else arcs[~i][::-1]
                points += part[1:] if points else part
            yield points


def unwrapped(ring: list[Point]) -> list[list[Point]]:
    """The ring, or, where it crosses the antimeridian and comes back, a whole copy at either edge.

    Left as it is, such a ring draws a band over the whole width of the map. A ring that goes around a pole
    does not come back, and stays.
    """
    turn = 360 * UNITS
    points, shift = [ring[0]], 0
    for (before, _), (x, y) in pairwise(ring):
        if abs(x - before) > turn // 2:
            shift += turn if x < before else -turn
        points.append((x + shift, y))
    if shift or points == ring:
        return [ring]
    other = -turn if max(x for x, _ in points) > turn else turn
    return [points, [(x + other, y) for x, y in points]]


def borders(topo: dict) -> list[int]:
    """Arcs that two countries share."""
    users: dict[int, set[int]] = {}
    for number, geometry in enumerate(topo["objects"]["countries"]["geometries"]):
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry.get("arcs", [])]
        for polygon in polygons:
            for ring in polygon:
                for i in ring:
                    users.setdefault(i if i >= 0 else ~i, set()).add(number)
    return sorted(i for i, by in users.items() if len(by) > 1)


def line(kind: str, points: list[Point]) -> str:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    steps = [f"{x - points[i][0]} {y - points[i][1]}" for i, (x, y) in enumerate(points[1:])]
    return f"{kind} {min(xs)} {min(ys)} {max(xs)} {max(ys)} {points[0][0]} {points[0][1]} {' '.join(steps)}"


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    for level, (least, extent) in LEVELS.items():
        topo = topology(Path(sys.argv[1]), level)
        arcs = [simplified(a, least) if len(a) > 2 else a for a in decoded(topo)]
        land = [r for g in topo["objects"]["land"]["geometries"] for r in rings(g, arcs)]
        large = [
            r
            for r in land
            if len(r) > 3 and max(max(p[k] for p in r) - min(p[k] for p in r) for k in (0, 1)) >= extent
        ]
        lines = [line("L", r) for whole in large for r in unwrapped(whole)] + [
            line("B", arcs[i]) for i in borders(topo) if len(arcs[i]) > 1
        ]
        out = DATA / f"worldmap-{level}.txt"
        head = f"# Natural Earth {level} (public domain) by world-atlas 2.0.2; see train/build_worldmap.py\n"
        out.write_text(head + "\n".join(lines) + "\n", "utf-8")
        print(level, len(large), "rings", out.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
