"""OPML: a list of feeds, each of which is fetched and read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from variorum.errors import ReadError, SkipArticle
from variorum.model import Article
from variorum.read import feed, jsonfile
from variorum.read.feed import xml_tree
from variorum.read.format import Format
from variorum.read.options import ReadOptions
from variorum.read.pacer import Pacer
from variorum.read.report import Notice, Report
from variorum.read.source import Source, opened

_MOST_FEEDS = 10_000


@dataclass(frozen=True, slots=True)
class Listed:
    """A feed that a list names: its address, and what the list calls it."""

    url: str
    title: str | None = None


def feeds(source: Source, options: ReadOptions, report: Report) -> list[Listed]:
    """The feeds of a list, each once, in its order, whatever folders they are in.

    Addresses that are not of the web are told and left out.

    Raises:
        ReadError: if it is no OPML, or names no feed.
    """
    root = xml_tree(source, options, report)
    if str(root.tag).rpartition("}")[2].lower() != "opml":
        raise ReadError(source.where, "is no OPML", "give a list of feeds")
    found: dict[str, Listed] = {}
    strange: list[str] = []
    for outline in root.iter("{*}outline"):
        attributes = {str(name).lower(): str(value).strip() for name, value in outline.attrib.items()}
        url = attributes.get("xmlurl", "")
        if not url:
            continue
        if not url.lower().startswith(("http://", "https://")):
            strange.append(url[:80])
            continue
        title = attributes.get("title") or attributes.get("text")
        found.setdefault(url, Listed(url, " ".join(title.split()) if title else None))
    if strange:
        what = f"lists {len(strange):,} feeds that are no address of the web (the first: {strange[0]!r})"
        report.skip(ReadError(source.where, what, "correct it"))
    if not found:
        raise ReadError(source.where, "lists no feed", 'write <outline xmlUrl="https://…"/>')
    if len(found) > _MOST_FEEDS:
        report.notice(Notice(source.where, f"lists {len(found):,} feeds; {_MOST_FEEDS:,} are read"))
    return list(found.values())[:_MOST_FEEDS]


def parse(source: Source, options: ReadOptions, report: Report) -> Iterator[Article]:
    """The articles of all feeds that a list names; a feed that cannot be had is told and costs no other.

    Raises:
        ReadError: if it is no OPML, or names no feed.
    """
    from variorum.read.fetch import fetch

    pacer = Pacer()
    for listed in feeds(source, options, report):
        try:
            pacer.wait(listed.url)
            yield from parse_feed(fetch(listed.url, options), options, report)
        except SkipArticle as problem:
            report.skip(problem)


def parse_feed(answer: Source, options: ReadOptions, report: Report) -> Iterator[Article]:
    """The articles of a fetched feed: RSS, Atom or JSON Feed, told by its content, for servers often err.

    Raises:
        ReadError: if it is none of them.
    """
    head, source = opened(answer, options)
    if not head:
        raise ReadError(answer.where, "is empty", "look at it in a browser")
    if source.media_type and source.media_type.startswith("image/"):
        raise ReadError(answer.where, f"is {source.media_type}, no feed", "correct its address")
    parse_it = jsonfile.parse if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") else feed.parse
    yield from parse_it(source, options, report)


def looks_like(head: str) -> bool:
    """Whether content without a name has a list's root near its beginning."""
    return "<opml" in head[:1_000]


FORMAT = Format(
    "opml",
    (".opml",),
    ("text/x-opml", "text/x-opml+xml", "application/opml+xml"),
    parse,
    looks_like,
    excerpts=True,
)
