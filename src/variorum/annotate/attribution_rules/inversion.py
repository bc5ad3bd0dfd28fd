"""Attributions tagged on to the end of a sentence, verb first: "The fire began below, reads the report"."""

from __future__ import annotations

from collections.abc import Iterator

from variorum.annotate.attribution_rules.cue_lexicon import reporting_verbs
from variorum.annotate.attribution_rules.findings import Finding
from variorum.annotate.attribution_rules.reading import Reading
from variorum.annotate.attribution_rules.sources import reach
from variorum.lexicon import words

_INVERSION_WEIGHT = 0.8
_OPENERS = frozenset((",", "”", '"', "'", "’", "''"))
_OBJECT = ("dobj", "attr", "oprd", "nsubj")


def by_inversion(r: Reading) -> Iterator[Finding]:
    """A reporting verb after a comma, no subject before it, who can speak after it, then the sentence's end.

    Parsers read such a verb as one more verb of the main clause and the speaker as its object.
    """
    tree = r.tree
    for i, lemma in enumerate(tree.lemma):
        if i and lemma in reporting_verbs() and tree.dep[i] in ("conj", "dep", "parataxis", "advcl", "ROOT"):
            finding = _tagged_on(r, i)
            if finding is not None:
                yield finding


def _tagged_on(r: Reading, i: int) -> Finding | None:
    tree = r.tree
    start, end = r.sentence_range(i)
    before = tree.lower[i - 1]
    if i <= start or before not in _OPENERS or tree.tag[i] == "VBG" or r.quote[i] >= 0:
        return None
    speaker = next(
        (c for c in tree.children[i] if tree.dep[c] in _OBJECT and c > i and r.left[c] == i + 1), None
    )
    if speaker is None or tree.lemma[i] in words("verbs-with-addressee.txt") or not _speaks(r, speaker):
        return None
    if any(tree.word[j] for j in range(r.right[speaker] + 1, end)):
        return None
    source, cue, content = reach(r, speaker, ((i, i + 1),)), r.span((i, i + 1)), r.span((start, i))
    if source is None or cue is None or content is None:
        return None
    return Finding((source,), (cue,), (content,), "inversion", _INVERSION_WEIGHT, i)


def _speaks(r: Reading, head: int) -> bool:
    tree = r.tree
    return tree.pos[head] in ("PROPN", "PRON") or tree.lemma[head] in words("speaking-nouns.txt")
