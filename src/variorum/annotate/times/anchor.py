"""Calendar arithmetic on TIMEX3 values, from the date of publication.

Every function takes the date of publication as `Anchor | None`; without one what depends on it stays X.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal

Direction = Literal["past", "future"]
Anchor = date

_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?!\d)")
_SOON = 45  # days ahead in which a date is taken for the coming one even beside a past verb
_NEAR = 1  # days a date may lie ahead of a past verb: papers are dated a day late or early


def read_anchor(published: str | None) -> Anchor | None:
    """The day of an ISO 8601 date or date-time; None where it is absent, partial or no date."""
    match = _ISO_DATE.match(published or "")
    if match is None:
        return None
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError:
        return None


def weekday(anchor: Anchor | None, day: int, direction: Direction | None) -> str:
    """The nearest such weekday (1 is Monday): in the past, today included, unless the direction is future."""
    if anchor is None:
        return f"XXXX-WXX-{day}"
    if direction == "future":
        return (anchor + timedelta((day - anchor.isoweekday()) % 7)).isoformat()
    return (anchor - timedelta((anchor.isoweekday() - day) % 7)).isoformat()


def shifted_weekday(anchor: Anchor | None, day: int, weeks: int) -> str:
    """The weekday of this week (0) or of the weeks before or after it."""
    if anchor is None:
        return f"XXXX-WXX-{day}"
    return (anchor + timedelta(day - anchor.isoweekday() + 7 * weeks)).isoformat()


def month(anchor: Anchor | None, number: int, direction: Direction | None) -> str:
    """The nearest such month: in the past, the current one included, unless the direction is future."""
    if anchor is None:
        return f"XXXX-{number:02d}"
    year = anchor.year
    if direction == "future":
        year += number < anchor.month
    else:
        year -= number > anchor.month
    return f"{year:04d}-{number:02d}"


def month_day(anchor: Anchor | None, number: int, day: int, direction: Direction | None) -> str:
    """That day of the year: last, next, or where no direction is known the nearest."""
    if anchor is None or not real_day(2000, number, day):
        return f"XXXX-{number:02d}-{day:02d}"
    years = [y for y in range(anchor.year - 4, anchor.year + 5) if real_day(y, number, day)]
    if direction == "future":
        days = [d for y in years if (d := date(y, number, day)) >= anchor]
    elif direction == "past":
        days = [d for y in years if (d := date(y, number, day)) <= anchor + timedelta(_NEAR)]
        ahead = min(d for y in years if (d := date(y, number, day)) > anchor)
        if (ahead - anchor).days <= _SOON:  # of a day almost a year back the writer would give the year
            days.append(ahead)
    else:
        days = [date(y, number, day) for y in years]
    return (
        min(days, key=lambda d: abs((d - anchor).days)).isoformat()
        if days
        else f"XXXX-{number:02d}-{day:02d}"
    )


def real_day(year: int, number: int, day: int) -> bool:
    """Whether the calendar has such a day."""
    try:
        date(year, number, day)
    except ValueError:
        return False
    return True


def shifted(anchor: Anchor | None, unit: str, count: int) -> str | None:
    """The day, week, month, quarter, year, decade or century that lies `count` of them away.

    None where the calendar does not reach so far, or the unit is none of these.
    """
    if unit not in _UNKNOWN:
        return None
    if anchor is None:
        return _UNKNOWN[unit]
    try:
        return _shifted(anchor, unit, count)
    except (OverflowError, ValueError):  # before year 1 or after 9999
        return None


_UNKNOWN = {
    "D": "XXXX-XX-XX",
    "W": "XXXX-WXX",
    "2W": "XXXX-WXX",
    "WE": "XXXX-WXX-WE",
    "M": "XXXX-XX",
    "Q": "XXXX-QX",
    "Y": "XXXX",
    "10Y": "XXX",
    "100Y": "XX",
}


def _shifted(anchor: Anchor, unit: str, count: int) -> str:
    if unit == "D":
        return (anchor + timedelta(count)).isoformat()
    if unit in ("W", "2W", "WE"):
        year, week, _ = (anchor + timedelta(weeks=count * (2 if unit == "2W" else 1))).isocalendar()
        return f"{year:04d}-W{week:02d}" + ("-WE" if unit == "WE" else "")
    if unit == "M":
        months = anchor.year * 12 + anchor.month - 1 + count
        return f"{_year(months // 12)}-{months % 12 + 1:02d}"
    if unit == "Q":
        quarters = anchor.year * 4 + (anchor.month - 1) // 3 + count
        return f"{_year(quarters // 4)}-Q{quarters % 4 + 1}"
    if unit == "Y":
        return _year(anchor.year + count)
    if unit == "10Y":
        return _year(anchor.year + 10 * count)[:3]
    return _year(anchor.year + 100 * count)[:2]


def _year(year: int) -> str:
    if not 1 <= year <= 9999:
        raise ValueError(f"no such year: {year}")
    return f"{year:04d}"


_SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}  # meteorological seasons of the northern hemisphere


def season(anchor: Anchor | None, code: str, shift: int | None, direction: Direction | None) -> str:
    """A season of a year; `shift` is -1 for "last", 0 for "this", 1 for "next", None if nothing is said."""
    if anchor is None:
        return f"XXXX-{code}"
    begins = _SEASON_MONTH[code]
    if shift == 0:
        return f"{anchor.year:04d}-{code}"
    if shift == 1 or direction == "future":
        return f"{anchor.year + (begins <= anchor.month):04d}-{code}"
    over = begins + 2 < anchor.month if shift == -1 else begins <= anchor.month
    return f"{anchor.year - (not over):04d}-{code}"


def quarter(anchor: Anchor | None, number: int, direction: Direction | None) -> str:
    """The nearest such quarter: the last that is over, unless the direction is future."""
    if anchor is None:
        return f"XXXX-Q{number}"
    current = (anchor.month - 1) // 3 + 1
    year = anchor.year + (number < current) if direction == "future" else anchor.year - (number >= current)
    return f"{year:04d}-Q{number}"
