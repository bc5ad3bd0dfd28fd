"""Attributions by fixed phrases and adverbs: "according to", "in the words of", "reportedly"."""

from __future__ import annotations

from collections.abc import Iterator

from variorum.annotate.attribution_rules.cue_lexicon import attitude_adverbs
from variorum.annotate.attribution_rules.findings import Finding
from variorum.annotate.attribution_rules.reading import Range, Reading
from variorum.annotate.attribution_rules.sources import reach
from variorum.lexicon import rows, words

_PHRASE_WEIGHT = 0.9
_ADVERB_WEIGHT = 0.6
_HIGHEST_CLAUSE = 12  # heads between a phrase and its verb
_VERBAL = frozenset(("VERB", "AUX"))


def by_phrase(r: Reading) -> Iterator[Finding]:
    """Every phrase of `attribution-phrases.txt` with the noun phrase it governs; every reporting adverb."""
    phrases = tuple(tuple(row[0].split()) for row in rows("attribution-phrases.txt"))
    firsts = {p[0] for p in phrases}
    idioms = words("attribution-phrase-idioms.txt")
    for i, word in enumerate(r.tree.lower):
        if word in firsts:
            for phrase in phrases:
                if tuple(r.tree.lower[i : i + len(phrase)]) == phrase:
                    if finding := _governed(r, (i, i + len(phrase)), idioms):
                        yield finding
                    break
        elif word in attitude_adverbs() and (finding := _adverb(r, i)):
            yield finding


def _governed(r: Reading, cue: Range, idioms: frozenset[str]) -> Finding | None:
    """Who stands after the phrase is the source; the clause that the phrase hangs on is the content."""
    tree = r.tree
    source_head = tree.child(cue[1] - 1, "pobj", "pcomp")
    if source_head is None or (tree.lower[source_head] in idioms and r.left[source_head] == source_head):
        return None
    source, cue_span = reach(r, source_head, (cue,)), r.span(cue)
    if source is None or cue_span is None:
        return None
    phrase = cue[0], max(r.right[cue[0]], r.right[cue[1] - 1]) + 1
    content = _clause_around(r, cue[0], phrase)
    spans = tuple(s for c in content if (s := r.span(c)))
    return Finding((source,), (cue_span,), spans, "phrase", _PHRASE_WEIGHT, cue[0]) if spans else None


def _adverb(r: Reading, i: int) -> Finding | None:
    tree = r.tree
    cue = r.span((i, i + 1))
    if cue is None or tree.dep[i] != "advmod" or tree.pos[tree.head[i]] not in _VERBAL:
        return None
    spans = tuple(s for c in _clause_around(r, i, (i, i + 1)) if (s := r.span(c)))
    return Finding((), (cue,), spans, "adverb", _ADVERB_WEIGHT, i) if spans else None


def _clause_around(r: Reading, i: int, hole: Range) -> tuple[Range, ...]:
    """The clause that holds `i`, less the hole; the sentence where the phrase hangs on no verb."""
    tree = r.tree
    here = tree.head[i]
    for _ in range(_HIGHEST_CLAUSE):
        if tree.pos[here] in _VERBAL or tree.head[here] == here:
            break
        here = tree.head[here]
    start, end = r.covered(here)
    if tree.dep[here] in ("relcl", "acl", "advcl", "conj") and tree.pos[here] in _VERBAL:
        start = _past_linkers(r, start, here)
    before, after = (start, min(end, hole[0])), (max(start, hole[1]), end)
    return tuple(p for p in (before, after) if p[1] > p[0])


def _past_linkers(r: Reading, start: int, verb: int) -> int:
    while start < verb and r.tree.dep[start] in ("cc", "mark", "punct"):
        start += 1
    return start
