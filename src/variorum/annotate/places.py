"""Where an article's place names are: toponyms found, resolved and told with their precision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from variorum.annotate.gazetteer import Entry
from variorum.annotate.resolution import Resolved, resolve
from variorum.annotate.toponyms import find_toponyms
from variorum.model import Entity, Place, Precision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.annotate.document import Document

_PRECISION: Final[dict[str, Precision]] = {
    "settlement": "settlement",
    "capital": "settlement",
    "section": "settlement",
    "area1": "region",
    "area2": "region",
    "region": "region",
    "water": "region",
    "land": "region",
    "country": "country",
    "continent": "continent",
}


def find_places(document: Document, entities: Sequence[Entity]) -> tuple[Place, ...]:
    """The place names of an article in order of appearance, none overlapping another.

    A name takes its sense from the article: the area the text puts it in, the other places named, countries
    and states mentioned, the country of the outlet's domain, and how many people live there. A place that the
    text puts in an area where the gazetteer knows no such name takes that area's centre, with the precision
    `region` (or `country`); one that stays unknown has no coordinates and the precision `unresolved`. Peoples
    and adjectives ("Kenyan") and places in the names of bodies ("University of Nairobi") are marked
    `associative`.
    """
    toponyms = find_toponyms(document, entities)
    text = document.article.text
    return tuple(_place(r, r.toponym.span.of(text)) for r in resolve(document, toponyms))


def _place(resolved: Resolved, words: str) -> Place:
    toponym, entry = resolved.toponym, resolved.entry
    if entry is not None:
        return _located(resolved, entry, entry.name, _PRECISION[entry.kind], entry.geonameid or None)
    if resolved.within is not None:
        # The area is known and the place is not: its number would be the area's, so it has none
        return _located(resolved, resolved.within, words, _PRECISION[resolved.within.kind], None)
    return Place(toponym.span, words, associative=toponym.associative)


def _located(resolved: Resolved, at: Entry, name: str, precision: Precision, number: int | None) -> Place:
    return Place(
        span=resolved.toponym.span,
        name=name,
        lat=round(at.lat, 5),
        lon=round(at.lon, 5),
        geonameid=number,
        precision=precision,
        country=at.country or None,
        associative=resolved.toponym.associative,
    )
