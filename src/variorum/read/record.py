"""JSON values to articles: our own field names, and those that trafilatura, news-please and others write."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from variorum.errors import ReadError, SkipArticle
from variorum.model import Article
from variorum.read.dates import iso_date
from variorum.read.options import ReadOptions
from variorum.read.report import Notice, Report

# In order of preference; what stands first is what we write ourselves.
TEXT_NAMES = ("text", "maintext", "raw_text", "content", "body", "articleBody", "article_text", "full_text")
_TITLE = ("title", "headline")
_OUTLET = (
    "outlet",
    "sitename",
    "site_name",
    "source-hostname",
    "publisher",
    "source",
    "hostname",
    "source_domain",
    "domain",
    "media_name",
    "source_name",
    "publication",
)
ADDRESS_NAMES = ("url", "link", "article_url", "source")
_PUBLISHED = (
    "published",
    "date_publish",
    "date",
    "publishedAt",
    "published_at",
    "publish_date",
    "datePublished",
    "pubDate",
    "date_published",
    "publication_date",
    "seendate",
)
_LANGUAGE = ("language", "lang")
_ADDRESS = ("http://", "https://")
KNOWN_NAMES = ("id", *TEXT_NAMES, *_TITLE, *_OUTLET, *ADDRESS_NAMES, *_PUBLISHED, *_LANGUAGE)
"""Every name of a field that is understood."""


def parse_json(text: str, where: str) -> object:
    """The value of a JSON text.

    Raises:
        ReadError: naming line and column where it is broken, or saying that it is nested too deeply.
    """
    try:
        value: object = json.loads(text)
    except json.JSONDecodeError as e:
        place = where if e.lineno == 1 else f"{where}:{e.lineno}"
        raise ReadError(place, f"broken JSON at column {e.colno}: {e.msg}", "mend or remove it") from e
    except RecursionError as e:
        raise ReadError(where, "JSON nested too deeply", "an article is a flat object") from e
    except ValueError as e:  # a number of thousands of digits
        raise ReadError(where, f"JSON that cannot be read: {e}", "mend or remove it") from e
    return value


def articles(value: object, where: str, options: ReadOptions, report: Report) -> Iterator[Article]:
    """The articles of a JSON value: an object, an array of them, or an object that holds `articles`.

    A record that is no article is told and left out.
    """
    if isinstance(value, dict) and isinstance(value.get("articles"), list) and not _has_text(value):
        value = value["articles"]
    if not isinstance(value, list):
        yield from _article(value, where, options, report)
        return
    if not value:
        report.skip(ReadError(where, "holds no articles", "give objects with a text field"))
    for number, item in enumerate(value, 1):
        yield from _article(item, f"{where}#{number}", options, report)


def _has_text(record: dict[str, object]) -> bool:
    return any(name in record for name in TEXT_NAMES)


def _article(value: object, where: str, options: ReadOptions, report: Report) -> Iterator[Article]:
    try:
        if not isinstance(value, dict):
            raise ReadError(where, f"is {_kind(value)}, not an object", 'write {"text": "…"}')
        article = record_article(value, where, options, report)
    except SkipArticle as problem:
        report.skip(problem)
    else:
        yield article


def record_article(record: dict[str, object], where: str, options: ReadOptions, report: Report) -> Article:
    """The article of one record; one that has an address but no text has an empty text.

    Raises:
        ReadError: if it has neither.
    """
    record = record | {field: record[name] for field, name in options.columns if name in record}
    url = next((v for v in _strings(record, ADDRESS_NAMES) if v.lower().startswith(_ADDRESS)), None)
    return Article(
        text=_text(record, where, url is not None),
        id=_identifier(record.get("id")),
        title=_first(record, _TITLE),
        outlet=_outlet(record),
        url=url,
        published=_published(record, where, report),
        language=_first(record, _LANGUAGE),
        path=where,
    )


def _text(record: dict[str, object], where: str, has_address: bool) -> str:
    found = [(name, record[name]) for name in TEXT_NAMES if record.get(name) is not None]
    if not found:
        if has_address:
            return ""
        raise ReadError(where, "has no text field", 'put the article\'s words into "text"')
    for _, value in found:
        if isinstance(value, str) and value.strip():
            return value
    name, value = found[0]
    if isinstance(value, str) and has_address:
        return ""
    if isinstance(value, str):
        raise ReadError(where, f"has an empty {name} field", 'put the article\'s words into "text"')
    raise ReadError(where, f"has {_kind(value)} as its {name} field", "it must be a string")


def _strings(record: dict[str, object], names: Iterable[str]) -> Iterator[str]:
    for name in names:
        value = record.get(name)
        if isinstance(value, dict):  # schema.org and NewsAPI name the publisher in an object
            value = value.get("name")
        if isinstance(value, str) and value.strip():
            yield value.strip()


def _first(record: dict[str, object], names: Iterable[str]) -> str | None:
    return next(_strings(record, names), None)


def _outlet(record: dict[str, object]) -> str | None:
    names = (v for v in _strings(record, _OUTLET) if not v.lower().startswith(_ADDRESS))
    return next(names, None)


def _identifier(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value.strip() if isinstance(value, str) else ""


def _published(record: dict[str, object], where: str, report: Report) -> str | None:
    refused: list[str] = []
    for name in _PUBLISHED:
        value = record.get(name)
        if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip():
            if date := iso_date(value):
                return date
            refused.append(f"{name} {str(value)[:40]!r}")
    if refused:
        what = f"its {refused[0]} is not a date that can mean one day only, and is left out"
        report.notice(Notice(where, what, "write it as 2031-05-17"))
    return None


def _kind(value: object) -> str:
    if value is None:
        return "null"
    names = {bool: "true or false", int: "a number", float: "a number", str: "a string", list: "an array"}
    return names.get(type(value), "an object")
