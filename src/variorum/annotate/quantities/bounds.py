"""What words such as "at least", "nearly" and "or so" make of a number: the range they leave open."""

from __future__ import annotations

import math
from dataclasses import dataclass

# "About 30" and its like: within a tenth. Speakers round to one or two leading digits (Krifka 2007,
# "Approximate interpretation of number words"), and a tenth is half a step of the second.
BAND = 0.1


@dataclass(frozen=True, slots=True)
class Bounds:
    """An inclusive range; None is open."""

    min: float | None
    max: float | None
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Modifier:
    """Words around a number and what they do to it.

    `effect` is one of `at_least`, `over`, `just_over`, `at_most`, `under`, `nearly`, `about`. `pattern` is
    read by `variorum.annotate.grammar`; longer wordings of an effect come before those that they contain.
    """

    effect: str
    pattern: str


BEFORE = (
    Modifier("just_over", r"(just | slightly | marginally | a little | a bit) (over | more than | above)"),
    Modifier(
        "at_least", r"(at (the very)? least | (a)? minimum of | (no | not) (fewer | less) than | upwards of)"
    ),
    Modifier("at_least", r"as (few | little) as"),
    Modifier("at_most", r"(at (the very)? most | up to | (no | not) more than | (a)? maximum of)"),
    Modifier("at_most", r"as (many | much) as"),
    Modifier(
        "nearly", r"(nearly | almost | close to | approaching | not quite | just (under | below | shy of))"
    ),
    Modifier(
        "over",
        r"(well | far)? ((more | greater | larger | higher) than | over | above | in excess of | exceeding)",
    ),
    Modifier("under", r"(well | far)? ((fewer | less | lower | smaller) than | under | below)"),
    Modifier(
        "about", r"(about | around | roughly | approximately | approx (.)? | circa | perhaps | maybe | some)"
    ),
    Modifier("about", r"((an)? estimated | something like | in the (region | order) of)"),
)
AFTER = (
    Modifier("at_least", r"((or | and) more | - plus | ~plussign | or above | or over | or greater)"),
    Modifier("at_most", r"or (fewer | less | under | below)"),
    Modifier("about", r"(or so | - ish | odd | - odd)"),
)


def exact(low: float, high: float) -> Bounds:
    """A number as it stands, or a range that is said outright."""
    return Bounds(low, high)


def modified(effect: str, low: float, high: float, count: bool) -> Bounds:
    """The range that a modifier makes of a number or of the range `low` to `high`.

    Args:
        effect: as in `Modifier`.
        low: lower end of what was said.
        high: upper end; equal to `low` for a single number.
        count: whether whole things are counted. Then a strict bound is the next whole number: "more than ten
            soldiers" is at least 11. For measures and money the range type has no strict bound, and "more
            than 3 km" is at least 3.
    """
    step = 1.0 if count and low == int(low) and high == int(high) else 0.0
    down, up = (math.floor, math.ceil) if step else (_as_it_is, _as_it_is)
    if effect == "at_least":
        return Bounds(low, None)
    if effect == "over":
        return Bounds(low + step, None)
    if effect == "just_over":
        return Bounds(low + step, up(_tidy(high * (1 + BAND))), True)
    if effect == "at_most":
        return Bounds(None, high)
    if effect == "under":
        return Bounds(None, high - step)
    if effect == "nearly":
        return Bounds(down(_tidy(low * (1 - BAND))), high, True)
    if effect == "about":
        return Bounds(down(_tidy(low * (1 - BAND))), up(_tidy(high * (1 + BAND))), True)
    raise ValueError(f"no such effect: {effect!r}")


def _as_it_is(value: float) -> float:
    return value


def _tidy(value: float) -> float:
    """Without the dust of binary fractions: 1.1 times 30 is 33."""
    return float(f"{value:.10g}")
