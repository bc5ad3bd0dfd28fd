"""A claim together with all that was found inside its span: what alignment and the comparators look at."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from variorum.model import (
    Annotation,
    Attribution,
    Claim,
    Entity,
    Place,
    Quantity,
    Ref,
    Span,
    Time,
)

_WORD = re.compile(r"\w+(?:['’.-]\w+)*")
_INTRODUCTION = 0.85  # share of a claim's letters in sources and cues from which it says nothing else
_SHORT = 7  # words
_FULL_STOP = 1  # the letter of "4:25 a.m." that a claim at the end of a sentence leaves out
_MIN_QUOTED = 2  # words between marks: a single one is a scare quote


class _HasSpan(Protocol):
    @property
    def span(self) -> Span: ...


_Found = TypeVar("_Found", bound=_HasSpan)


@dataclass(frozen=True, slots=True)
class View:
    """One claim as the comparators see it.

    `text` are its exact words and `words` the same, lower-cased, without punctuation. `quotes` are the
    spans of direct speech that share words with it, cut to the claim, `quotations` the same whole.
    `attribution` is the innermost one whose content holds the claim. `sentence` is the number of its
    sentence, `around` that sentence's span and `place_in_text` where the claim stands, 0 to 1. `published`
    is the article's date. `introduces` says that the claim does no more than introduce what somebody says
    ("the minister said").
    """

    ref: Ref
    claim: Claim
    text: str
    words: tuple[str, ...]
    sentence: int
    place_in_text: float
    around: Span
    quantities: tuple[Quantity, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
    entities: tuple[Entity, ...] = ()
    quotes: tuple[Span, ...] = ()
    quotations: tuple[Span, ...] = ()
    attribution: Attribution | None = None
    article_text: str = ""
    published: str | None = None
    introduces: bool = False

    def quote_of(self, span: Span) -> str:
        """The article's words at a span."""
        return span.of(self.article_text)

    @property
    def predicate(self) -> str:
        """The predicate's head word, lower-cased, or an empty string."""
        return self._word(self.claim.predicate)

    @property
    def lemma(self) -> str:
        """The predicate's lemma, or its word where the annotation was made without lemmas of predicates."""
        return self.claim.lemma or self.predicate

    @property
    def agent(self) -> str:
        """The head word of who does it, lower-cased, or an empty string."""
        return self._word(self.claim.agent)

    @property
    def patient(self) -> str:
        """The head word of who it is done to, lower-cased, or an empty string."""
        return self._word(self.claim.patient)

    def _word(self, span: Span | None) -> str:
        return span.of(self.article_text).lower() if span else ""


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, lower-cased, with straight apostrophes."""
    return tuple(m[0].lower().replace("’", "'") for m in _WORD.finditer(text))


def word_spans(text: str) -> tuple[Span, ...]:
    """Where each of `words_of` stands in the text."""
    return tuple(Span(*m.span()) for m in _WORD.finditer(text))


def views_of(annotation: Annotation) -> tuple[View, ...]:
    """The claims of one account in their order; linear in claims and what lies in them."""
    text = annotation.article.text
    starts = [s.start for s in annotation.sentences]
    length = max(1, len(text))
    quantities, times = _Index(annotation.quantities), _Index(annotation.times)
    places, entities = _Index(annotation.places), _Index(annotation.entities)
    quoted = sorted({s for q in annotation.quotations if q.depth == 0 for s in q.spans})
    views = []
    frames = {n for a in annotation.attributions for s in (*a.source, *a.cue) for n in range(s.start, s.end)}
    for claim in annotation.claims:
        span = claim.span
        quotes = _quotes(quoted, span, text)
        sentence = max(0, bisect_right(starts, span.start) - 1)
        views.append(
            View(
                ref=Ref(annotation.article.id, span),
                claim=claim,
                text=span.of(text),
                words=words_of(span.of(text)),
                sentence=sentence,
                place_in_text=span.start / length,
                around=_around(annotation.sentences, sentence, span),
                quantities=quantities.inside(span),
                times=times.inside(span),
                places=places.inside(span),
                entities=entities.inside(span),
                quotes=tuple(cut for cut, _ in quotes),
                quotations=tuple(whole for _, whole in quotes),
                attribution=None if claim.attribution is None else annotation.attributions[claim.attribution],
                article_text=text,
                published=annotation.article.published,
                introduces=_introduces(span, text, frames),
            )
        )
    return tuple(views)


def _around(sentences: Sequence[Span], number: int, span: Span) -> Span:
    """The sentence with that number, and the claim in any case."""
    sentence = sentences[number] if number < len(sentences) else span
    return Span(min(sentence.start, span.start), max(sentence.end, span.end))


def _introduces(span: Span, text: str, frames: set[int]) -> bool:
    """Whether a claim is short and nearly all its letters belong to sources and cues.

    A longer one says who somebody is, which another account may say otherwise.
    """
    if len(_WORD.findall(text, span.start, span.end)) > _SHORT:
        return False
    letters = [n for n in range(span.start, span.end) if text[n].isalnum()]
    return sum(n in frames for n in letters) >= _INTRODUCTION * len(letters)


class _Index(Generic[_Found]):
    """Found things by where they begin."""

    def __init__(self, items: Sequence[_Found]) -> None:
        self._items = sorted(items, key=lambda x: (x.span.start, x.span.end))
        self._starts = [x.span.start for x in self._items]

    def inside(self, span: Span) -> tuple[_Found, ...]:
        first = bisect_left(self._starts, span.start)
        last = bisect_left(self._starts, span.end)
        return tuple(x for x in self._items[first:last] if x.span.end <= span.end + _FULL_STOP)


def _quotes(quoted: Sequence[Span], span: Span, text: str) -> tuple[tuple[Span, Span], ...]:
    """The quotations that share words with a span, cut to it and whole."""
    cut = []
    for q in quoted[max(0, bisect_left(quoted, span) - 1) :]:
        if q.start >= span.end:
            break
        start, end = max(q.start, span.start), min(q.end, span.end)
        if start < end and len(_WORD.findall(text, start, end)) >= _MIN_QUOTED:
            cut.append((Span(start, end), q))
    return tuple(cut)
