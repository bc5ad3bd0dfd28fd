"""The places that the accounts name, merged, with who names them and how precisely they are known."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from variorum.model import Place, Precision, Ref
from variorum.render.clean import visible
from variorum.render.view import Desk, Reading

__all__ = ["PlaceLine", "atlas"]

_PRECISION = ("point", "settlement", "region", "country", "continent", "unresolved")


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One place with every mention of it; coordinates in degrees, WGS 84, None where it is unresolved."""

    number: int
    name: str
    lat: float | None
    lon: float | None
    precision: Precision
    readings: tuple[Reading, ...]

    @property
    def sigla(self) -> tuple[str, ...]:
        """The accounts that name it, each once."""
        return tuple(dict.fromkeys(r.siglum for r in self.readings))


def atlas(desk: Desk) -> tuple[PlaceLine, ...]:
    """The places of all accounts: the most precise kind first, then by the number of accounts and name."""
    first: dict[object, Place] = {}
    readings: dict[object, list[Reading]] = defaultdict(list)
    for account in desk.accounts:
        for place in account.annotation.places:
            key = place.geonameid or place.name.casefold()
            first.setdefault(key, place)
            readings[key].append(desk.excerpt(Ref(account.annotation.article.id, place.span)))

    def order(key: object) -> tuple[int, int, str]:
        place = first[key]
        return _PRECISION.index(place.precision), -len({r.siglum for r in readings[key]}), place.name

    return tuple(
        PlaceLine(
            n, visible(first[k].name), first[k].lat, first[k].lon, first[k].precision, tuple(readings[k])
        )
        for n, k in enumerate(sorted(first, key=order), 1)
    )
