"""Which place a name means: every reading the gazetteer offers, weighed by the rest of the article.

A log-linear model ranks the readings of a name in two rounds: by themselves and by what the article says of
areas and countries, and then again by how near they lie to the likely readings of the other names (Leidner
2007's spatial minimality; one sense an article). The weights are fitted by train/train_places.py.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from variorum.annotate.gazetteer import Entry, Match, gazetteer, normalise
from variorum.annotate.place_model import weights, word_lists
from variorum.annotate.toponyms import Toponym

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from variorum.annotate.document import Document

READINGS: Final = 14
"""Readings weighed for one name, besides those in areas that the article names."""

_NEAR_KM: Final = 40.0
_FAR_KM: Final = 250.0
_EARTH_KM: Final = 6371.0
_AREAS: Final = ("country", "area1")
_SETTLED: Final = ("settlement", "section", "capital")
_BETWEEN: Final = re.compile(
    r"\s*(?:,|\(|,?\s+(?:which is |located |situated )?(?:in|of)(?:\s+the)?"
    r"(?:\s+(?:north|south|east|west|central|northern|southern|eastern|western|north-?eastern"
    r"|north-?western|south-?eastern|south-?western|far|rural|occupied|disputed|neighbou?ring|nearby"
    r"|country's|region of|state of|province of|district of|county))*)\s*",
    re.IGNORECASE,
)
_SETTLEMENT_OF: Final = re.compile(r"\b(?:city|town|village|hamlet|suburb|settlement) of $")
_HOST: Final = re.compile(r"^(?:https?://)?(?:www\.|news\.|m\.)?(?:thisis|the)?")
_COUNTRY_DOMAIN: Final = re.compile(r"\.([a-z]{2})(?:[:/]|$)")


@dataclass(frozen=True, slots=True)
class Qualifier:
    """An area that the text puts a name in: "Athens, Ga.", "Córdoba in the Veracruz region"."""

    entry: Entry
    comma: bool


@dataclass(frozen=True, slots=True)
class Resolved:
    """A toponym with the entry it means, or None; `within` is the area that the text puts it in, if any."""

    toponym: Toponym
    entry: Entry | None
    within: Entry | None = None


@dataclass(slots=True)
class _Group:
    """The mentions of one name that share a sense."""

    key: str
    mentions: list[int]
    qualifiers: tuple[Qualifier, ...]
    readings: list[Match]


def resolve(document: Document, toponyms: Sequence[Toponym]) -> tuple[Resolved, ...]:
    """Each toponym with the place it means, in the order given."""
    board = Board(document, toponyms)
    for model in ("place", "place again"):
        board.weigh(board.features(second=model != "place") @ _vector(model))
    return board.decide()


def _vector(model: str) -> NDArray[np.float64]:
    fitted = weights()[model]
    return np.array([fitted.get(name, 0.0) for name in FEATURES], dtype=np.float64)


FEATURES: Final = (
    "population",
    "largest",
    "alternate",
    "demonym",
    "country",
    "area1",
    "area2",
    "section",
    "feature",
    "area suffix",
    "comma",
    "within",
    "area named",
    "country named",
    "county named",
    "domain",
    "capital",
    "home population",
    "near",
    "far",
    "area shared",
    "country shared",
)


_OWN: Final = FEATURES.index("near")
"""Features before this one need one reading alone."""


class Board:
    """All readings of all names of one article, as arrays; `probability` is a reading's within its name."""

    def __init__(self, document: Document, toponyms: Sequence[Toponym]) -> None:
        self.toponyms = toponyms
        self._text = document.article.text
        self._domain = _country_of(document.article.outlet or document.article.url)
        self._qualifiers = [self._qualifier(i) for i in range(len(toponyms))]
        self._named_areas, self._named_countries, self._named_counties = self._named()
        outlet = document.article.outlet or ""
        self._home_keys = {normalise(name) for name in home_names(outlet)}
        self.groups = self._group()
        self.groups += self._home(outlet)
        self._readings = [(g, m) for g, group in enumerate(self.groups) for m in group.readings]
        self.group_of = np.array([g for g, _ in self._readings], dtype=np.int64)
        self.entries = [m.entry for _, m in self._readings]
        self.probability = np.zeros(len(self.entries))
        self._unit = _unit_vectors(self.entries)

    def _qualifier(self, i: int) -> Qualifier | None:
        """The area that the words after a toponym put it in."""
        if i + 1 >= len(self.toponyms):
            return None
        one, two = self.toponyms[i], self.toponyms[i + 1]
        between = self._text[one.span.end : two.span.start]
        if len(between) > 40 or not _BETWEEN.fullmatch(between):
            return None
        comma = between.strip() in (",", "(")
        areas = [m for m in two.matches if m.own and not m.demonym and m.entry.kind in (*_AREAS, "area2")]
        if not areas or (all(m.entry.kind == "area2" for m in areas) and not _says_area(two)):
            return None
        inside = [m for m in areas if any(_inside(r.entry, m.entry) for r in one.matches)]
        best = max(inside or areas, key=lambda m: (m.entry.kind in _AREAS, m.entry.population))
        if any(m.entry.kind in _AREAS and m.own for m in one.matches) and not inside:
            return None  # "Kansas, Iraq" is a list
        return Qualifier(best.entry, comma)

    def _named(self) -> tuple[Counter[str], Counter[str], Counter[int]]:
        """How often first-level areas, countries and second-level areas are named."""
        areas: Counter[str] = Counter()
        countries: Counter[str] = Counter()
        counties: Counter[int] = Counter()
        for t in self.toponyms:
            top = next((m for m in t.matches if m.entry.kind in _AREAS and m.own), None)
            if top is not None:
                (areas if top.entry.kind == "area1" else countries)[top.entry.area] += 1
            elif _says_area(t):
                for m in t.matches:
                    if m.entry.kind == "area2" and m.own:
                        counties[m.entry.number] += 1
        return areas, countries, counties

    def _group(self) -> list[_Group]:
        by_key: dict[str, list[int]] = {}
        for i, t in enumerate(self.toponyms):
            if t.matches:
                by_key.setdefault(t.key, []).append(i)
        groups: list[_Group] = []
        for key, mentions in by_key.items():
            sorts: dict[str, list[int]] = {}
            for i in mentions:
                qualifier = self._qualifiers[i]
                sorts.setdefault(qualifier.entry.area if qualifier and qualifier.comma else "", []).append(i)
            plain = sorts.pop("", [])
            senses = list(sorts.values()) or [[]]
            senses[0] = sorted([*senses[0], *plain])
            groups.extend(self._make_group(key, sense) for sense in senses)
        return groups

    def _starts(self, mentions: Sequence[int]) -> list[int]:
        return [self.toponyms[i].span.start for i in mentions]

    def _home(self, outlet: str) -> list[_Group]:
        """The town in the outlet's name, as a name without mentions: what lies near it is likelier meant."""
        for name in home_names(outlet):
            matches = tuple(
                m for m in gazetteer().find(name) if m.own and m.entry.kind in (*_SETTLED, "area2")
            )
            if matches:
                known = any(g.key == normalise(name) for g in self.groups)
                return [] if known else [_Group(normalise(name), [], (), list(matches[:READINGS]))]
        return []

    def _make_group(self, key: str, mentions: list[int]) -> _Group:
        qualifiers = tuple(q for i in mentions if (q := self._qualifiers[i]))
        matches = self.toponyms[mentions[0]].matches
        if any(_SETTLEMENT_OF.search(self._text, max(0, s - 14), s) for s in self._starts(mentions)):
            matches = tuple(m for m in matches if m.entry.kind in _SETTLED) or matches
        kept = list(matches[:READINGS]) + [
            m
            for m in matches[READINGS:]
            if m.entry.area in self._named_areas
            or m.entry.area2 in self._named_counties
            or (m.entry.country == self._domain)
            or any(_inside(m.entry, q.entry) for q in qualifiers)
        ]
        return _Group(key, mentions, qualifiers, kept[: 3 * READINGS])

    def weigh(self, scores: NDArray[np.float64]) -> None:
        """Set `probability` to the softmax of the scores within each name."""
        if not len(scores):
            return
        top = np.full(len(self.groups), -np.inf)
        np.maximum.at(top, self.group_of, scores)
        raised = np.exp(scores - top[self.group_of])
        total = np.zeros(len(self.groups))
        np.add.at(total, self.group_of, raised)
        self.probability = raised / total[self.group_of]

    def features(self, *, second: bool) -> NDArray[np.float64]:
        """One row a reading, one column a feature; those of the second round are 0 in the first."""
        table = np.zeros((len(self.entries), len(FEATURES)))
        for row, (g, match) in enumerate(self._readings):
            table[row, :_OWN] = self._own_features(self.groups[g], match)
        if second and len(self.entries):
            table[:, _OWN:] = self._shared_features()
        return table

    def _own_features(self, group: _Group, match: Match) -> tuple[float, ...]:
        entry = match.entry
        largest = group.readings[0].entry
        area_named = self._named_areas[entry.area] if entry.kind != "area1" else 0
        country_named = self._named_countries[entry.country + "."] if entry.kind != "country" else 0
        commas = [q for q in group.qualifiers if q.comma]
        loose = [q for q in group.qualifiers if not q.comma]
        says_area = bool(group.mentions) and _says_area(self.toponyms[group.mentions[0]])
        return (
            math.log10(1 + entry.population),
            float(largest.number == entry.number),
            float(not match.own and not match.demonym),
            float(match.demonym),
            float(entry.kind == "country"),
            float(entry.kind == "area1"),
            float(entry.kind == "area2" and not says_area),
            float(entry.kind == "section"),
            float(entry.kind in ("region", "water", "land", "continent")),
            float(entry.kind in ("area1", "area2") and says_area),
            float(any(_inside(entry, q.entry) for q in commas)),
            float(any(_inside(entry, q.entry) for q in loose)),
            math.log1p(area_named),
            math.log1p(country_named),
            float(self._named_counties[entry.area2] > 0 and entry.kind != "area2"),
            float(entry.country == self._domain),
            float(entry.kind == "capital"),
            # A paper's own town may be small, however large its namesakes
            math.log10(1 + entry.population) * (group.key in self._home_keys),
        )

    def _shared_features(self) -> NDArray[np.float64]:
        """Nearness to, and sharing of areas with, the likely readings of the other names."""
        n, groups = len(self.entries), len(self.groups)
        likely = np.flatnonzero(self.probability > 0.02)
        chance, owner = self.probability[likely], self.group_of[likely]
        angle = np.arccos(np.clip(self._unit @ self._unit[likely].T, -1.0, 1.0)) * _EARTH_KM
        other = (self.group_of[:, None] != owner[None, :]) * chance[None, :]
        settled = np.array(
            [self.entries[i].kind not in (*_AREAS, "continent") for i in likely], dtype=np.float64
        )
        areas = np.array([hash_of(e.area) for e in self.entries])
        countries = np.array([hash_of(e.country) for e in self.entries])
        parts = (
            np.exp(-angle / _NEAR_KM) * other * settled[None, :],
            np.exp(-angle / _FAR_KM) * other * settled[None, :],
            (areas[:, None] == areas[likely][None, :]) * other,
            (countries[:, None] == countries[likely][None, :]) * other,
        )
        member = np.zeros((len(likely), groups))
        member[np.arange(len(likely)), owner] = 1.0
        table = np.zeros((n, 4))
        # A name counts once however many of its readings lie near
        table[:, 0] = np.log1p((parts[0] @ member).sum(axis=1))
        table[:, 1] = np.log1p((parts[1] @ member).sum(axis=1))
        table[:, 2:] = np.stack([p.sum(axis=1) for p in parts[2:]], axis=1) / max(1, groups - 1)
        return table

    def decide(self) -> tuple[Resolved, ...]:
        """The likeliest reading of each name, unless the text puts it where none of its readings lies."""
        chosen: dict[int, Entry] = {}
        for g, group in enumerate(self.groups):
            rows = np.flatnonzero(self.group_of == g)
            if not len(rows):
                continue
            best = self.entries[int(rows[int(np.argmax(self.probability[rows]))])]
            for i in group.mentions:
                chosen[i] = best
        return tuple(self._settle(i, t, chosen.get(i)) for i, t in enumerate(self.toponyms))

    def _settle(self, i: int, toponym: Toponym, entry: Entry | None) -> Resolved:
        qualifier = self._qualifiers[i] or self._qualifier_elsewhere(toponym.key)
        if qualifier is None:
            return Resolved(toponym, entry)
        if entry is not None and (_inside(entry, qualifier.entry) or entry.kind not in _SETTLED):
            return Resolved(toponym, entry, qualifier.entry)
        return Resolved(toponym, None, qualifier.entry)

    def _qualifier_elsewhere(self, key: str) -> Qualifier | None:
        return next(
            (
                q
                for t, q in zip(self.toponyms, self._qualifiers, strict=True)
                if q is not None and t.key == key
            ),
            None,
        )


