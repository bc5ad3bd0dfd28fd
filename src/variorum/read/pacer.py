"""Time between two requests to one host."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import urlsplit

_DELAY = 1.0
_LONGEST = 30.0
_MOST_HOSTS = 10_000


class Pacer:
    """Lets at least `delay` seconds pass between two requests to one host.

    Args:
        delay: seconds, where a host does not ask for more.
        sleep: what to wait with.
    """

    def __init__(self, delay: float = _DELAY, sleep: Callable[[float], object] = time.sleep) -> None:
        self._delay, self._sleep = delay, sleep
        self._next: dict[str, float] = {}

    def wait(self, url: str, asked: float | None = None) -> None:
        """Wait until the host of `url` may be asked again; `asked` is the delay it wants, kept up to 30 s."""
        host = host_of(url)
        left = self._next.get(host, 0.0) - time.monotonic()
        if left > 0:
            self._sleep(left)
        if len(self._next) >= _MOST_HOSTS:
            self._next.clear()
        self._next[host] = time.monotonic() + max(self._delay, min(asked or 0.0, _LONGEST))


def host_of(url: str) -> str:
    """The host and port of an address, lower-case; empty where there is none."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""
