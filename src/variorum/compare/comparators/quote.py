"""Direct speech, word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler, Levenshtein

from variorum.compare.comparators.finding import Finding, marked, per_view
from variorum.compare.views import View, word_spans, words_of
from variorum.lexicon import table, words
from variorum.model import Span

_LEAST = 2  # words in common from which two quotations are compared
_SAME = 0.6  # share of the shorter one's words, in order, that makes two of them one quotation
_LONG = 4  # equal words from which a changed word is a change of the quotation
_MOST_WORDS = 200  # of a quotation that is compared whole
_FEW = 2  # changes; more are another translation or a paraphrase
_SPELT = 0.8  # Jaro-Winkler similarity of two spellings of one word
_PARAPHRASE = 3  # words that stand for other words at once: rather a paraphrase than a change

_MISPRINT = 9  # letters from which one letter more or less is rather a misprint
_ARTICLES = frozenset(("a", "an", "the"))
_SPELLINGS = tuple(
    (re.compile(british), american)
    for british, american in (
        (r"(?<=\w{3})([iy])s(?=(?:e|ed|es|ing|ation)$)", r"\1z"),
        (r"ll(?=(?:ing|ed|er|ers)$)", "l"),
        (r"[ao]e(?=\w{3})", "e"),
        (r"(?<=\w{2})our(?=(?:s|ed|ing|able|ful)?$)", "or"),
    )
)

_EDITORIAL = re.compile(r"\[[^\]]{0,200}\]")

_Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Quoted:
    """A quotation as written, its words in one spelling, and where each of them stands in it."""

    text: str
    words: _Words = field(compare=False)
    at: tuple[Span, ...] = field(compare=False)

    def stretch(self, first: int, last: int) -> Span:
        """Where the words from one up to before another stand."""
        return Span(self.at[first].start, self.at[last - 1].end) if first < last else Span(0, 0)

    def said(self, first: int, last: int) -> str:
        """What is written there."""
        return self.stretch(first, last).of(self.text)

    @property
    def whole(self) -> str:
        """All of it, without its marks."""
        return self.said(0, len(self.words))


@dataclass(frozen=True, slots=True)
class _Change:
    """Words of one quotation that stand where the other has other words, or none.

    `said` are both as written, `at` where they stand in the two quotations.
    """

    a: _Words
    b: _Words
    said: tuple[str, str]
    at: tuple[Span, Span]
    inner: bool


@dataclass(frozen=True, slots=True)
class _Match:
    """Two quotations with their words set against one another; the shorter one as written."""

    common: int
    share: float
    changes: tuple[_Change, ...]
    shorter: str
    shortest: int


@per_view
def _quoted(view: View) -> tuple[_Quoted, ...]:
    return tuple(_plain(view.quote_of(q)) for q in view.quotes)


@lru_cache(maxsize=1 << 14)
def _plain(text: str) -> _Quoted:
    """A quotation with its words in one spelling; what an editor put in brackets is left out."""
    spellings = table("spelling.txt")
    spoken = _EDITORIAL.sub(lambda m: " " * len(m[0]), text)
    plain = tuple(_one_spelling(spellings[w][0] if w in spellings else w) for w in words_of(spoken))
    return _Quoted(text, plain, word_spans(spoken))


def _one_spelling(word: str) -> str:
    """One form for what two nations spell in two ways, right for comparing only: "analyse", "modelling"."""
    for british, american in _SPELLINGS:
        word = british.sub(american, word)
    return word.replace("-", "")


def compare(a: View, b: View) -> Finding | None:
    """A quotation given alike agrees, one cut or extended is compatible, one with words changed contradicts.

    Marks, case and national spellings may differ. A word left out or added is no change unless it is a
    negation; many changes at once are a paraphrase or another translation, and compatible. Claims that are
    parts of one quotation contradict where the words that were changed are theirs.
    """
    if not a.quotes or not b.quotes:
        return None
    altered = reworded(a, b)
    if altered:
        return _otherwise(altered)
    best = max(
        (_match(x, y) for x in _quoted(a) for y in _quoted(b)),
        key=lambda m: (m.share, m.common),
    )
    changed = [c for c in best.changes if _tells(c)]
    if best.common == best.shortest - 1 and len(changed) == len(best.changes) == 1 and _one_name(changed[0]):
        return Finding("contradict", "quote", f"{_shown(changed[0])}: spelt otherwise", 0.6)
    if best.common < _LEAST or best.share < _SAME:
        return None
    if _changed(best):
        return _otherwise(changed)
    if best.changes and best.common >= _LONG and all(_cut(c) for c in best.changes):
        said = marked(best.shorter)
        return Finding("agree", "quote", f"{said}: the same quotation, longer in one wording", 0.7)
    if best.changes:
        return Finding(
            "compatible", "quote", f"{_shown(best.changes[0])}: one quotation, not to the word", 0.5
        )
    return Finding("agree", "quote", f"{marked(best.shorter)}: the same quotation", 0.9)


def _changed(match: _Match) -> bool:
    """Whether a quotation was given with other words, rather than paraphrased or translated otherwise."""
    told = any(_tells(c) for c in match.changes)
    return told and match.common >= _LONG and len(match.changes) <= _FEW and not _paraphrased(match)


def _otherwise(changed: Sequence[_Change]) -> Finding:
    pairs = "; ".join(_shown(c) for c in changed)
    # heavier than what the changed words count or date: the reader is to see the whole wording
    return Finding("contradict", "quote", f"{pairs}: the same quotation with other words", 0.95)


def otherwise(a: str, b: str) -> bool:
    """Whether two quotations are one, given with other words."""
    return _match_whole(_plain(a), _plain(b)) is not None


def reworded(a: View, b: View) -> list[_Change]:
    """The words of a quotation that two claims give otherwise, be the quotation longer than the claims."""
    for x in a.quotations:
        for y in b.quotations:
            match = _match_whole(_plain(a.quote_of(x)), _plain(b.quote_of(y)))
            if match is None:
                continue
            inside = [
                c
                for c in match.changes
                if _tells(c) and _within(c.at[0], x, a.ref.span) and _within(c.at[1], y, b.ref.span)
            ]
            if inside:
                return inside
    return []


def _within(stretch: Span, quotation: Span, claim: Span) -> bool:
    start, end = quotation.start + stretch.start, quotation.start + stretch.end
    return start < end and claim.start <= start and end <= claim.end


def _match_whole(x: _Quoted, y: _Quoted) -> _Match | None:
    """The match of two quotations that are one with words changed; none where they are not, or very long."""
    if max(len(x.words), len(y.words)) > _MOST_WORDS:
        return None
    fewest = min(len(x.words), len(y.words))
    if fewest < _LONG or len(set(x.words) & set(y.words)) < _LONG:
        return None
    match = _match(x, y)
    return match if match.share >= _SAME and _changed(match) else None


@lru_cache(maxsize=1 << 12)
def _match(x: _Quoted, y: _Quoted) -> _Match:
    a, b = x.words, y.words
    shorter = min((x, y), key=lambda q: (len(q.words), q.words, q.whole))
    shortest = len(shorter.words)
    if a == b:
        return _Match(len(a), 1.0, (), shorter.whole, shortest)
    if len(set(a) & set(b)) < min(_LEAST, shortest - 1):
        return _Match(0, 0.0, (), shorter.whole, shortest)
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    codes = matcher.get_opcodes()
    common = sum(i2 - i1 for tag, i1, i2, _, _ in codes if tag == "equal")
    changes = tuple(
        _Change(
            a[i1:i2],
            b[j1:j2],
            (x.said(i1, i2), y.said(j1, j2)),
            (x.stretch(i1, i2), y.stretch(j1, j2)),
            0 < n < len(codes) - 1,
        )
        for n, (tag, i1, i2, j1, j2) in enumerate(codes)
        if tag != "equal"
    )
    return _Match(common, common / max(1, shortest), changes, shorter.whole, shortest)


def _tells(change: _Change) -> bool:
    """Whether the words were changed, and not merely cut, joined or explained."""
    negations = words("negations.txt")
    if not change.a or not change.b:
        return change.inner and not negations.isdisjoint(change.a + change.b)
    if not change.inner and len(change.a) != len(change.b):
        return False
    if _ARTICLES.issuperset(change.a + change.b):
        return False
    x, y = "".join(change.a), "".join(change.b)
    misprint = min(len(x), len(y)) >= _MISPRINT and Levenshtein.distance(x, y) == 1 and x[-1] == y[-1]
    return x != y and not misprint and max(len(change.a), len(change.b)) < _PARAPHRASE


def _cut(change: _Change) -> bool:
    """Whether one account merely quotes more before or after, or has another article."""
    return not change.inner and (not change.a or not change.b or _ARTICLES.issuperset(change.a + change.b))


def _paraphrased(match: _Match) -> bool:
    return any(c.a and c.b and c.inner and not _tells(c) for c in match.changes)


def _one_name(change: _Change) -> bool:
    """Whether one word stands for one much like it in a quotation of a few words: a name, a title."""
    return len(change.a) == len(change.b) == 1 and spelt_otherwise(change.a[0], change.b[0])


def _shown(change: _Change) -> str:
    """What each has where they differ, as written."""
    a, b = change.said
    return f"{marked(a)} / {marked(b)}" if a and b else f"{marked(a or b)} not in the other wording"


def spelt_otherwise(x: str, y: str) -> bool:
    """Whether two words may be one, spelt in two ways."""
    return x != y and JaroWinkler.similarity(x, y) >= _SPELT
