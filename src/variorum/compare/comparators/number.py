"""Numbers as the ranges they leave open, of the same thing counted or measured."""

from __future__ import annotations

from dataclasses import dataclass

from variorum.compare.comparators.counted import Counted, counted
from variorum.compare.comparators.finding import (
    Finding,
    about,
    both,
    closeness,
    frame,
    likeness,
    marked,
    names,
    same_deed,
    strangers,
)
from variorum.compare.comparators.time import apart
from variorum.compare.views import View
from variorum.model import Quantity, Span
from variorum.values.numbers import relate_amounts
from variorum.values.result import ValueVerdict

_OUTGROWN = 1.2  # a confirmed count ("at least 60") is outdated by a number this many times as large
_SCALE = 8.0
_SAME_NOUN = 0.6  # closeness of the rest of two clauses from which numbers of one noun are of one thing
_NO_NOUN = 0.75  # the same where no noun is told


@dataclass(frozen=True, slots=True)
class _Pair:
    x: Counted
    y: Counted
    relation: ValueVerdict
    why: str
    kinship: float


def compare(a: View, b: View) -> Finding | None:
    """Equal numbers agree, ranges with a number in common are compatible, others contradict.

    Only numbers of the same thing are compared: unit, noun and fate (dead, hurt, missing, held) must not
    differ. A confirmed count ("at least 60") that the other account's number has outgrown contradicts it too:
    readers must see an update. Numbers in clauses that are otherwise unlike are compatible at most.
    """
    in_a, in_b = counted(a), counted(b)
    if not in_a or not in_b:
        return _one_sided(a, in_a) or _one_sided(b, in_b)
    pairs = [_pair(x, y) for x in in_a for y in in_b if _comparable(x, y)]
    pairs = [p for p in pairs if p.relation != "incomparable"]
    if not pairs:
        return None
    best = max(pairs, key=lambda p: (p.kinship, -p.x.quantity.span.start - p.y.quantity.span.start))
    return _judge(best, a, b)


def _judge(best: _Pair, a: View, b: View) -> Finding | None:
    x, y = best.x, best.y
    said = both(a, x.quantity.span, b, y.quantity.span)
    if best.relation == "equal":
        return Finding("agree", "number", f"{said}: the same number", 0.6)
    if _outgrown(x, y):
        return Finding("contradict", "number", f"{said}: one count has outgrown the other{_dated(a, b)}", 0.9)
    if best.relation == "compatible":
        return Finding("compatible", "number", f"{said}: {best.why}", 0.8)
    if x.bare and y.bare:
        return None
    if _adds_up(x, b) or _adds_up(y, a):
        return Finding("compatible", "number", f"{said}: the parts add up", 0.8)
    doubt = _doubt(x, y, a, b)
    if doubt:
        return Finding("compatible", "number", f"{said}: {doubt}", 0.41)
    return Finding("contradict", "number", f"{said}: {best.why}{_dated(a, b)}", 0.9)


def _comparable(x: Counted, y: Counted) -> bool:
    if x.amount.unit != y.amount.unit:
        return False
    if x.fate and y.fate and x.fate != y.fate:
        return False
    if (x.follows == "of") != (y.follows == "of"):  # "21 of the girls": a part, not a count of the whole
        return False
    return not x.noun or not y.noun or x.noun == y.noun or (x.people and y.people)


def _pair(x: Counted, y: Counted) -> _Pair:
    relation, why = relate_amounts(x.amount, y.amount)
    same_noun = bool(x.noun) and x.noun == y.noun
    kinship = 2.0 * (relation == "equal") + same_noun + (x.fate == y.fate != "") - 0.5 * (x.bare or y.bare)
    kinship += 0.4 * (x.phase == y.phase) - 0.3 * _out_of_scale(x.quantity, y.quantity)
    return _Pair(x, y, relation, why, kinship)


def _dated(a: View, b: View) -> str:
    """That the later account may have updated the earlier one, where their days are known."""
    days = [(v.published or "")[:10] for v in (a, b)]
    if "" in days or days[0] == days[1]:
        return ""
    return f"; perhaps updated between {min(days)} and {max(days)}"


def _outgrown(x: Counted, y: Counted) -> bool:
    """Whether one is a confirmed count of people that the other leaves far behind."""
    if not x.fate or x.fate != y.fate:
        return False
    for confirmed, other in ((x, y), (y, x)):
        low, top = other.quantity.min, other.quantity.max
        if confirmed.confirmed and low is not None and top is not None:
            least = confirmed.quantity.min or 0
            return _OUTGROWN * least < (low + top) / 2 <= _SCALE * least
    return False


