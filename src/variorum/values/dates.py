"""Compares TIMEX3 values at their precision: they contradict only where no day or hour is both."""

from __future__ import annotations

from functools import lru_cache

from variorum.values.calendar import Clock, Date, parse_date
from variorum.values.durations import parse_duration
from variorum.values.result import ValueRelation

_REFERENCES = frozenset({"PAST_REF", "PRESENT_REF", "FUTURE_REF"})


@lru_cache(maxsize=4096)
def compare_times(a: str, b: str) -> ValueRelation:
    """Whether two TIMEX3 values can be of one time.

    Args:
        a: a value such as `2016-07-14`, `XXXX-02-24`, `2013-W11`, `P3D`, `2024-05-10T15:30Z`, `PAST_REF`.
        b: another.

    Returns:
        `equal` for the same value, `compatible` where one is vaguer or both leave room, `contradict` where no
        time is both, `incomparable` for a length and a point in time, or values that are not TIMEX3.
    """
    names = f"{a} / {b}"
    if a == b:
        return ValueRelation("equal", f"{names}: the same")
    if a in _REFERENCES or b in _REFERENCES:
        return ValueRelation("compatible", f"{names}: one is vague")
    length_a, length_b = parse_duration(a), parse_duration(b)
    if length_a is not None and length_b is not None:
        if length_a.overlaps(length_b):
            return ValueRelation("compatible", f"{names}: lengths that can be one")
        return ValueRelation("contradict", f"{names}: different lengths")
    date_a, date_b = parse_date(a), parse_date(b)
    if date_a is None or date_b is None:
        return ValueRelation("incomparable", f"{names}: different kinds of time")
    return _compare_dates(date_a, date_b, names)


def _compare_dates(a: Date, b: Date, names: str) -> ValueRelation:
    if not a.shares_day(b):
        return ValueRelation("contradict", f"{names}: no day is both")
    if a.clock is not None and b.clock is not None and not _clocks_meet(a.clock, b.clock):
        return ValueRelation("contradict", f"{names}: no time of day is both")
    return ValueRelation("compatible", f"{names}: can be one time")


def _clocks_meet(a: Clock, b: Clock) -> bool:
    """Whether two times of day can be one; times in zones that are not both known always can."""
    if (a.zone is None) != (b.zone is None):
        return True
    shift = 0 if a.zone is None or b.zone is None else a.zone - b.zone
    day = 24 * 60
    # 23:00 and 01:00 two zones east are one moment: look at the days on either side too
    return any(a.low - shift + turn <= b.high and b.low <= a.high - shift + turn for turn in (-day, 0, day))
