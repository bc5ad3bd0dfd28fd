"""An opened input, and the wrappers that keep its size bounded."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from variorum.errors import ReadError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

    from variorum.read.options import ReadOptions

GZIP_MAGIC = b"\x1f\x8b"
# Far beyond what text packs to; deflate itself ends at 1032:1.
_LARGEST_RATIO = 200
_CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Source:
    """An input that is open for reading.

    `where` names it in messages. `name` is what its suffix is taken from, empty where it has none;
    `media_type` and `charset` are what a server said of it; `url` is the address it came from.
    """

    where: str
    stream: BinaryIO
    name: str = ""
    media_type: str | None = None
    charset: str | None = None
    url: str | None = None

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
        data = self._head[: len(into)] if self._head else memoryview(_some(self._rest, len(into)))
        self._head = self._head[len(data) :]
        into[: len(data)] = data
        return len(data)


class Expanded(io.RawIOBase):
    """A gzip stream, of one or more members, expanded as it is read.

    Reading raises `ReadError` where the data are damaged, end early, or expand like a bomb: more than
    `floor` bytes that are more than 200 times as many as came in.
    """

    def __init__(self, packed: BinaryIO, where: str, floor: int) -> None:
        self._packed, self._where, self._floor = packed, where, floor
        self._inflate: zlib._Decompress | None = None
        self._pending = b""
        self._bytes_in = self._bytes_out = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill `buffer` with expanded bytes; 0 at the end."""
        into = memoryview(buffer).cast("B")
        while True:
            if not self._pending and not self._fetch():
                if self._inflate is not None:
                    raise ReadError(self._where, "ends in the middle of its gzip data", "copy it again")
                return 0
            if out := self._step(len(into)):
                into[: len(out)] = out
                return len(out)

    def _fetch(self) -> bool:
        self._pending = _some(self._packed, _CHUNK)
        self._bytes_in += len(self._pending)
        return bool(self._pending)

    def _step(self, wanted: int) -> bytes:
        if self._inflate is None:
            if not self._pending.strip(b"\0"):  # padding after the last member
                self._pending = b""
                return b""
            self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            out = self._inflate.decompress(self._pending, wanted)
        except zlib.error as e:
            raise ReadError(
                self._where, "is damaged: its gzip data cannot be expanded", "copy it again"
            ) from e
        self._pending = self._inflate.unconsumed_tail
        if self._inflate.eof:
            self._pending, self._inflate = self._inflate.unused_data, None
        self._bytes_out += len(out)
        if self._bytes_out > max(self._floor, _LARGEST_RATIO * self._bytes_in):
            raise ReadError(
                self._where, f"expands to more than {_LARGEST_RATIO} times its size", "expand it yourself"
            )
        return out


def _some(stream: BinaryIO, limit: int) -> bytes:
    """What is there now, so that a pipe can be read while it is still written."""
    read: Callable[[int], bytes] = getattr(stream, "read1", stream.read)
    return read(limit)


def opened(source: BinaryIO, where: str, options: ReadOptions) -> tuple[bytes, BinaryIO]:
    """The first 64 kB of a stream, expanded if it is gzip, and the whole stream from its beginning."""
    head, stream = _peek(source)
    if head.startswith(GZIP_MAGIC):
        expanded = io.BufferedReader(Expanded(stream, where, options.max_bytes), _CHUNK)
        head, stream = _peek(expanded)
    return head, stream


def _peek(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    head = stream.read(_CHUNK)
    return head, io.BufferedReader(Prefixed(head, stream), _CHUNK)
