"""From what a user gives to articles: locate, open, tell the format, parse, check, number."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from variorum.errors import ReadError, SkipArticle
from variorum.model import Article
from variorum.read.checked import checked
from variorum.read.decode import refuse_magic
from variorum.read.files import files_under, open_file, shown
from variorum.read.format import Format
from variorum.read.identity import UniqueIds
from variorum.read.options import ReadOptions
from variorum.read.registry import by_content, by_media_type, by_suffix, known_suffixes, suffix
from variorum.read.report import Notice, Report, ignore, stop
from variorum.read.source import Source, opened

if TYPE_CHECKING:
    from variorum.read.fulltext import FullTexts

STANDARD_INPUT = "-"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,20}://")
# Servers say these of files they know nothing about.
_PACKED_TYPES = {"application/zip", "application/zstd", "application/gzip", "application/x-gzip"}
_VAGUE_TYPES = frozenset({"text/plain", "application/octet-stream", *_PACKED_TYPES})


def read_all(
    sources: Iterable[str | Path],
    options: ReadOptions | None = None,
    on_skip: Callable[[SkipArticle], None] = stop,
    on_notice: Callable[[Notice], None] = ignore,
) -> Iterator[Article]:
    """The articles of all sources, in the order given, read as they are asked for.

    A source is a file, a folder, an `http` or `https` address, or `-` for standard input. A file or address
    given twice is read once.

    Args:
        sources: what to read.
        options: limits and assumptions; the defaults where None.
        on_skip: called for each input that is left out; reading goes on when it returns. The default raises.
        on_notice: called with what a user should know of inputs that were read.

    Raises:
        SkipArticle: what `on_skip` raises.
    """
    options = options or ReadOptions()
    report = Report(on_skip, on_notice)
    ids = UniqueIds(report)
    full = _full_texts(options, report)
    seen: set[object] = set()
    for given in sources:
        for open_source in _located(given, options, report):
            for article in _articles(open_source, seen, options, report, full):
                try:
                    ready = checked(article, options)
                except SkipArticle as problem:
                    on_skip(problem)
                else:
                    yield ids.distinct(ready) if options.unique_ids else ready


def read(path: str | Path, options: ReadOptions | None = None) -> list[Article]:
    """The articles of one file, folder or address.

    Raises:
        SkipArticle: at the first problem; nothing is left out in silence.
    """
    return list(read_all([path], options))


_Opening = Callable[[], contextlib.AbstractContextManager[tuple[Source, object]]]


def _located(given: str | Path, options: ReadOptions, report: Report) -> Iterator[_Opening]:
    """How to open each input that `given` stands for."""
    if given == STANDARD_INPUT:
        yield _standard_input
    elif isinstance(given, str) and _SCHEME.match(given):
        yield partial(_address, given, options)
    else:
        path = Path(given)
        if not os.path.isdir(path):  # Path.is_dir raises on names that are too long
            yield partial(_file, path)
            return
        try:
            for file in files_under(path, report):
                yield partial(_file, file)
        except SkipArticle as problem:
            report.skip(problem)


@contextlib.contextmanager
def _standard_input() -> Iterator[tuple[Source, object]]:
    yield Source("standard input", sys.stdin.buffer), STANDARD_INPUT


@contextlib.contextmanager
def _address(address: str, options: ReadOptions) -> Iterator[tuple[Source, object]]:
    from variorum.read.fetch import fetch

    source = fetch(address, options)
    yield source, source.url


@contextlib.contextmanager
def _file(path: Path) -> Iterator[tuple[Source, object]]:
    with open_file(path) as stream:
        status = os.fstat(stream.fileno())
        yield Source(shown(path), stream, name=path.name), (status.st_dev, status.st_ino)


def _full_texts(options: ReadOptions, report: Report) -> FullTexts | None:
    if not options.full_text:
        return None
    from variorum.read.fulltext import FullTexts

    return FullTexts(options, report)


def _articles(
    open_source: _Opening,
    seen: set[object],
    options: ReadOptions,
    report: Report,
    full: FullTexts | None,
) -> Iterator[Article]:
    """The articles of one input, unchecked; whatever is wrong with the input is told."""
    where = "input"
    try:
        with open_source() as (raw, identity):
            where = raw.where
            if identity in seen:
                report.notice(Notice(where, "was given before, and is read once"))
                return
            seen.add(identity)
            head, source = opened(raw, options)
            if not head:
                raise ReadError(where, "is empty", "give the article's text")
            form = _format_of(source, head)
            if not form.binary:
                refuse_magic(head, where)
            yield from completed(form.parse(source, options, report), form.excerpts, where, full, report)
    except SkipArticle as problem:
        report.skip(problem)
    except OSError as e:
        report.skip(
            ReadError(where, f"cannot be read: {e.strerror or e}", "check the disk or the connection")
        )


def completed(
    articles: Iterator[Article], excerpts: bool, where: str, full: FullTexts | None, report: Report
) -> Iterator[Article]:
    """The articles with the texts behind their addresses, where these are asked for.

    Those that have no text and are not to be fetched are counted and told as one.
    """
    bare, first = 0, ""
    fetched: set[str] = set()
    for article in articles:
        has_text = bool(article.text.strip())
        if article.url is None or (has_text and not (excerpts and full)):
            yield article
        elif full is None:
            bare, first = bare + 1, first or article.url
        elif article.url not in fetched:  # tables of events name one page in many rows
            fetched.add(article.url)
            if full.is_known(article):
                continue
            try:
                yield full.full(article)
            except SkipArticle as problem:
                report.skip(problem)
    if bare:
        what = f"has {bare:,} without text, only with an address (the first: {first[:200]})"
        report.skip(ReadError(where, what, "variorum add --full-text fetches them"))


def _format_of(source: Source, head: bytes) -> Format:
    """By what the server says, else by the name, else by the content."""
    if source.media_type and source.media_type not in _VAGUE_TYPES:
        if known := by_media_type(source.media_type):
            # many servers call their feeds pages
            told = by_content(head) if known.name == "html" else known
            return told if told.excerpts else known
        raise ReadError(
            source.where, f"is {source.media_type}, which is not read", "give a page, text or JSON"
        )
    if named := by_suffix(source.name):
        return named
    if source.media_type == "text/plain" and (plain := by_media_type("text/plain")):
        return plain
    told = by_content(head)
    if suffix(source.name) and source.media_type is None:
        if not told.binary:
            refuse_magic(head, source.where)
        what = f"is of a kind that is not read ({suffix(source.name)})"
        hope = "" if b"\0" in head else "; pipe it into - to try all the same"
        raise ReadError(source.where, what, f"read are {known_suffixes()}{hope}")
    return told
