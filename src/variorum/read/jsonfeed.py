"""JSON Feed 1.0 and 1.1, an article an item."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeGuard

from variorum.errors import ReadError, SkipArticle
from variorum.model import Article
from variorum.read.markup import plain
from variorum.read.options import ReadOptions
from variorum.read.record import record_article
from variorum.read.report import Report

_VERSION = ("https://jsonfeed.org/version/", "http://jsonfeed.org/version/")


def is_feed(value: object) -> TypeGuard[dict[str, object]]:
    """Whether a JSON value says that it is a feed."""
    return isinstance(value, dict) and str(value.get("version", "")).startswith(_VERSION)


def articles(feed: dict[str, object], where: str, options: ReadOptions, report: Report) -> Iterator[Article]:
    """The articles of a feed, in its order; one without words has an empty text."""
    items = feed.get("items")
    for number, item in enumerate(items if isinstance(items, list) else [], 1):
        here = f"{where}#{number}"
        try:
            if not isinstance(item, dict):
                raise ReadError(here, "is not an object", "get the feed again")
            record = {
                "text": _text(item),
                "title": item.get("title"),
                "outlet": feed.get("title"),
                "url": item.get("url") or item.get("external_url"),
                "published": item.get("date_published") or item.get("date_modified"),
                "language": item.get("language") or feed.get("language"),
            }
            yield record_article(record, here, options, report)
        except SkipArticle as problem:
            report.skip(problem)


def _text(item: dict[str, object]) -> str | None:
    for name in ("content_text", "content_html", "summary"):
        value = item.get(name)
        if isinstance(value, str) and (words := plain(value) if name == "content_html" else value).strip():
            return words
    return None
