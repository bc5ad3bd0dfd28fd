"""Attributions by layout alone: transcripts ("NAME: ...") and headlines ("Minister: no deal")."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from variorum.annotate.attribution_rules.findings import Finding
from variorum.annotate.attribution_rules.reading import Reading
from variorum.annotate.document import trim
from variorum.lexicon import words
from variorum.model import Span

_LAYOUT_WEIGHT = 0.7
_TURN = re.compile(r"(?P<name>[^\W\d_][\w.’' -]{0,48}?)\s?(?P<colon>:)\s+(?=\S)")
_COLON = re.compile(r":(?=\s)")
_LONGEST_NAME = 48


def by_layout(r: Reading) -> Iterator[Finding]:
    """Turns of a transcript, where the text is one, and a headline's speaker before or after the colon."""
    turns = list(_turns(r))
    if _is_transcript(r, turns):
        yield from turns
    else:
        yield from _headline(r)


def _turns(r: Reading) -> Iterator[Finding]:
    for p in r.document.paragraphs:
        m = _TURN.match(r.text, p.start, p.end)
        if m is None or not _names_speaker(m["name"]):
            continue
        content = trim(r.text, m.end(), p.end)
        if content:
            yield Finding(
                (Span(*m.span("name")),), (Span(*m.span("colon")),), (content,), "transcript", _LAYOUT_WEIGHT
            )


def _names_speaker(name: str) -> bool:
    """Short, and written as a name or an abbreviation: every long word has a capital."""
    parts = name.split()
    return len(parts) <= 5 and all(w[:1].isupper() or len(w) <= 3 for w in parts) and parts[0][:1].isupper()


def _is_transcript(r: Reading, turns: list[Finding]) -> bool:
    """Three turns or more, someone speaks twice, and a third of the paragraphs are turns."""
    names = Counter(t.source[0].of(r.text) for t in turns)
    again = bool(names) and names.most_common(1)[0][1] > 1
    return len(turns) >= 3 and again and 3 * len(turns) >= len(r.document.paragraphs)


def _headline(r: Reading) -> Iterator[Finding]:
    """A headline parted by a colon: who speaks before it, or a quotation before it and who speaks after."""
    if r.headline[1] <= r.headline[0]:
        return
    line = r.document.paragraphs[0]
    for m in _COLON.finditer(r.text, line.start, line.end):
        head, tail = trim(r.text, line.start, m.start()), trim(r.text, m.end(), line.end)
        if head is None or tail is None:
            return
        colon = (Span(m.start(), m.start() + 1),)
        if any(q.spans[-1] == head for q in r.quotations):
            if source := _subject_part(r, tail):
                yield Finding((source,), colon, (head,), "headline", _LAYOUT_WEIGHT)
        elif len(head) <= _LONGEST_NAME and _can_speak(r, head) and _has_verb(r, tail):
            yield Finding((head,), colon, (tail,), "headline", _LAYOUT_WEIGHT)
        return


def _subject_part(r: Reading, span: Span) -> Span | None:
    """The words before the first finite verb, where they can speak: "survivors (speak out)"."""
    start, end = r.tokens(span)
    stop = next((i for i in range(start, end) if r.tree.pos[i] in ("VERB", "AUX")), end)
    part = r.span((start, stop))
    speaks = any(
        r.tree.pos[i] == "PROPN" or r.tree.lemma[i] in words("speaking-nouns.txt") for i in range(start, stop)
    )
    return part if part is not None and speaks else None


def _can_speak(r: Reading, span: Span) -> bool:
    start, end = r.tokens(span)
    heads = [i for i in range(start, end) if not start <= r.tree.head[i] < end or r.tree.head[i] == i]
    return any(
        r.tree.pos[i] == "PROPN" or r.tree.lemma[i] in words("speaking-nouns.txt")
        for i in (heads or range(start, end))
    )


def _has_verb(r: Reading, span: Span) -> bool:
    start, end = r.tokens(span)
    return any(r.tree.pos[i] in ("VERB", "AUX") for i in range(start, end))
