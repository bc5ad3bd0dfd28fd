"""Times at the precision that each account gives."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from variorum.compare.comparators.finding import (
    Finding,
    about,
    both,
    closeness,
    likeness,
    marked,
    names,
    per_view,
    same_deed,
    strangers,
)
from variorum.compare.views import View
from variorum.model import Time
from variorum.values.dates import compare_times
from variorum.values.durations import Length, parse_duration
from variorum.values.result import ValueVerdict

_SURE = 0.5  # closeness of the rest of the clauses from which two times cannot both be right
_SURER = 0.75  # the same for clauses of two verbs
_LIKE = 0.33  # likeness of the rest from which that holds of two days in a row
_DAYS_IN_A_ROW = 2
_WEEK = 7
_AHEAD = 12  # characters before a length of time that may leave it open
_KINSHIP: dict[ValueVerdict, int] = {"equal": 3, "compatible": 2, "contradict": 1, "incomparable": 0}
_WEEKDAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)(?:(?:s|nes|rs|ur)?days?|s|rs|r)?\b", re.IGNORECASE)
_ABSOLUTE = re.compile(r"\d|\bago$")
_BOUNDS = (
    ("over", re.compile(r"\b(?:over|more than|at least|beyond)\b")),
    ("almost", re.compile(r"\b(?:almost|nearly|close to)\b")),
    ("under", re.compile(r"\b(?:under|less than|up to|within|at most)\b")),
    ("about", re.compile(r"\b(?:about|around|roughly|some|approximately)\b")),
)
_NEARLY = 0.8  # "almost three" is more than this share of three
_MONTH = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b")
_ANY_DAY, _ANY_YEAR = "XXXX-XX-XX", "XXXX"
_TO_DAY = len("2031-05-17")  # letters of a value up to its day
_ENOUGH = 2
_OF_DAY = re.compile(r"(?:\d{4}|X{4})-(?:\d\d-\d\d|WXX-\d)")

_Kind = Literal["day", "clock", "length", "span", "vague"]


@dataclass(frozen=True, slots=True)
class _Told:
    """A time and how it is told.

    `kind` is the precision of its value, `weekday` the day that its words name, `bound` on which side words
    like "over" leave a length open.
    """

    time: Time
    said: str
    kind: _Kind
    weekday: str
    bound: str

    @property
    def dated(self) -> bool:
        """Whether its words count or name more than a weekday."""
        return bool(_ABSOLUTE.search(self.said)) and (self.kind != "clock" or bool(_MONTH.search(self.said)))

    @property
    def day_told(self) -> bool:
        """Whether its words name the day."""
        return bool(self.weekday) or self.dated

    @property
    def year_told(self) -> bool:
        """Whether its words name the year, or count back to it."""
        return (
            self.time.value[:4] in self.said or self.said.endswith("ago") or not self.time.value[:4].isdigit()
        )


@per_view
def _told(view: View) -> tuple[_Told, ...]:
    return tuple(_read(t, view) for t in view.times)


def _read(time: Time, view: View) -> _Told:
    said = " ".join(view.quote_of(time.span).lower().split())
    found = _WEEKDAY.search(said)
    ahead = view.article_text[max(0, time.span.start - _AHEAD) : time.span.start].lower()
    bound = next((name for name, words in _BOUNDS if words.search(f"{ahead} {said}")), "")
    return _Told(time, said, _kind(time, said), found[1] if found else "", bound)


def _kind(time: Time, said: str) -> _Kind:
    value = time.value
    if value.startswith("P") and value[1:2] in "0123456789XT":
        return "length"
    if "T" in value and value.partition("T")[2][:1].isdigit():
        return "clock"
    if _OF_DAY.match(value):
        return "day"
    return "span" if _ABSOLUTE.search(said) else "vague"


def compare(a: View, b: View) -> Finding | None:
    """The same time agrees; one inside the other is compatible; two times of one event contradict.

    Days are those that each account's own date gives: a weekday that both name is the same for all that the
    dates say, and two weekdays are compared as days. Days in a row need clauses less alike than days apart.
    """
    if not a.times or not b.times:
        return _one_sided(a, b)
    pairs = [(_met(x, y, a, b), x, y) for x in _told(a) for y in _told(b)]
    best, x, y = max(pairs, key=_kinship)
    said = both(a, x.time.span, b, y.time.span)
    clocks = [p for p in pairs if p[1].kind == p[2].kind == "clock"]
    if clocks and all(p[0] == "contradict" for p in clocks) and best != "contradict":
        _, early, late = clocks[-1]
        if _one_event(early, late, a, b) or (best == "equal" and x.kind == "day" and about(a) & about(b)):
            said = both(a, early.time.span, b, late.time.span)
            return Finding("contradict", "time", f"{said}: no time of day is both", 0.8)
    if best == "equal":
        return Finding("agree", "time", f"{said}: the same time", 0.5)
    if best == "compatible":
        return Finding("compatible", "time", f"{said}: one is more precise", 0.6)
    if best == "contradict" and _one_event(x, y, a, b):
        because = compare_times(*_borne(x, y)).because.partition(": ")[2]
        return Finding("contradict", "time", f"{said}: {because}", 0.8)
    return Finding("compatible", "time", f"{said}: perhaps not times of one thing", 0.42)


def apart(a: View, b: View) -> bool:
    """Whether both claims name days or longer spans, and none of one can be one of the other."""
    in_a = [t for t in _told(a) if t.kind in ("day", "span")]
    in_b = [t for t in _told(b) if t.kind in ("day", "span")]
    return bool(in_a and in_b) and all(_relation(x, y) == "contradict" for x in in_a for y in in_b)


def _kinship(pair: tuple[ValueVerdict, _Told, _Told]) -> tuple[int, bool, int]:
    relation, x, y = pair
    return _KINSHIP[relation], x.kind == y.kind, -x.time.span.start - y.time.span.start


def _met(x: _Told, y: _Told, a: View, b: View) -> ValueVerdict:
    """How the values stand, a time of day being more precise than a day only if it is of that day."""
    relation = _relation(x, y)
    if relation == "compatible" and {x.kind, y.kind} == {"clock", "day"}:
        clock, day, view = (x, y, a) if x.kind == "clock" else (y, x, b)
        if not clock.day_told and not _of_day(clock, day, view):
            return "incomparable"
    return relation


def _of_day(clock: _Told, day: _Told, view: View) -> bool:
    """Whether a time of day that names no day is of one: by the days beside it, else by its value."""
    beside = [t for t in _told(view) if t.kind == "day"]
    if beside:
        return any(_relation(t, day) in ("equal", "compatible") for t in beside)
    return compare_times(clock.time.value[:_TO_DAY], day.time.value).relation != "contradict"


def _relation(x: _Told, y: _Told) -> ValueVerdict:
    """How the values stand, as far as each account's words bear them.

    Relative words that are the same mean the same, each counted from its account; days and years that are
    only inferred from an account's date are left out where the words give more.
    """
    if x.said == y.said and x.kind != "clock":
        return "equal" if x.weekday or x.dated or x.time.value == y.time.value else "compatible"
    if x.weekday and x.weekday == y.weekday and not (x.dated and y.dated):
        return "compatible" if x.said != y.said or "clock" not in (x.kind, y.kind) else "equal"
    if x.kind == y.kind == "length":
        return _lengths(x, y)
    relation = compare_times(*_borne(x, y)).relation
    if relation == "equal" and x.kind != "clock" and x.time.value != y.time.value:
        return "compatible"
    return relation


def _lengths(x: _Told, y: _Told) -> ValueVerdict:
    """How two lengths of time stand, "almost three hours" being less than three and "over three" more."""
    first, second = parse_duration(x.time.value), parse_duration(y.time.value)
    if first is None or second is None:
        return "incomparable"
    if x.time.value == y.time.value and x.bound == y.bound:
        return "equal"
    return "compatible" if _loosened(first, x.bound).overlaps(_loosened(second, y.bound)) else "contradict"


def _loosened(length: Length, bound: str) -> Length:
    below = {"almost": _NEARLY, "under": 0.0, "about": _NEARLY}.get(bound, 1.0)
    above = {"over": math.inf, "about": 2 - _NEARLY}.get(bound, 1.0)
    return Length(length.low * below, length.high * above)


def _borne(x: _Told, y: _Told) -> tuple[str, str]:
    values = [x.time.value, y.time.value]
    if "clock" in (x.kind, y.kind) and not (x.day_told and y.day_told):
        values = [_ANY_DAY + v[10:] if t.kind == "clock" else v for t, v in zip((x, y), values, strict=True)]
    elif x.dated and y.dated:
        values = [v if t.year_told else _ANY_YEAR + v[4:] for t, v in zip((x, y), values, strict=True)]
    return values[0], values[1]


def _one_event(x: _Told, y: _Told, a: View, b: View) -> bool:
    """Whether two times that cannot meet are told of one event, rather than of two."""
    if "vague" in (x.kind, y.kind):
        return False
    in_a, in_b = about(a), about(b)
    shared = in_a & in_b
    if closeness(in_a, in_b) >= _SURER:
        return True
    if not shared - names(a) - names(b) or (strangers(a, b) and len(shared) < _ENOUGH):
        return False
    if {x.kind, y.kind} <= {"day", "clock"} and _in_a_row(x, y):
        return likeness(in_a, in_b) >= _LIKE
    return same_deed(a, b) and len(shared) >= _ENOUGH and closeness(in_a, in_b) >= _SURE


def _in_a_row(x: _Told, y: _Told) -> bool:
    day, other = _day(x.time.value), _day(y.time.value)
    if day is None or other is None:
        return False
    between = abs(day - other)
    if max(day, other) <= _WEEK:
        between = min(between, _WEEK - between)
    return between <= _DAYS_IN_A_ROW


def _day(value: str) -> int | None:
    """A number that grows by one a day: of the calendar, or 1 to 7 where only the weekday is known."""
    if value.startswith("XXXX-WXX-") and value[9:10].isdigit():
        return int(value[9])
    try:
        return date.fromisoformat(value[:10]).toordinal()
    except ValueError:
        return None


def _one_sided(a: View, b: View) -> Finding | None:
    only = a if a.times else b
    if not only.times:
        return None
    time: Time = only.times[0]
    return Finding("compatible", "time", f"{marked(only.quote_of(time.span))} not in the other wording", 0.38)
