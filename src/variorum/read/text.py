"""Plain text: one file is one article, and its text is the file's, character for character."""

from __future__ import annotations

from collections.abc import Iterator

from variorum.model import Article
from variorum.read.decode import Decoded, decode
from variorum.read.format import Format
from variorum.read.options import ReadOptions
from variorum.read.report import Notice, Report
from variorum.read.source import Source


def parse(source: Source, options: ReadOptions, report: Report) -> Iterator[Article]:
    """The one article of a text file.

    Raises:
        ReadError: if it is too large or not text.
    """
    yield Article(text=decoded_text(source, options, report), path=source.where, url=source.url)


def decoded_text(source: Source, options: ReadOptions, report: Report) -> str:
    """The whole source as text; a guessed encoding is told."""
    return told(decode(source.data(options), source.where, source.charset), source.where, report)


def told(decoded: Decoded, where: str, report: Report) -> str:
    """The text of `decoded`, after telling where its encoding had to be guessed."""
    if decoded.guessed and decoded.encoding == "utf-8":
        report.notice(Notice(where, "has broken UTF-8 in places, read as �", "save it as UTF-8"))
    elif decoded.guessed:
        what = f"is not UTF-8, read as Windows code page {decoded.encoding.removeprefix('cp')}"
        report.notice(Notice(where, what, "save it as UTF-8 if letters look wrong"))
    return decoded.text


FORMAT = Format("text", (".txt",), ("text/plain",), parse)
