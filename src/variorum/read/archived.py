"""The page within an archived HTTP message."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from variorum.errors import ReadError
from variorum.read.source import Source

if TYPE_CHECKING:
    from email.message import Message

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_LONGEST_LINE = 65_536


def unwrapped(block: bytes, headers: dict[str, str], where: str, url: str | None) -> Source | None:
    """The page that a WARC record holds, perhaps packed as gzip; None where it holds none.

    A page is a response of status 200 with a page in it, a page kept as a `resource`, or a text that was made
    of a page (`conversion`, as in WET files).

    Raises:
        ReadError: if it is a page, but its HTTP is broken or it is packed in an unknown way.
    """
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if headers.get("warc-type", "").lower() == "response":
        return _response(block, where, url) if kind == "application/http" else None
    if kind in _PAGES or (kind == "text/plain" and headers.get("warc-type", "").lower() == "conversion"):
        return Source(where, io.BytesIO(block), media_type=kind, url=url)
    return None


def _response(block: bytes, where: str, url: str | None) -> Source | None:
    import http.client

    stream = io.BytesIO(block)
    status = stream.readline(_LONGEST_LINE).split(None, 2)
    if len(status) < 2 or not status[0].startswith(b"HTTP/") or status[1] != b"200":
        return None
    try:
        said = http.client.parse_headers(stream)
    except http.client.HTTPException as e:
        raise ReadError(where, f"has broken HTTP headers ({type(e).__name__})", "archive it again") from e
    if said.get_content_type() not in _PAGES:
        return None
    body = block[stream.tell() :]
    if (said.get("Transfer-Encoding") or "").strip().lower() == "chunked":
        body = _joined(body)
    _refuse_packing(said, where)
    return Source(
        where,
        io.BytesIO(body),
        media_type=said.get_content_type(),
        charset=said.get_content_charset(),
        url=url,
    )


def _refuse_packing(said: Message, where: str) -> None:
    packing = (said.get("Content-Encoding") or "identity").strip().lower()
    if packing not in {"identity", "gzip", "x-gzip", ""}:
        raise ReadError(where, f"is packed as {packing[:20]}", "archive it unpacked")


def _joined(body: bytes) -> bytes:
    """A chunked body in one piece (RFC 9112); as it is where an archiver has joined it already."""
    parts: list[bytes] = []
    at = 0
    while (end := body.find(b"\r\n", at, at + 64)) > 0:
        size = body[at:end].partition(b";")[0].strip()
        if not 0 < len(size) <= 8 or size.strip(b"0123456789abcdefABCDEF"):
            return body
        length = int(size, 16)
        if not length:
            return b"".join(parts)
        parts.append(body[end + 2 : end + 2 + length])
        at = end + 2 + length + 2
    return b"".join(parts) if at >= len(body) and parts else body
