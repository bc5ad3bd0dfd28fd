"""An opened input, and the wrappers that keep its size bounded."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, BinaryIO

from variorum.errors import ReadError
from variorum.read.expand import expanded, some

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

    from variorum.read.options import ReadOptions

_CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Source:
    """An input that is open for reading.

    `where` names it in messages. `name` is what its suffix is taken from, empty where it has none;
    `media_type` and `charset` are what a server said of it; `url` is the address it came from. `file` is the
    same input where it can be read out of order (no pipe, not packed), at any position.
    """

    where: str
    stream: BinaryIO
    name: str = ""
    media_type: str | None = None
    charset: str | None = None
    url: str | None = None
    file: BinaryIO | None = None

    def data(self, options: ReadOptions) -> bytes:
        """The whole input.

        Raises:
            ReadError: if it is longer than `options.max_bytes` or cannot be read to its end.
        """
        data = self.stream.read(options.max_bytes + 1)
        if len(data) > options.max_bytes:
            what = f"is larger than {megabytes(options.max_bytes)}"
            raise ReadError(
                self.where, what, "raise the limit, or split it: JSON Lines have no limit but that of a line"
            )
        return data


def megabytes(count: int) -> str:
    """A number of bytes as a person would write it."""
    return f"{count / 1e6:g} MB" if count >= 1_000_000 else f"{count:,} bytes"


class Prefixed(io.RawIOBase):
    """A stream with bytes put back in front of it."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = memoryview(head), rest

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill `buffer` from the head first, then from the rest."""
        into = memoryview(buffer).cast("B")
        data = self._head[: len(into)] if self._head else memoryview(some(self._rest, len(into)))
        self._head = self._head[len(data) :]
        into[: len(data)] = data
        return len(data)


def opened(raw: Source, options: ReadOptions) -> tuple[bytes, Source]:
    """The first 64 kB of an input, expanded if it is packed, and the whole input from its beginning."""
    head, stream = _peek(raw.stream)
    wide = expanded(stream, head, raw.where, options.max_bytes)
    if wide is not None:
        head, stream = _peek(wide)
    file = raw.stream if wide is None and raw.stream.seekable() else None
    return head, replace(raw, stream=stream, file=file)


def _peek(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    head = b""
    try:
        while len(head) < _CHUNK and (more := some(stream, _CHUNK - len(head))):
            head += more
    except ReadError:  # raised again when reading comes to it; what lies before is whole
        if not head:
            raise
    return head, io.BufferedReader(Prefixed(head, stream), _CHUNK)
