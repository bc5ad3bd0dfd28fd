"""Web pages: the article that trafilatura finds in them, with what the page says of itself.

The text that spans refer to is the extracted text, a paragraph a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from variorum.errors import ReadError
from variorum.model import Article
from variorum.read.dates import iso_date
from variorum.read.format import Format
from variorum.read.markup import decoded_markup, html_tree, visible_text
from variorum.read.options import ReadOptions
from variorum.read.report import Notice, Report
from variorum.read.source import Source
from variorum.read.text import told

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BEGINNING = re.compile(
    r"<(!doctype\s+html|html|head|body|title|meta|article|section|main|div|p|h[1-6]|span|table|ul)\b|<!--|<\?xml",
    re.IGNORECASE,
)
# Nothing after it is a date of publication; the default, today, would make the result depend on the day.
_LATEST = "2099-12-31"
# The extractor is not linear in depth, and slow on pages of mere links: bounds well beyond an article's page.
_DEEPEST = 256
_MOST_ELEMENTS = 50_000
# Lists of other news and readers' comments can be longer than an article, but not so much longer.
_LONG_PAGE = 5_000
_SHORT_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class _Page:
    """What was found in a page."""

    text: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None


def parse(source: Source, options: ReadOptions, report: Report) -> Iterator[Article]:
    """The one article of a page.

    Raises:
        ReadError: if the page is too large, not text, or holds no words.
    """
    text = told(decoded_markup(source.data(options), source), source.where, report)
    tree = html_tree(text)
    if tree is None:
        raise ReadError(source.where, "is an empty page", "save the page again, complete")
    language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    visible = visible_text(tree)  # the extractor takes the tree apart
    page = _extract(tree, source.url) if _is_ordinary(tree) else None
    if page is None or not page.text.strip():
        if not visible:
            raise ReadError(source.where, "has no readable text", "save the page once it is fully shown")
        report.notice(Notice(source.where, "no article was told from the page; all of its text is read"))
        page = _Page(visible, title=_own_title(tree))
    elif len(visible) >= _LONG_PAGE and len(page.text) < _SHORT_SHARE * len(visible):
        what = f"shows {len(visible):,} characters, of which {len(page.text):,} were taken for the article"
        report.notice(Notice(source.where, what, "save its text by hand if words are missing"))
    yield Article(
        text=page.text,
        title=page.title,
        outlet=page.outlet,
        url=source.url or page.url,
        published=page.published,
        language=language,
        path=source.where,
    )


def _is_ordinary(tree: HtmlElement) -> bool:
    """Whether the page is small and flat enough for the extractor to end soon."""
    from lxml import etree

    depth = deepest = count = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        deepest = max(deepest, depth)
    return deepest <= _DEEPEST and count <= _MOST_ELEMENTS


def _extract(tree: HtmlElement, url: str | None) -> _Page | None:
    """The article and its metadata, or None where trafilatura finds none."""
    import logging

    from lxml import etree
    from trafilatura import bare_extraction
    from trafilatura.metadata import Document

    # what it has to say about a page is said by us; without a handler Python prints it
    for name in ("trafilatura", "htmldate", "justext", "courlan"):
        logging.getLogger(name).addHandler(logging.NullHandler())
    dates = {"original_date": True, "extensive_search": False, "max_date": _LATEST}
    try:
        found = bare_extraction(
            tree,
            url=url,
            include_comments=False,
            include_formatting=False,
            deduplicate=False,
            with_metadata=True,
            date_extraction_params=dates,
        )
    except (
        ArithmeticError,
        AssertionError,
        AttributeError,
        LookupError,
        RecursionError,
        TypeError,
        ValueError,
    ):
        return None  # hostile pages reach corners of the extractor; the page's plain text remains
    except etree.LxmlError:
        return None
    if not isinstance(found, Document) or not isinstance(found.text, str):
        return None
    return _Page(
        text=found.text.strip("\n"),
        title=found.title or _own_title(tree),
        outlet=found.sitename or found.hostname,
        url=found.url,
        published=_published(tree, found.date),
    )


def _published(tree: HtmlElement, day: str | None) -> str | None:
    """The date of publication, with its time of day where the page says it."""
    for value in tree.xpath('//meta[@property="article:published_time"]/@content'):
        full = iso_date(str(value))
        if full and (day is None or full.startswith(day)):
            return full
    return iso_date(day) if day else None


def _own_title(tree: HtmlElement) -> str | None:
    title = " ".join((tree.findtext(".//title") or "").split())
    return title or None


def looks_like(head: str) -> bool:
    """Whether content without a name begins with a tag that pages and their fragments begin with."""
    return _BEGINNING.match(head) is not None


FORMAT = Format(
    "html", (".html", ".htm", ".xhtml"), ("text/html", "application/xhtml+xml"), parse, looks_like
)
