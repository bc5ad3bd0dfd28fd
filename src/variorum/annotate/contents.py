"""How sources, cues and contents lie to one another in the text."""

from __future__ import annotations

from collections.abc import Iterable

from variorum.model import Span


def same(a: tuple[Span, ...], b: tuple[Span, ...]) -> bool:
    """Whether two contents share at least half of the characters that either holds."""
    shared = sum(x.shared(y) for x in a for y in b)
    return 2 * shared >= sum(map(len, a)) + sum(map(len, b)) - shared > 0


def painted(size: int, layers: Iterable[tuple[int, tuple[Span, ...]]]) -> list[int]:
    """For each character, the last layer that covers it, or -1."""
    paint = [-1] * size
    for k, spans in layers:
        for s in spans:
            paint[s.start : s.end] = [k] * len(s)
    return paint


def stands_in(place: int, content: tuple[Span, ...]) -> bool:
    """Whether a character lies in one of the spans."""
    return any(c.start <= place < c.end for c in content)


def parents_of(size: int, parts: list[tuple[tuple[Span, ...], tuple[Span, ...]]]) -> list[int | None]:
    """For each cue and content, the index of the smallest other content that holds the cue."""
    by_size = sorted(range(len(parts)), key=lambda k: -sum(map(len, parts[k][1])))
    paint = painted(size, ((k, parts[k][1]) for k in by_size))
    out: list[int | None] = []
    for k, (cue, content) in enumerate(parts):
        anchor = cue[0].start if cue else content[0].start
        owner = paint[anchor] if anchor < size else -1
        out.append(owner if owner not in (-1, k) else None)
    return out
