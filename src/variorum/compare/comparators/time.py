"""Times at the precision that each account gives."""

from __future__ import annotations

import re

from variorum.compare.comparators.finding import Finding, frame, likeness, marked
from variorum.compare.views import View
from variorum.model import Time

_DATE = re.compile(r"^[0-9X]{4}(?:-[0-9X]{2}(?:-[0-9X]{2}(?:T[0-9X]{2}:[0-9X]{2})?)?)?")
_SURE = 0.75  # likeness of the rest of the clauses from which two times cannot both be right


def compare(a: View, b: View) -> Finding | None:
    """The same time agrees; one time inside the other is compatible; two days of one event contradict."""
    pairs = [(_relation(x.value, y.value), x, y) for x in _dates(a) for y in _dates(b)]
    if not pairs:
        return _one_sided(a, b)
    kind, x, y = max(pairs, key=lambda p: (p[0], -p[1].span.start, -p[2].span.start))
    said = f"{marked(a.quote_of(x.span))} / {marked(b.quote_of(y.span))}"
    if kind == _SAME:
        return Finding("agree", "time", f"{said}: the same time", 0.5)
    if kind == _INSIDE:
        return Finding("compatible", "time", f"{said}: one is more precise", 0.6)
    if likeness(frame(a, [x.span]), frame(b, [y.span])) >= _SURE and _points(x, y):
        return Finding("contradict", "time", f"{said}: not one time", 0.8)
    return Finding("compatible", "time", f"{said}: perhaps not times of the same thing", 0.2)


_APART, _INSIDE, _SAME = 0, 1, 2


def _dates(view: View) -> list[Time]:
    return [t for t in view.times if t.type in ("DATE", "TIME") and _DATE.match(t.value)]


def _relation(x: str, y: str) -> int:
    if x == y:
        return _SAME
    shorter, longer = sorted((x, y), key=len)
    fits = all(c == d or "X" in (c, d) for c, d in zip(shorter, longer, strict=False))
    return _INSIDE if fits else _APART


def _points(x: Time, y: Time) -> bool:
    """Whether both say a day, so that two of them cannot be one."""
    return min(len(x.value), len(y.value)) >= len("2020-01-01") and "W" not in x.value + y.value


def _one_sided(a: View, b: View) -> Finding | None:
    x, y = _dates(a), _dates(b)
    if not x and not y:
        return None
    view, time = (a, x[0]) if x else (b, y[0])
    return Finding("compatible", "time", f"{marked(view.quote_of(time.span))} in one account only", 0.25)
