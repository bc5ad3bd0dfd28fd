"""Everything variorum raises on purpose.

    VariorumError
    ├── SkipArticle          this input cannot be used; the rest goes on (exit code 1)
    │   ├── ReadError        missing, unreadable, empty, binary, too large, broken syntax
    │   ├── FetchError       an address that could not be fetched, or must not be
    │   └── LanguageError    the text is in a language that variorum does not read
    ├── UsageError           the call itself is wrong; nothing was done (exit code 2)
    └── LibraryError         a library file is damaged, newer than this program, or locked

`SpanError` is a `ValueError`: it says that code, not input, is wrong, and is never caught by a stage.
"""

from __future__ import annotations

__all__ = [
    "FetchError",
    "LanguageError",
    "LibraryError",
    "ReadError",
    "SkipArticle",
    "SpanError",
    "UsageError",
    "VariorumError",
]


class VariorumError(Exception):
    """Root of every error a user can cause and mend."""


class SkipArticle(VariorumError):  # noqa: N818  (it names what happens, as StopIteration does)
    """One input is left out; its name, what is wrong and what to do are told, and the batch goes on.

    Attributes:
        where: the path, address or `file:line` that is left out.
        what: what is wrong with it, one clause.
        advice: what the user can do, one clause; may be empty.
    """

    def __init__(self, where: str, what: str, advice: str = "") -> None:
        self.where, self.what, self.advice = where, what, advice
        super().__init__(f"{where}: {what}" + (f" ({advice})" if advice else ""))


class ReadError(SkipArticle):
    """A file or stream could not be turned into an article."""


class FetchError(SkipArticle):
    """An address could not be fetched, or is refused for safety.

    Attributes:
        status: the HTTP status that the server answered with, where it did.
        retry_after: the seconds that the server asked to wait before the next request.
    """

    def __init__(
        self,
        where: str,
        what: str,
        advice: str = "",
        status: int | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(where, what, advice)
        self.status, self.retry_after = status, retry_after


class LanguageError(SkipArticle):
    """The article is written in a language that variorum does not read."""


class UsageError(VariorumError):
    """The call is wrong: nothing was read and nothing was written."""


class LibraryError(VariorumError):
    """A library file cannot be used as it is; it was not written to."""


class SpanError(ValueError):
    """A span does not fit the text that it points into."""
