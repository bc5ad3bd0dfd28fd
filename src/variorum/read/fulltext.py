"""The page behind an article that came as an address or an excerpt: fetched where the site allows it."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from variorum.errors import FetchError, ReadError, SkipArticle
from variorum.model import Article
from variorum.read import html, text
from variorum.read.fetch import fetch
from variorum.read.options import ReadOptions
from variorum.read.pacer import Pacer
from variorum.read.report import Notice, Report
from variorum.read.robots import EVERYTHING, NOTHING, Robots, parse_robots
from variorum.read.source import opened

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_LARGEST_ROBOTS = 512_000
_MOST_SITES = 5_000


def _told_as(problem: SkipArticle, where: str) -> SkipArticle:
    if isinstance(problem, FetchError):
        return FetchError(where, problem.what, problem.advice, problem.status, problem.retry_after)
    return ReadError(where, problem.what, problem.advice)


class FullTexts:
    """Fetches pages politely: as `robots.txt` allows, a second or more between two of one host.

    Args:
        options: limits.
        report: where to tell what went wrong.
        pacer: what keeps requests apart; pass one to share it.
    """

    def __init__(self, options: ReadOptions, report: Report, pacer: Pacer | None = None) -> None:
        self._options, self._report, self._pacer = options, report, pacer or Pacer()
        self._robots: dict[str, Robots] = {}

    def is_known(self, article: Article) -> bool:
        """Whether the caller has the page of an article already."""
        return self._options.is_known is not None and self._options.is_known(article)

    def full(self, article: Article) -> Article:
        """The article with its page's text; what its input said of title, outlet and date stays.

        Where the page cannot be had, an excerpt stays as it is, and that is told.

        Raises:
            SkipArticle: if the page cannot be had and there is no excerpt.
        """
        url = article.url or ""
        where = f"{article.path}: {url}" if article.path else url
        try:
            page = self._page(url)
        except SkipArticle as problem:
            if not article.text.strip():
                raise _told_as(problem, where) from problem
            self._report.notice(Notice(where, f"{problem.what}; its excerpt is read instead"))
            return article
        return replace(
            page,
            id=article.id if article.id != article.sha256 else "",
            title=article.title or page.title,
            outlet=article.outlet or page.outlet,
            url=article.url,
            published=article.published or page.published,
            language=page.language or article.language,
            path=article.path,
        )

    def _page(self, url: str) -> Article:
        self._turn(url)
        head, source = opened(fetch(url, self._options, self._turn), self._options)
        if not head:
            raise ReadError(url, "is empty", "save the page by hand")
        if source.media_type not in {*_PAGES, "text/plain", None}:
            raise ReadError(url, f"is {source.media_type}, no page", "give the page itself")
        parse = text.parse if source.media_type == "text/plain" else html.parse
        return next(parse(source, self._options, self._report))

    def _turn(self, url: str) -> None:
        """Wait until a page may be asked for, one that another led on to as well."""
        rules = self._rules(url)
        if not rules.allows(url):
            raise ReadError(url, "must not be fetched by programs (its robots.txt)", "save the page by hand")
        self._pacer.wait(url, rules.delay)

    def _rules(self, url: str) -> Robots:
        """The site's rules (RFC 9309, 2.3.1): without a file all is allowed, without an answer nothing."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._robots:
            if len(self._robots) >= _MOST_SITES:
                self._robots.clear()
            self._pacer.wait(url)
            self._robots[site] = self._fetched_rules(f"{site}/robots.txt")
        return self._robots[site]

    def _fetched_rules(self, url: str) -> Robots:
        try:
            _, source = opened(fetch(url, self._options), self._options)
            return parse_robots(source.stream.read(_LARGEST_ROBOTS).decode("utf-8", "replace"))
        except FetchError as problem:
            return EVERYTHING if 400 <= (problem.status or 0) < 500 else NOTHING
        except ReadError:  # packed and damaged
            return NOTHING
