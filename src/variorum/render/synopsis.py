"""The rows of the synopsis: contested ones first, each with its reasons and with the values that differ."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

from variorum.model import Annotation, Aspect, Comparison, Ref, Relation, Row, Span
from variorum.render.clean import visible
from variorum.render.diff import differences
from variorum.render.lines import sources_of
from variorum.render.view import Desk, Reason, SynopsisRow, shifted

_ORDER = {"contradict": 0, "compatible": 1, "agree": 2}
_WORDED = ("quote", "action", "cause", "other")  # aspects whose difference is one of wording
_EXACT = ("number", "time", "place", "certainty")  # aspects whose reasons quote their values whole
_QUOTED = re.compile("“([^”]*)”")
_ALIKE = 0.5  # wordings that share less are paraphrases: marking nearly every word would tell nothing


def synopsis(comparison: Comparison, desk: Desk) -> tuple[SynopsisRow, ...]:
    """Rows that two accounts or more speak in."""
    rows = [r for r in comparison.rows if len({c.article for c in r.claims}) > 1]
    held: dict[int, list[Relation]] = defaultdict(list)
    row_of: dict[Ref, list[int]] = defaultdict(list)
    for i, row in enumerate(rows):
        for claim in row.claims:
            row_of[claim].append(i)
    for relation in comparison.relations:
        for i in row_of[relation.a]:
            if i in row_of[relation.b]:
                held[i].append(relation)
    order = sorted(range(len(rows)), key=lambda i: (_ORDER[rows[i].verdict], -_reach(rows[i]), i))
    return tuple(_set(n, rows[i], held[i], comparison, desk) for n, i in enumerate(order, 1))


def partly_in(rows: Iterable[SynopsisRow], alone: Iterable[Ref]) -> dict[Ref, tuple[int, ...]]:
    """For what one account alone tells, the numbers of the rows in which a part of its words stands."""
    held: dict[str, list[tuple[Span, int]]] = defaultdict(list)
    for row in rows:
        for reading in row.readings:
            held[reading.ref.article].append((reading.ref.span, row.number))
    for parts in held.values():
        parts.sort()
    found: dict[Ref, tuple[int, ...]] = {}
    for ref in alone:
        parts = held[ref.article]
        first, last = (bisect_left(parts, (Span(at, at),)) for at in (ref.span.start, ref.span.end))
        numbers = {number for span, number in parts[first:last] if ref.span.holds(span)}
        if numbers:
            found[ref] = tuple(sorted(numbers))
    return found


def _reach(row: Row) -> int:
    return len({c.article for c in row.claims})


def _set(number: int, row: Row, relations: list[Relation], comparison: Comparison, desk: Desk) -> SynopsisRow:
    leading = [r for r in relations if r.verdict == row.verdict] or relations
    marks: dict[Ref, set[Span]] = defaultdict(set)
    for relation in leading:
        if marks.get(relation.a) and marks.get(relation.b):
            continue  # a row of thirty accounts has 435 pairs: one difference marked an account is enough
        of_a, of_b = _differing(relation, desk)
        marks[relation.a].update(of_a)
        marks[relation.b].update(of_b)
    return SynopsisRow(
        number=number,
        verdict=row.verdict,
        aspects=tuple(dict.fromkeys(r.aspect for r in leading)),
        reasons=_reasons(leading, desk),
        readings=tuple(desk.reading(r, sorted(marks[r])) for r in desk.ordered(row.claims)),
        origins=tuple(visible(o.name) for i in row.origins if (o := comparison.origins[i]).kind != "outlet"),
        independent_origins=row.independent_origins,
        sources=sources_of(row, comparison, desk),
    )


def _reasons(relations: Iterable[Relation], desk: Desk) -> tuple[Reason, ...]:
    """Each line once, with all pairs of accounts that it was given for."""
    pairs: dict[tuple[Aspect, str], list[tuple[str, str]]] = defaultdict(list)
    for r in relations:
        pair = desk.by_id[r.a.article].siglum, desk.by_id[r.b.article].siglum
        why = _short(r, desk)
        if pair not in pairs[r.aspect, why]:
            pairs[r.aspect, why].append(pair)
    return tuple(Reason(aspect, visible(text), tuple(held)) for (aspect, text), held in pairs.items())


def _short(relation: Relation, desk: Desk) -> str:
    """The reason without both statements whole, where it begins with them: they stand beside it."""
    a, b = (" ".join(r.span.of(desk.text(r)).split()) for r in (relation.a, relation.b))
    return relation.because.removeprefix(f"“{a}” / “{b}”: ")


def _differing(relation: Relation, desk: Desk) -> tuple[Iterable[Span], Iterable[Span]]:
    """What to mark on both sides: the values the verdict turns on, else the words that differ."""
    if relation.verdict == "agree":
        return (), ()
    a, b = _values(relation, relation.a, desk), _values(relation, relation.b, desk)
    if (a and b) or relation.aspect not in _WORDED:
        return a, b
    found = differences(relation.a.span.of(desk.text(relation.a)), relation.b.span.of(desk.text(relation.b)))
    if found.likeness < _ALIKE:
        return a, b
    return (
        a or shifted(found.a, relation.a.span.start),
        b or shifted(found.b, relation.b.span.start),
    )


def _values(relation: Relation, ref: Ref, desk: Desk) -> tuple[Span, ...]:
    """The spans inside `ref` whose type is the aspect's, those that the reason quotes before others."""
    annotation = desk.by_id[ref.article].annotation
    inside = [s for s in _candidates(relation, ref, annotation) if ref.span.holds(s)]
    text, because = annotation.article.text, relation.because.casefold()
    words = {s: " ".join(s.of(text).casefold().split()) for s in inside}
    if relation.aspect in _EXACT and (quoted := _QUOTED.findall(because)):
        return tuple(s for s in inside if words[s] in quoted)
    return tuple(s for s in inside if words[s] in because) or tuple(inside)


def _candidates(relation: Relation, ref: Ref, annotation: Annotation) -> Iterable[Span]:
    match relation.aspect:
        case "number":
            return (q.span for q in annotation.quantities)
        case "time":
            return (t.span for t in annotation.times)
        case "place":
            return (p.span for p in annotation.places)
        case "certainty":
            return (h for c in annotation.claims if c.span == ref.span for h in c.hedges)
        case "actor":
            return (s for c in annotation.claims if c.span == ref.span for s in (c.agent, c.patient) if s)
        case "action":
            return (s for c in annotation.claims if c.span == ref.span for s in (c.predicate,) if s)
        case _:
            return ()
