"""Pages from `http` and `https` addresses: only those given, within limits of size, time and redirects.

Proxies set in the environment are not used: behind one the address that is reached cannot be checked.
"""

from __future__ import annotations

import contextlib
import http.client
import io
import ssl
import time
from collections.abc import Callable
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
    "Accept": "text/html,application/xhtml+xml,application/rss+xml;q=0.9,application/atom+xml;q=0.9,"
    "application/feed+json;q=0.9,application/json;q=0.9,text/*;q=0.8,*/*;q=0.1",
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


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask by whether a page has changed (RFC 9110, 13): both as it wrote them."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """The conditions of the next request."""
        pairs = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {n: v for n, v in pairs.items() if v and v.isascii() and v.isprintable() and len(v) < 1_000}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: a page, or None where it has not changed; and what to ask by next time."""

    source: Source | None
    validators: Validators


def _nothing(_: str) -> None:
    pass


def fetch(address: str, options: ReadOptions, on_hop: Callable[[str], None] = _nothing) -> Source:
    """The page at `address`, read to its end, still packed if it was sent as gzip.

    Args:
        address: what to fetch.
        options: limits.
        on_hop: called with each address that another one leads on to, before it is asked; may raise.

    Raises:
        FetchError: if the address must not be fetched or cannot be, naming the address that was given.
    """
    source = ask(address, options, on_hop=on_hop).source
    assert source is not None  # only conditions are answered without a page
    return source


def ask(
    address: str,
    options: ReadOptions,
    known: Validators | None = None,
    on_hop: Callable[[str], None] = _nothing,
) -> Answer:
    """The same, unless the page is still the one that `known` stands for.

    Raises:
        FetchError: as `fetch`.
    """
    deadline = Deadline(time.monotonic() + options.total_timeout, options.timeout)
    url = address
    try:
        for _ in range(options.max_redirects + 1):
            answer, url = _hop(_target(url), address, options, deadline, known or Validators())
            if answer is not None:
                return answer
            on_hop(url)
    except FetchError as e:
        where = address if url == address else f"{address} (which led to {url})"
        raise FetchError(where, e.what, e.advice, e.status, e.retry_after) from e
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
    target: _Target, address: str, options: ReadOptions, deadline: Deadline, known: Validators
) -> tuple[Answer | None, str]:
    """Ask once: the answer and its address, or None and the address it leads on to."""
    connection = connect(target.scheme, target.host, target.port, deadline, options.allow_private)
    with contextlib.closing(connection):
        headers = _HEADERS | known.headers() | {"Host": target.host_header()}
        connection.request("GET", target.path, headers=headers)
        response = connection.getresponse()
        if response.status in _REDIRECTS and (location := response.headers.get("Location")):
            # header bytes arrive as Latin-1; addresses in them are UTF-8
            return None, urljoin(target.url, location.encode("latin-1", "replace").decode("utf-8", "replace"))
        if response.status == 304 and known.headers():
            return Answer(None, known), target.url
        if response.status != 200:
            what = f"answered {response.status} {response.reason}".rstrip()
            wait = seconds_of(response.headers.get("Retry-After"))
            raise FetchError(target.url, what, _SAVE_IT, response.status, wait)
        body = _body(response, target.url, options)
    validators = Validators(response.headers.get("ETag"), response.headers.get("Last-Modified"))
    return Answer(_source(body, response.headers, address, target.url), validators), target.url


def seconds_of(retry_after: str | None) -> float | None:
    """The seconds that a `Retry-After` header asks to wait: a number, or a date that lies ahead."""
    from email.utils import parsedate_to_datetime

    value = (retry_after or "").strip()
    if value.isascii() and value.isdecimal() and len(value) < 10:
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


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
