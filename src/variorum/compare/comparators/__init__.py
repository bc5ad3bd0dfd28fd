"""One comparator a value type; to add one, write its file and name it here.

A comparator takes two claims that seem to state one fact and returns a `Finding`, or None where the claims
bear no two values of its type. It must give the same judgement when the claims are swapped, except that
`because` names the values in the claims' order. What it cannot be sure of it calls `compatible`.
"""

from __future__ import annotations

from collections.abc import Callable

from variorum.compare.comparators import (
    action,
    actor,
    cause,
    certainty,
    number,
    place,
    polarity,
    quote,
    time,
)
from variorum.compare.comparators.finding import Finding
from variorum.compare.views import View

Comparator = Callable[[View, View], Finding | None]

COMPARATORS: tuple[Comparator, ...] = (
    number.compare,
    time.compare,
    place.compare,
    actor.compare,
    quote.compare,
    polarity.compare,
    certainty.compare,
    cause.compare,
    action.compare,
)

__all__ = ["COMPARATORS", "Comparator", "Finding"]
