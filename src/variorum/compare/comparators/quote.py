"""Direct speech, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler, Levenshtein

from variorum.compare.comparators.finding import Finding, marked, per_view
from variorum.compare.views import View, words_of
from variorum.lexicon import table, words

_LEAST = 2  # words in common from which two quotations are compared
_SAME = 0.6  # share of the shorter one's words, in order, that makes two of them one quotation
_LONG = 4  # equal words from which a changed word is a change of the quotation
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

_Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Change:
    """Words of one quotation that stand where the other has other words, or none."""

    a: _Words
    b: _Words
    inner: bool


@dataclass(frozen=True, slots=True)
class _Match:
    """Two quotations with their words set against one another."""

    common: int
    share: float
    changes: tuple[_Change, ...]
    shorter: _Words

    @property
    def shortest(self) -> int:
        """The words of the shorter one."""
        return len(self.shorter)


@per_view
def _quoted(view: View) -> tuple[_Words, ...]:
    return tuple(_plain(view.quote_of(q)) for q in view.quotes)


@lru_cache(maxsize=1 << 14)
def _plain(said: str) -> _Words:
    """A quotation's words in one spelling; what an editor put in brackets is left out."""
    spellings = table("spelling.txt")
    found = words_of(re.sub(r"\[[^\]]{0,200}\]", " … ", said))
    return tuple(_one_spelling(spellings[w][0] if w in spellings else w) for w in found)


def _one_spelling(word: str) -> str:
    """One form for what two nations spell in two ways, right for comparing only: "analyse", "modelling"."""
    for british, american in _SPELLINGS:
        word = british.sub(american, word)
    return word.replace("-", "")


def compare(a: View, b: View) -> Finding | None:
    """A quotation given alike agrees, one cut or extended is compatible, one with words changed contradicts.

    Marks, case and national spellings may differ. A word left out or added is no change unless it is a
    negation; many changes at once are a paraphrase or another translation, and compatible.
    """
    if not a.quotes or not b.quotes:
        return None
    best = max(
        (_match(x, y) for x in _quoted(a) for y in _quoted(b)),
        key=lambda m: (m.share, m.common),
    )
    changed = [c for c in best.changes if _tells(c)]
    if best.common == best.shortest - 1 and len(changed) == len(best.changes) == 1 and _one_name(changed[0]):
        return Finding("contradict", "quote", f"{_shown(changed[0])}: spelt otherwise", 0.6)
    if best.common < _LEAST or best.share < _SAME:
        return None
    if changed and best.common >= _LONG and len(best.changes) <= _FEW and not _paraphrased(best):
        pairs = "; ".join(_shown(c) for c in changed)
        # heavier than what the changed words count or date: the reader is to see the whole wording
        return Finding("contradict", "quote", f"{pairs}: the same quotation with other words", 0.95)
    if best.changes and best.common >= _LONG and all(_cut(c) for c in best.changes):
        said = marked(" ".join(best.shorter))
        return Finding("agree", "quote", f"{said}: the same quotation, longer in one account", 0.7)
    if best.changes:
        missing = best.changes[0]
        said = f"{marked(' '.join(missing.a or missing.b))} in one account's quotation only"
        return Finding("compatible", "quote", said, 0.5)
    return Finding("agree", "quote", f"{marked(' '.join(best.shorter))}: the same quotation", 0.9)


@lru_cache(maxsize=1 << 12)
def _match(a: _Words, b: _Words) -> _Match:
    if a == b:
        return _Match(len(a), 1.0, (), a)
    shorter = min((a, b), key=lambda words: (len(words), words))
    if len(set(a) & set(b)) < min(_LEAST, len(shorter) - 1):
        return _Match(0, 0.0, (), shorter)
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    codes = matcher.get_opcodes()
    common = sum(i2 - i1 for tag, i1, i2, _, _ in codes if tag == "equal")
    changes = tuple(
        _Change(a[i1:i2], b[j1:j2], 0 < n < len(codes) - 1)
        for n, (tag, i1, i2, j1, j2) in enumerate(codes)
        if tag != "equal"
    )
    return _Match(common, common / max(1, len(shorter)), changes, shorter)


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
    return f"{marked(' '.join(change.a) or '-')} / {marked(' '.join(change.b) or '-')}"


def spelt_otherwise(x: str, y: str) -> bool:
    """Whether two words may be one, spelt in two ways."""
    return x != y and JaroWinkler.similarity(x, y) >= _SPELT
