"""What every article goes through, whatever it was read from: its text is checked, its metadata tidied."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from variorum.errors import ReadError
from variorum.model import Article
from variorum.read.dates import iso_date
from variorum.read.language import accept, primary_subtag
from variorum.read.options import ReadOptions

_SURROGATE = re.compile("[\ud800-\udfff]")
_LONGEST_FIELD = 500
_LONGEST_URL = 4_000


def checked(article: Article, options: ReadOptions) -> Article:
    """The article with tidy metadata, and what `options` assume where the input says nothing.

    Its text is never changed. An outlet that nobody names is taken from the address.

    Raises:
        ReadError: if the text is empty, too long, or cannot be written as UTF-8.
        LanguageError: if it is plainly not English.
    """
    where = article.path or "article"
    _check_text(article.text, where, options)
    language = primary_subtag(article.language)
    if options.check_language:
        language = accept(article.text, article.language, where)
    url = _web_address(article.url)
    return Article(
        text=article.text,
        id=_tidy(article.id) or "",
        title=_tidy(article.title),
        outlet=_tidy(article.outlet) or _tidy(options.outlet) or _host(url),
        url=url,
        published=(iso_date(article.published) if article.published else None) or options.published,
        language=language,
        path=article.path,
    )


def _check_text(text: str, where: str, options: ReadOptions) -> None:
    if not any(c.isalnum() for c in text):
        what = "holds no words" if text.strip() else "is empty"
        raise ReadError(where, what, "give the article's text")
    if len(text) > options.max_chars:
        what = f"has {len(text):,} characters, more than {options.max_chars:,}"
        raise ReadError(where, what, "raise the limit or split it")
    if "\0" in text:
        raise ReadError(where, "has NUL characters in its text", "take them out")
    if broken := _SURROGATE.search(text):
        what = f"has half a surrogate pair in its text, at character {broken.start()}"
        raise ReadError(where, what, "mend the escape \\u there")


def _tidy(value: str | None) -> str | None:
    """One line of printable text, bounded, or None."""
    if value is None:
        return None
    line = " ".join(_SURROGATE.sub("�", value[: 4 * _LONGEST_FIELD]).split())
    return "".join(c for c in line if c.isprintable())[:_LONGEST_FIELD] or None


def _web_address(url: str | None) -> str | None:
    """The address, if it is one of the web: what a page says of itself may be a script."""
    if url is None or len(url) > _LONGEST_URL or not url.isprintable() or _SURROGATE.search(url):
        return None
    return url if _host(url) else None


def _host(url: str | None) -> str | None:
    if url is None:
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return host.removeprefix("www.") or None if host and parts.scheme in {"http", "https"} else None
