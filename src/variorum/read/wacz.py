"""WACZ: web archives in a ZIP file, the WARC files under `archive/` (Webrecorder's specification 1.1)."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from variorum.errors import ReadError, SkipArticle
from variorum.model import Article
from variorum.read import warc
from variorum.read.format import Format
from variorum.read.options import ReadOptions
from variorum.read.report import Report
from variorum.read.source import Source, opened

# WARC files lie in it as they are: nothing in it packs further.
_LARGEST_RATIO = 200
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED = 1
_BROKEN = (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error, RuntimeError, ValueError)


def parse(source: Source, options: ReadOptions, report: Report) -> Iterator[Article]:
    """The articles of all WARC files in the archive, told as `file!archive/name#record`.

    Raises:
        ReadError: if the input is a pipe, no ZIP file, or holds no WARC file.
    """
    if source.file is None:
        raise ReadError(source.where, "is a WACZ archive in a pipe", "give the file itself")
    try:
        archive = zipfile.ZipFile(source.file)
        members = [m for m in archive.infolist() if m.filename.lower().endswith((".warc", ".warc.gz"))]
    except _BROKEN as e:
        raise ReadError(source.where, f"is no WACZ archive, or damaged ({e})", "copy it again") from e
    if not members:
        raise ReadError(source.where, "holds no WARC file", "give a WACZ archive")
    for member in members:
        shown = "".join(c if c.isprintable() else "�" for c in member.filename[:200])
        where = f"{source.where}!{shown}"
        try:
            yield from _member(archive, member, where, options, report)
        except SkipArticle as problem:
            report.skip(problem)
        except _BROKEN as e:
            report.skip(ReadError(where, f"is damaged ({e})", "copy the archive again"))


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, where: str, options: ReadOptions, report: Report
) -> Iterator[Article]:
    if member.compress_type not in _METHODS or member.flag_bits & _ENCRYPTED:
        raise ReadError(where, "is packed or encrypted in a way that is not read", "write the archive anew")
    if member.file_size > max(options.max_bytes, _LARGEST_RATIO * member.compress_size):
        raise ReadError(where, f"expands to more than {_LARGEST_RATIO} times its size", "expand it yourself")
    with archive.open(member) as stream:
        head, whole = opened(Source(where, cast(BinaryIO, stream)), options)
        if not head:
            raise ReadError(where, "is empty", "copy the archive again")
        yield from warc.parse(whole, options, report)


FORMAT = Format("wacz", (".wacz",), ("application/wacz", "application/wacz+zip"), parse, binary=True)
