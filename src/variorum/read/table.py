"""Tables: CSV and TSV, a row an article, read as a stream; columns by their usual names or as mapped.

GDELT's own tables have no header. They are told by their shape: GKG 2.1 has 27 columns, Events 2.0 has 61 (58
before 2015), and each row begins with a number of its own (GDELT Codebooks V2.1 and V2.0).
"""

from __future__ import annotations

import csv
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from variorum.errors import ReadError, SkipArticle
from variorum.model import Article
from variorum.read.decode import decode
from variorum.read.format import Format
from variorum.read.lines import lines
from variorum.read.options import ReadOptions
from variorum.read.record import ADDRESS_NAMES, KNOWN_NAMES, TEXT_NAMES, record_article
from variorum.read.report import Report
from variorum.read.source import Source
from variorum.read.text import told

_DELIMITERS = ",\t;|"
_BY_LOWER_CASE = {name.lower(): name for name in reversed(KNOWN_NAMES)}
# What programs write where they have no value.
_NO_VALUE = frozenset({"", "null", "none", "nan", "na", "n/a", r"\n"})
_GKG_COLUMNS, _GKG_FIRST = 27, re.compile(r"\d{14}-T?\d{1,9}")
_EVENT_COLUMNS, _EVENT_FIRST = (58, 61), re.compile(r"\d{6,12}")
_PAGE_TITLE = re.compile(r"<PAGE_TITLE>([^<]{1,1000})</PAGE_TITLE>")
_EXTRAS = "V2EXTRASXML"
_MOST_COLUMNS = 10_000


@dataclass(frozen=True, slots=True)
class _Shape:
    """How the rows of a table are cut, and what their cells are called."""

    delimiter: str
    quoting: Literal[0, 3]
    names: tuple[str, ...]
    has_header: bool


class _Text:
    """A source's lines as text, its encoding told once; knows the number of the line it gave last."""

    def __init__(self, source: Source, options: ReadOptions, report: Report) -> None:
        self._lines, self._where, self._report = lines(source, options, report), source.where, report
        self._told = False
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        self.number, line = next(self._lines)
        if line.isascii() and b"\0" not in line:  # cells may be many short lines
            return line.decode("ascii")
        where = f"{self._where}:{self.number}"
        decoded = decode(line, where) if line.strip() else None
        if decoded is None:
            return line.decode("utf-8", "replace")
        if decoded.guessed and not self._told:
            self._told = True
            told(decoded, where, self._report)
        return decoded.text


def parse(source: Source, options: ReadOptions, report: Report) -> Iterator[Article]:
    """The articles of a table, in the order of its rows; a bad row is told as `file:line` and left out.

    Raises:
        ReadError: if no column holds texts or addresses, or a quotation mark is never closed.
    """
    text = _Text(source, options, report)
    try:
        first = next(line for line in text if line.strip())
    except StopIteration:
        raise ReadError(source.where, "is empty", "give a header and rows") from None
    shape = _shape(first, options)
    _require_columns(shape, source.where, options)
    if not shape.has_header:
        yield from _article(_cells(first, shape), shape, f"{source.where}:{text.number}", options, report)
    # the limit is one for the whole process: it is only ever raised
    csv.field_size_limit(max(csv.field_size_limit(), options.max_bytes))
    header = text.number
    yield from _rows(text, shape, source.where, options, report)
    if shape.has_header and text.number == header:
        raise ReadError(source.where, "has a header and no rows", "export it again")


def _rows(text: _Text, shape: _Shape, where: str, options: ReadOptions, report: Report) -> Iterator[Article]:
    reader = csv.reader(text, delimiter=shape.delimiter, quoting=shape.quoting, strict=True)
    while True:
        here = f"{where}:{text.number + 1}"
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as e:
            if "unexpected end" in str(e) or "field limit" in str(e):
                what = "opens a quotation mark that is never closed; the rows after it are lost"
                raise ReadError(here, what, "mend the quotation mark") from e
            report.skip(ReadError(here, f"is a broken row: {e}", "mend or remove it"))
            continue
        if any(cell.strip() for cell in cells):
            yield from _article(cells, shape, here, options, report)


def _shape(first: str, options: ReadOptions) -> _Shape:
    """By the names in the header, else by what GDELT's rows look like."""
    cells = first.rstrip("\r\n").split("\t")
    if len(cells) == _GKG_COLUMNS and _GKG_FIRST.fullmatch(cells[0]):
        names = [""] * _GKG_COLUMNS
        names[0], names[1], names[3], names[4], names[26] = "id", "published", "outlet", "url", _EXTRAS
        return _Shape("\t", csv.QUOTE_NONE, tuple(names), has_header=False)
    if len(cells) in _EVENT_COLUMNS and _EVENT_FIRST.fullmatch(cells[0]):
        names = [""] * len(cells)
        names[-2], names[-1] = "published", "url"
        return _Shape("\t", csv.QUOTE_NONE, tuple(names), has_header=False)
    shapes = [_Shape(d, csv.QUOTE_MINIMAL, _names(first, d, options), has_header=True) for d in _DELIMITERS]
    known = set(KNOWN_NAMES)
    return max(shapes, key=lambda s: (len(known.intersection(s.names)), len(s.names)))


def _names(first: str, delimiter: str, options: ReadOptions) -> tuple[str, ...]:
    mapped = {name for _, name in options.columns}
    cells = _cells(first, _Shape(delimiter, csv.QUOTE_MINIMAL, (), has_header=True))
    plain = [cell.strip() for cell in cells[:_MOST_COLUMNS]]
    return tuple(n if n in mapped else _BY_LOWER_CASE.get(n.lower().replace(" ", "_"), n) for n in plain)


def _cells(line: str, shape: _Shape) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=shape.delimiter, quoting=shape.quoting), [])
    except csv.Error:
        return []


def _require_columns(shape: _Shape, where: str, options: ReadOptions) -> None:
    wanted = {name for field, name in options.columns if field in {"text", "url"}}
    if not wanted.union(TEXT_NAMES, ADDRESS_NAMES).intersection(shape.names):
        shown = ", ".join(name[:30] for name in shape.names[:12] if name)
        what = f"has no column of texts or addresses (its columns: {shown})"
        raise ReadError(where, what, "name it: variorum add --columns text=NAME")


def _article(
    cells: list[str], shape: _Shape, where: str, options: ReadOptions, report: Report
) -> Iterator[Article]:
    try:
        if len(cells) > len(shape.names):
            what = f"has {len(cells)} cells, {len(shape.names)} columns"
            raise ReadError(where, what, "put cells with the separator in them between quotation marks")
        yield record_article(row_record(dict(zip(shape.names, cells, strict=False))), where, options, report)
    except SkipArticle as problem:
        report.skip(problem)


def row_record(row: dict[str, str]) -> dict[str, object]:
    """A row as a record: without cells that say that there is no value."""
    record: dict[str, object] = {n: c for n, c in row.items() if n and c.strip().lower() not in _NO_VALUE}
    if titled := _PAGE_TITLE.search(str(record.pop(_EXTRAS, ""))):
        record["title"] = html.unescape(titled[1])
    return record


FORMAT = Format(
    "table", (".csv", ".tsv"), ("text/csv", "text/tab-separated-values", "application/csv"), parse
)
