"""Who says what: the rules' findings and the tagger's, merged, nested, with kinds and speakers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from importlib.resources import files

from variorum.annotate.attribution_rules import raw_findings
from variorum.annotate.attribution_rules.cue_lexicon import reporting_verbs
from variorum.annotate.attribution_rules.findings import Finding, to_attribution
from variorum.annotate.attribution_rules.quoted import with_quotations
from variorum.annotate.attribution_rules.reading import Reading, read
from variorum.annotate.document import Document
from variorum.annotate.speakers import with_speakers
from variorum.lexicon import words
from variorum.model import Attribution, Entity, Kind, Quotation, Span

Tagger = Callable[[str], tuple[Attribution, ...]]
"""Gives the attributions of a text, flat: no token is in two of them. Speakers and parents are open."""

_MODEL_WEIGHT = 0.95
# Rules that read marks and fixed words rather than the parse: their spans stand where the tagger's differ.
_SURE = frozenset(("phrase", "inversion", "transcript", "headline"))
# A nested finding is one reading inside another, so it must be surer than one that stands alone.
_LEAST_NESTED = 0.7
_NESTING = frozenset(("verb", "phrase", "quotation"))
_NO_THIRD_PERSON = frozenset(("i", "we", "you", "it", "me", "us", "that", "which"))
_LEAST_BESIDE_MODEL = 0.8


def find_attributions(
    document: Document,
    quotations: tuple[Quotation, ...],
    entities: tuple[Entity, ...] = (),
    tagger: Tagger | None = None,
) -> tuple[Attribution, ...]:
    """Every attribution of an article, sorted by where its content begins, outer before inner.

    `by` is `model` where the tagger decided, else the rule's name. Where both found one statement, the
    tagger's spans stand, save for fixed phrases and layout; quotation marks decide how far a quoted content
    reaches. `parent` is the attribution whose content holds this one's cue. Linear in the length of the text.

    Args:
        document: the parsed article.
        quotations: what `find_quotations` finds in it.
        entities: what `find_entities` finds in it; the parser's own serve where there are none.
        tagger: the trained tagger; the one the package carries, if any, where None. `no_tagger` leaves all
            to the rules.
    """
    reading = read(document, quotations)
    findings = raw_findings(reading)
    tagged = (tagger or packaged_tagger())(document.article.text)
    if tagged:
        findings = _merged(reading, findings, tagged)
    findings = _nested(reading, with_quotations(reading, findings))
    kinds = _Kinds(document.article.text, quotations)
    attributions = tuple(to_attribution(f, kinds.of(f.content)) for f in findings)
    attributions = _with_parents(len(document.article.text), attributions)
    return with_speakers(reading, attributions, entities)


def no_tagger(text: str) -> tuple[Attribution, ...]:  # noqa: ARG001  (it stands where a tagger would)
    """A tagger that finds nothing: the rules decide alone."""
    return ()


@cache
def packaged_tagger() -> Tagger:
    """The trained tagger that the package carries; `no_tagger` where it carries none."""
    if not files("variorum").joinpath("models", "attribution.onnx").is_file():
        return no_tagger
    from variorum.annotate.tagger import load_tagger

    return load_tagger().tag


def _merged(r: Reading, rules: list[Finding], tagged: tuple[Attribution, ...]) -> list[Finding]:
    """The tagger's attributions, with what the rules know better and what it lacks."""
    out = [
        Finding(a.source, a.cue, content, "model", _MODEL_WEIGHT, _head(r, a.cue))
        for a in tagged
        if (content := _in_its_paragraph(r, a))
    ]
    size = len(r.text)
    by_cue = _painted(size, ((k, f.cue) for k, f in enumerate(out)))
    by_content = _painted(size, ((k, f.content) for k, f in enumerate(out)))
    for f in rules:
        k = by_cue[f.cue[0].start]
        held = by_content[f.content[0].start]
        inside = by_content[f.cue[0].start]
        if k < 0 and held >= 0 and held != inside and _same(out[held].content, f.content):
            k = held
        if k < 0:
            if f.rule in _SURE or f.weight >= (_LEAST_NESTED if inside >= 0 else _LEAST_BESIDE_MODEL):
                out.append(f)
        elif f.rule in _SURE:
            out[k] = f
        else:
            out[k] = _completed(r, out[k], f)
    return out


