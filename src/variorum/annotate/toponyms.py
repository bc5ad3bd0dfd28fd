"""Which words of an article name places.

Candidates come from the gazetteer and the entities; a linear model weighs them.

The weights are logistic regression, fitted by train/train_places.py.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from variorum.annotate.gazetteer import Gazetteer, Match, gazetteer, normalise
from variorum.annotate.place_model import weigh, word_lists
from variorum.model import Entity, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from variorum.annotate.document import Document

LONGEST: Final = 7
"""Tokens in the longest place name looked up, hyphens counted."""

_PLACE_LABELS: Final = frozenset({"GPE", "LOC", "FAC"})
_NAMED: Final = _PLACE_LABELS | {
    "NORP",
    "PERSON",
    "ORG",
    "EVENT",
    "PRODUCT",
    "WORK_OF_ART",
    "LAW",
    "LANGUAGE",
}
_LISTING: Final = frozenset({"and", "or", ",", "-", "–", "/", "&"})
_BIG: Final = frozenset({"country", "area1", "continent"})
_FEATURE_KINDS: Final = frozenset({"region", "water", "land"})


@dataclass(frozen=True, slots=True)
class Toponym:
    """A stretch of text taken as the name of a place.

    `first` and `last` are token indices, `last` exclusive. `matches` are what the gazetteer has under the
    name; empty where it has nothing. `associative` says that the words point to a place without being it: a
    people, an adjective, a part of a body's name (Gritta et al. 2018).
    """

    span: Span
    first: int
    last: int
    key: str
    matches: tuple[Match, ...]
    associative: bool
    score: float = 0.0


def find_toponyms(document: Document, entities: Sequence[Entity]) -> tuple[Toponym, ...]:
    """The place names of an article in order of appearance, none overlapping another.

    Each candidate is weighed alone first, and then again with what the first round says of the article:
    whether the same name stands as a place elsewhere, which areas the article is about, what stands beside it
    in a list.
    """
    tagger = Tagger(document, entities, gazetteer())
    candidates = tagger.candidates()
    features = [tagger.features(c) for c in candidates]
    first = [weigh("tag", f) for f in features]
    scored = []
    for candidate, own, round_two in zip(candidates, features, tagger.second_look(first), strict=True):
        score = weigh("tag again", [*own, *round_two])
        if score > 0 or tagger.told(candidate):
            scored.append((candidate, score))
    # Of two that overlap, the longer is the fuller name
    scored.sort(key=lambda c: (c[0].first - c[0].last, -c[1], c[0].first))
    taken: set[int] = set()
    kept = []
    for candidate, score in scored:
        tokens = range(candidate.first, candidate.last)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            kept.append(replace(candidate, associative=tagger.associative(candidate), score=score))
    return tuple(sorted(kept, key=lambda t: t.span))


class Tagger:
    """Candidates for place names in one article and their features."""

    def __init__(self, document: Document, entities: Sequence[Entity], places: Gazetteer) -> None:
        doc = document.doc
        self._text = document.article.text
        self._words = [t.text for t in doc]
        self._starts = [t.idx for t in doc]
        self._pos = [t.pos_ for t in doc]
        self._first_in_sentence = {s.start for s in doc.sents}
        self._places = places
        self._lists = word_lists()
        self._token_at = {at: i for i, at in enumerate(self._starts)}
        self._ends = {
            at + len(w): i + 1 for i, (at, w) in enumerate(zip(self._starts, self._words, strict=True))
        }
        self._entity_of: dict[int, tuple[int, int, str]] = {}
        self._entity_tokens: list[tuple[int, int, str]] = []
        for entity in entities:
            bounds = self._tokens(entity.span)
            if entity.label in _NAMED and bounds:
                self._entity_tokens.append((*bounds, entity.label))
                for i in range(*bounds):
                    self._entity_of.setdefault(i, (*bounds, entity.label))
        self._found = tuple(self._generate())
        self._census()

    def _tokens(self, span: Span) -> tuple[int, int] | None:
        first, last = self._token_at.get(span.start), self._ends.get(span.end)
        return (first, last) if first is not None and last is not None and first < last else None

    def candidates(self) -> tuple[Toponym, ...]:
        """All stretches that may be place names; they may overlap."""
        return self._found

    def _generate(self) -> Iterator[Toponym]:
        seen = set()
        i = 0
        while i < len(self._words):
            step = 1
            if self._words[i][:1].isupper():
                for last in self._ends_from(i):
                    candidate = self._candidate(i, last)
                    if candidate is not None and candidate.matches and self._keeps_article(candidate):
                        seen.add((i, last))
                        yield candidate
                        step = last - i
                        break
            i += step
        for first in range(2, len(self._words)):
            if self._is_told(first) and not any(s <= first < e for s, e in seen):
                last = first + 1
                while self._word(last)[:1].isupper():
                    last += 1
                candidate = self._candidate(first, last)
                if candidate is not None:
                    seen.add((first, last))
                    yield candidate
        for first, last, label in self._entity_tokens:
            if label in _PLACE_LABELS and (first, last) not in seen:
                candidate = self._candidate(first, last)
                if candidate is not None:
                    seen.add((first, last))
                    yield candidate

    def _keeps_article(self, c: Toponym) -> bool:
        """Whether a leading article, if there is one, is part of the name: "The Hague", not "The Russian"."""
        if self._words[c.first].lower() != "the":
            return True
        return any(m.entry.name.startswith("The ") for m in c.matches)

    def told(self, c: Toponym) -> bool:
        """Whether the text says that the name is a settlement's: "the village of X"."""
        return self._is_told(c.first)

    def _is_told(self, i: int) -> bool:
        return (
            self._words[i][:1].isupper()
            and self._word(i - 1) == "of"
            and self._word(i - 2).lower() in self._lists["settlement"]
        )

    def _ends_from(self, first: int) -> list[int]:
        """Where a name that starts at a token may end, the farthest first."""
        ends = []
        for last in range(first + 1, min(len(self._words), first + LONGEST) + 1):
            word = self._words[last - 1]
            if word[:1].isupper() or (word[:1].isdigit() and last > first + 1 and word.isalnum()):
                ends.append(last)
            elif word.lower() not in self._lists["joiner"]:
                break
        return ends[::-1]

    def _candidate(self, first: int, last: int) -> Toponym | None:
        start, end = self._starts[first], self._starts[last - 1] + len(self._words[last - 1])
        text = self._text[start:end]
        matches = self._places.find(text)
        if matches and len(text) <= 5:
            matches = tuple(m for m in matches if _plausible_form(text, m))
        if not matches and last - first == 1 and len(text) < 3:
            return None
        return Toponym(Span(start, end), first, last, normalise(text), matches, associative=False)

    def _census(self) -> None:
        """How often each name stands as a place, and which words are persons' names."""
        self._as_place: Counter[str] = Counter()
        self._seen: Counter[str] = Counter()
        for c in self._found:
            self._seen[c.key] += 1
            entity = self._entity_of.get(c.first)
            if entity and entity[2] in _PLACE_LABELS:
                self._as_place[c.key] += 1
        self._person_words: set[str] = set()
        for first, last, label in self._entity_tokens:
            if label == "PERSON" and last - first > 1:
                self._person_words.update(normalise(w) for w in self._words[first:last])
        self._lower_words = {w for w in self._words if w.islower()}

    def _word(self, i: int) -> str:
        return self._words[i] if 0 <= i < len(self._words) else ""

    def features(self, c: Toponym) -> list[tuple[str, float]]:
        """The candidate's features, name and value."""
        return [*self._own_features(c), *self._entity_features(c), *self._context_features(c)]

    def _own_features(self, c: Toponym) -> Iterator[tuple[str, float]]:
        words = self._words[c.first : c.last]
        if not c.matches:
            yield "unknown", 1.0
        else:
            best = max(c.matches, key=lambda m: (m.own and not m.demonym, m.entry.population))
            kinds = {m.entry.kind for m in c.matches if m.own}
            yield "population", max(math.log10(1 + m.entry.population) for m in c.matches)
            yield "candidates", math.log(len(c.matches))
            if kinds & _BIG:
                yield "big", 1.0
            if "area2" in kinds:
                yield "area2", 1.0
            if kinds & _FEATURE_KINDS:
                yield "feature", 1.0
            if not kinds:
                yield "alternate only", 1.0
            if best.demonym:
                yield "demonym", 1.0
        if len(words) > 1:
            yield "many words", 1.0
            if words[-1].lower() in self._lists["suffix"]:
                yield "suffix", 1.0
            if words[0].lower() in self._lists["prefix"]:
                yield "prefix", 1.0
            if words[-1].lower() in self._lists["street"]:
                yield "street", 1.0
        elif words[0].lower() in self._lower_words:
            yield "common word", 1.0
        if all(w.isupper() for w in words if w.isalpha()):
            yield "upper case", 1.0
        if c.first in self._first_in_sentence:
            yield "sentence start", 1.0
        yield f"tag {self._pos[c.last - 1]}", 1.0
        yield "place elsewhere", self._as_place[c.key] / max(1, self._seen[c.key])
        if c.key in self._person_words:
            yield "person elsewhere", 1.0

    def _entity_features(self, c: Toponym) -> Iterator[tuple[str, float]]:
        entity = self._entity_of.get(c.first) or self._entity_of.get(c.last - 1)
        if entity is None:
            yield "no entity", 1.0
            return
        first, last, label = entity
        known = "known" if c.matches else "unknown"
        if (first, last) == (c.first, c.last):
            yield f"is {label} {known}", 1.0
        elif first <= c.first and c.last <= last:
            where = "starts" if first == c.first else "ends" if last == c.last else "inside"
            yield f"{where} {label}", 1.0
        else:
            yield f"crosses {label}", 1.0

    def _context_features(self, c: Toponym) -> Iterator[tuple[str, float]]:
        lists = self._lists
        before, after = self._word(c.first - 1), self._word(c.last)
        low_before, low_after = before.lower(), after.lower()
        if low_before == "the":
            low_before = self._word(c.first - 2).lower()
            yield "article", 1.0
        if low_before in lists["locative"]:
            yield "locative", 1.0
        if low_before == "of":
            yield "of", 1.0
            if self._word(c.first - 2).lower() in lists["sort"]:
                yield "sort of", 1.0
        if low_before in lists["title"]:
            yield "title before", 1.0
        if (
            before[:1].isupper()
            and low_before not in lists["title"]
            and c.first - 1 not in self._first_in_sentence
        ):
            yield "name before", 1.0
        if after[:1].isupper():
            kind = next((k for k in ("street", "media", "body", "suffix") if low_after in lists[k]), "name")
            yield f"{kind} after", 1.0
        elif low_after in ("'s", "’s"):
            yield "possessive", 1.0
        elif low_after in ("-", "–"):
            yield "hyphen after", 1.0
        elif low_after == "," and self._is_area(c.last + 1):
            yield "area after", 1.0
        elif low_after in ("--", "—", "(") and c.first in self._first_in_sentence:
            yield "dateline", 1.0
        if before == "," and self._word(c.first - 2)[:1].isupper():
            yield "after comma", 1.0
            if any(m.entry.kind in _BIG and m.own for m in c.matches):
                yield "area after comma", 1.0
        if before[:1].isdigit():
            yield "number before", 1.0

    def second_look(self, scores: Sequence[float]) -> Iterator[list[tuple[str, float]]]:
        """Features that need the scores of all candidates, for each candidate in order."""
        sure = [s > 0 for s in scores]
        best: dict[str, list[float]] = {}
        focus: defaultdict[str, float] = defaultdict(float)
        for c, score in zip(self._found, scores, strict=True):
            best.setdefault(c.key, []).append(score)
            if score > 0:
                areas = {m.entry.area for m in c.matches}
                for area in areas:
                    focus[area] += 1 / len(areas)
        total = sum(focus.values()) or 1.0
        at = {c.first: i for i, c in enumerate(self._found)}
        ends = {c.last: i for i, c in enumerate(self._found)}
        for i, c in enumerate(self._found):
            others = list(best[c.key])
            others.remove(scores[i])
            found = [("same name", max(-3.0, min(3.0, max(others))))] if others else [("only mention", 1.0)]
            # What the candidate itself adds to the focus is no evidence for it
            own = {m.entry.area for m in c.matches}
            share: float = max(
                ((focus[a] - (sure[i] / len(own))) / total for a in own if not a.startswith(".")), default=0
            )
            found.append(("focus", max(0.0, share)))
            if self._word(c.last).lower() in _LISTING and sure[at.get(c.last + 1, i)] and c.last + 1 in at:
                found.append(("listed before place", 1.0))
            if (
                self._word(c.first - 1).lower() in _LISTING
                and c.first - 1 in ends
                and sure[ends[c.first - 1]]
            ):
                found.append(("listed after place", 1.0))
            if self._plural_suffix(c.last):
                found.append(("plural suffix", 1.0))
            yield found

    def _plural_suffix(self, i: int) -> bool:
        """Whether "counties", "rivers"... follow, perhaps after more names of a list."""
        for j in range(i, min(i + 8, len(self._words))):
            word = self._words[j].lower()
            if word in self._lists["plural"]:
                return True
            if not (self._words[j][:1].isupper() or word in _LISTING):
                return False
        return False

    def _is_area(self, i: int) -> bool:
        word = self._word(i)
        if not word[:1].isupper():
            return False
        return any(
            m.entry.kind in ("area1", "country") and m.own and not m.demonym
            for end in (i + 1, i + 2)
            for m in self._places.find(" ".join(self._words[i:end]))
        )

    def associative(self, c: Toponym) -> bool:
        """Whether the words stand for a people or inside the name of a body, not for the place as such."""
        if c.matches and all(m.demonym for m in c.matches):
            return True
        entity = self._entity_of.get(c.first)
        return (
            entity is not None
            and entity[2] not in _PLACE_LABELS
            and (entity[0], entity[1]) != (c.first, c.last)
        )


def _plausible_form(text: str, match: Match) -> bool:
    """Whether a short form is written as the entry's name is: "US" and "Ill.", not "us" and "Ill"."""
    entry = match.entry
    if normalise(text) == normalise(entry.name) and len(text) > 2:
        return True
    if entry.kind in ("area1", "country") and match.own and not match.demonym:
        return text.isupper() or "." in text or len(text) > 4
    return not text.isupper() or len(text) > 3
