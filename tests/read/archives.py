"""Feeds, archives and tables that tests write themselves."""

from __future__ import annotations

import gzip
import io
import zipfile


def record(
    kind: str, url: str, block: bytes, *, length: int | None = None, content: str | None = None
) -> bytes:
    """One WARC record; `length` is what its header says, where that is to be wrong."""
    content = content or "application/http; msgtype=response"
    size = len(block) if length is None else length
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nContent-Type: {content}\r\n"
        f"WARC-Date: 2031-05-17T08:00:00Z\r\nContent-Length: {size}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def answer(
    body: bytes, *headers: str, status: str = "200 OK", kind: str = "text/html; charset=utf-8"
) -> bytes:
    """An HTTP response."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def chunked(body: bytes) -> bytes:
    """A body in two chunks."""
    half = len(body) // 2
    parts = [b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:half], body[half:])]
    return b"".join(parts) + b"0\r\n\r\n"


def wacz(**members: bytes) -> bytes:
    """A WACZ archive of WARC files, by their names without suffix."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("datapackage.json", "{}")
        for name, data in members.items():
            archive.writestr(f"archive/{name}.warc.gz", gzip.compress(data))
    return packed.getvalue()


def rss(*items: str, title: str = "The Tern Post", head: str = "") -> str:
    """An RSS 2.0 feed."""
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{head}<rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/">'
        f"<channel><title>{title}</title><link>https://ternpost.example/</link>{''.join(items)}</channel></rss>"
    )


def item(title: str, link: str, words: str, more: str = "") -> str:
    """An entry of an RSS feed; `words` are its description, HTML."""
    return (
        f"<item><title>{title}</title><link>{link}</link><description><![CDATA[{words}]]></description>"
        f"{more}</item>"
    )


LOL = (
    '<!DOCTYPE lolz [<!ENTITY l0 "lol">'
    + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)
"""An entity bomb (billion laughs), to stand before a root."""
