"""Bytes to text: which encoding, and that they are text at all.

Nothing is normalised: line ends and every character stay as they are, so that offsets hold. Only a byte
order mark at the start is not part of the text.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from variorum.errors import ReadError

# The four-byte marks come first: UTF-32-LE begins with the mark of UTF-16-LE.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LATIN = ("cp1252", "cp1250", "cp1254", "cp1257", "cp1258")
_WINDOWS = (*_LATIN, "cp1251", "cp1253", "cp1255", "cp1256")
# With fewer bytes than this beyond ASCII, a text is in Latin letters.
_FEW_HIGH = 0.2
_HIGH = bytes(range(128, 256))
_SAMPLE = 65_536
_MAGIC = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "a Rich Text file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"SQLite format 3", "a database"),
)
_BINARY_CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\v\f\r\x1b\x1a")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was read in, and whether that is a guess."""

    text: str
    encoding: str
    guessed: bool = False


def marked_encoding(head: bytes) -> tuple[str, int] | None:
    """The encoding that a byte order mark names, and the mark's length in bytes."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding, len(mark)
    return None


def decode(data: bytes, where: str, declared: str | None = None) -> Decoded:
    """The text of `data`: by its byte order mark, as declared, as UTF-8, UTF-16, or a Windows code page.

    Args:
        data: the whole input.
        where: its name, for messages.
        declared: an encoding's label from a header or a page, believed only where it fits.

    Raises:
        ReadError: if the bytes are not text, or in no encoding that is known.
    """
    if marked := marked_encoding(data):
        return _strict(data[marked[1] :], marked[0], where)
    if b"\0" in data:
        wide = _utf16_without_mark(data)
        if wide is None:
            raise ReadError(where, "is binary, not text", "give the text, the saved page or JSON")
        return _strict(data, wide, where)
    _refuse_controls(data, where)
    for encoding in ("utf-8", python_codec(declared) if declared else None):
        if encoding is not None:
            try:
                return Decoded(data.decode(encoding), encoding)
            except UnicodeDecodeError:
                continue
    return _damaged_utf8(data) or _code_page(data, where)


def python_codec(label: str) -> str | None:
    """The codec for an encoding's label, or None; labels mean what browsers take them to mean.

    The WHATWG Encoding Standard reads `iso-8859-1` and `us-ascii` as Windows-1252.
    """
    try:
        info = codecs.lookup(label.strip().strip("\"'"))
    except (LookupError, ValueError):
        return None
    if not info._is_text_encoding or info.name in {
        "idna",
        "punycode",
        "unicode_escape",
        "raw_unicode_escape",
    }:
        return None
    return "cp1252" if info.name in {"iso8859-1", "ascii"} else info.name


def _strict(data: bytes, encoding: str, where: str) -> Decoded:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as e:
        what = f"is not the {encoding.upper()} it claims to be (byte {e.start})"
        raise ReadError(where, what, "save it as UTF-8") from e
    if "\0" in text:
        raise ReadError(where, "is binary, not text", "give the text, the saved page or JSON")
    _refuse_controls(text[:_SAMPLE].encode("utf-8", "replace"), where)
    return Decoded(text, encoding)


def refuse_magic(data: bytes, where: str) -> None:
    """Raise `ReadError` where an input begins as a format does that is known not to be text."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise ReadError(where, f"is {kind}, not text", "save or export it as text or HTML")


def _refuse_controls(data: bytes, where: str) -> None:
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _BINARY_CONTROLS))
    if controls > len(sample) // 20:
        raise ReadError(where, "is binary, not text", "give the text, the saved page or JSON")


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 of mostly Latin text has a NUL in nearly every other byte, all on the same side."""
    sample = data[:_SAMPLE]
    half = max(1, len(sample) // 2)
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if len(data) % 2:
        return None
    if odd > 0.7 and even < 0.05:
        return "utf-16-le"
    if even > 0.7 and odd < 0.05:
        return "utf-16-be"
    return None


def _damaged_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with a few broken bytes: taking it for a code page would mangle every other accent."""
    text = data.decode("utf-8", "replace")
    broken = text.count("�")
    whole = sum(1 for c in text if c > "\x7f") - broken
    return Decoded(text, "utf-8", guessed=True) if whole >= 4 * broken else None


def _code_page(data: bytes, where: str) -> Decoded:
    """Windows-1252 where it can be: the pages in Latin letters cannot be told apart by a few accents."""
    mostly_ascii = len(data.translate(None, _HIGH)) >= (1 - _FEW_HIGH) * len(data)
    if mostly_ascii:
        try:
            return Decoded(data.decode("cp1252"), "cp1252", guessed=True)
        except UnicodeDecodeError:
            pass
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=list(_LATIN if mostly_ascii else _WINDOWS)).best()
    if best is None:
        raise ReadError(where, "is in no text encoding that is known", "save it as UTF-8")
    return Decoded(data.decode(best.encoding), best.encoding, guessed=True)
