"""Lines of a stream, each bounded, so that an input may be of any size."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

from variorum.errors import ReadError
from variorum.read.decode import marked_encoding
from variorum.read.options import ReadOptions
from variorum.read.report import Report
from variorum.read.source import Prefixed, Source, megabytes

# A line is given up, and the input with it, when it is this many times longer than a line may be.
_ENDLESS = 10


def lines(source: Source, options: ReadOptions, report: Report) -> Iterator[tuple[int, bytes]]:
    """The lines with their ends, as UTF-8 or whatever the input is in, numbered from 1.

    A line that is too long is told and left out.

    Raises:
        ReadError: if a line has no end.
    """
    readline, limit = _reader(source), options.max_bytes
    number = 0
    while line := readline(limit + 1):
        number += 1
        if len(line) > limit and not line.endswith(b"\n"):
            _pass_over(readline, f"{source.where}:{number}", limit)
            what = f"is longer than {megabytes(limit)}"
            report.skip(ReadError(f"{source.where}:{number}", what, "raise the limit or shorten it"))
        else:
            yield number, line


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
