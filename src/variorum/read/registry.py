"""The formats that are read, and which of them an input is in.

The order is that in which they are asked whether content without a name looks like theirs.
"""

from __future__ import annotations

import re
from pathlib import PurePath

from variorum.read import feed, html, jsonfile, jsonlines, markdown, opml, parquet, table, text, wacz, warc
from variorum.read.decode import marked_encoding
from variorum.read.expand import PACKED_SUFFIXES
from variorum.read.format import Format

FORMATS: tuple[Format, ...] = (
    jsonlines.FORMAT,
    jsonfile.FORMAT,
    warc.FORMAT,
    opml.FORMAT,
    feed.FORMAT,
    html.FORMAT,
    markdown.FORMAT,
    table.FORMAT,
    parquet.FORMAT,
    wacz.FORMAT,
    text.FORMAT,
)

# "Statement of 3 May" or "notes.2031" have no suffix; "page.pdf" has.
_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,9}")


def suffix(name: str) -> str:
    """The lower-case suffix that tells a file's format, without `.gz` or `.zst`; empty where it has none."""
    path = PurePath(name)
    if path.suffix.lower() in PACKED_SUFFIXES:
        path = path.with_suffix("")
    return path.suffix.lower() if _SUFFIX.fullmatch(path.suffix) else ""


def by_suffix(name: str) -> Format | None:
    """The format that a file's name stands for."""
    wanted = suffix(name)
    return next((f for f in FORMATS if wanted in f.suffixes), None)


def by_media_type(media_type: str) -> Format | None:
    """The format that a server's `Content-Type` stands for; `media_type` without parameters."""
    return next((f for f in FORMATS if media_type in f.media_types), None)


def by_content(head: bytes) -> Format:
    """The format that the beginning of an input looks like; plain text where nothing else fits."""
    encoding, mark = marked_encoding(head) or ("utf-8", 0)
    beginning = head[mark:].decode(encoding, "replace").lstrip()
    return next((f for f in FORMATS if f.looks_like(beginning)), text.FORMAT)


def known_suffixes() -> str:
    """All suffixes, for messages."""
    return " ".join(sorted(s for f in FORMATS for s in f.suffixes))
