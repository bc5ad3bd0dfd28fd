"""Web archives: WARC (ISO 28500), and WET files, as streams, a record at a time.

Read here rather than through a library because a damaged record must cost that record alone: FastWARC 2.0.1
ends at the first one, and panics where the stream under it raises. Extraction takes far longer than parsing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from variorum.errors import ReadError, SkipArticle
from variorum.model import Article
from variorum.read import html, text
from variorum.read.archived import unwrapped
from variorum.read.format import Format
from variorum.read.options import ReadOptions
from variorum.read.report import Notice, Report
from variorum.read.source import Source, megabytes, opened

_VERSION = re.compile(rb"WARC/[01]\.\d{1,2}\s*\Z")
_LONGEST_LINE = 65_536
_MOST_HEADERS = 200
_CHUNK = 1_048_576
_PAGES = frozenset({"text/html", "application/xhtml+xml"})


@dataclass(frozen=True, slots=True)
class _Record:
    """One record's own headers, lower-case, and the length of its block in bytes."""

    headers: dict[str, str]
    length: int

    @property
    def url(self) -> str | None:
        """The address that was archived."""
        return self.headers.get("warc-target-uri", "").strip("<>") or None


def parse(source: Source, options: ReadOptions, report: Report) -> Iterator[Article]:
    """The articles of the pages in an archive, in their order, told as `file#record`.

    Records that are no pages (requests, images, redirects, errors) are passed over and counted; what is wrong
    with a record is told, and costs no other.

    Raises:
        ReadError: if the archive ends in the middle of a record.
    """
    stream, number, passed = source.stream, 0, 0
    while _next_version(stream, f"{source.where}#{number + 1}", report, first=not number):
        number += 1
        where = f"{source.where}#{number}"
        try:
            record = _headers(stream, where)
            block = _block(stream, record, options, where)
            page = unwrapped(block, record.headers, where, record.url) if block is not None else None
            if page is None:
                passed += 1
            else:
                yield from _articles(page, options, report)
        except _CutShort as e:
            raise ReadError(where, "is not whole: the archive ends in it", "copy the archive again") from e
        except SkipArticle as problem:
            report.skip(problem)
    if not number:
        raise ReadError(source.where, "holds no WARC record", "give a .warc or .warc.gz file")
    if passed:
        report.notice(Notice(source.where, f"{passed:,} of {number:,} records are no pages"))


class _CutShort(Exception):  # noqa: N818  (says what happened, and is caught here)
    """The stream ended within a record."""


def _next_version(stream: BinaryIO, where: str, report: Report, first: bool) -> bool:
    """Go to the next record; whatever lies before it that is no record is told once."""
    strange = found = False
    while not found and (line := stream.readline(_LONGEST_LINE)):
        found = _VERSION.match(line) is not None
        strange = strange or (not found and bool(line.strip()))
    if strange and (found or not first):
        report.skip(ReadError(where, "is not a WARC record", "reading goes on at the next one"))
    return found


def _headers(stream: BinaryIO, where: str) -> _Record:
    headers: dict[str, str] = {}
    for _ in range(_MOST_HEADERS):
        line = stream.readline(_LONGEST_LINE)
        if not line:
            raise _CutShort
        if not line.strip():
            break
        name, _, value = line.decode("utf-8", "replace").partition(":")
        headers.setdefault(name.strip().lower(), value.strip())
    else:
        raise ReadError(where, f"has more than {_MOST_HEADERS} headers", "reading goes on at the next record")
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdecimal() and len(length) < 16):
        raise ReadError(where, "does not say how long it is", "reading goes on at the next record")
    return _Record(headers, int(length))


def _block(stream: BinaryIO, record: _Record, options: ReadOptions, where: str) -> bytes | None:
    """The record's block, or None where it is of a kind that holds no page."""
    wanted = record.headers.get("warc-type", "").lower() in {"response", "resource", "conversion"}
    fits = record.length <= options.max_bytes
    if wanted and fits:
        block = stream.read(record.length)
        if len(block) < record.length:
            raise _CutShort
        return block
    left = record.length
    while left:
        chunk = stream.read(min(left, _CHUNK))
        if not chunk:
            raise _CutShort
        left -= len(chunk)
    if wanted:
        raise ReadError(where, f"is larger than {megabytes(options.max_bytes)}", "raise the limit")
    return None


def _articles(page: Source, options: ReadOptions, report: Report) -> Iterator[Article]:
    head, whole = opened(page, options)
    if not head:
        raise ReadError(page.where, "is an empty page", "archive it again")
    yield from (html.parse if page.media_type in _PAGES else text.parse)(whole, options, report)


def looks_like(head: str) -> bool:
    """Whether content without a name begins as a record does."""
    return head.startswith("WARC/1.") or head.startswith("WARC/0.")


FORMAT = Format("warc", (".warc", ".wet"), ("application/warc",), parse, looks_like, binary=True)
