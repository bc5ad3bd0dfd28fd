"""What a comparator says, and what several of them need to know of two claims."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from variorum.compare.sides import stem
from variorum.compare.views import View, words_of
from variorum.lexicon import words
from variorum.model import Aspect, Span, Verdict

_Read = TypeVar("_Read")
_KEPT = 1 << 14  # claims whose readings are kept: more than any story's accounts have
_NOUN_OF_DEED = re.compile(r"(?<=\w{3})(?:(?:ing|ation|ment)s?|e)$")
_VALUES = frozenset(("DATE", "TIME", "CARDINAL", "ORDINAL", "QUANTITY", "MONEY", "PERCENT", "ROLE", "GROUP"))


@dataclass(frozen=True, slots=True)
class Finding:
    """One comparator's judgement of two claims.

    `because` names both values, one line. `weight`, 0 to 1, says how much the judgement tells about the two
    claims: of several findings with one verdict the heaviest gives the aspect.
    """

    verdict: Verdict
    aspect: Aspect
    because: str
    weight: float


def per_view(read: Callable[[View], _Read]) -> Callable[[View], _Read]:
    """Keep what is read of a claim: it is compared with many.

    Claims are told apart by identity, for hashing one costs more than most readings.
    """
    kept: dict[int, tuple[View, _Read]] = {}

    def kept_or_read(view: View) -> _Read:
        found = kept.get(id(view))
        if found is not None and found[0] is view:
            return found[1]
        if len(kept) >= _KEPT:
            kept.clear()
        value = read(view)
        kept[id(view)] = view, value
        return value

    return kept_or_read


def marked(text: str) -> str:
    """The text in quotation marks, on one line."""
    return f"“{' '.join(text.split())}”"


def both(a: View, x: Span, b: View, y: Span) -> str:
    """The accounts' own words for two values."""
    return f"{marked(a.quote_of(x))} / {marked(b.quote_of(y))}"


@lru_cache(maxsize=1 << 16)
def content(terms: tuple[str, ...]) -> frozenset[str]:
    """The stems of the words that say what a clause is about."""
    empty = words("empty-words.txt")
    return frozenset(stem(t) for t in terms if t not in empty)


@per_view
def meant(view: View) -> frozenset[str]:
    """The stems of all meaningful words of a claim."""
    return content(view.words)


@per_view
def about(view: View) -> frozenset[str]:
    """What a claim says apart from its numbers and times: stems of lemmas where there are lemmas."""
    text = view.article_text
    spans = [q.span for q in view.quantities] + [t.span for t in view.times]
    values = {w for s in spans for w in words_of(s.of(text))}
    said = [t for t in view.claim.terms or view.words if t not in values]
    return content(tuple(t for t in said if any(c.isalpha() for c in t)))


@per_view
def names(view: View) -> frozenset[str]:
    """The stems of the names in a claim."""
    empty = words("empty-words.txt")
    named = (e.name.lower() for e in view.entities if e.label not in _VALUES)
    return frozenset(stem(w) for name in named for w in words_of(name) if w not in empty and len(w) > 1)


def strangers(a: View, b: View) -> bool:
    """Whether both claims name somebody or something, and nothing that the other names."""
    in_a, in_b = names(a), names(b)
    return bool(in_a) and bool(in_b) and not in_a & in_b


@per_view
def deed(view: View) -> str:
    """What the predicate's lemma has in common with nouns of its deed; empty without a predicate.

    Nouns of deeds count as their verbs ("shelling", "confirmation"), without a last "e".
    """
    return _NOUN_OF_DEED.sub("", view.lemma)


def same_deed(a: View, b: View) -> bool:
    """Whether both claims have a predicate, and it is the same one."""
    return bool(deed(a)) and deed(a) == deed(b)


def frame(view: View, values: Sequence[Span]) -> frozenset[str]:
    """What a claim says apart from some values in it."""
    text = view.article_text
    start, parts = view.ref.span.start, []
    for span in sorted(values):
        parts.append(text[start : max(start, span.start)])
        start = max(start, span.end)
    parts.append(text[start : view.ref.span.end])
    return content(words_of(" ".join(parts)))


def closeness(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of the longer frame's words that the other has too; 0 where either is empty."""
    return len(a & b) / max(len(a), len(b)) if a and b else 0.0


def likeness(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of the shorter frame's words that the other has too; 0 where either is empty."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0
