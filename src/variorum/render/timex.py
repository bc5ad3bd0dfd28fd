"""TIMEX3 values in words, and their place on the calendar."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from variorum.model import TimexType

__all__ = ["Reckoned", "reckoned"]

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PARTS = {"MO": (6, "morning"), "MI": (12, "midday"), "AF": (13, "afternoon"), "EV": (18, "evening")}
_PARTS |= {"NI": (22, "night"), "DT": (8, "daytime")}
_SEASONS = {"SP": (3, "spring"), "SU": (6, "summer"), "FA": (9, "autumn"), "WI": (12, "winter")}
_SEASONS |= {f"Q{q}": (3 * q - 2, f"quarter {q} of") for q in range(1, 5)}
_SEASONS |= {"H1": (1, "first half of"), "H2": (7, "second half of")}
_UNITS = {"DE": "decade", "CE": "century", "Y": "year", "M": "month", "W": "week", "D": "day"}
_CLOCK_UNITS = {"H": "hour", "M": "minute", "S": "second"}
_VAGUE = {"PRESENT_REF": "the present", "PAST_REF": "the past", "FUTURE_REF": "the future"}
_VAGUE |= {"XXXX-XX-XX": "a day", "XXXX-WXX": "a week", "XXXX-XX": "a month", "XXXX-QX": "a quarter"}
_VAGUE |= {"XXXX": "a year", "XXX": "a decade", "XX": "a century"}

_DAY = re.compile(r"(\d{4}|XXXX)(?:-(\d\d|XX)(?:-(\d\d|XX))?)?")
_WEEK = re.compile(r"(\d{4}|XXXX)-W(\d\d|XX)(?:-(WE|[1-7]))?")
_SEASON = re.compile(r"(\d{4}|XXXX)-([SFWQH][PUAI1-4])")
_ERA = re.compile(r"\d{2,3}")
_CLOCK = re.compile(r"(\d\d)(?::?(\d\d))?(?::?\d\d(?:\.\d+)?)?(Z|[+-]\d\d(?::?\d\d)?)?")
_LENGTH = re.compile(r"P(?=.)(?:(?:\d+(?:\.\d+)?|X)(?:DE|CE|[YMWD]))*(?:T(?:(?:\d+(?:\.\d+)?|X)[HMS])+)?")
_AMOUNT = re.compile(r"([\d.]+|X)(DE|CE|[YMWDHS])")


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A time in words; `key` sorts it by the calendar and is empty where its place there is not known."""

    words: str
    key: tuple[int, ...] = ()


def reckoned(value: str, kind: TimexType) -> Reckoned | None:
    """What a TIMEX3 value says, in words; None where it says nothing that is known, or is no such value."""
    if value in _VAGUE:
        return Reckoned(_VAGUE[value])
    if kind in ("DURATION", "SET") and _LENGTH.fullmatch(value):
        length = _length(value)
        return Reckoned(length if kind == "DURATION" else f"every {length.removeprefix('1 ')}")
    day, has_time, clock = value.partition("T")
    known, time = _date(day), _time(clock) if has_time else Reckoned("", (-1, 0))
    if known is None or time is None:
        return None
    words = ", ".join(w for w in (known.words, time.words) if w)
    if not words:
        return None
    key = (*known.key, *time.key) if known.key else ()
    return Reckoned(f"every {words}" if kind == "SET" else words, key)


def _date(value: str) -> Reckoned | None:
    """The part of a value before its T; words are empty where none of it is known."""
    if m := _DAY.fullmatch(value):
        year, month, day = (int(part) if part and part.isdecimal() else 0 for part in m.groups())
        if "0000" in value or "-00" in value:
            return None
        return _of_calendar(year, month, day, known="X" not in value)
    if (m := _SEASON.fullmatch(value)) and m[2] in _SEASONS:
        begins, name = _SEASONS[m[2]]
        if m[1] == "XXXX":
            return Reckoned(name.removesuffix(" of"))
        return Reckoned(f"{name} {m[1]}", (int(m[1]), begins, 0))
    if m := _WEEK.fullmatch(value):
        return _of_week(m[1], m[2], m[3])
    if _ERA.fullmatch(value):
        decade = len(value) == 3
        words = f"{value}0s" if decade else f"{_ordinal(int(value) + 1)} century"
        return Reckoned(words, (int(value) * (10 if decade else 100), 0, 0))
    return None


def _of_calendar(year: int, month: int, day: int, known: bool) -> Reckoned | None:
    """Of a day, month or year, 0 where it is not told."""
    try:
        date(year or 2000, month or 1, day or 1)  # a leap year where the year is not told
    except ValueError:
        return None
    parts = (str(day) if day else "", _MONTHS[month - 1] if month else "", f"{year:04d}" if year else "")
    words = " ".join(p for p in parts if p)
    return Reckoned(words, (year, month, day) if known else ())


def _of_week(year: str, week: str, day: str | None) -> Reckoned | None:
    if "X" in year + week:
        return Reckoned("weekend" if day == "WE" else _DAYS[int(day) - 1] if day else "")
    try:
        begins = date.fromisocalendar(int(year), int(week), 6 if day == "WE" else int(day or 1))
    except ValueError:
        return None
    words = f"{begins.day} {_MONTHS[begins.month - 1]} {begins.year}"
    named = words if day and day != "WE" else f"{'weekend' if day else 'week'} of {words}"
    return Reckoned(named, (begins.year, begins.month, begins.day))


def _time(value: str) -> Reckoned | None:
    """The part of a value after its T, as the clock there shows it; None where it is no time of day."""
    if value in _PARTS:
        hour, name = _PARTS[value]
        return Reckoned(name, (hour, 0))
    m = _CLOCK.fullmatch(value)
    if m is None:
        return None
    zone = {None: "", "Z": " UTC"}.get(m[3], f" UTC{m[3]}")
    return Reckoned(f"{m[1]}:{m[2] or '00'}{zone}", (int(m[1]), int(m[2] or 0)))


def _length(value: str) -> str:
    day, _, clock = value[1:].partition("T")
    parts = [(amount, _UNITS[unit]) for amount, unit in _AMOUNT.findall(day)]
    parts += [(amount, _CLOCK_UNITS[unit]) for amount, unit in _AMOUNT.findall(clock)]
    told = [part for part in parts if part[0].strip("0.")] or parts[:1]
    return " ".join(_counted(amount, unit) for amount, unit in told)


def _counted(amount: str, unit: str) -> str:
    many = unit[:-1] + "ies" if unit.endswith("y") and unit != "day" else unit + "s"
    return f"1 {unit}" if amount == "1" else f"{'some' if amount == 'X' else amount} {many}"


def _ordinal(n: int) -> str:
    ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"
