"""Articles by their words: best first, each with the exact characters that were found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from variorum.model import Article, Span
from variorum.records import Hit
from variorum.store.articles import COLUMNS, article_from, day_filter
from variorum.store.database import Database
from variorum.store.days import day_of
from variorum.store.query import expression

_TITLE_WEIGHT = 4.0
_EXCERPT = 240
_LEAD = 60  # characters before the first of the words
_PRIVATE_USE = range(0xF0000, 0xFFFFE)


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """Which articles, and how many at most.

    `outlet` is a whole name, in any case; `since` and `until` are days (ISO 8601), inclusive.

    Raises:
        UsageError: if a day is not written so.
    """

    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    limit: int = 20

    def __post_init__(self) -> None:
        day_of(self.since), day_of(self.until)


def search(database: Database, words: str, options: SearchOptions) -> Iterator[Hit]:
    """The articles that hold the words, by BM25 (Robertson and Zaragoza 2009), titles weighing more.

    Equal ranks are ordered by id, so that the order does not depend on the order of arrival.

    Raises:
        UsageError: if there is nothing to search for.
    """
    match = expression(words)
    days, bindings = day_filter(options.since, options.until)
    outlet = "TRUE" if options.outlet is None else "a.outlet = ? COLLATE NOCASE"
    named = () if options.outlet is None else (options.outlet,)
    found = database.rows(
        f"SELECT {COLUMNS}, words.rowid FROM words JOIN article AS a ON a.id = words.rowid"
        f" WHERE words MATCH ? AND {days} AND {outlet}"
        f" ORDER BY bm25(words, {_TITLE_WEIGHT}, 1.0), a.key LIMIT ?",
        (match, *bindings, *named, options.limit),
    )
    for *columns, number in found:
        article = article_from(tuple(columns))
        spans = _spans(database, match, number, article)
        yield Hit(article, spans, _excerpt(article.text, spans))


def _spans(database: Database, match: str, number: int, article: Article) -> tuple[Span, ...]:
    """Where the index found the words: it marks them in the text, and the marks are counted."""
    opening, closing = _unused(article.text)
    marked: str = database.value(
        "SELECT highlight(words, 1, ?, ?) FROM words WHERE words MATCH ? AND rowid = ?",
        (opening, closing, match, number),
    )
    spans: list[Span] = []
    start = position = 0
    for piece in re.split(f"([{opening}{closing}])", marked):
        if piece == opening:
            start = position
        elif piece == closing:
            spans.append(Span(start, position))
        else:
            position += len(piece)
    return tuple(spans)


def _unused(text: str) -> tuple[str, str]:
    """The first two private-use characters that the text does not hold."""
    used = set(text)
    opening, closing = islice((c for c in map(chr, _PRIVATE_USE) if c not in used), 2)
    return opening, closing


def _excerpt(text: str, spans: tuple[Span, ...]) -> Span:
    """About 240 characters, cut at spaces, that hold most of the spans; the first stretch that does."""
    best = most = last = 0
    for n, span in enumerate(spans):
        while last < len(spans) and spans[last].end <= span.start + _EXCERPT - _LEAD:
            last += 1
        if last - n > most:
            best, most = span.start, last - n
    start = max(0, best - _LEAD)
    end = min(len(text), start + _EXCERPT)
    if start and (space := text.find(" ", start, best)) >= 0:
        start = space + 1
    if end < len(text) and (space := text.rfind(" ", best, end)) > best:
        end = space
    return Span(start, end)
