"""What a caller can set about reading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from variorum.errors import UsageError
from variorum.model import Article
from variorum.read.dates import iso_date

FIELDS = ("id", "text", "title", "outlet", "url", "published", "language")
"""What can be mapped to columns."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Limits, and what to assume of articles that do not say.

    `published` (any form that `dates.iso_date` knows; kept as ISO 8601) and `outlet` apply only to articles
    whose input names none. `max_bytes` bounds one file, one page or one line of JSON Lines, after
    decompression; `max_chars` one article's text. `timeout` bounds each wait for a server, `total_timeout`
    one address from the first connection to the last byte, redirects included; both in seconds.
    `allow_private` lets addresses lead into private, loopback and link-local networks. `check_language` says
    whether to refuse articles that are plainly not in English. `unique_ids` gives an article another id where
    an earlier one of the run has it; a run over any number of articles does without, to keep memory flat.
    `full_text` fetches the pages behind feeds and behind records that have an address but no text, but for
    those of which `is_known` says so, given the article as it came: they are passed over. `columns`
    are pairs of our field (`text`, `title`, `outlet`, `url`, `published`, `language`, `id`) and the name that
    it has in tables and JSON records.

    Raises:
        UsageError: if `published` is not a date, a limit is not positive, or `columns` name no field of ours.
    """

    published: str | None = None
    outlet: str | None = None
    allow_private: bool = False
    max_bytes: int = 20_000_000
    max_chars: int = 1_000_000
    timeout: float = 10.0
    total_timeout: float = 30.0
    max_redirects: int = 5
    check_language: bool = True
    unique_ids: bool = True
    full_text: bool = False
    is_known: Callable[[Article], bool] | None = None
    columns: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if self.published is not None:
            date = iso_date(self.published)
            if date is None:
                raise UsageError(f"not a date: {self.published!r} (write it as 2031-05-17)")
            object.__setattr__(self, "published", date)
        if min(self.max_bytes, self.max_chars, self.timeout, self.total_timeout) <= 0:
            raise UsageError("limits of size and time must be greater than zero")
        if self.max_redirects < 0:
            raise UsageError("the number of redirects cannot be negative")
        unknown = [field for field, _ in self.columns if field not in FIELDS]
        if unknown:
            raise UsageError(f"no such field: {unknown[0]!r} (there are {' '.join(FIELDS)})")


def parse_columns(given: str | None) -> tuple[tuple[str, str], ...]:
    """`text=body,title=headline` as pairs.

    Raises:
        UsageError: if it is not written so.
    """
    pairs = [part.partition("=") for part in given.split(",")] if given else []
    if not all(equals and field.strip() and name.strip() for field, equals, name in pairs):
        raise UsageError(f"columns are given as text=body,title=headline: not {given!r}")
    return tuple((field.strip(), name.strip()) for field, _, name in pairs)
