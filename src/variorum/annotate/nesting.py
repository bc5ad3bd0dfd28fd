"""Attributions inside attributions, and one attribution for each statement."""

from __future__ import annotations

from dataclasses import replace

from variorum.annotate.attribution_rules.cue_lexicon import reporting_verbs
from variorum.annotate.attribution_rules.findings import Finding
from variorum.annotate.attribution_rules.reading import Reading
from variorum.annotate.contents import parents_of, same, stands_in
from variorum.lexicon import words
from variorum.model import Span

# A nested finding is one reading inside another, so it must be surer than one that stands alone.
_LEAST_NESTED = 0.7
_DEEPEST = 20  # contents in contents: no speech nests deeper, and parents may form a ring
_NESTING = frozenset(("verb", "phrase", "quotation"))
_PRONOUNS = frozenset(("he", "she", "they"))


def nested(r: Reading, findings: list[Finding]) -> list[Finding]:
    """Sorted, one for each statement; of two findings whose cues lie in one another's content, the surer."""
    findings = _distinct(r, findings)
    findings.sort(key=lambda f: (f.extent.start, -f.extent.end, -f.weight, f.cue[0].start))
    parents = parents_of(len(r.text), [(f.cue, f.content) for f in findings])
    drop: set[int] = set()
    for k, parent in enumerate(parents):
        parent = _kept(parents, parent, drop)
        if parent is None or parent == k:
            continue
        outer, inner = findings[parent], findings[k]
        mutual = stands_in(outer.cue[0].start, inner.content)
        if mutual:
            drop.add(k if inner.weight <= outer.weight else parent)
        elif (shorter := _without_sibling(r, outer, inner)) is not None:
            findings[parent] = shorter
        elif inner.rule != "model" and not _worth_nesting(r, inner):
            drop.add(k)
    return [f for k, f in enumerate(findings) if k not in drop]


def _kept(parents: list[int | None], parent: int | None, drop: set[int]) -> int | None:
    """The nearest ancestor that is not dropped; None where there is none, or they hold one another."""
    for _ in range(_DEEPEST):
        if parent is None or parent not in drop:
            return parent
        parent = parents[parent]
    return None


def _without_sibling(r: Reading, outer: Finding, inner: Finding) -> Finding | None:
    """The outer content up to the inner cue, where the inner source stands outside of it.

    "She insisted the road was open, saying ...": the second verb is hers too, though the parser hangs it on
    the first content.
    """
    cue = inner.cue[0].start
    i = inner.cue_token
    if not inner.source or i < 1 or r.quote[i] >= 0 or r.tree.tag[i] != "VBG" or r.tree.lower[i - 1] != ",":
        return None
    if stands_in(inner.source[0].start, outer.content) or inner.source[0].start > cue:
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
        if other is not None and same(other.content, f.content):
            apart = not stands_in(f.cue[0].start, other.content)
            if apart and not stands_in(other.cue[0].start, f.content):
                continue
        for s in f.content:
            paint[s.start : s.end] = [len(out)] * len(s)
        out.append(f)
    return out


def _worth_nesting(r: Reading, f: Finding) -> bool:
    """Speech of somebody else inside speech, not every "I think" and "he wants" in it.

    The verb must be finite: "for saying that ..." and "to say that ..." tell of speech without reporting it.
    A pronoun mostly stands for the outer speaker, or for one whom the context must tell.
    """
    if f.weight < _LEAST_NESTED or f.rule not in _NESTING or not f.source:
        return False
    source = f.source[0].of(r.text).casefold()
    if source in words("no-third-party.txt"):
        return False
    if f.rule == "phrase":
        return True
    i = f.cue_token
    if i < 0 or (source in _PRONOUNS and f.rule != "quotation") or not _is_finite(r, i):
        return False
    lemma = r.tree.lemma[i]
    if lemma in words("attitude-verbs.txt"):
        return False
    return lemma in reporting_verbs() or _quotes(r, f)


def _is_finite(r: Reading, i: int) -> bool:
    tree = r.tree
    auxiliaries = [c for c in tree.children[i] if tree.dep[c] in ("aux", "auxpass")]
    if any(tree.tag[c] in ("MD", "TO") for c in auxiliaries):
        return False
    return any(tree.tag[t] in ("VBD", "VBZ", "VBP") for t in (i, *auxiliaries))


def _quotes(r: Reading, f: Finding) -> bool:
    """Whether the content opens quotation marks that the cue stands outside of."""
    if f.cue_token < 0 or r.quote[f.cue_token] >= 0:
        return False
    return any(r.quote[i] >= 0 for s in f.content for i in range(*r.tokens(s)))
