"""Numbers as the ranges they leave open, of the same thing counted or measured."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from variorum.compare.comparators.finding import LIKELY, Finding, content, frame, likeness, marked
from variorum.compare.features import stem
from variorum.compare.views import View
from variorum.lexicon import table, words
from variorum.model import Quantity

_ABOUT = 0.1  # share by which "about" and "nearly" let a number be off
_OUTGROWN = 1.2  # a confirmed count ("at least 60") is outdated by a number this many times as large


@dataclass(frozen=True, slots=True)
class _Counted:
    quantity: Quantity
    low: float
    high: float
    fate: str
    of: str
    at_least: bool


def compare(a: View, b: View) -> Finding | None:
    """Equal numbers agree, ranges with a number in common are compatible, others contradict.

    Only numbers of the same thing are compared: unit, noun and fate (dead, hurt, missing, held) must not
    differ. A confirmed count ("at least 60") that the other account's number has outgrown contradicts it too:
    readers must see an update. Numbers in clauses that are otherwise unlike are compatible at most.
    """
    pairs = [(_alike(x, y, a, b), x, y) for x in _counted(a) for y in _counted(b) if _comparable(x, y)]
    if not pairs:
        return None
    _, x, y = max(pairs, key=lambda p: (p[0], -p[1].quantity.span.start, -p[2].quantity.span.start))
    said = f"{marked(a.quote_of(x.quantity.span))} / {marked(b.quote_of(y.quantity.span))}"
    if (x.low, x.high) == (y.low, y.high):
        return Finding("agree", "number", f"{said}: the same number", 0.6)
    if max(x.low, y.low) <= min(x.high, y.high) and not _outgrown(x, y):
        return Finding("compatible", "number", f"{said}: both can be true", 0.8)
    if _same_statement(x, y, a, b):
        what = x.of or y.of
        return Finding("contradict", "number", f"{said}: no one number of {what or 'them'} fits both", 0.9)
    return Finding("compatible", "number", f"{said}: perhaps not counts of the same thing", 0.3)


def _counted(view: View) -> list[_Counted]:
    return [_read(q, view) for q in view.quantities if q.min is not None or q.max is not None]


def _read(q: Quantity, view: View) -> _Counted:
    low = -inf if q.min is None else q.min
    high = inf if q.max is None else q.max
    if q.approximate:
        low, high = low - _ABOUT * abs(low), high + _ABOUT * abs(high)
    at_least = q.min is not None and q.max is None and "least" in view.quote_of(q.span).lower()
    return _Counted(q, low, high, _fate(q, view), (q.of or "").lower(), at_least)


def _fate(q: Quantity, view: View) -> str:
    """Dead, hurt, missing or held, by the word of that kind nearest to the number; empty for none."""
    kinds = table("fates.txt")
    best, nearest = "", 10**9
    at = view.ref.span.start
    for word in view.words:
        found = view.article_text.lower().find(word, at)
        at = found + len(word) if found >= 0 else at
        if word in kinds:
            gap = found - q.span.end if found >= q.span.end else 2 * (q.span.start - found)
            if gap < nearest:
                best, nearest = kinds[word][0], gap
    return best


def _comparable(x: _Counted, y: _Counted) -> bool:
    if x.quantity.unit != y.quantity.unit:
        return False
    if x.fate and y.fate and x.fate != y.fate:
        return False
    if not x.of or not y.of:
        return True
    people = words("people.txt")
    return stem(x.of) == stem(y.of) or (x.of in people and y.of in people)


def _alike(x: _Counted, y: _Counted, a: View, b: View) -> float:
    same_noun = bool(x.of) and stem(x.of) == stem(y.of)
    same_range = (x.low, x.high) == (y.low, y.high)
    return (
        2.0 * same_range + same_noun + (x.fate == y.fate != "") + likeness(content(a.words), content(b.words))
    )


def _outgrown(x: _Counted, y: _Counted) -> bool:
    if not (x.fate and x.fate == y.fate):
        return False
    for confirmed, other in ((x, y), (y, x)):
        if confirmed.at_least and other.high != inf and other.low > _OUTGROWN * confirmed.low:
            return True
    return False


def _same_statement(x: _Counted, y: _Counted, a: View, b: View) -> bool:
    if x.fate and x.fate == y.fate:
        return True
    same_noun = bool(x.of) and stem(x.of) == stem(y.of)
    rest = likeness(frame(a, [x.quantity.span]), frame(b, [y.quantity.span]))
    return rest >= (LIKELY if same_noun else 0.75)
