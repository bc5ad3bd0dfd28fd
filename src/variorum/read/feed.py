"""Feeds: RSS 0.9 to 2.0 (RDF too), Atom, an article an entry.

Parsed with lxml, which reading pages needs anyway. Dates go through `dates`: feed libraries fill in what an
entry leaves unsaid from today's date, and the result would depend on the day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from variorum.errors import ReadError
from variorum.model import Article
from variorum.read.format import Format
from variorum.read.markup import decoded_markup, plain, visible_text, without_controls
from variorum.read.options import ReadOptions
from variorum.read.report import Notice, Report
from variorum.read.source import Source
from variorum.read.text import told

if TYPE_CHECKING:
    from lxml.etree import _Element

_ATOM = "http://www.w3.org/2005/Atom"
# The namespaces whose elements go by their plain names; entries may carry "title" and "content" of others.
_PLAIN_NAMESPACES = frozenset(
    {
        "",
        _ATOM,
        "http://purl.org/atom/ns#",
        "http://purl.org/rss/1.0/",
        "http://my.netscape.com/rdf/simple/0.9/",
        "http://channel.netscape.com/rdf/simple/0.9/",
        "http://backend.userland.com/rss2",
    }
)
_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dc",
    "http://purl.org/rss/1.0/modules/content/": "content",
}
_XML = "{http://www.w3.org/XML/1998/namespace}"
_ROOT = re.compile(
    r"(?:<\?xml[^>]{0,300}\?>|<\?[^>]{0,2000}\?>|<!--(?:[^-]|-(?!->)){0,5000}-->|<!DOCTYPE[^>\[]{0,500}>|\s){0,50}"
    r"<(?:rss|feed|rdf:RDF|RDF)\b",
    re.IGNORECASE,
)
_PROLOGUE = re.compile(r"<[A-Za-z]")
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});")
_OWN_TO_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
_MOST_ENTRIES = 50_000

Fields = dict[str, "_Element"]


@dataclass(frozen=True, slots=True)
class _Channel:
    """What a feed says of all its entries."""

    title: str | None
    language: str | None
    base: str | None


def parse(source: Source, options: ReadOptions, report: Report) -> Iterator[Article]:
    """The articles of a feed, in its order, told as `feed#entry`; one without words has an empty text.

    Raises:
        ReadError: if it is no feed, or declares entities of its own, which is how small files grow endless.
    """
    root = xml_tree(source, options, report)
    local = _name(root).lower()
    if local not in {"rss", "feed", "rdf", "rdf:rdf"}:
        raise ReadError(source.where, f"is no feed (its root is {local[:40]})", "give RSS, Atom or JSON Feed")
    channel = next((e for e in root if _name(e) == "channel"), root)
    head = _fields(channel)
    about = _Channel(
        _words(head.get("title")),
        _words(head.get("language")) or root.get(_XML + "lang"),
        root.get(_XML + "base") or _link(head, channel) or source.url,
    )
    entries = [
        e for parent in dict.fromkeys((channel, root)) for e in parent if _name(e) in {"item", "entry"}
    ]
    if not entries:
        report.notice(Notice(source.where, "is a feed without entries"))
    if len(entries) > _MOST_ENTRIES:
        report.notice(Notice(source.where, f"has {len(entries):,} entries; {_MOST_ENTRIES:,} are read"))
    for number, entry in enumerate(entries[:_MOST_ENTRIES], 1):
        yield _article(entry, about, f"{source.where}#{number}")


def xml_tree(source: Source, options: ReadOptions, report: Report) -> _Element:
    """The root of an XML input; nothing outside it is loaded, and no entity but HTML's is expanded.

    Raises:
        ReadError: if it is no XML, or declares entities.
    """
    from html.entities import html5

    from lxml import etree

    text = told(decoded_markup(source.data(options), source), source.where, report).lstrip()
    root = _PROLOGUE.search(text)
    if root is None:
        raise ReadError(source.where, "is no XML", "give a feed")
    if "<!ENTITY" in text[: root.start()].upper():
        raise ReadError(source.where, "declares entities of its own, which is not read", "take them out")

    def character(m: re.Match[str]) -> str:
        return m[0] if m[1] in _OWN_TO_XML else html5.get(m[1] + ";", m[0])

    # without the declaration: what it says of the encoding holds no longer
    body = _NAMED.sub(character, without_controls(text[root.start() :]))
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        tree: _Element | None = etree.fromstring(body.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as e:
        raise ReadError(source.where, f"is broken XML: {str(e)[:120]}", "get it again") from e
    if tree is None:
        raise ReadError(source.where, "is broken XML", "get it again")
    if parser.error_log:
        what = f"is broken XML at line {parser.error_log[0].line}; what can be told of it is read"
        report.notice(Notice(source.where, what))
    return tree


def _article(entry: _Element, about: _Channel, where: str) -> Article:
    fields = _fields(entry)
    url = _link(fields, entry)
    base = entry.get(_XML + "base") or about.base
    texts = (_words(fields.get(name)) for name in ("content:encoded", "content", "description", "summary"))
    dates = (_words(fields.get(name)) for name in _DATES)
    return Article(
        text=next((t for t in texts if t), ""),
        title=_one_line(_words(fields.get("title"))),
        outlet=_one_line(_origin(fields.get("source")) or about.title),
        url=_joined(base, url),
        published=next((d for d in dates if d), None),
        language=_words(fields.get("dc:language")) or entry.get(_XML + "lang") or about.language,
        path=where,
    )


_DATES = ("pubDate", "published", "dc:date", "issued", "dc:issued", "updated", "modified")


def _fields(parent: _Element) -> Fields:
    """The first element of each name."""
    fields: Fields = {}
    for element in parent:
        if (name := _name(element)) and (name != "link" or _is_main_link(element)):
            fields.setdefault(name, element)
    return fields


def _is_main_link(element: _Element) -> bool:
    return element.get("rel", "alternate") == "alternate" and bool(element.get("href") or element.text)


def _name(element: _Element) -> str:
    """`title`, `dc:date`, `content:encoded`; empty for elements of other namespaces."""
    namespace, _, local = str(element.tag).rpartition("}")
    namespace = namespace.removeprefix("{")
    if namespace in _PLAIN_NAMESPACES or (local == "RDF" and namespace.endswith("rdf-syntax-ns#")):
        return local
    prefix = _PREFIXES.get(namespace)
    return f"{prefix}:{local}" if prefix else ""


def _link(fields: Fields, parent: _Element) -> str | None:
    link = fields.get("link")
    if link is not None:
        return (link.get("href") or link.text or "").strip() or None
    guid = fields.get("guid")
    if guid is not None and guid.get("isPermaLink", "true").lower() == "true" and parent is not None:
        address = (guid.text or "").strip()
        return address if address.lower().startswith(("http://", "https://")) else None
    return None


def _joined(base: str | None, url: str | None) -> str | None:
    try:
        return urljoin(base, url) if base and url else url
    except ValueError:
        return None


def _words(element: _Element | None) -> str | None:
    """What an element says, without markup, a block a line."""
    if element is None:
        return None
    if len(element):  # Atom's xhtml, or markup that nobody escaped
        for inner in element.iter("{*}*"):
            inner.tag = str(inner.tag).rpartition("}")[2].lower()
        return visible_text(element) or None
    said = element.text or ""
    if element.get("type") == "text":
        return said.strip() or None
    return plain(said) or None


def _origin(source: _Element | None) -> str | None:
    """Where an aggregator has an entry from: the name in RSS's `source`, or the title of Atom's."""
    if source is None:
        return None
    return _words(_fields(source).get("title")) if len(source) else _words(source)


def _one_line(value: str | None) -> str | None:
    return " ".join(value.split()) if value else None


def looks_like(head: str) -> bool:
    """Whether content without a name has a feed's root."""
    return _ROOT.match(head) is not None


FORMAT = Format(
    "feed",
    (".rss", ".atom", ".rdf", ".xml"),
    ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml"),
    parse,
    looks_like,
    excerpts=True,
)
