"""Markup as a tree, and what a reader sees of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from variorum.read.decode import Decoded, decode, python_codec

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from variorum.read.source import Source

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(
    rb"^\s{0,9}<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w.:-]{1,40})", re.IGNORECASE
)
_BLOCK = re.compile(
    "address|article|aside|blockquote|br|dd|div|dl|dt|fieldset|figcaption|figure|footer|h[1-6]|header|hr"
    "|li|main|ol|p|pre|section|table|td|th|tr|ul"
)
_UNSEEN = re.compile(
    "aside|button|footer|form|head|iframe|nav|noscript|object|script|select|style|svg|template|textarea"
)
_SPACE = re.compile(r"[ \t\r\n\f\u00a0]+")
# libxml2 keeps them, lxml then refuses to write the text that holds them
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# Images and drawings inside a tag say nothing, and libxml2 takes quadratic time over a tag's attributes.
_LONG_TAG = re.compile(r"<([A-Za-z][A-Za-z0-9]{0,20})[^<>]{8000,}")


def decoded_markup(data: bytes, source: Source) -> Decoded:
    """As the HTML standard has it: byte order mark, then the server's word, then the page's own."""
    if source.charset and python_codec(source.charset):
        return decode(data, source.where, source.charset)
    head = data[:4096]
    said = _META_CHARSET.search(head) or _XML_ENCODING.match(head)
    return decode(data, source.where, said[1].decode("ascii", "replace") if said else None)


def without_controls(text: str) -> str:
    """The text with the control characters that no XML may hold as spaces."""
    return _CONTROL.sub(" ", text)


def html_tree(text: str) -> HtmlElement | None:
    """The tree of a page or a piece of one; None where there is none."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    # huge_tree: otherwise libxml2 drops, without a word, what lies deeper than 256 elements
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        clean = _LONG_TAG.sub(r"<\1", without_controls(text))
        return document_fromstring(clean.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def visible_text(tree: HtmlElement) -> str:
    """All that a page shows outside its navigation, a block a line."""
    from lxml import etree

    lines: list[str] = []
    words: list[str] = []

    def end_line() -> None:
        if line := _SPACE.sub(" ", "".join(words)).strip():
            lines.append(line)
        words.clear()

    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        # comments and unknown entities have a function for a tag; a reader sees the entity as written
        tag = element.tag if isinstance(element.tag, str) else ""
        hidden = _UNSEEN.fullmatch(tag) if tag else element.tag is not etree.Entity
        if _BLOCK.fullmatch(tag):
            end_line()
        if event == "start" and hidden:
            walk.skip_subtree()
        elif event == "start":
            words.append(element.text or "")
        if event == "end":
            words.append(element.tail or "")
    end_line()
    return "\n".join(lines)


def plain(markup: str) -> str:
    """A piece of HTML as text, a block a line; text without markup stays as it is, but for its edges."""
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    tree = html_tree(markup)
    return visible_text(tree) if tree is not None else ""
