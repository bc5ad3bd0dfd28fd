"""TIMEX3 durations as ranges of seconds."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

_AMOUNT = r"(?:\d+(?:\.\d+)?|X)"
_DURATION = re.compile(rf"P(?P<days>(?:{_AMOUNT}(?:DE|CE|[YQMWD]))*)(?:T(?P<clock>(?:{_AMOUNT}[HMS])+))?")
_PART = re.compile(r"(\d+(?:\.\d+)?|X)(DE|CE|[A-Z])")
_DAY = 86_400.0
# The shortest and the longest that a unit can be, in seconds.
_DATE_UNITS = {
    "D": (_DAY, _DAY),
    "W": (7 * _DAY, 7 * _DAY),
    "M": (28 * _DAY, 31 * _DAY),
    "Q": (90 * _DAY, 92 * _DAY),
    "Y": (365 * _DAY, 366 * _DAY),
    "DE": (3650 * _DAY, 3660 * _DAY),
    "CE": (36500 * _DAY, 36600 * _DAY),
}
_CLOCK_UNITS = {"H": (3600.0, 3600.0), "M": (60.0, 60.0), "S": (1.0, 1.0)}


@dataclass(frozen=True, slots=True)
class Length:
    """The seconds that a duration can last, both ends included."""

    low: float
    high: float

    def overlaps(self, other: Length) -> bool:
        """Whether some length is both."""
        return self.low <= other.high and other.low <= self.high


def parse_duration(value: str) -> Length | None:
    """The length of `P3D`, `PT90M`, `PXY`; None for what is no duration.

    An amount of X is one or more. Part units may be mixed (`P1Y6M`).
    """
    match = _DURATION.fullmatch(value)
    if match is None or not (match["days"] or match["clock"]):
        return None
    low = high = 0.0
    for text, units in ((match["days"], _DATE_UNITS), (match["clock"], _CLOCK_UNITS)):
        for amount, unit in _PART.findall(text or ""):
            least, most = units[unit]
            low += least * (1.0 if amount == "X" else float(amount))
            high += math.inf if amount == "X" else most * float(amount)
    return Length(low, high)
