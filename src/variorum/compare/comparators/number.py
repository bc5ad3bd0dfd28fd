"""Numbers as the ranges they leave open, of the same thing counted or measured."""

from __future__ import annotations

from dataclasses import dataclass

from variorum.compare.comparators.finding import LIKELY, Finding, closeness, content, frame, likeness, marked
from variorum.compare.features import stem
from variorum.compare.views import View, words_of
from variorum.lexicon import table, words
from variorum.model import Quantity
from variorum.values.numbers import compare_numbers
from variorum.values.result import ValueRelation

_OUTGROWN = 1.2  # a confirmed count ("at least 60") is outdated by a number this many times as large
_SCALE = 8.0
_SURE = 0.75  # closeness of the rest of two clauses from which numbers of things unnamed are of one thing
_BEHIND = 2  # a word before a number is as near to it as one twice as far behind it


@dataclass(frozen=True, slots=True)
class _Counted:
    """A quantity with what befell the counted ("dead", "hurt", …; empty where nothing is said).

    `at_least` marks a confirmed count, open above; `follows` is the word after it.
    """

    quantity: Quantity
    fate: str
    of: str
    at_least: bool
    follows: str


@dataclass(frozen=True, slots=True)
class _Pair:
    x: _Counted
    y: _Counted
    relation: ValueRelation
    kinship: float


def compare(a: View, b: View) -> Finding | None:
    """Equal numbers agree, ranges with a number in common are compatible, others contradict.

    Only numbers of the same thing are compared: unit, noun and fate (dead, hurt, missing, held) must not
    differ. A confirmed count ("at least 60") that the other account's number has outgrown contradicts it too:
    readers must see an update. Numbers in clauses that are otherwise unlike are compatible at most.
    """
    alike = likeness(content(a.words), content(b.words))
    pairs = [_pair(x, y, alike) for x in _counted(a) for y in _counted(b) if _comparable(x, y)]
    if not pairs:
        return None
    best = max(pairs, key=lambda p: (p.kinship, -p.x.quantity.span.start - p.y.quantity.span.start))
    x, y, relation = best.x, best.y, best.relation
    said = f"{marked(a.quote_of(x.quantity.span))} / {marked(b.quote_of(y.quantity.span))}"
    if relation.relation == "equal":
        return Finding("agree", "number", f"{said}: the same number", 0.6)
    if relation.relation == "incomparable":
        return None
    if _outgrown(x, y):
        return Finding("contradict", "number", f"{said}: one count has outgrown the other", 0.9)
    if relation.relation == "compatible":
        return Finding("compatible", "number", f"{said}: both can be true", 0.8)
    if _adds_up(x, b) or _adds_up(y, a):
        return Finding("compatible", "number", f"{said}: the parts add up", 0.8)
    if _same_thing(x, y, a, b):
        return Finding("contradict", "number", f"{said}: {relation.because.partition(': ')[2]}", 0.9)
    return Finding("compatible", "number", f"{said}: perhaps not counts of one thing", 0.3)


def _counted(view: View) -> list[_Counted]:
    known = [q for q in view.quantities if q.min is not None or q.max is not None]
    return [_read(q, view) for q in known]


def _read(q: Quantity, view: View) -> _Counted:
    confirmed = q.max is None and view.quote_of(q.span).lower().startswith("at least")
    behind = words_of(view.article_text[q.span.end : view.ref.span.end])
    return _Counted(q, _fate(q, view), (q.of or "").lower(), confirmed, behind[0] if behind else "")


def _fate(q: Quantity, view: View) -> str:
    """What befell them, by the nearest word that says so."""
    kinds = table("fates.txt")
    best, nearest = "", float("inf")
    text, at = view.text.lower(), 0
    start, end = q.span.start - view.ref.span.start, q.span.end - view.ref.span.start
    for word in view.words:
        found = text.find(word, at)
        if found < 0:
            continue
        at = found + len(word)
        if word in kinds:
            gap = found - end if found >= end else _BEHIND * (start - found)
            if gap < nearest:
                best, nearest = kinds[word][0], gap
    return best


def _comparable(x: _Counted, y: _Counted) -> bool:
    if x.fate and y.fate and x.fate != y.fate:
        return False
    if (x.follows == "of") != (y.follows == "of"):  # "21 of the girls": a part, not a count of the whole
        return False
    if not x.of or not y.of:
        return True
    people = words("people.txt")
    return stem(x.of) == stem(y.of) or (x.of in people and y.of in people)


def _pair(x: _Counted, y: _Counted, alike: float) -> _Pair:
    relation = compare_numbers(x.quantity, y.quantity)
    same_noun = bool(x.of) and stem(x.of) == stem(y.of)
    kinship = 2.0 * (relation.relation == "equal") + same_noun + (x.fate == y.fate != "") + alike
    return _Pair(x, y, relation, kinship - 4 * (relation.relation == "incomparable"))


def _outgrown(x: _Counted, y: _Counted) -> bool:
    """Whether one is a confirmed count of people that the other leaves far behind."""
    if not x.fate or x.fate != y.fate:
        return False
    for confirmed, other in ((x, y), (y, x)):
        low, top = other.quantity.min, other.quantity.max
        if confirmed.at_least and low is not None and top is not None:
            return (low + top) / 2 > _OUTGROWN * (confirmed.quantity.min or 0)
    return False


def _adds_up(total: _Counted, parts: View) -> bool:
    """Whether the other account's numbers, of people all, sum to this one."""
    exact = [q.min for q in parts.quantities if q.unit is None and q.min is not None and q.min == q.max]
    return len(exact) > 1 and total.quantity.min == total.quantity.max == sum(exact)


def _out_of_scale(x: Quantity, y: Quantity) -> bool:
    """Whether the numbers lie so far apart that they are rather of a part and its whole, or of two things."""
    low, high = sorted((x.min or x.max or 0, y.min or y.max or 0))
    return high > _SCALE * low


def _same_thing(x: _Counted, y: _Counted, a: View, b: View) -> bool:
    if _out_of_scale(x.quantity, y.quantity):
        return False
    people = words("people.txt")
    if x.fate and x.fate == y.fate and (x.of in people or y.of in people):
        return True
    if x.quantity.unit == y.quantity.unit == "year" and x.follows == y.follows in people:
        return True  # the age of one person
    same_noun = bool(x.of) and stem(x.of) == stem(y.of)
    rest = closeness(frame(a, [x.quantity.span]), frame(b, [y.quantity.span]))
    return rest >= (LIKELY if same_noun else _SURE)
