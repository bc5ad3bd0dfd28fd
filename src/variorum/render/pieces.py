"""Cutting a text where marks begin and end, so that each piece carries the marks that hold it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from variorum.model import Span

__all__ = ["Piece", "pieces"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, made visible, and what is marked about it: `differs`, `hedge`."""

    text: str
    differs: bool = False
    hedge: bool = False


def pieces(
    text: str, span: Span, differs: Iterable[Span] = (), hedges: Iterable[Span] = ()
) -> tuple[Piece, ...]:
    """The words of `span`, cut at the marks; all spans are offsets into `text`.

    Marks may overlap, and may reach out of the span. Joined, the pieces are the span's words.

    Raises:
        SpanError: if `span` ends after the text.
    """
    from variorum.render.clean import visible

    span.of(text)
    inner = [(_clipped(m, span), kind) for kind, marks in enumerate((differs, hedges)) for m in marks]
    marks = [(m, kind) for m, kind in inner if len(m)]
    cuts = sorted({span.start, span.end, *(c for m, _ in marks for c in (m.start, m.end))})
    found: list[Piece] = []
    for start, end in pairwise(cuts):
        kinds = {kind for m, kind in marks if m.start <= start and end <= m.end}
        found.append(Piece(visible(text[start:end]), 0 in kinds, 1 in kinds))
    return tuple(found)


def _clipped(mark: Span, span: Span) -> Span:
    start = min(max(mark.start, span.start), span.end)
    return Span(start, max(start, min(mark.end, span.end)))
