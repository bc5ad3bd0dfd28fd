"""What makes two inputs one article, and two addresses one.

An article is where it was published and what it says: its address, or where none is known its outlet and
title, and its text. The same text from two outlets is two articles: that is what a reprint is.
"""

from __future__ import annotations

import hashlib
import json
from urllib.parse import parse_qsl, urlencode, urlsplit

from variorum import lexicon
from variorum.model import Article

_DEFAULT_PORTS = {80, 443}


def key_of(article: Article) -> str:
    """The id of an article in every library: SHA-256, in hexadecimal digits.

    Of the canonical JSON of `["address", ADDRESS, SHA-256 of the text]`, or of `["title", OUTLET, TITLE,
    SHA-256 of the text]` where the address is not known.
    """
    return key(address_of(article.url), article.outlet, article.title, article.sha256)


def key(address: str | None, outlet: str | None, title: str | None, sha256: str) -> str:
    """The same, of an article's parts."""
    parts = ["address", address, sha256] if address else ["title", outlet or "", title or "", sha256]
    return hashlib.sha256(json.dumps(parts).encode("ascii")).hexdigest()


def address_of(url: str | None) -> str | None:
    """The part of an address that says which page it is; None for None.

    Left out are what changes without changing the page: scheme, letter case of the host, a default port, the
    fragment, and parameters that only track readers (`data/tracking-parameters.txt`). An address that cannot
    be taken apart stays as it is.
    """
    if url is None:
        return None
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return url
    if not host:
        return url
    place = host if port is None or port in _DEFAULT_PORTS else f"{host}:{port}"
    query = _without_trackers(parts.query)
    return place + (parts.path or "/") + (f"?{query}" if query else "")


def _without_trackers(query: str) -> str:
    names = lexicon.words("tracking-parameters.txt")
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(n, v) for n, v in pairs if not _tracks(n.lower(), names)]
    return query if len(kept) == len(pairs) else urlencode(kept)


def _tracks(name: str, names: frozenset[str]) -> bool:
    return name in names or any(p.endswith("*") and name.startswith(p[:-1]) for p in names)
