"""Mends spans that the tagger cut inside a phrase: "the United", "up to $2 more than the"."""

from __future__ import annotations

from variorum.annotate.attribution_rules.reading import Reading
from variorum.model import Span

# What stands before the word it belongs to: a span that ends with one is cut.
_BEFORE_HEAD = frozenset(
    (
        "det",
        "amod",
        "compound",
        "nummod",
        "poss",
        "nmod",
        "predet",
        "case",
        "quantmod",
        "aux",
        "auxpass",
        "neg",
    )
)
_MOST = 12  # tokens that a span may grow by: a cut phrase is short, and a wrong parse should cost little


def whole(r: Reading, span: Span, taken: bytearray) -> Span:
    """The span grown to the phrases that it cuts at its ends, as far as no other role has their words.

    Args:
        r: the parse.
        span: a source or one piece of a content.
        taken: for each character, whether a source, cue or content holds it.
    """
    tree = r.tree
    first, last = r.tokens(span)
    last -= 1
    if last < first or tree.end[last] > span.end:
        return span
    end = last
    while tree.dep[end] in _BEFORE_HEAD and end < tree.head[end] <= last + _MOST:
        end = tree.head[end]
    if end == last and tree.dep[end] in ("prep", "agent") and r.right[end] <= last + _MOST:
        end = r.right[end]
    grown = _grown(r, span, first, end, taken)
    start = first
    while start > max(0, first - _MOST) and _leads_in(r, start - 1, start, last):
        start -= 1
    return _grown(r, grown, start, last, taken)


def whole_source(r: Reading, span: Span, taken: bytearray) -> Span:
    """The source grown to its noun phrase: "Ministry" to "the Ministry of Works", not past a comma."""
    tree = r.tree
    grown = whole(r, span, taken)
    first, after = r.tokens(grown)
    head = tree.head_within(first, after)
    if head is None or tree.pos[head] not in ("NOUN", "PROPN"):
        return grown
    start, end = first, after - 1
    while start > max(0, first - _MOST) and _leads_in(r, start - 1, head, head):
        start -= 1
    of = next((c for c in tree.children[head] if c == after and tree.lower[c] == "of"), -1)
    if of >= 0 and r.right[of] <= end + _MOST:
        end = r.right[of]
    return _grown(r, grown, start, end, taken)


def _leads_in(r: Reading, i: int, first: int, last: int) -> bool:
    """Whether a word stands before a head within these tokens: an article, an adjective, part of a name."""
    return r.tree.dep[i] in _BEFORE_HEAD and first <= r.tree.head[i] <= last


def _grown(r: Reading, span: Span, first: int, last: int, taken: bytearray) -> Span:
    """The span with these tokens at its ends, unless they are taken, on another line or otherwise quoted."""
    new = Span(min(span.start, r.tree.start[first]), max(span.end, r.tree.end[last]))
    if new == span or any(taken[new.start : span.start]) or any(taken[span.end : new.end]):
        return span
    if "\n" in r.text[new.start : span.start] + r.text[span.end : new.end]:
        return span
    return new if len({r.quote[i] for i in range(first, last + 1)}) == 1 else span
