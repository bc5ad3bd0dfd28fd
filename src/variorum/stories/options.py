"""How stories are formed: what a caller may choose, and the days they are formed by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from variorum.model import Article

UNDATED_DAY = "9999-99-99"
"""Stands for a day that is not known; sorts after every day."""


@dataclass(frozen=True, slots=True)
class StoryOptions:
    """How stories are formed.

    `least` is the average likeness from which articles are one story. A story is over `ends_after` days after
    its latest article. Articles of up to `late` days before the latest can still be added to a `Clusterer`.
    `recent` is how many of its latest articles stand for a story.
    """

    least: float = 0.28
    ends_after: int = 720
    late: int = 45
    recent: int = 24


def day_of(article: Article) -> str:
    """The day of publication (ISO 8601); one that sorts last where it is unknown or no day."""
    try:
        return date.fromisoformat((article.published or "")[:10]).isoformat()
    except ValueError:
        return UNDATED_DAY


def days_before(day: str, days: int) -> str:
    """The day so many days before another; an empty string, which sorts first, where there is none."""
    try:
        return (date.fromisoformat(day) - timedelta(days)).isoformat()
    except (OverflowError, ValueError):  # before the first year, or no day at all
        return ""


def ordinal(day: str) -> int:
    """The number of a day, 0 for one that is not known."""
    return 0 if day == UNDATED_DAY else date.fromisoformat(day).toordinal()
