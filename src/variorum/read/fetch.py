"""Pages from `http` and `https` addresses: only those given, within limits of size, time and redirects.

Proxies set in the environment are not used: behind one the address that is reached cannot be checked.
"""

from __future__ import annotations

import contextlib
import http.client
import io
import ssl
import time
from dataclasses import dataclass
from email.message import Message
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from variorum.errors import FetchError
from variorum.read.connection import Deadline, connect
from variorum.read.options import ReadOptions
from variorum.read.source import Source, megabytes

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PORTS = {"http": 80, "https": 443}
_UNRESERVED = "%/:=&?~#+!$,;'@()*[]"
_HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; variorum)",
    "Accept": "text/html,application/xhtml+xml,application/json;q=0.9,text/*;q=0.8,*/*;q=0.1",
    "Accept-Language": "en,*;q=0.5",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}
_CHUNK = 65_536
_SAVE_IT = "save the page from your browser and give the file"


@dataclass(frozen=True, slots=True)
class _Target:
    """One hop: where to connect, and what to ask for there."""

    url: str
    scheme: str
    host: str
    port: int
    path: str

    def host_header(self) -> str:
        """The host as the request names it, with the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def fetch(address: str, options: ReadOptions) -> Source:
    """The page at `address`, read to its end, still packed if it was sent as gzip.

    Raises:
        FetchError: if the address must not be fetched or cannot be, naming the address that was given.
    """
    deadline = Deadline(time.monotonic() + options.total_timeout, options.timeout)
    url = address
    try:
        for _ in range(options.max_redirects + 1):
            page, url = _hop(_target(url), address, options, deadline)
            if page is not None:
                return page
    except FetchError as e:
        where = address if url == address else f"{address} (which led to {url})"
        raise FetchError(where, e.what, e.advice) from e
    except TimeoutError as e:
        what = f"did not answer within {options.timeout:g} s, or not fully within {options.total_timeout:g} s"
        raise FetchError(address, what, f"try again, or {_SAVE_IT}") from e
    except ssl.SSLError as e:
        raise FetchError(address, f"has no certificate to trust: {e.reason or e}", _SAVE_IT) from e
    except http.client.HTTPException as e:
        raise FetchError(address, f"answered with broken HTTP ({type(e).__name__})", _SAVE_IT) from e
    except OSError as e:
        raise FetchError(address, f"could not be reached: {e.strerror or e}", "check the network") from e
    raise FetchError(address, f"led on more than {options.max_redirects} times", _SAVE_IT)


def _target(url: str) -> _Target:
    try:
        parts = urlsplit(url)
        scheme, host = parts.scheme.lower(), parts.hostname or ""
        port = parts.port or _PORTS.get(scheme, 0)
        host = host if ":" in host else host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError) as e:
        raise FetchError(url, "is not a valid address", "check the spelling") from e
    if scheme not in _PORTS:
        raise FetchError(
            url, f"is no web address: {scheme}:// is not fetched", "give http or https, or a file"
        )
    if not host:
        raise FetchError(url, "names no host", "check the spelling")
    if parts.username is not None:
        raise FetchError(url.replace(parts.netloc, host), "has a user name in it", _SAVE_IT)
    path = quote(urlunsplit(("", "", parts.path or "/", parts.query, "")), safe=_UNRESERVED)
    clean = urlunsplit((scheme, parts.netloc, parts.path or "/", parts.query, ""))
    return _Target(clean, scheme, host, port, path)


def _hop(
    target: _Target, address: str, options: ReadOptions, deadline: Deadline
) -> tuple[Source | None, str]:
    """Ask once: the page and its address, or None and the address it leads on to."""
    connection = connect(target.scheme, target.host, target.port, deadline, options.allow_private)
    with contextlib.closing(connection):
        connection.request("GET", target.path, headers=_HEADERS | {"Host": target.host_header()})
        response = connection.getresponse()
        if response.status in _REDIRECTS and (location := response.headers.get("Location")):
            # header bytes arrive as Latin-1; addresses in them are UTF-8
            return None, urljoin(target.url, location.encode("latin-1", "replace").decode("utf-8", "replace"))
        if response.status != 200:
            raise FetchError(target.url, f"answered {response.status} {response.reason}".rstrip(), _SAVE_IT)
        body = _body(response, target.url, options)
    return _source(body, response.headers, address, target.url), target.url


def _body(response: http.client.HTTPResponse, where: str, options: ReadOptions) -> bytes:
    chunks: list[bytes] = []
    size = 0
    while chunk := response.read(_CHUNK):
        chunks.append(chunk)
        size += len(chunk)
        if size > options.max_bytes:
            raise FetchError(where, f"is larger than {megabytes(options.max_bytes)}", "raise the limit")
    if response.length:
        raise FetchError(where, f"broke off {response.length:,} bytes before its end", "try again")
    return b"".join(chunks)


def _source(body: bytes, headers: Message, address: str, url: str) -> Source:
    encoding = (headers.get("Content-Encoding") or "identity").strip().lower()
    if encoding not in {"identity", "gzip", "x-gzip", ""}:
        raise FetchError(url, f"is packed as {encoding[:20]}, which was not asked for", _SAVE_IT)
    return Source(
        where=address,
        stream=io.BytesIO(body),
        name=urlsplit(url).path.rpartition("/")[2],
        media_type=headers.get_content_type() if headers.get("Content-Type") else None,
        charset=headers.get_content_charset(),
        url=url,
    )
