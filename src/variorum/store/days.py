"""Days as a user writes them."""

from __future__ import annotations

import re

from variorum.errors import UsageError

_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


def day_of(text: str | None) -> str | None:
    """A day as ISO 8601, as given; None for None.

    Raises:
        UsageError: if it is not written so.
    """
    if text is not None and not _DAY.fullmatch(text):
        raise UsageError(f"not a day: {text!r} (write it as 2031-05-17)")
    return text
