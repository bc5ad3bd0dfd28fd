"""Finds what an outlet says of its own knowledge: unverified, no comment, unclear, anonymous, second-hand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from variorum.annotate.caveat_rules import Finding, findings
from variorum.annotate.claims import trimmed
from variorum.annotate.document import Document
from variorum.annotate.tree import Tree, tree_of
from variorum.model import Attribution, Caveat, Claim, Span


def find_caveats(
    document: Document, attributions: Sequence[Attribution] = (), claims: Sequence[Claim] = ()
) -> tuple[Caveat, ...]:
    """The caveats of an article in order of the text; linear in its length but for the claims around each.

    What others say in direct speech ("“We could not confirm it,” she said") is theirs and no caveat. The span
    is the clause that says it: the smallest claim that holds its key word, with the question it leaves open.

    Args:
        document: the parsed article.
        attributions: those found in it; direct ones shut out what stands between their quotation marks.
        claims: those found in it; without any, the span is the whole sentence.
    """
    tree = tree_of(document.doc)
    spoken = [s for a in attributions if a.kind == "direct" for s in a.content]
    sentence_starts = [s.start for s in document.sentences]
    claim_starts = [c.span.start for c in claims]
    found: set[tuple[Span, str]] = set()
    caveats = []
    for finding in findings(tree, document.article.outlet):
        word = Span(tree.start[finding.at], tree.end[finding.at])
        if any(s.holds(word) for s in spoken):
            continue
        n = bisect_right(sentence_starts, word.start) - 1
        if n < 0:
            continue
        sentence = document.sentences[n]
        near = claims[bisect_right(claim_starts, sentence.start - 1) : bisect_right(claim_starts, word.start)]
        span = _clause(document.article.text, tree, finding, word, sentence, near)
        if (span, finding.kind) not in found:
            found.add((span, finding.kind))
            caveats.append(Caveat(finding.kind, span))
    return tuple(sorted(caveats, key=lambda c: (c.span, c.kind)))


def _clause(
    text: str, tree: Tree, finding: Finding, word: Span, sentence: Span, claims: Sequence[Claim]
) -> Span:
    holding = [c.span for c in claims if c.span.holds(word)]
    span = min(holding, key=len) if holding else sentence
    if finding.reach:
        reached = sorted({*finding.reach, *(i for r in finding.reach for i in tree.subtree(r))})
        start = min(span.start, tree.start[reached[0]])
        end = max(span.end, tree.end[reached[-1]])
        start, end = max(start, sentence.start), min(end, sentence.end)
        span = trimmed(text, start, end) or span
    return span