def _completed(r: Reading, tagged: Finding, rule: Finding) -> Finding:
    """The tagger's finding with the rule's source, where its own is missing or lacks the head noun."""
    if not rule.source:
        return tagged
    if tagged.source and any(s.overlaps(t) for s in tagged.source for t in rule.source):
        if _stands_in(r.tree.start[_head(r, rule.source)], tagged.source):
            return tagged
        clear = not any(s.overlaps(c) for s in rule.source for c in (*tagged.cue, *tagged.content))
        return replace(tagged, source=rule.source) if clear else tagged
    if not tagged.source and _same(tagged.content, rule.content):
        return replace(tagged, source=rule.source)
    return tagged


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
    """The cue's head: the token whose own head lies outside the cue; -1 for an empty cue."""
    if not cue:
        return -1
    start, end = r.tokens(cue[0])
    heads = (i for i in range(start, end) if not start <= r.tree.head[i] < end or r.tree.head[i] == i)
    return next((i for i in heads if r.tree.word[i]), start if end > start else -1)


def _same(a: tuple[Span, ...], b: tuple[Span, ...]) -> bool:
    """Whether two contents share at least half of the characters that either holds."""
    shared = sum(x.shared(y) for x in a for y in b)
    return 2 * shared >= sum(map(len, a)) + sum(map(len, b)) - shared > 0


def _painted(size: int, layers: Iterable[tuple[int, tuple[Span, ...]]]) -> list[int]:
    """For each character, the last layer that covers it, or -1."""
    paint = [-1] * size
    for k, spans in layers:
        for s in spans:
            paint[s.start : s.end] = [k] * len(s)
    return paint


def _nested(r: Reading, findings: list[Finding]) -> list[Finding]:
    """Sorted, one for each statement; of two findings whose cues lie in one another's content, the surer."""
    findings = _distinct(r, findings)
    findings.sort(key=lambda f: (f.extent.start, -f.extent.end, -f.weight, f.cue[0].start))
    parents = _parents(len(r.text), [(f.cue, f.content) for f in findings])
    drop: set[int] = set()
    for k, parent in enumerate(parents):
        if parent is None or parent in drop:
            continue
        outer, inner = findings[parent], findings[k]
        mutual = _stands_in(outer.cue[0].start, inner.content)
        if mutual:
            drop.add(k if inner.weight <= outer.weight else parent)
        elif (shorter := _without_sibling(r, outer, inner)) is not None:
            findings[parent] = shorter
        elif inner.rule != "model" and not _worth_nesting(r, inner):
            drop.add(k)
    return [f for k, f in enumerate(findings) if k not in drop]


def _stands_in(place: int, content: tuple[Span, ...]) -> bool:
    return any(c.start <= place < c.end for c in content)


def _without_sibling(r: Reading, outer: Finding, inner: Finding) -> Finding | None:
    """The outer content up to the inner cue, where the inner source stands outside of it.

    "She insisted the road was open, saying ...": the second verb is hers too, though the parser hangs it on
    the first content.
    """
    cue = inner.cue[0].start
    i = inner.cue_token
    if not inner.source or i < 1 or r.quote[i] >= 0 or r.tree.tag[i] != "VBG" or r.tree.lower[i - 1] != ",":
        return None
    if _stands_in(inner.source[0].start, outer.content) or inner.source[0].start > cue:
        return None
    kept = tuple(Span(c.start, min(c.end, cue)) for c in outer.content if c.start < cue)
    kept = tuple(t for s in kept if (t := r.span(r.tokens(s))))
    return replace(outer, content=kept) if kept else None