def _adds_up(total: Counted, parts: View) -> bool:
    """Whether the other claim's counts, none of them a measure, sum to this one."""
    if total.quantity.unit is not None:
        return False
    exact = [q.min for q in parts.quantities if q.unit is None and q.min is not None and q.min == q.max]
    return len(exact) > 1 and total.quantity.min == total.quantity.max == sum(exact)


def _out_of_scale(x: Quantity, y: Quantity) -> bool:
    """Whether the numbers lie so far apart that they are rather of a part and its whole, or of two things.

    None at all is as far from one as from a thousand.
    """
    if any(q.max is not None and q.max <= 0 for q in (x, y)):
        return False
    bounds = [b for b in (x.min, x.max, y.min, y.max) if b is not None]
    return max(bounds) > _SCALE * min(bounds)


def _doubt(x: Counted, y: Counted, a: View, b: View) -> str:
    """Why two numbers that differ may be of two things; empty where they are of one."""
    if x.partial != y.partial:
        return "one may be of a part"
    if x.phase != y.phase:
        return "perhaps of two phases"
    if apart(a, b):
        return "of two times"
    if x.vague or y.vague:
        return "one is vague"
    if _other_ways(x, y) and names(a) & names(b):
        return ""
    if _out_of_scale(x.quantity, y.quantity):
        return "too far apart to be of one thing"
    if {x.kind, y.kind} == {"some", "all"} and _smaller_is_some(x, y):
        return "one may be of a part"
    if x.noun != y.noun and x.kind == y.kind == "some":
        return "perhaps of other people"
    if strangers(a, b) and not (x.fate and y.fate):
        return "perhaps not of one party"
    if _one_thing(x, y, a, b):
        return ""
    return "perhaps not counts of one thing"


def _other_ways(x: Counted, y: Counted) -> bool:
    """Whether something rises by the one and falls by the other."""
    return x.amount.unit == "%" and bool(x.way) and bool(y.way) and x.way != y.way


def _smaller_is_some(x: Counted, y: Counted) -> bool:
    some, whole = (x, y) if x.kind == "some" else (y, x)
    return (some.quantity.min or 0) < (whole.quantity.min or 0)


def _one_thing(x: Counted, y: Counted, a: View, b: View) -> bool:
    if x.fate and x.fate == y.fate and x.people and y.people:
        return not x.partial
    if x.partial and y.partial and closeness(about(a), about(b)) < _NO_NOUN:
        return False
    if x.quantity.unit == y.quantity.unit == "year":
        return _one_person(x, y, a, b)
    shared = about(a) & about(b)
    alike = likeness(about(a), about(b))
    if x.way and y.way and x.amount.unit == "%":
        return bool(names(a) & names(b)) or closeness(about(a), about(b)) >= _NO_NOUN
    if x.noun and x.noun == y.noun:
        return (len(shared - {x.noun}) >= 2 and alike >= 0.3) or closeness(about(a), about(b)) >= _SAME_NOUN
    rest = closeness(frame(a, [x.quantity.span]), frame(b, [y.quantity.span]))
    if x.phase and len(shared) >= 3 and x.amount.unit is not None:
        return True
    return rest >= _NO_NOUN or (
        x.amount.unit is not None and same_deed(a, b) and len(shared) >= 2 and alike >= 0.3
    )


def _one_person(x: Counted, y: Counted, a: View, b: View) -> bool:
    """Whether two ages are of one person: of one noun ("boy"), or of one name beside them."""
    if x.follows and x.follows == y.follows:
        return True
    return bool(_beside(x, a) & _beside(y, b))


def _beside(x: Counted, view: View) -> frozenset[str]:
    """The words of the names that an age stands next to."""
    span = x.quantity.span
    near = [e for e in view.entities if e.label == "PERSON" and _gap(e.span, span) <= 3]
    return frozenset(w for e in near for w in e.name.lower().split())


def _gap(x: Span, y: Span) -> int:
    return max(x.start - y.end, y.start - x.end)


def _one_sided(view: View, found: tuple[Counted, ...]) -> Finding | None:
    told = [x for x in found if not x.bare]
    if not told:
        return None
    name = view.quote_of(told[0].quantity.span)
    return Finding("compatible", "number", f"{marked(name)} not in the other wording", 0.4)
