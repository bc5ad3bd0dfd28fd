"""Scores of the stages against labelled data; each takes gold and found values and returns figures.

Spans are `(start, end)` in characters. Everything here is arithmetic on spans; no file is read.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Range = tuple[int, int]
ROLES = ("source", "cue", "content")


@dataclass(frozen=True, slots=True)
class F1:
    """Precision, recall and their harmonic mean, 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Twice the product by the sum; 0 where both are 0."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(slots=True)
class Counts:
    """Running counts behind an `F1`."""

    hits: int = 0
    found: int = 0
    gold: int = 0

    def add(self, hits: int, found: int, gold: int) -> None:
        """Add one article's counts."""
        self.hits, self.found, self.gold = self.hits + hits, self.found + found, self.gold + gold

    def f1(self) -> F1:
        """The figures so far."""
        return F1(self.hits / self.found if self.found else 0.0, self.hits / self.gold if self.gold else 0.0)


@dataclass(frozen=True, slots=True)
class RolesOf:
    """One attribution: the ranges of source, cue and content."""

    source: tuple[Range, ...]
    cue: tuple[Range, ...]
    content: tuple[Range, ...]


@dataclass(slots=True)
class AttributionScore:
    """Adds up articles.

    A relation is found where the contents' intersection is at least half of their union and the sources
    overlap, or neither has one; one to one, best first. `exact` asks for equal characters in all roles.
    A direct quotation is a gold content of over 20 characters that begins with a quotation mark; it is
    found where 70% of it lies in contents found.
    """

    relation: Counts = field(default_factory=Counts)
    exact: Counts = field(default_factory=Counts)
    characters: dict[str, Counts] = field(default_factory=lambda: {role: Counts() for role in ROLES})
    quotation: Counts = field(default_factory=Counts)

    def add(self, text: str, gold: Sequence[RolesOf], found: Sequence[RolesOf]) -> None:
        """Score one article."""
        g, f = [_characters(a) for a in gold], [_characters(a) for a in found]
        pairs = []
        for i, a in enumerate(f):
            for j, b in enumerate(g):
                shared = len(a["content"] & b["content"])
                union = len(a["content"] | b["content"])
                sources = a["source"] & b["source"] or not (a["source"] or b["source"])
                if union and 2 * shared >= union and sources:
                    pairs.append((shared / union, i, j))
        used_i, used_j, exact = set[int](), set[int](), 0
        for _, i, j in sorted(pairs, reverse=True):
            if i not in used_i and j not in used_j:
                used_i.add(i)
                used_j.add(j)
                exact += f[i] == g[j]
        self.relation.add(len(used_i), len(f), len(g))
        self.exact.add(exact, len(f), len(g))
        for role, counts in self.characters.items():
            a, b = _union(x[role] for x in f), _union(x[role] for x in g)
            counts.add(len(a & b), len(a), len(b))
        covered = _union(x["content"] for x in f)
        for start, end in (s for a in gold for s in a.content):
            if end - start > 20 and text[start:end].lstrip()[:1] in tuple("\"“‘'"):
                hit = len(covered.intersection(range(start, end))) >= 0.7 * (end - start)
                self.quotation.add(hit, 1, 1)

    def figures(self) -> dict[str, float]:
        """All figures by name."""
        parts = {"relation": self.relation, "exact": self.exact, **self.characters}
        out = {}
        for name, counts in parts.items():
            f1 = counts.f1()
            out |= {f"{name} P": f1.precision, f"{name} R": f1.recall, f"{name} F1": f1.f1}
        return out | {"direct quotations R": self.quotation.f1().recall}


def roles_of(row: Mapping[str, Iterable[Sequence[int]]]) -> RolesOf:
    """An attribution as JSON has it: lists of `[start, end]` by role."""
    return RolesOf(*(tuple((s[0], s[1]) for s in row[role]) for role in ROLES))


def _characters(a: RolesOf) -> dict[str, set[int]]:
    return {role: _union(set(range(*s)) for s in getattr(a, role)) for role in ROLES}


def _union(sets: Iterable[set[int]]) -> set[int]:
    out: set[int] = set()
    for s in sets:
        out |= s
    return out


@dataclass(frozen=True, slots=True)
class Located:
    """A toponym or place: its range and, where known, its coordinates in degrees."""

    span: Range
    lat: float | None
    lon: float | None


NEAR_KM = 161.0
"""A hundred miles: the distance within which geoparsing counts a place as right (Leidner 2007)."""


@dataclass(slots=True)
class PlacesScore:
    """Adds up articles: tagging by overlap, and the share of gold toponyms with coordinates placed nearby."""

    tagging: Counts = field(default_factory=Counts)
    located: int = 0
    near: int = 0

    def add(self, gold: Sequence[Located], found: Sequence[Located]) -> None:
        """Add one article."""
        hits = 0
        for g in gold:
            hit = next((f for f in found if min(f.span[1], g.span[1]) > max(f.span[0], g.span[0])), None)
            hits += hit is not None
            if g.lat is not None and g.lon is not None:
                self.located += 1
                if hit is not None and hit.lat is not None and hit.lon is not None:
                    self.near += kilometres(g.lat, g.lon, hit.lat, hit.lon) <= NEAR_KM
        self.tagging.add(hits, len(found), len(gold))

    def figures(self) -> dict[str, float]:
        """Precision, recall and F1 of tagging; share of all gold places within `NEAR_KM`."""
        t = self.tagging.f1()
        share = self.near / self.located if self.located else 0.0
        return {"precision": t.precision, "recall": t.recall, "f1": t.f1, "within_161km": share}


def kilometres(a_lat: float, a_lon: float, b_lat: float, b_lon: float) -> float:
    """Great-circle distance on a sphere of 6,371 km."""
    a, b, c, d = map(math.radians, (a_lat, a_lon, b_lat, b_lon))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 12742 * math.asin(math.sqrt(min(1.0, h)))
