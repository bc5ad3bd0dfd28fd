"""The times that the accounts name, in order, each with the sentences that name it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Literal

from variorum.model import Annotation, Ref, Time
from variorum.render.clean import visible
from variorum.render.pieces import pieces
from variorum.render.view import Desk, Reading

__all__ = ["TimeLine", "timeline"]

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_PARTS = {"MO": (6, "morning"), "MI": (12, "midday"), "AF": (13, "afternoon"), "EV": (18, "evening")}
_PARTS |= {"NI": (22, "night"), "DT": (8, "daytime")}
_SEASONS = {"SP": (3, "spring"), "SU": (6, "summer"), "FA": (9, "autumn"), "WI": (12, "winter")}
_SEASONS |= {f"Q{q}": (3 * q - 2, f"quarter {q}") for q in range(1, 5)}
_SEASONS |= {"H1": (1, "first half"), "H2": (7, "second half")}

_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T(?:([A-Z]{2})|(\d\d)(?::?(\d\d))?[\d:.]*Z?))?")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE|-[1-7])?")
_SEASON = re.compile(r"(\d{4})-([SFWQH][PUAI1-4])")

Standing = Literal["dated", "open", "length"]


@dataclass(frozen=True, slots=True)
class TimeLine:
    """One TIMEX3 value with every sentence that names it.

    `standing` is `dated` for a time on the calendar, `open` where parts of it are not known, `length` for
    durations and repeated times. The readings' refs are the expressions, their pieces the sentences.
    """

    value: str
    label: str
    standing: Standing
    readings: tuple[Reading, ...]

    @property
    def sigla(self) -> tuple[str, ...]:
        """The accounts that name it, each once."""
        return tuple(dict.fromkeys(r.siglum for r in self.readings))


def timeline(desk: Desk) -> tuple[TimeLine, ...]:
    """The times of all accounts: the dated ones in the order of the calendar, then the others."""
    found: dict[tuple[bool, str], list[Reading]] = defaultdict(list)
    for account in desk.accounts:
        for time in account.annotation.times:
            reading = _in_sentence(account.annotation, account.siglum, time)
            found[time.type in ("DURATION", "SET"), time.value].append(reading)
    keyed = []
    for (length, value), readings in found.items():
        at = None if length else _reckoned(value)
        standing: Standing = "length" if length else "open" if at is None else "dated"
        label = visible(at[1] if at else value)
        key = (("dated", "open", "length").index(standing), at[0] if at else (), value)
        keyed.append((key, TimeLine(visible(value), label, standing, tuple(readings))))
    return tuple(line for _, line in sorted(keyed, key=lambda k: k[0]))


def _in_sentence(annotation: Annotation, siglum: str, time: Time) -> Reading:
    before = bisect_right(annotation.sentences, time.span.start, key=lambda s: s.start) - 1
    sentence = annotation.sentences[before] if before >= 0 else time.span
    if not sentence.holds(time.span):
        sentence = time.span
    words = pieces(annotation.article.text, sentence, (time.span,) if sentence != time.span else ())
    return Reading(Ref(annotation.article.id, time.span), siglum, words)


def _reckoned(value: str) -> tuple[tuple[int, ...], str] | None:
    """A key that sorts by the calendar, and the value in words; None where the value is not all known."""
    if m := _DAY.fullmatch(value):
        year, month, day, part, hour, minute = m.groups()
        if (month and not 1 <= int(month) <= 12) or (part and part not in _PARTS):
            return None
        words = " ".join(
            w for w in (str(int(day)) if day else "", _MONTHS[int(month) - 1] if month else "", year) if w
        )
        key = (int(year), int(month or 0), int(day or 0))
        if part:
            return (*key, _PARTS[part][0], 0), f"{words}, {_PARTS[part][1]}"
        if hour:
            return (*key, int(hour), int(minute or 0)), f"{words}, {hour}:{minute or '00'}"
        return (*key, -1, 0), words
    if m := _SEASON.fullmatch(value):
        if m[2] not in _SEASONS:
            return None
        month_of, name = _SEASONS[m[2]]
        return (int(m[1]), month_of, 0, -1, 0), f"{name} {m[1]}"
    if (m := _WEEK.fullmatch(value)) and 1 <= int(m[2]) <= 52 and int(m[1]):
        weekend = m[3] == "-WE"
        on = date.fromisocalendar(int(m[1]), int(m[2]), 6 if weekend else int((m[3] or "-1")[1]))
        named = f"{'weekend of ' if weekend else ''}week {int(m[2])} of {m[1]}"
        return (on.year, on.month, on.day, -1, 0), named
    return None
