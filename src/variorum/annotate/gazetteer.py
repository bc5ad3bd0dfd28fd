"""The world's place names: a memory-mapped index built from GeoNames data (train/build_gazetteer.py)."""

from __future__ import annotations

import bisect
import hashlib
import json
import mmap
import re
import sys
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

DATA: Final = Path(__file__).parent.parent / "data"
MAGIC: Final = b"VGAZ0001"
KINDS: Final = (
    "settlement",
    "capital",
    "section",
    "area2",
    "area1",
    "country",
    "continent",
    "region",
    "water",
    "land",
)
"""What an entry is: `area1` and `area2` are first- and second-level administrative areas, a `section`
is a part of a city."""

ALTERNATE: Final = 1 << 31
"""Set in a posting that leads to an entry by another name than its own."""

DEMONYM: Final = 1 << 30
"""Set in a posting that leads to an entry by the name of its people, or the adjective."""

NAME_BLOCK: Final = 64
BUCKETS: Final = 1 << 16

_APOSTROPHES: Final = re.compile(r"['’‘ʼ`´ʻʹ′]")
_BREAKS: Final = re.compile(r"[\s\-‐‑–—,./]+")
_WORDS: Final = {
    "st": "saint",
    "ste": "sainte",
    "ft": "fort",
    "mt": "mount",
    "twp": "township",
    "co": "county",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One place.

    `number` is its row in the index. `area` is the GeoNames code of the first-level area that holds it
    ("US.OH"), with nothing behind the point where there is none; `area2` the row of its second-level area or
    -1. `lat` and `lon` are degrees (WGS 84); those of an area are the mean of its settlements, weighted by
    population. `radius` is how far it reaches, in km. `geonameid` is 0 for what GeoNames' files lacked.
    """

    number: int
    name: str
    kind: str
    lat: float
    lon: float
    geonameid: int
    population: int
    country: str
    area: str
    area2: int
    radius: float


@dataclass(frozen=True, slots=True)
class Match:
    """An entry found under a name: by its `own` name or an alternate, or as the name of a people."""

    entry: Entry
    own: bool
    demonym: bool


@lru_cache(maxsize=8192)
def normalise(name: str) -> str:
    """The key under which a name is filed.

    No case, accents, apostrophes or leading article, one space between words, "St.", "Ft.", "Mt." spelt out.
    """
    if name.isascii():
        flat = name
    else:
        decomposed = unicodedata.normalize("NFKD", name.replace("ł", "l").replace("Ł", "L").replace("ø", "o"))
        flat = "".join(c for c in decomposed if not unicodedata.combining(c))
    words = _BREAKS.sub(" ", _APOSTROPHES.sub("", flat)).casefold().split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    if len(words) > 1:
        words = [_WORDS.get(w, w) for w in words]
    return " ".join(words)


def key_hash(key: str) -> int:
    """48 bits that stand for a key; the same in every process."""
    return int.from_bytes(hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=6).digest(), "big")


class Gazetteer:
    """Read access to one gazetteer file; nothing is read before it is asked for.

    Raises:
        ValueError: if the file is not a gazetteer of this version.
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        view = memoryview(self._map)
        if bytes(view[:8]) != MAGIC or sys.byteorder != "little":
            raise ValueError(f"{path} is not a gazetteer that this program reads")
        size = int.from_bytes(view[8:12], "little")
        head = json.loads(bytes(view[12 : 12 + size]))
        start = 12 + size + (-(12 + size)) % 8

        def section(name: str) -> memoryview:
            code, offset, length = head["sections"][name]
            part = view[start + offset : start + offset + length]
            return part.cast(code) if code != "B" else part

        self._bucket = section("bucket")
        self._low = section("low")
        self._posting = section("posting")
        self._lat, self._lon = section("lat"), section("lon")
        self._id, self._population, self._kind = section("id"), section("population"), section("kind")
        self._area2, self._radius = section("area2"), section("radius")
        self._name_start, self._name_length, self._names = (
            section("name_start"),
            section("name_length"),
            section("names"),
        )
        self._area_start: list[int] = head["area_start"]
        self._area_code: list[str] = head["area_code"]
        self._area2_entry = section("area2_entry")
        self._area_row = dict(zip(self._area_code, self._area_start, strict=True))
        self._found: dict[str, tuple[Match, ...]] = {}

    def __len__(self) -> int:
        return len(self._kind)

    def find(self, name: str) -> tuple[Match, ...]:
        """Every entry filed under a name, the most populous first; empty where there is none."""
        return self._find(normalise(name))

    def _find(self, key: str) -> tuple[Match, ...]:
        hit = self._found.get(key)
        if hit is None:
            if len(self._found) > 20_000:  # bounds the memory of long runs
                self._found.clear()
            hit = self._found[key] = tuple(
                Match(self.entry(p & (DEMONYM - 1)), not p & ALTERNATE, bool(p & DEMONYM))
                for p in self._postings(key)
            )
        return hit

    def _postings(self, key: str) -> list[int]:
        value = key_hash(key)
        bucket, low = value >> 32, value & 0xFFFFFFFF
        start, end = self._bucket[bucket], self._bucket[bucket + 1]
        at = bisect.bisect_left(self._low, low, start, end)
        found = []
        while at < end and self._low[at] == low:
            found.append(self._posting[at])
            at += 1
        return found

    def entry(self, number: int) -> Entry:
        """The entry in a row."""
        area = self._area_code[bisect.bisect_right(self._area_start, number) - 1]
        area2 = self._area2[number]
        return Entry(
            number=number,
            name=self._name(number),
            kind=KINDS[self._kind[number]],
            lat=self._lat[number],
            lon=self._lon[number],
            geonameid=self._id[number],
            population=round(10 ** (self._population[number] / 25)) - 1,
            country=area.partition(".")[0],
            area=area,
            area2=self._area2_entry[area2] if area2 else -1,
            radius=self._radius[number] / 10.0,
        )

    def _name(self, number: int) -> str:
        block = number - number % NAME_BLOCK
        start = self._name_start[number // NAME_BLOCK] + sum(self._name_length[block:number])
        return bytes(self._names[start : start + self._name_length[number]]).decode("utf-8")

    def area(self, code: str) -> Entry | None:
        """The entry of a country ("UA.") or first-level area ("UA.14")."""
        row = self._area_row.get(code)
        if row is None:
            return None
        entry = self.entry(row)
        return entry if entry.kind in ("area1", "country") else None


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of the package."""
    return Gazetteer(DATA / "gazetteer.bin")
