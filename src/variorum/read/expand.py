"""Packed streams, expanded as they are read, with a bound on how far they may grow."""

from __future__ import annotations

import io
import sys
import zlib
from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO

from variorum.errors import ReadError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

    if sys.version_info >= (3, 14):
        from compression.zstd import ZstdDecompressor
    else:
        from backports.zstd import ZstdDecompressor

GZIP_MAGIC = b"\x1f\x8b"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
PACKED_SUFFIXES = frozenset({".gz", ".zst"})
"""What a file's name ends in when it is packed in a way that is expanded here."""

# Far beyond what text packs to; deflate itself ends at 1032:1, Zstandard at tens of thousands.
_LARGEST_RATIO = 200
_CHUNK = 65_536
# What a decoder must offer (RFC 8878 asks for 8 MB); `zstd --long` files use up to 128 MB.
_ZSTD_WINDOW_LOG = 27


def expanded(packed: BinaryIO, head: bytes, where: str, floor: int) -> BinaryIO | None:
    """`packed` expanded, or None where its first bytes, `head`, show that it is not packed.

    Reading raises `ReadError` where the data are damaged, end early, or expand like a bomb: more than
    `floor` bytes that are more than 200 times as many as came in.
    """
    if head.startswith(GZIP_MAGIC):
        return io.BufferedReader(_Gzip(packed, where, floor), _CHUNK)
    if head.startswith(ZSTD_MAGIC):
        return io.BufferedReader(_Zstandard(packed, where, floor), _CHUNK)
    return None


class _Expanded(io.RawIOBase):
    """What both kinds share: bytes come in, bytes go out, and both are counted."""

    kind = ""

    def __init__(self, packed: BinaryIO, where: str, floor: int) -> None:
        self._packed, self._where, self._floor = packed, where, floor
        self._pending = b""
        self._bytes_in = self._bytes_out = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill `buffer` with expanded bytes; 0 at the end."""
        into = memoryview(buffer).cast("B")
        while True:
            if not self._pending and not self._has_ready() and not self._fetch():
                if self._is_within():
                    what = f"ends in the middle of its {self.kind} data"
                    raise ReadError(self._where, what, "copy it again")
                return 0
            if out := self._step(len(into)):
                self._count(len(out))
                into[: len(out)] = out
                return len(out)

    def _fetch(self) -> bool:
        self._pending = some(self._packed, _CHUNK)
        self._bytes_in += len(self._pending)
        return bool(self._pending)

    def _count(self, out: int) -> None:
        self._bytes_out += out
        if self._bytes_out > max(self._floor, _LARGEST_RATIO * self._bytes_in):
            what = f"expands to more than {_LARGEST_RATIO} times its size"
            raise ReadError(self._where, what, "expand it yourself")

    def _damaged(self) -> ReadError:
        what = f"is damaged: its {self.kind} data cannot be expanded"
        return ReadError(self._where, what, "copy it again")

    def _has_ready(self) -> bool:
        return False

    def _is_within(self) -> bool:
        raise NotImplementedError

    def _step(self, wanted: int) -> bytes:
        raise NotImplementedError


class _Gzip(_Expanded):
    """A gzip stream of one or more members."""

    kind = "gzip"
    _inflate: zlib._Decompress | None = None

    def _is_within(self) -> bool:
        return self._inflate is not None

    def _step(self, wanted: int) -> bytes:
        if self._inflate is None:
            if not self._pending.strip(b"\0"):  # padding after the last member
                self._pending = b""
                return b""
            self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            out = self._inflate.decompress(self._pending, wanted)
        except zlib.error as e:
            raise self._damaged() from e
        self._pending = self._inflate.unconsumed_tail
        if self._inflate.eof:
            self._pending, self._inflate = self._inflate.unused_data, None
        return out


class _Zstandard(_Expanded):
    """A Zstandard stream of one or more frames."""

    kind = "Zstandard"
    _frame: ZstdDecompressor | None = None

    def _has_ready(self) -> bool:
        return self._frame is not None and not self._frame.needs_input

    def _is_within(self) -> bool:
        return self._frame is not None

    def _step(self, wanted: int) -> bytes:
        if sys.version_info >= (3, 14):
            from compression import zstd
        else:
            from backports import zstd

        if self._frame is None:
            window = {int(zstd.DecompressionParameter.window_log_max): _ZSTD_WINDOW_LOG}
            self._frame = zstd.ZstdDecompressor(options=window)
        try:
            out = self._frame.decompress(self._pending, wanted)
        except zstd.ZstdError as e:
            raise self._damaged() from e
        self._pending = b""
        if self._frame.eof:
            self._pending, self._frame = self._frame.unused_data, None
        return out


def some(stream: BinaryIO, limit: int) -> bytes:
    """What is there now, so that a pipe can be read while it is still written."""
    read: Callable[[int], bytes] = getattr(stream, "read1", stream.read)
    return read(limit)