def home_names(outlet: str) -> Iterator[str]:
    """Names of towns that an outlet's name or domain may begin with, the longest first.

    "lakesideherald.com" gives "lakeside", "The Lakeside Herald" gives "Lakeside".
    """
    media = word_lists()["media"] | {"local", "online", "news", "paper", "weekly", "citizen", "leader"}
    if "." not in outlet.strip("."):
        said = outlet.removeprefix("The ").split()
        cut = next((i for i, w in enumerate(said) if w.casefold() in media), 0)
        if cut:
            yield " ".join(said[:cut])
        return
    label = _HOST.sub("", outlet.casefold()).partition(".")[0]
    for end in range(len(label), 4, -1):
        rest = label[end:].lstrip("-")
        if not rest or rest.startswith(tuple(media)):
            yield label[:end].rstrip("-")


def hash_of(code: str) -> int:
    """A number for an area code, equal for equal codes."""
    return int.from_bytes(code.encode("utf-8")[:7], "big") if code.strip(".") else -1


def _inside(entry: Entry, area: Entry) -> bool:
    """Whether an entry lies in an area; an area does not lie in itself."""
    if entry.number == area.number:
        return False
    if area.kind == "country":
        return entry.country == area.country
    if area.kind == "area1":
        return entry.area == area.area
    if area.kind == "area2":
        return entry.area2 == area.number
    return False


def _says_area(toponym: Toponym) -> bool:
    last = toponym.key.rpartition(" ")[2]
    return last in (
        "county",
        "parish",
        "oblast",
        "province",
        "region",
        "district",
        "governorate",
        "shire",
        "state",
    )


def _country_of(address: str | None) -> str:
    """The country that an outlet's domain belongs to: "GB" for example.co.uk; empty for .com and the like."""
    found = _COUNTRY_DOMAIN.search((address or "").casefold())
    code = found.group(1).upper() if found else ""
    return {"UK": "GB", "TV": "", "ME": "", "CO": "", "IO": "", "FM": "", "EU": "", "AI": ""}.get(code, code)


def _unit_vectors(entries: Sequence[Entry]) -> NDArray[np.float64]:
    lat = np.radians([e.lat for e in entries])
    lon = np.radians([e.lon for e in entries])
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=-1).reshape(
        -1, 3
    )
