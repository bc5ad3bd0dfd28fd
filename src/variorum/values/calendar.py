"""TIMEX3 dates and times of day as the days and minutes that they can mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_DATE = re.compile(
    r"(?P<year>[\dX]{2,4})"
    r"(?:-(?:W(?P<week>\d\d|XX)(?:-(?P<weekday>[1-7]|WE))?"
    r"|(?P<part>Q[1-4X]|H[12]|SP|SU|FA|WI)"
    r"|(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?))?"
    r"(?:T(?P<clock>.+))?"
)
_CLOCK = re.compile(r"(?P<h>\d\d)(?::(?P<m>\d\d)(?::\d\d)?)?(?P<zone>Z|[+-]\d\d(?::?\d\d)?)?")
# Parts of the day in minutes, wide enough that two people may draw them differently.
_DAY_PARTS = {
    "MO": (0, 12 * 60),
    "MI": (11 * 60, 14 * 60),
    "AF": (12 * 60, 19 * 60),
    "EV": (16 * 60, 24 * 60),
    "NI": (17 * 60, 30 * 60),
    "DT": (5 * 60, 21 * 60),
}
# Years that stand for all where none is known: every weekday of 1 January, leap or not.
_ANY_YEARS = range(1996, 2024)
_SEASONS = frozenset(("SP", "SU", "FA", "WI"))


@dataclass(frozen=True, slots=True)
class Clock:
    """Minutes of the day, both ends included; `zone` is the offset from UTC in minutes, None if not told."""

    low: int
    high: int
    zone: int | None = None


@dataclass(frozen=True, slots=True)
class Date:
    """The parts of a TIMEX3 date; None or X where not known.

    `year` has four characters, X for each that is not known. `part` is a quarter, half-year or season.
    """

    year: str
    month: int | None = None
    day: int | None = None
    week: int | None = None
    weekday: str | None = None
    part: str | None = None
    clock: Clock | None = None

    def shares_day(self, other: Date) -> bool:
        """Whether some day is meant by both.

        Seasons fall at other months in the two hemispheres, so a season meets every month of its year, and
        only differs from another season.
        """
        if self.part in _SEASONS and other.part in _SEASONS and self.part != other.part:
            return False
        if self._differs_in_a_part(other):
            return False
        if self._whole_years() and other._whole_years():
            return _years_meet(self.year, other.year)
        finer, coarser = (other, self) if self._whole_years() else (self, other)
        return any(coarser.has(day) for year in finer._years_with(coarser) for day in finer._days(year))

    def _differs_in_a_part(self, other: Date) -> bool:
        """Whether both name a month, a day, a week or a weekday, and not the same; spares a search."""
        parts = ((self.month, other.month), (self.day, other.day), (self.week, other.week))
        if any(x is not None and y is not None and x != y for x, y in parts):
            return True
        days = {self.weekday, other.weekday}
        return None not in days and len(days) == 2 and not days <= {"WE", "6", "7"}

    def has(self, day: date) -> bool:
        """Whether a day is among those meant."""
        iso_year, iso_week, iso_weekday = day.isocalendar()
        by_week = self.week is not None
        if not _fits(self.year, iso_year if by_week else day.year):
            return False
        if self.week not in (None, iso_week):
            return False
        if self.weekday is not None and not (
            iso_weekday >= 6 if self.weekday == "WE" else iso_weekday == int(self.weekday)
        ):
            return False
        if self.part is not None and self.part not in _SEASONS and not _in_part(self.part, day.month):
            return False
        return self.month in (None, day.month) and self.day in (None, day.day)

    def _whole_years(self) -> bool:
        fine = (self.month, self.day, self.week, self.weekday)
        return all(x is None for x in fine) and (self.part is None or self.part in _SEASONS)

    def _years_with(self, other: Date) -> list[int]:
        """The years in which both can lie; some that stand for all where neither says."""
        better = min((self.year, other.year), key=lambda y: y.count("X"))
        years = _matching_years(better)
        if better != self.year:  # a week may begin in one year and end in the next
            years = sorted({y + turn for y in years for turn in (-1, 0, 1)})
        return [y for y in years if _fits(self.year, y)]

    def _days(self, year: int) -> Iterator[date]:
        if self.week is not None:
            yield from _days_of_week(year, self.week, self.weekday)
            return
        if self.weekday is not None:
            yield from (day for day in _weekdays(year, self.weekday) if self.has(day))
            return
        months = range(1, 13) if self.month is None else (self.month,)
        for month in months:
            if self.part is not None and self.part not in _SEASONS and not _in_part(self.part, month):
                continue
            for number in range(1, 32) if self.day is None else (self.day,):
                try:
                    day = date(year, month, number)
                except ValueError:
                    continue
                if self.has(day):
                    yield day


def _days_of_week(year: int, week: int, weekday: str | None) -> Iterator[date]:
    try:
        monday = date.fromisocalendar(year, week, 1)
    except ValueError:
        return
    wanted = range(7) if weekday is None else (5, 6) if weekday == "WE" else (int(weekday) - 1,)
    for offset in wanted:
        yield monday + timedelta(offset)


def _weekdays(year: int, weekday: str) -> Iterator[date]:
    for number in (6, 7) if weekday == "WE" else (int(weekday),):
        day = date(year, 1, 1)
        day += timedelta((number - day.isoweekday()) % 7)
        while day.year == year:
            yield day
            day += timedelta(7)


def _in_part(part: str, month: int) -> bool:
    if part == "QX":
        return True
    number = int(part[1])
    return (month - 1) // (3 if part[0] == "Q" else 6) + 1 == number


def _fits(pattern: str, year: int) -> bool:
    return all(p in ("X", d) for p, d in zip(pattern, f"{year:04d}", strict=True))


def _years_meet(a: str, b: str) -> bool:
    return all("X" in (p, q) or p == q for p, q in zip(a, b, strict=True))


def _matching_years(pattern: str) -> list[int]:
    """The years that a pattern fits, at most as many as it takes to meet every kind of year."""
    if "X" not in pattern:
        return [int(pattern)] if 2 <= int(pattern) <= 9998 else []
    known = pattern.rstrip("X")
    if not known or "X" in known:
        return list(_ANY_YEARS)
    first = int(known.ljust(4, "0"))
    return list(range(max(2, first), min(9999, first + 10 ** (4 - len(known)))))


def parse_date(value: str) -> Date | None:
    """The parts of a TIMEX3 date or time; None for what is neither, and for days that do not exist."""
    match = _DATE.fullmatch(value)
    if match is None:
        return None
    clock = None
    if match["clock"]:
        clock = _parse_clock(match["clock"])
        if clock is None:
            return None
    week = _number(match["week"])
    month, day = _number(match["month"]), _number(match["day"])
    if not (0 < (week or 1) <= 53 and 0 < (month or 1) <= 12 and 0 < (day or 1) <= 31):
        return None
    return Date(match["year"].ljust(4, "X"), month, day, week, match["weekday"], match["part"], clock)


def _number(text: str | None) -> int | None:
    return None if text is None or "X" in text else int(text)


def _parse_clock(text: str) -> Clock | None:
    if text in _DAY_PARTS:
        return Clock(*_DAY_PARTS[text])
    if text in ("XX", "X"):
        return Clock(0, 24 * 60)
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    start = int(match["h"]) * 60 + int(match["m"] or 0)
    return Clock(start, start if match["m"] else start + 59, _offset(match["zone"]))


def _offset(zone: str | None) -> int | None:
    if zone is None:
        return None
    if zone == "Z":
        return 0
    minutes = int(zone[1:3]) * 60 + int(zone[3:].lstrip(":") or 0)
    return -minutes if zone[0] == "-" else minutes