def _distinct(r: Reading, findings: list[Finding]) -> list[Finding]:
    """Of two findings that read one content from two cues outside of it, the surer."""
    out: list[Finding] = []
    paint = [-1] * len(r.text)
    for f in sorted(findings, key=lambda f: (-f.weight, f.content[0].start)):
        at = f.content[0].start
        other = out[paint[at]] if paint[at] >= 0 else None
        if other is not None and _same(other.content, f.content):
            apart = not _stands_in(f.cue[0].start, other.content)
            if apart and not _stands_in(other.cue[0].start, f.content):
                continue
        for s in f.content:
            paint[s.start : s.end] = [len(out)] * len(s)
        out.append(f)
    return out


def _worth_nesting(r: Reading, f: Finding) -> bool:
    """Speech of somebody named inside other speech, not every "I think" and "you know" of a speaker's own."""
    if f.weight < _LEAST_NESTED or f.rule not in _NESTING or not f.source:
        return False
    if f.source[0].of(r.text).casefold() in _NO_THIRD_PERSON:
        return False
    lemma = r.tree.lemma[f.cue_token] if f.cue_token >= 0 else ""
    speech = lemma in reporting_verbs() and lemma not in words("attitude-verbs.txt")
    return speech or f.rule == "phrase" or _quotes(r, f)


def _quotes(r: Reading, f: Finding) -> bool:
    """Whether the content opens quotation marks that the cue stands outside of."""
    if f.cue_token < 0 or r.quote[f.cue_token] >= 0:
        return False
    return any(r.quote[i] >= 0 for s in f.content for i in range(*r.tokens(s)))


def _parents(size: int, parts: list[tuple[tuple[Span, ...], tuple[Span, ...]]]) -> list[int | None]:
    """For each cue and content, the index of the smallest other content that holds the cue."""
    by_size = sorted(range(len(parts)), key=lambda k: -sum(map(len, parts[k][1])))
    paint = _painted(size, ((k, parts[k][1]) for k in by_size))
    out: list[int | None] = []
    for k, (cue, content) in enumerate(parts):
        anchor = cue[0].start if cue else content[0].start
        owner = paint[anchor] if anchor < size else -1
        out.append(owner if owner not in (-1, k) else None)
    return out


def _with_parents(size: int, attributions: tuple[Attribution, ...]) -> tuple[Attribution, ...]:
    parents = _parents(size, [(a.cue, a.content) for a in attributions])
    return tuple(
        replace(a, parent=p if p is not None and not _cyclic(parents, k) else None)
        for k, (a, p) in enumerate(zip(attributions, parents, strict=True))
    )


def _cyclic(parents: list[int | None], k: int) -> bool:
    seen = {k}
    here = parents[k]
    while here is not None and here not in seen:
        seen.add(here)
        here = parents[here]
    return here is not None


class _Kinds:
    """Tells direct, indirect and mixed contents apart by the quotation marks over them."""

    def __init__(self, text: str, quotations: tuple[Quotation, ...]) -> None:
        self.text = text
        self.outer, self.inner = bytearray(len(text)), bytearray(len(text))
        self.starts: set[int] = set()
        for q in quotations:
            mask = self.inner if q.depth else self.outer
            for p in q.spans:
                mask[p.start : p.end] = b"\1" * len(p)
                if not q.depth:
                    self.starts |= {p.start, p.start + 1, p.start + 2}

    def of(self, content: tuple[Span, ...]) -> Kind:
        """Direct where all words (but "that") are in quotation marks, indirect where none is, else mixed."""
        quoted = outside = 0
        for s in content:
            inside_another = self.outer[s.start] and s.start not in self.starts
            mask = self.inner if inside_another else self.outer
            for i in range(s.start, s.end):
                if self.text[i].isalnum():
                    quoted += mask[i]
                    outside += not mask[i]
        if not quoted:
            return "indirect"
        if self.text[content[0].start : content[0].end].casefold().startswith("that "):
            outside -= len("that")
        return "direct" if outside <= 0 else "mixed"
