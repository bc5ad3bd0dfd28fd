"""Dates as inputs write them, as ISO 8601 where they can mean one day only."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_ISO_LIKE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_COMPACT = re.compile(r"((?:19|20)\d{6})(?:T?(\d{6})Z?)?", re.ASCII)
_YMD = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_XXY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_DMY = re.compile(
    rf"(?:[a-z]{{3,9}},?\s)?\s?(\d{{1,2}})(?:st|nd|rd|th)?\s{_MONTH},?\s(\d{{4}})", re.IGNORECASE
)
_MDY = re.compile(
    rf"(?:[a-z]{{3,9}},?\s)?\s?{_MONTH}\s(\d{{1,2}})(?:st|nd|rd|th)?,?\s(\d{{4}})", re.IGNORECASE
)
_LONGEST = 64
_EPOCH_SECONDS = range(0, 4_102_444_800)  # 1970 to 2099
_EPOCH_MILLISECONDS = range(_EPOCH_SECONDS.stop, _EPOCH_SECONDS.stop * 1000)


def iso_date(value: str | int | float) -> str | None:
    """`value` as an ISO 8601 date or date-time, or None where it is no date or could mean two.

    Understood are ISO 8601 (also without hyphens), RFC 2822, year/month/day, a written month, day and
    month as numbers where one of them exceeds 12, and Unix times in seconds or milliseconds. Fractions of
    seconds are dropped; a time without a zone stays without.
    """
    if isinstance(value, int | float):
        return _from_epoch(value)
    text = value.strip()
    if not text or len(text) > _LONGEST:
        return None
    ways = (_from_compact, _from_iso, _from_numbers, _from_words, _from_mail)
    return next((found for way in ways if (found := way(text))), None)


def _from_epoch(value: int | float) -> str | None:
    if value != value or value in (float("inf"), float("-inf")):
        return None
    whole = int(value)
    if whole in _EPOCH_MILLISECONDS:
        whole //= 1000
    # below a year's seconds it is a year or a counter, not a time
    if whole not in _EPOCH_SECONDS or whole < 31_536_000:
        return None
    return datetime.fromtimestamp(whole, UTC).isoformat()


def _from_iso(text: str) -> str | None:
    if not _ISO_LIKE.match(text):
        return None
    try:
        if len(text) == len("2031-05-17"):
            return date.fromisoformat(text).isoformat()
        return datetime.fromisoformat(text.replace(" UTC", "+00:00")).replace(microsecond=0).isoformat()
    except ValueError:
        return None


def _from_compact(text: str) -> str | None:
    """`20310517083000` and `20310517T083000Z`, as GDELT writes them, in UTC; `20310517`."""
    if not (m := _COMPACT.fullmatch(text)):
        return None
    try:
        if m[2] is None:
            return date.fromisoformat(m[1]).isoformat()
        return datetime.fromisoformat(f"{m[1]}T{m[2]}Z").isoformat()
    except ValueError:
        return None


def _from_numbers(text: str) -> str | None:
    if m := _YMD.fullmatch(text):
        return _day(int(m[1]), int(m[2]), int(m[3]))
    if m := _XXY.fullmatch(text):
        first, second, year = int(m[1]), int(m[2]), int(m[3])
        if first == second or second > 12:
            return _day(year, first, second)
        if first > 12:
            return _day(year, second, first)
    return None


def _from_words(text: str) -> str | None:
    text = " ".join(text.split())
    if m := _DMY.fullmatch(text):
        return _day(int(m[3]), _month(m[2]), int(m[1]))
    if m := _MDY.fullmatch(text):
        return _day(int(m[3]), _month(m[1]), int(m[2]))
    return None


def _from_mail(text: str) -> str | None:
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
