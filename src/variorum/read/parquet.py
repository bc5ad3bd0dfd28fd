"""Parquet tables, a row an article, in batches; needs pyarrow, which not everybody installs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from variorum.errors import ReadError, SkipArticle
from variorum.model import Article
from variorum.read.format import Format
from variorum.read.options import ReadOptions
from variorum.read.record import ADDRESS_NAMES, KNOWN_NAMES, TEXT_NAMES, record_article
from variorum.read.report import Report
from variorum.read.source import Source

_NEEDED = "pyarrow>=17"  # the extra "parquet" by what is in it: true wherever variorum came from
_BATCH_ROWS = 64
_BY_LOWER_CASE = {name.lower(): name for name in reversed(KNOWN_NAMES)}
_LARGEST_ROW_GROUP = 4_000_000_000


def parse(source: Source, options: ReadOptions, report: Report) -> Iterator[Article]:
    """The articles of a Parquet file, in the order of its rows, told as `file#row`.

    Raises:
        ReadError: if pyarrow is missing, the input is a pipe, or the file is damaged or has no column of
            texts or addresses.
    """
    try:
        import pyarrow as arrow
        from pyarrow import parquet
    except ImportError as e:
        raise ReadError(
            source.where, "is a Parquet table, and pyarrow is not there", f"pip install '{_NEEDED}'"
        ) from e
    file = _file(source)
    number = 0
    try:
        with parquet.ParquetFile(file) as table:
            names = _columns(table.schema_arrow.names, options, source.where)
            _refuse_large(table, source.where)
            for batch in table.iter_batches(batch_size=_BATCH_ROWS, columns=list(names)):
                for row in batch.to_pylist():
                    number += 1
                    where = f"{source.where}#{number}"
                    try:
                        yield record_article(_record(row, names), where, options, report)
                    except SkipArticle as problem:
                        report.skip(problem)
    except (arrow.ArrowException, UnicodeDecodeError, OverflowError) as e:
        problem_at = f"{source.where}#{number + 1}" if number else source.where
        what = f"is damaged, or no Parquet table ({str(e)[:120]})"
        raise ReadError(problem_at, what, "copy or export it again") from e


def _file(source: Source) -> BinaryIO:
    if source.file is None:
        raise ReadError(source.where, "is a Parquet table in a pipe", "give the file itself, not packed")
    source.file.seek(0)
    return source.file


def _columns(there: list[str], options: ReadOptions, where: str) -> dict[str, str]:
    """The columns that are read, and the names by which records know them."""
    mapped = {name for _, name in options.columns}
    known = {n: n if n in mapped else _BY_LOWER_CASE.get(n.lower().replace(" ", "_"), "") for n in there}
    names = {n: as_ for n, as_ in known.items() if as_}
    if not mapped.intersection(names) and not {*TEXT_NAMES, *ADDRESS_NAMES}.intersection(names.values()):
        shown = ", ".join(name[:30] for name in there[:12])
        what = f"has no column of texts or addresses (its columns: {shown})"
        raise ReadError(where, what, "name it: variorum add --columns text=NAME")
    return names


def _refuse_large(table: object, where: str) -> None:
    metadata = table.metadata  # type: ignore[attr-defined]
    sizes = [metadata.row_group(n).total_byte_size for n in range(metadata.num_row_groups)]
    if any(size > _LARGEST_ROW_GROUP for size in sizes):
        raise ReadError(where, "has a row group of more than 4 GB", "write it with smaller row groups")


def _record(row: dict[str, object], names: dict[str, str]) -> dict[str, object]:
    from datetime import date

    record: dict[str, object] = {}
    for name, value in row.items():
        if isinstance(value, date):  # and date-times, which are dates
            value = value.isoformat()
        if value is not None and names[name] not in record:
            record[names[name]] = value
    return record


FORMAT = Format("parquet", (".parquet", ".pq"), ("application/vnd.apache.parquet",), parse, binary=True)
