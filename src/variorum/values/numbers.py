"""Compares numbers as the ranges they leave open."""

from __future__ import annotations

import math
from dataclasses import dataclass

from variorum.model import Quantity
from variorum.values.result import ValueVerdict

# A number that ends in zeros was rounded, but nobody rounds by more than this share of it.
_MOST_ROUNDED = 0.05
# Whole things below this step are counted, not rounded: 77 dead and 80 dead differ.
_LEAST_STEP_OF_COUNTS = 100.0
_SAME = 1e-9  # relative difference that binary fractions and unit conversion leave

# Units of one dimension, as multiples of its first.
_DIMENSIONS: tuple[dict[str, float], ...] = (
    {"m": 1.0, "km": 1e3, "cm": 1e-2, "mm": 1e-3},
    {"kg": 1.0, "g": 1e-3, "mg": 1e-6, "t": 1e3},
    {"l": 1.0, "ml": 1e-3, "m³": 1e3},
    {"m²": 1.0, "km²": 1e6, "ha": 1e4},
    {"W": 1.0, "kW": 1e3, "MW": 1e6, "GW": 1e9},
    {"MB": 1.0, "kB": 1e-3, "GB": 1e3, "TB": 1e6},
    {"%": 1.0, "share": 100.0},
    {"month": 1.0, "year": 12.0},
)


@dataclass(frozen=True, slots=True)
class Amount:
    """An inclusive range; None is open.

    `slack` is how far the true number may lie outside because the number given is a round one: 20 for "400"
    sheep, 0 for "387". `unit` as in `Quantity`.
    """

    min: float | None
    max: float | None
    unit: str | None = None
    slack: float = 0.0

    @classmethod
    def of(cls, quantity: Quantity) -> Amount:
        """The amount of a quantity, in the first unit of its dimension."""
        factor, unit = _in_base_unit(quantity.unit)
        bounds = [b for b in (quantity.min, quantity.max) if b is not None]
        slack = max((rounding_slack(b, quantity.unit is None) for b in bounds), default=0.0)
        low, high = (None if b is None else b * factor for b in (quantity.min, quantity.max))
        return cls(low, high, unit, slack * factor)


def rounding_slack(number: float, count: bool) -> float:
    """How far the true number may lie from a round one: half the step it is rounded to, at most a twentieth.

    Args:
        number: as said.
        count: whether whole things are counted; those below some hundred are not rounded unsaid.
    """
    step = _step(number)
    if number == 0 or (count and step < _LEAST_STEP_OF_COUNTS):
        return 0.0
    return min(step / 2, abs(number) * _MOST_ROUNDED)


def _step(number: float) -> float:
    """The place of the last digit that is not zero: 1000 for 45,000, 0.1 for 3.5."""
    digits, _, exponent = f"{number:.9e}".partition("e")
    places = len(digits.rstrip("0").rstrip(".").lstrip("-").replace(".", "")) - 1
    return 10.0 ** (int(exponent) - places)


def _in_base_unit(unit: str | None) -> tuple[float, str | None]:
    for dimension in _DIMENSIONS:
        if unit in dimension:
            return dimension[unit], next(iter(dimension))
    return 1.0, unit


def relate_amounts(a: Amount, b: Amount) -> tuple[ValueVerdict, str]:
    """How two ranges of one thing stand to each other, and why; what is counted is for the caller to know."""
    if a.unit != b.unit:
        return "incomparable", "different units"
    if _same(a.min, b.min) and _same(a.max, b.max):
        return "equal", "the same"
    gap = _gap(a, b)
    if gap <= 0:
        return "compatible", "both can be true"
    if gap <= max(a.slack, b.slack):
        return "compatible", "the same when rounded"
    return "contradict", "no number is both"


def _same(a: float | None, b: float | None) -> bool:
    if a is None or b is None:
        return a is b
    return math.isclose(a, b, rel_tol=_SAME)


def _gap(a: Amount, b: Amount) -> float:
    """The distance between two ranges; 0 or less where they share a number."""
    a_low, b_low = (-math.inf if x.min is None else x.min for x in (a, b))
    a_high, b_high = (math.inf if x.max is None else x.max for x in (a, b))
    gap = max(a_low - b_high, b_low - a_high)
    nearest = max(abs(v) for v in (a_low, b_low, a_high, b_high) if not math.isinf(v))
    return 0.0 if 0 < gap <= _SAME * nearest else gap
