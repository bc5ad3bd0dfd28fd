"""Attributions by a word and its complement: "said that ...", "accused X of ...", "the claim that ..."."""

from __future__ import annotations

from collections.abc import Iterator

from variorum.annotate.attribution_rules.cue_lexicon import cue_lemmas, frame_weights
from variorum.annotate.attribution_rules.findings import Finding
from variorum.annotate.attribution_rules.frames import Frame, frames
from variorum.annotate.attribution_rules.reading import Range, Reading
from variorum.annotate.attribution_rules.sources import agent_of, beside, owner_of, reach, subject_of

LEAST_WEIGHT = 0.4

_CUE_POS = frozenset(("VERB", "AUX", "NOUN", "PROPN", "ADJ"))
_INTO_CUE = frozenset(("aux", "auxpass", "neg", "advmod", "prt"))
_ON_TO = frozenset(("go", "continue", "proceed"))


def by_verb(r: Reading) -> Iterator[Finding]:
    """The best reading of every word that the lexicon lists with one of the complements it has."""
    weights = frame_weights()
    lemmas = cue_lemmas()
    for i, lemma in enumerate(r.tree.lemma):
        if lemma not in lemmas or r.tree.pos[i] not in _CUE_POS:
            continue
        best: Frame | None = None
        most = LEAST_WEIGHT
        for frame in frames(r, i):
            weight = weights.get((lemma, frame.name), 0.0)
            if weight >= most:
                best, most = frame, weight
        if best is not None and (finding := _finding(r, i, best, most)):
            yield finding


def _finding(r: Reading, i: int, frame: Frame, weight: float) -> Finding | None:
    cue = cue_range(r, i, frame)
    content_ranges = _without(_whole_headline(r, i, frame.content), (cue,))
    source_head = _source(r, i, frame)
    source = None
    if source_head is not None:
        source = reach(r, source_head, (cue, *(c for c in content_ranges if not c[0] <= source_head < c[1])))
        if source is not None:
            held = r.tokens(source)
            content_ranges = _without(content_ranges, (held,))
    elif frame.name in ("ccomp", "dobj+ccomp") and r.tree.tag[i] in ("VBD", "VBZ", "VBP"):
        source = beside(r, i, cue)
        if source is not None and any(
            c[0] < r.tokens(source)[1] and r.tokens(source)[0] < c[1] for c in content_ranges
        ):
            source = None
    content = tuple(s for c in content_ranges if (s := r.span(c)))
    cue_span = r.span(cue)
    if not content or cue_span is None:
        return None
    rule = "noun" if frame.name.startswith("n:") else "adjective" if frame.name.startswith("a:") else "verb"
    return Finding((source,) if source else (), (cue_span,), content, rule, weight, i)


def _whole_headline(r: Reading, i: int, content: tuple[Range, ...]) -> tuple[Range, ...]:
    """In a headline what follows the verb is content to the end: parsers cut up the clipped syntax."""
    low, high = r.headline
    if low <= i < high and i < content[-1][0]:
        return (*content[:-1], (content[-1][0], high))
    return content


def _source(r: Reading, i: int, frame: Frame) -> int | None:
    tree = r.tree
    if frame.name.startswith("n:"):
        return owner_of(r, i)
    if frame.name.startswith("a:"):
        head = tree.head[i]
        return subject_of(r, head if tree.dep[i] in ("acomp", "oprd") else i)
    if frame.name.startswith("passive"):
        return agent_of(r, i)
    if frame.name.startswith("subject"):
        return None
    return subject_of(r, i)


def cue_range(r: Reading, i: int, frame: Frame | None = None) -> Range:
    """The cue's tokens: the word with auxiliaries, negation, particle and the preposition after it."""
    tree = r.tree
    head, above = i, tree.head[i]
    carried = tree.dep[i] in ("xcomp", "advcl") and tree.lemma[above] in _ON_TO and 0 < i - above <= 4
    copular = tree.pos[i] == "ADJ" and tree.pos[above] == "AUX" and 0 < i - above <= 3
    if carried or copular:
        head = above
    start, end = head, i + 1
    inside = {c for h in {head, i} for c in tree.children[h] if tree.dep[c] in _INTO_CUE}
    while start - 1 in inside:
        start -= 1
    while end in inside and end in tree.children[i]:
        end += 1
    if frame is not None and frame.prep >= end and frame.prep - end <= 2:
        end = frame.prep + 1
    return start, end


def _without(ranges: tuple[Range, ...], holes: tuple[Range, ...]) -> tuple[Range, ...]:
    for low, high in holes:
        out: list[Range] = []
        for start, end in ranges:
            out += [p for p in ((start, min(end, low)), (max(start, high), end)) if p[1] > p[0]]
        ranges = tuple(out)
    return ranges
