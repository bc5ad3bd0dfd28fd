"""Joins what the tagger found with what the rules found."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from variorum.annotate.attribution_rules.findings import Finding
from variorum.annotate.attribution_rules.reading import Reading
from variorum.annotate.contents import painted, same, stands_in
from variorum.annotate.tagger import SURE, Tagged
from variorum.annotate.tree import SUBJECTS, VERBAL_POS
from variorum.annotate.wholeness import whole, whole_source
from variorum.lexicon import words
from variorum.model import Attribution, Span

_MODEL_WEIGHT = 0.95
# Rules that read marks and fixed words rather than the parse: their spans stand where the tagger's differ.
_SURE_RULES = frozenset(("phrase", "inversion", "transcript", "headline"))
_LEAST_BESIDE_MODEL = 0.8
# Inside another content the tagger finds next to nothing, having learned from a corpus without nesting.
_LEAST_INSIDE = 0.7


def joined(r: Reading, rules: list[Finding], tagged: Sequence[Tagged]) -> list[Finding]:
    """The tagger's attributions, with what the rules know better and what it lacks.

    Of those that the tagger is less sure of, the ones whose cue a rule has read too: two weak witnesses.
    """
    size = len(r.text)
    read = painted(size, ((k, f.cue) for k, f in enumerate(rules)))
    kept = (
        t.attribution
        for t in tagged
        if t.confidence >= SURE or any(read[c.start] >= 0 for c in t.attribution.cue)
    )
    out = [
        Finding(a.source, a.cue, content, "model", _MODEL_WEIGHT, _head(r, a.cue))
        for a in _mended(r, list(kept))
        if (content := _in_its_paragraph(r, a))
    ]
    by_cue = painted(size, ((k, f.cue) for k, f in enumerate(out)))
    by_content = painted(size, ((k, f.content) for k, f in enumerate(out)))
    for f in rules:
        k = by_cue[f.cue[0].start]
        held = by_content[f.content[0].start]
        inside = by_content[f.cue[0].start]
        if k < 0 and held >= 0 and held != inside and same(out[held].content, f.content):
            k = held
        if k < 0:
            if f.rule in _SURE_RULES or f.weight >= (_LEAST_INSIDE if inside >= 0 else _LEAST_BESIDE_MODEL):
                out.append(f)
        elif f.rule in _SURE_RULES:
            out[k] = replace(f, source=out[k].source) if _heads(r, f, out[k].source) else f
        else:
            out[k] = _completed(r, out[k], f)
    return out


def _mended(r: Reading, tagged: Sequence[Attribution]) -> Iterator[Attribution]:
    """The tagger's attributions, those of their spans grown that end inside a phrase."""
    taken = bytearray(len(r.text))
    for a in tagged:
        for s in (*a.source, *a.cue, *a.content):
            taken[s.start : s.end] = b"\1" * len(s)
    for a in tagged:
        yield replace(
            a,
            source=() if _is_spoken_to(r, a) else tuple(whole_source(r, s, taken) for s in a.source),
            content=_with_subject(
                r, a, _with_predicate(r, a, tuple(whole(r, s, taken) for s in a.content), taken), taken
            ),
        )


def _with_subject(
    r: Reading, a: Attribution, content: tuple[Span, ...], taken: bytearray
) -> tuple[Span, ...]:
    """The content with its subject in front of a parenthesis: "[The ferry], the mayor said, [had sunk]"."""
    tree, cue = r.tree, _head(r, a.cue)
    if cue < 0 or content[0].start < a.cue[0].start:
        return content
    first, after = r.tokens(content[0])
    verb = tree.head_within(first, after)
    subject = None if verb is None else tree.child(verb, *SUBJECTS)
    if verb is None or subject is None or subject >= cue or tree.pos[verb] not in VERBAL_POS:
        return content
    span = r.span(r.covered(subject))
    if span is None or any(taken[span.start : span.end]) or span.end > a.cue[0].start:
        return content
    parenthesis = tree.lower[r.tokens(span)[1]] == "," and tree.lower[first - 1] == ","
    return (span, *content) if parenthesis and "\n" not in r.text[span.start : content[0].start] else content


def _with_predicate(
    r: Reading, a: Attribution, content: tuple[Span, ...], taken: bytearray
) -> tuple[Span, ...]:
    """The content with what it is said to be: "[a crime] is described by the court as [a breach of law]"."""
    tree, cue = r.tree, _head(r, a.cue)
    if cue < 0 or tree.child(cue, "nsubjpass", "dobj") is None:
        return content
    told = next((c for c in tree.children[cue] if tree.lower[c] == "as" and tree.dep[c] == "prep"), None)
    if told is None or not any(stands_in(tree.start[i], content) for i in _about(r, cue)):
        return content
    span = r.span(r.covered(told))
    if span is None or any(taken[span.start : span.end]):
        return content
    return tuple(sorted((*content, span)))


def _about(r: Reading, verb: int) -> Iterator[int]:
    """What a verb's complement is said of: its object, its subject in the passive."""
    return (c for c in r.tree.children[verb] if r.tree.dep[c] in ("nsubjpass", "dobj"))


def _is_spoken_to(r: Reading, a: Attribution) -> bool:
    """Whether the source is the subject of "was told", "was asked": it hears, and nobody speaks."""
    cue = _head(r, a.cue)
    if cue < 0 or r.tree.lemma[cue] not in words("spoken-to.txt"):
        return False
    subject = r.tree.child(cue, "nsubjpass")
    return subject is not None and stands_in(r.tree.start[subject], a.source)


def _completed(r: Reading, tagged: Finding, rule: Finding) -> Finding:
    """The tagger's finding with the rule's source, where its own is missing or lacks the head noun."""
    if not rule.source:
        return tagged
    if tagged.source and any(s.overlaps(t) for s in tagged.source for t in rule.source):
        if _heads(r, rule, tagged.source):
            return tagged
        clear = not any(s.overlaps(c) for s in rule.source for c in (*tagged.cue, *tagged.content))
        return replace(tagged, source=rule.source) if clear else tagged
    cue = tagged.cue_token
    asked = cue >= 0 and r.tree.tag[cue] == "VBN" and r.tree.lemma[cue] in words("spoken-to.txt")
    if not tagged.source and not asked and same(tagged.content, rule.content):
        return replace(tagged, source=rule.source)
    return tagged


def _heads(r: Reading, rule: Finding, source: tuple[Span, ...]) -> bool:
    """Whether the head of the rule's source stands in another source."""
    return bool(rule.source) and stands_in(r.tree.start[_head(r, rule.source)], source)


def _in_its_paragraph(r: Reading, a: Attribution) -> tuple[Span, ...]:
    """The content without pieces in other paragraphs than the cue's, unless they stand in quotation marks."""
    if not a.cue:
        return a.content
    paragraphs = r.document.paragraphs
    home = paragraphs[min(bisect_right(paragraphs, a.cue[0].start, key=lambda p: p.end), len(paragraphs) - 1)]
    introduces = r.text[home.end - 1] == ":"
    kept = tuple(
        c
        for c in a.content
        if introduces or home.overlaps(c) or any(r.quote[i] >= 0 for i in range(*r.tokens(c)))
    )
    return kept or a.content


def _head(r: Reading, cue: tuple[Span, ...]) -> int:
    """The cue's head; -1 for an empty cue."""
    if not cue:
        return -1
    start, end = r.tokens(cue[0])
    head = r.tree.head_within(start, end)
    return head if head is not None else start if end > start else -1
