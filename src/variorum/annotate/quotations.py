"""Quotation marks of every style paired into quotations, in one pass over the marks.

A mark opens or closes by its shape where that is certain (`“`, `„`, ` `` `), else by what stands beside it.
Every quotation ends with its paragraph at the latest, unless the next paragraph opens it anew.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from variorum.annotate.document import Document, trim
from variorum.model import Quotation, Span

Family = Literal["double", "single", "guillemet", "angle", "corner", "white-corner"]

_MARK = re.compile(r"``|''|[\"“”„‟'‘’‚‛«»‹›「」『』]")
_FAMILY: dict[str, Family] = {
    **dict.fromkeys(("``", "''", '"', "“", "”", "„", "‟"), "double"),
    **dict.fromkeys("'‘’‚‛", "single"),
    **dict.fromkeys("«»", "guillemet"),
    **dict.fromkeys("‹›", "angle"),
    **dict.fromkeys("「」", "corner"),
    **dict.fromkeys("『』", "white-corner"),
}  # fmt: skip
_ALWAYS_OPEN = frozenset(("``", "„", "‟", "‚", "‛", "「", "『"))
_ALWAYS_CLOSE = frozenset(("」", "』"))
_LOW = frozenset("„‚")

_ELISION = re.compile(
    r"(?:\d\ds?\b|(?:em|tis|twas|twere|til|till|cause|cuz|bout|round|neath|n|s|nuff|fraid|kay|cept)\b)", re.I
)
_BEFORE_OPENING = frozenset("([{<—–-/:;,…=>\u200b")
_AFTER_CLOSING = frozenset(")]}>—–-/:;,.!?…\u200b")
# letters after which a mark is more often a possessive or a dropped letter than a closing mark
_APOSTROPHE_AFTER = frozenset("sSnNzZxXoO")

# an unclosed mark is more often a typing slip than a speech: past this many characters it holds one sentence
_UNCLOSED_LIMIT = 600


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    glyph: str
    family: Family
    opens: bool
    closes: bool
    weak: bool  # closes only where no surer closing mark follows


@dataclass(slots=True)
class _Open:
    mark: _Mark
    parts: list[Span] = field(default_factory=list)


def find_quotations(document: Document) -> tuple[Quotation, ...]:
    """Every stretch between quotation marks, sorted by place, outer before inner.

    Apostrophes, elisions ('90s) and marks of feet and inches are left out. A single mark that nothing
    closes is taken for an apostrophe. An unclosed double mark holds the rest of its paragraph, or of its
    sentence where the paragraph goes on for long. Linear in the length of the text.
    """
    text = document.article.text
    found: list[Quotation] = []
    pending: _Open | None = None
    for block in _blocks(document):
        marks = list(_marks(text, block))
        scan = _Scan(document, block, marks)
        if pending is not None:
            if _continues(pending, marks, block):
                scan.resume(pending)
            else:
                found += scan.unclosed(pending)
        pending = scan.run()
        found += scan.found
    if pending is not None:
        found += _Scan(document, Span(len(text), len(text)), []).unclosed(pending)
    return _nested(found)


def _blocks(document: Document) -> Iterator[Span]:
    """The paragraphs, with the lines of hard-wrapped ones joined."""
    text = document.article.text
    start: int | None = None
    end = 0
    for p in document.paragraphs:
        if start is not None:
            gap = text[end : p.start].replace("\r\n", "\n").strip(" \t")
            wrapped = (
                len(gap) == 1
                and text[p.start].islower()
                and (text[end - 1].isalnum() or text[end - 1] == ",")
            )
            if wrapped:
                end = p.end
                continue
            yield Span(start, end)
        start, end = p.start, p.end
    if start is not None:
        yield Span(start, end)


def _marks(text: str, block: Span) -> Iterator[_Mark]:
    for m in _MARK.finditer(text, block.start, block.end):
        mark = _read_mark(text, m.start(), m.end(), block)
        if mark.opens or mark.closes:
            yield mark


def _read_mark(text: str, start: int, end: int, block: Span) -> _Mark:
    glyph = text[start:end]
    family = _FAMILY[glyph]
    before = text[start - 1] if start > block.start else " "
    after = text[end] if end < block.end else " "
    free_before = before.isspace() or before in _BEFORE_OPENING or before in _FAMILY
    free_after = after.isspace() or after in _AFTER_CLOSING or after in _FAMILY
    opens = free_before and not after.isspace()
    closes = not before.isspace() and free_after
    weak = False
    if family == "single":
        if glyph in "'’‘" and _ELISION.match(text, end):
            opens = False
        if glyph == "’" or before.isdigit():
            opens = False
        weak = before in _APOSTROPHE_AFTER and not (after in _AFTER_CLOSING and after != "-")
    elif glyph in "\"''" and before.isdigit():
        opens, closes, weak = False, True, True
    elif glyph in "\"''" and not opens and not closes:
        opens = not after.isspace() and not free_after
        closes = not before.isspace() or free_after
    if glyph in _ALWAYS_OPEN:
        opens, closes = True, False
    elif glyph in _ALWAYS_CLOSE:
        opens, closes = False, True
    elif glyph == "“":
        opens = not closes or opens
    elif glyph == "”":
        closes = True
    elif glyph in "«»‹›":
        opens = closes = True
    return _Mark(start, end, glyph, family, opens, closes, weak)


def _continues(pending: _Open, marks: Sequence[_Mark], block: Span) -> bool:
    """Whether a paragraph opens anew the quotation that the last one left open."""
    first = marks[0] if marks else None
    return (
        first is not None
        and first.start == block.start
        and first.family == pending.mark.family
        and (first.opens or first.glyph == pending.mark.glyph)
    )


class _Scan:
    """One paragraph's marks, read from left to right with a stack of what is open."""

    def __init__(self, document: Document, block: Span, marks: list[_Mark]) -> None:
        self.document, self.block, self.marks = document, block, marks
        self.stack: list[_Open] = []
        self.found: list[Quotation] = []
        self.next = 0
        self.surer = _surer_close_ahead(marks)

    def resume(self, pending: _Open) -> None:
        """Carry on the last paragraph's quotation at this one's first mark."""
        self.stack.append(_Open(self.marks[0], pending.parts))
        self.next = 1

    def run(self) -> _Open | None:
        """Read all marks; what a following paragraph may carry on is handed back."""
        for k in range(self.next, len(self.marks)):
            mark = self.marks[k]
            place = self._opener(mark.family)
            if place is not None and self._does_close(k, self.stack[place]):
                self._close(place, mark.end)
            elif mark.opens and (place is None or self._does_open(k)):
                if place is not None and not self._nests(k):
                    self._abandon(place, mark.start)
                self.stack.append(_Open(mark))
        return self._leftover()

    def _opener(self, family: Family) -> int | None:
        return next(
            (i for i in range(len(self.stack) - 1, -1, -1) if self.stack[i].mark.family == family), None
        )

    def _does_close(self, k: int, opener: _Open) -> bool:
        mark, glyph = self.marks[k], opener.mark.glyph
        if not mark.closes or mark.start == opener.mark.end:
            return False
        if mark.glyph in "«»‹›":
            return mark.glyph != glyph
        if mark.glyph in "“‘":
            return glyph in _LOW or not mark.opens
        return not (mark.weak and self.surer[k])

    def _does_open(self, k: int) -> bool:
        mark = self.marks[k]
        return mark.glyph != "”" and not (mark.closes and mark.glyph in "«»‹›")

    def _nests(self, k: int) -> bool:
        """Whether a second opening mark of one shape is closed on its own: two closing marks follow it."""
        mark = self.marks[k]
        if mark.glyph not in "“«‹「『":
            return False
        ahead = [m for m in self.marks[k + 1 : k + 5] if m.family == mark.family][:2]
        return len(ahead) == 2 and all(m.closes and m.glyph != mark.glyph for m in ahead)

    def _close(self, place: int, end: int) -> None:
        opener = self.stack[place]
        for inner in self.stack[place + 1 :]:
            self.found += self.unclosed(inner, end)
        del self.stack[place:]
        self.found.append(Quotation((*opener.parts, Span(opener.mark.start, end))))

    def _abandon(self, place: int, end: int) -> None:
        for opener in self.stack[place:]:
            self.found += self.unclosed(opener, end)
        del self.stack[place:]

    def _leftover(self) -> _Open | None:
        if not self.stack:
            return None
        carried = next((o for o in self.stack if o.mark.family != "single"), self.stack[0])
        for opener in self.stack:
            if opener is not carried:
                self.found += self.unclosed(opener, self.block.end)
        carried.parts.append(Span(carried.mark.start, self.block.end))
        return carried

    def unclosed(self, opener: _Open, end: int | None = None) -> list[Quotation]:
        """What an opening mark holds that nothing closes; nothing for a lone single mark."""
        parts = list(opener.parts)
        if end is not None and (last := trim(self.document.article.text, opener.mark.start, end)):
            parts.append(last)
        if not parts or (opener.mark.family == "single" and len(parts) == 1):
            return []
        if len(parts[-1]) > _UNCLOSED_LIMIT:
            parts[-1] = Span(parts[-1].start, min(parts[-1].end, self._sentence_end(parts[-1].start)))
        return [Quotation(tuple(parts), closed=False)]

    def _sentence_end(self, start: int) -> int:
        sentences = self.document.sentences
        k = bisect_right(sentences, start, key=lambda s: s.end)
        return max(start + 1, sentences[k].end) if k < len(sentences) else start + _UNCLOSED_LIMIT


def _surer_close_ahead(marks: Sequence[_Mark]) -> list[bool]:
    """For each mark: does a sure closing mark of its family come before the family's next opening one?"""
    ahead: dict[Family, bool] = {}
    out = [False] * len(marks)
    for k in range(len(marks) - 1, -1, -1):
        mark = marks[k]
        out[k] = ahead.get(mark.family, False)
        if mark.opens and not mark.closes:
            ahead[mark.family] = False
        elif mark.closes and not mark.weak:
            ahead[mark.family] = True
    return out


def _nested(found: list[Quotation]) -> tuple[Quotation, ...]:
    """Sort, and count for each quotation how many others hold it."""
    found.sort(key=lambda q: (q.spans[0].start, -q.spans[-1].end))
    out: list[Quotation] = []
    ends: list[int] = []
    for q in found:
        while ends and ends[-1] <= q.spans[0].start:
            ends.pop()
        out.append(Quotation(q.spans, len(ends), q.closed))
        ends.append(q.spans[-1].end)
    return tuple(out)
