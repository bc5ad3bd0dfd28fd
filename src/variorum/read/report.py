"""How reading tells what it left out and what it had to decide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from variorum.errors import SkipArticle


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a user should know of an input that was read all the same, or was not meant to be read.

    The fields are those of `SkipArticle`; a notice does not change the exit code.
    """

    where: str
    what: str
    advice: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" + (f" ({self.advice})" if self.advice else "")


def stop(problem: SkipArticle) -> None:
    """End the run at the first problem, by raising it."""
    raise problem


def ignore(notice: Notice) -> None:
    """Let a notice pass."""


@dataclass(frozen=True, slots=True)
class Report:
    """Where problems and notices go."""

    skip: Callable[[SkipArticle], None] = stop
    notice: Callable[[Notice], None] = ignore
