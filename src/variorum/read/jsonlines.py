"""JSON Lines: an article a line, read as a stream, so that the file may be of any size."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator

from variorum.errors import ReadError, SkipArticle
from variorum.model import Article
from variorum.read.decode import decode, marked_encoding
from variorum.read.format import Format
from variorum.read.options import ReadOptions
from variorum.read.record import articles, parse_json
from variorum.read.report import Report
from variorum.read.source import Prefixed, Source, megabytes
from variorum.read.text import told

# A line is given up, and the input with it, when it is this many times longer than a line may be.
_ENDLESS = 10


def parse(source: Source, options: ReadOptions, report: Report) -> Iterator[Article]:
    """The articles of a JSON Lines file, in their order; a bad line is told as `file:line` and left out.

    Raises:
        ReadError: if the input as a whole is of no use: no line at all, one without end, one JSON document
            spread over lines.
    """
    found = False
    for number, line in _lines(source, options, report):
        where = f"{source.where}:{number}"
        if not found and line.strip() in {b"{", b"["}:
            what = "is one JSON document over several lines, not JSON Lines"
            raise ReadError(source.where, what, "name it .json")
        found = True
        try:
            value = parse_json(told(decode(line, where), where, report), where)
        except SkipArticle as problem:
            report.skip(problem)
        else:
            yield from articles(value, where, report)
    if not found:
        raise ReadError(source.where, "is empty", "give JSON objects, one a line")


def _lines(source: Source, options: ReadOptions, report: Report) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, with their numbers from 1; one that is too long is told."""
    readline, limit = _reader(source), options.max_bytes
    number = 0
    while line := readline(limit + 1):
        number += 1
        if len(line) > limit and not line.endswith(b"\n"):
            _pass_over(readline, f"{source.where}:{number}", limit)
            what = f"is longer than {megabytes(limit)}"
            report.skip(ReadError(f"{source.where}:{number}", what, "raise the limit or shorten it"))
        elif line.strip():
            yield number, line.rstrip(b"\r\n")


def _pass_over(readline: Callable[[int], bytes], where: str, limit: int) -> None:
    for _ in range(_ENDLESS):
        more = readline(limit)
        if not more or more.endswith(b"\n"):
            return
    raise ReadError(where, "is a line without end", "the rest of the input is not read")


def _reader(source: Source) -> Callable[[int], bytes]:
    """Reads a line up to a number of bytes (of characters, where the input is UTF-16), as UTF-8."""
    head = source.stream.read(4)
    stream = io.BufferedReader(Prefixed(head, source.stream))
    encoding, length = marked_encoding(head) or ("utf-8", 0)
    stream.read(length)
    if encoding == "utf-8":
        return stream.readline
    wide = io.TextIOWrapper(stream, encoding, newline="\n")

    def readline(limit: int) -> bytes:
        try:
            return wide.readline(limit).encode("utf-8", "surrogatepass")
        except UnicodeDecodeError as e:
            raise ReadError(
                source.where, f"is not the {encoding.upper()} it claims to be", "save it as UTF-8"
            ) from e

    return readline


def looks_like(head: str) -> bool:
    """Whether content without a name begins with a whole object on one line."""
    first, line_end, _ = head.partition("\n")
    if not first.startswith("{"):
        return False
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        return not line_end and first[1:].lstrip().startswith('"')
    return True


FORMAT = Format(
    "jsonl",
    (".jsonl", ".ndjson"),
    ("application/x-ndjson", "application/jsonl", "application/x-jsonlines", "application/jsonlines"),
    parse,
    looks_like,
)
