"""When a feed is asked again."""

from __future__ import annotations

import re

from variorum.errors import UsageError

LEAST_EVERY = 60.0
"""Seconds; nobody's feed is asked more often."""

_LONGEST_BACKOFF = 6 * 3600.0
_LONGEST_RETRY_AFTER = 7 * 86_400.0
_MOST_DOUBLINGS = 20
_DURATION = re.compile(r"(\d{1,6})\s?(s|m|h|d)", re.ASCII)
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


def seconds(duration: str) -> float:
    """The seconds of `90s`, `15m`, `2h` or `1d`.

    Raises:
        UsageError: if it is not written so, or is shorter than a minute.
    """
    m = _DURATION.fullmatch(duration.strip().lower())
    if m is None:
        raise UsageError(f"no duration: {duration!r} (write 15m, 2h or 1d)")
    length = float(int(m[1]) * _SECONDS[m[2]])
    if length < LEAST_EVERY:
        raise UsageError("feeds are asked once a minute at most: --every 1m")
    return length


def wait(every: float, failures: int, retry_after: float | None = None) -> float:
    """Seconds until a feed is asked again: `every`, doubled with each failure up to 6 h.

    A server that asks for a longer wait (`Retry-After`) gets it, up to a week.
    """
    doubled = every * 2.0 ** min(failures, _MOST_DOUBLINGS)
    asked = min(retry_after or 0.0, _LONGEST_RETRY_AFTER)
    return max(min(doubled, max(every, _LONGEST_BACKOFF)), asked)
