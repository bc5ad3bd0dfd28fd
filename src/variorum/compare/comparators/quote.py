"""Direct speech, word by word."""

from __future__ import annotations

from difflib import SequenceMatcher

from rapidfuzz.distance import JaroWinkler

from variorum.compare.comparators.finding import Finding, marked
from variorum.compare.features import stem
from variorum.compare.views import View, words_of
from variorum.lexicon import words

_LEAST = 2  # words in common from which two quotations are compared
_SAME = 0.6  # share of the shorter one's words, in order, that makes two of them one quotation
_LONG = 5  # equal words from which a changed word is a change of the quotation
_SPELT = 0.85  # Jaro-Winkler similarity of two spellings of one word


def compare(a: View, b: View) -> Finding | None:
    """A quotation given alike agrees, one cut or extended is compatible, one with words changed contradicts.

    Marks, case, spelling and words that carry no meaning of their own may differ; pronouns carry one.
    """
    if not a.quotes or not b.quotes:
        return None
    best = max(
        (_Match(words_of(a.quote_of(x)), words_of(b.quote_of(y))) for x in a.quotes for y in b.quotes),
        key=lambda m: (m.share, m.common),
    )
    if best.common < _LEAST or best.share < _SAME:
        return None
    changed = best.changed()
    if changed and best.common >= _LONG:
        pairs = "; ".join(f"{marked(x)} / {marked(y)}" for x, y in changed)
        return Finding("contradict", "quote", f"{pairs}: the same quotation with other words", 0.8)
    missing = best.missing()
    if missing:
        said = f"{marked(missing[0])} in one account's quotation only"
        return Finding("compatible", "quote", said, 0.5)
    return Finding("agree", "quote", f"{marked(' '.join(best.a))}: the same quotation", 0.9)


class _Match:
    """Two quotations with their words set against one another."""

    __slots__ = ("a", "b", "common", "opcodes", "share")

    def __init__(self, a: tuple[str, ...], b: tuple[str, ...]) -> None:
        self.a, self.b = a, b
        matcher = SequenceMatcher(None, a, b, autojunk=False)
        self.opcodes = matcher.get_opcodes()
        self.common = sum(i2 - i1 for tag, i1, i2, _, _ in self.opcodes if tag == "equal")
        self.share = self.common / max(1, min(len(a), len(b)))

    def changed(self) -> list[tuple[str, str]]:
        """The words that stand for one another, where both carry meaning and are not one word spelt twice."""
        found = []
        for tag, i1, i2, j1, j2 in self.opcodes:
            x, y = self.a[i1:i2], self.b[j1:j2]
            inner = min(i1, j1) > 0 and i2 < len(self.a) and j2 < len(self.b)
            exchanged = tag == "replace" and (inner or len(x) == len(y)) and _meant(x) and _meant(y)
            if exchanged and not _one_spelling(" ".join(x), " ".join(y)):
                found.append((" ".join(x), " ".join(y)))
        return found

    def missing(self) -> list[str]:
        """The meaningful words that one side has inside the quotation and the other has not."""
        both = [(t, self.a[i1:i2], self.b[j1:j2]) for t, i1, i2, j1, j2 in self.opcodes]
        gone = [x or y for t, x, y in both if t in ("delete", "insert") and _meant(x or y)]
        return [" ".join(words) for words in gone]


def _meant(said: tuple[str, ...]) -> bool:
    empty, pronouns = words("empty-words.txt"), words("pronouns.txt")
    return any(w not in empty or w in pronouns for w in said)


def _one_spelling(x: str, y: str) -> bool:
    return JaroWinkler.similarity(x, y) >= _SPELT or stem(x) == stem(y)
