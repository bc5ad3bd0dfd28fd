"""What time does to likeness: reports of one event are of the same weeks, and what comes back yearly is new.

The likeness of two articles fades with the days between them (Yang, Pierce and Carbonell 1998 found that it
should). A story that nothing was added to for whole years, give or take some days, rests on that day:
what is told then is its anniversary, or the next of a yearly kind.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

_FADING = 800.0  # days in which likeness falls to 1/e
_YEAR = 365.25
_AROUND = 20  # days before and after a whole year
_LONGEST = 4096

_KEPT = np.array([math.exp(-days / _FADING) for days in range(_LONGEST)])

UNDATED = 0
"""The day of an article whose day is not known: no time lies between it and any other."""


def kept(day: int, others: NDArray[np.int64]) -> NDArray[np.float64]:
    """The share of likeness that is left between an article of `day` and those of other days (ordinals)."""
    between = np.minimum(np.abs(others - day), _LONGEST - 1)
    if day == UNDATED:
        return np.ones(len(others))
    share: NDArray[np.float64] = np.where(others == UNDATED, 1.0, _KEPT[between])
    return share


def is_anniversary(days: int) -> bool:
    """Whether so many days are about one year or several."""
    return days > _YEAR / 2 and abs((days + _YEAR / 2) % _YEAR - _YEAR / 2) <= _AROUND
