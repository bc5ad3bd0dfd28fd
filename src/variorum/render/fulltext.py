"""The full text of an account with its marked spans, as a flat run of markup that nests properly."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import Literal

from variorum.model import Span
from variorum.render.clean import visible

__all__ = ["Mark", "Token", "full_text"]

_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")


@dataclass(frozen=True, slots=True)
class Mark:
    """What the report says of a span: its class, and the entry (row or other) that it belongs to.

    `label` is printed behind the span as a link to `target`; both are empty where the span is only a place
    that links lead to.
    """

    kind: str = ""
    label: str = ""
    target: str = ""


_NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the run: words, or the beginning or end of a marked span.

    `first` and `last` tell the parts of a span apart that had to be cut, because it crosses another or a
    paragraph's end.
    """

    type: Literal["text", "open", "close"]
    text: str = ""
    span: Span = _NOWHERE
    mark: Mark = Mark()
    first: bool = True
    last: bool = True


def full_text(text: str, marks: Mapping[Span, Mark]) -> list[list[Token]]:
    """Lay marks into a text, one list of tokens a paragraph (a line that is not blank).

    Spans may nest and cross: where they cross, the one that began later is cut in two. The texts of the
    tokens, joined, are the paragraph's words; `open` and `close` pair like brackets.
    """
    lines = [Span(*m.span()) for m in _LINE.finditer(text) if m[0].strip()]
    held = _by_line(lines, (s for s in marks if len(s) and s.end <= len(text)))
    seen: set[Span] = set()
    return [_paragraph(text, line, held.get(i, []), marks, seen) for i, line in enumerate(lines)]


def _by_line(lines: list[Span], spans: Iterable[Span]) -> dict[int, list[Span]]:
    starts = [line.start for line in lines]
    held: dict[int, list[Span]] = {}
    for span in spans:
        i = max(0, bisect_right(starts, span.start) - 1)
        while i < len(lines) and lines[i].start < span.end:
            if lines[i].overlaps(span):
                held.setdefault(i, []).append(span)
            i += 1
    return held


def _paragraph(
    text: str, line: Span, spans: list[Span], marks: Mapping[Span, Mark], seen: set[Span]
) -> list[Token]:
    queue = [(max(s.start, line.start), -min(s.end, line.end), s) for s in spans]
    heapify(queue)
    tokens: list[Token] = []
    open_: list[tuple[int, Span]] = []  # where the part ends, and whose it is
    at = line.start

    def advance(to: int) -> None:
        nonlocal at
        if to > at:
            tokens.append(Token("text", visible(text[at:to], one_line=False)))
            at = to

    def close_until(start: int) -> None:
        while open_ and open_[-1][0] <= start:
            end, span = open_.pop()
            advance(end)
            tokens.append(Token("close", span=span, mark=marks[span], last=end == span.end))

    while queue:
        start, minus_end, span = heappop(queue)
        close_until(start)
        end = -minus_end
        if open_ and end > open_[-1][0]:
            heappush(queue, (open_[-1][0], -end, span))
            end = open_[-1][0]
        advance(start)
        tokens.append(Token("open", span=span, mark=marks[span], first=span not in seen))
        seen.add(span)
        open_.append((end, span))
    close_until(line.end)
    advance(line.end)
    return tokens
