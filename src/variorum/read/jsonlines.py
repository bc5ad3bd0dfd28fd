"""JSON Lines: an article a line, read as a stream, so that the file may be of any size."""

from __future__ import annotations

import json
from collections.abc import Iterator

from variorum.errors import ReadError, SkipArticle
from variorum.model import Article
from variorum.read.decode import decode
from variorum.read.format import Format
from variorum.read.lines import lines
from variorum.read.options import ReadOptions
from variorum.read.record import articles, parse_json
from variorum.read.report import Report
from variorum.read.source import Source
from variorum.read.text import told


def parse(source: Source, options: ReadOptions, report: Report) -> Iterator[Article]:
    """The articles of a JSON Lines file, in their order; a bad line is told as `file:line` and left out.

    Raises:
        ReadError: if the input as a whole is of no use: no line at all, one without end, one JSON document
            spread over lines.
    """
    found = False
    for number, whole in lines(source, options, report):
        line = whole.rstrip(b"\r\n")
        if not line.strip():
            continue
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
            yield from articles(value, where, options, report)
    if not found:
        raise ReadError(source.where, "is empty", "give JSON objects, one a line")


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
