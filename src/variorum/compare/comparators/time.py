"""Times at the precision that each account gives."""

from __future__ import annotations

from variorum.compare.comparators.finding import Finding, closeness, frame, marked
from variorum.compare.views import View
from variorum.model import Span, Time
from variorum.values.dates import compare_times
from variorum.values.result import ValueVerdict

_EXACT = (len("2020"), len("2020-01"), len("2020-01-01"))
_SURE = 0.6  # closeness of the rest of the clauses from which two times cannot both be right
_KINSHIP: dict[ValueVerdict, int] = {"equal": 3, "compatible": 2, "contradict": 1, "incomparable": 0}


def compare(a: View, b: View) -> Finding | None:
    """The same time agrees; one inside the other is compatible; two named dates of one event contradict."""
    pairs = [(compare_times(x.value, y.value), x, y) for x in a.times for y in b.times]
    if not pairs:
        return _one_sided(a, b)
    best, x, y = max(pairs, key=lambda p: (_KINSHIP[p[0].relation], -p[1].span.start - p[2].span.start))
    said = f"{marked(a.quote_of(x.span))} / {marked(b.quote_of(y.span))}"
    if best.relation == "equal":
        return Finding("agree", "time", f"{said}: the same time", 0.5)
    if best.relation == "compatible":
        return Finding("compatible", "time", f"{said}: one is more precise", 0.6)
    alike = closeness(frame(a, _spans(a)), frame(b, _spans(b))) >= _SURE
    if best.relation == "contradict" and alike and _explicit(x, a) and _explicit(y, b):
        return Finding("contradict", "time", f"{said}: {best.because.partition(': ')[2]}", 0.8)
    return Finding("compatible", "time", f"{said}: perhaps not times of one thing", 0.2)


def _explicit(time: Time, view: View) -> bool:
    """Whether the words count or name a date: what "today" is hangs on when the account was written."""
    said = view.quote_of(time.span)
    named = any(c.isdigit() for c in said) or said.lower().endswith("ago")
    return named and time.type == "DATE" and len(time.value) in _EXACT and "W" not in time.value


def _spans(view: View) -> list[Span]:
    return [t.span for t in view.times]


def _one_sided(a: View, b: View) -> Finding | None:
    only = a if a.times else b
    if not only.times:
        return None
    time: Time = only.times[0]
    return Finding("compatible", "time", f"{marked(only.quote_of(time.span))} in one account only", 0.12)
