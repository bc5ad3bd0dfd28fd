"""Who and what an article names: mentions with exact spans, each under the name it shares with the others.

The named entities of the parse are cleaned and mended by rule; noun phrases that name people by nation, side,
body or office are added (`phrases`); then all mentions of one party are brought under one name (`merging`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from variorum.annotate.merging import Mention, share_names
from variorum.annotate.nations import nation_of
from variorum.annotate.phrases import find_phrases, nation_in
from variorum.annotate.place_model import word_lists
from variorum.model import Entity, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

    from variorum.annotate.document import Document

_LABELS: Final = frozenset(
    {"GPE", "LOC", "FAC", "NORP", "PERSON", "ORG", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW", "LANGUAGE"}
)
_TRAILING: Final = re.compile(r"(?:['’]s?|[\s.,;:\-–—\"“”‘’()\[\]]+)$")
_DOTTED: Final = re.compile(r"(?:\b[A-Za-z]{1,3}\.)+$|\b(?:Inc|Corp|Co|Ltd|Jr|Sr|St)\.$")
_LEADING: Final = frozenset(
    {"the", "a", "an", "this", "that", "its", "his", "her", "their", "our", "former", "then"}
)
_PARTIES: Final = frozenset({"PERSON", "ORG", "GPE", "NORP", "FAC", "LOC"})


@dataclass(frozen=True, slots=True)
class _Piece:
    first: int
    last: int
    label: str


def find_entities(document: Document) -> tuple[Entity, ...]:
    """The named entities, groups and offices of an article, by start and then the longer first.

    Spans leave out a leading article, titles before a person's name, and a possessive ending. One entity may
    lie inside another: the ministry inside "a spokesperson for the ministry".
    """
    doc, text = document.doc, document.article.text
    pieces = list(_mended(doc))
    mentions = [_mention(doc, text, p) for p in pieces]
    mentions += _phrases(doc, text, pieces)
    unique: dict[Span, Mention] = {}
    for m in mentions:
        # A phrase knows head and nation, so it stands for a plain entity of the same extent
        if m.span not in unique or (m.head and not unique[m.span].head):
            unique[m.span] = m
    kept = sorted(unique.values(), key=lambda m: (m.span.start, -m.span.end))
    return tuple(
        Entity(m.span, m.label, name, m.head, m.nation)
        for m, name in zip(kept, share_names(doc, kept), strict=True)
    )


def _mended(doc: Doc) -> Iterator[_Piece]:
    pieces = list(_read(doc))
    surnames = {doc[p.last - 1].text for p in pieces if p.label == "PERSON" and p.last - p.first > 1}
    for p in pieces:
        alone = p.last - p.first == 1 and doc[p.first].text in surnames
        if (
            alone
            and p.label in ("ORG", "GPE", "NORP", "PRODUCT", "FAC")
            and nation_of(doc[p.first].text) is None
        ):
            yield _Piece(p.first, p.last, "PERSON")
        else:
            yield p


def _read(doc: Doc) -> Iterator[_Piece]:
    taken: set[int] = set()
    for ent in doc.ents:
        if ent.label_ not in _LABELS:
            continue
        for first, last in _one_line(doc, ent.start, ent.end):
            piece = _clean(doc, first, last, ent.label_)
            if piece is not None:
                taken.update(range(piece.first, piece.last))
                yield piece
    for i, token in enumerate(doc):
        if i in taken or not token.text[:1].isupper() or not token.is_alpha:
            continue
        found = nation_of(token.text)
        if found is not None and len(token.text) > 3:
            yield _Piece(i, i + 1, _nation_label(token.text, found[1], "GPE"))


def _one_line(doc: Doc, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The stretch cut at line ends, which no name crosses."""
    start = first
    for i in range(first, last):
        if doc[i].is_space:
            if i > start:
                yield start, i
            start = i + 1
    if last > start:
        yield start, last


def _clean(doc: Doc, first: int, last: int, label: str) -> _Piece | None:
    """The piece without article, titles, possessive and stray marks; None where no name is left."""
    titles = word_lists()["title"]
    while first < last and (
        doc[first].lower_ in _LEADING
        or doc[first].is_punct
        or (label == "PERSON" and last - first > 1 and doc[first].lower_ in titles)
    ):
        first += 1
    opening = next((i for i in range(first + 1, last) if doc[i].text in "(["), None)
    if opening is not None and not any(doc[i].text in ")]" for i in range(opening, last)):
        last = opening
    while last > first and (
        doc[last - 1].tag_ in ("POS", "HYPH") or doc[last - 1].is_punct or doc[last - 1].is_quote
    ):
        last -= 1
    if first >= last or not any(c.isalpha() for c in doc[first:last].text):
        return None
    words = doc[first:last].text
    found = nation_of(words)
    if found is not None:
        return _Piece(first, last, _nation_label(words, found[1], label))
    if label == "PERSON" and not any(t.text[0].isupper() for t in doc[first:last]):
        return None
    if label in _PARTIES and last - first == 1 and _shouted(doc, first):
        return None
    return _Piece(first, last, label)


def _nation_label(words: str, kind: str, label: str) -> str:
    """The label that a nation's word bears whatever the recogniser says of it."""
    if kind == "people":
        return "LANGUAGE" if label == "LANGUAGE" else "NORP"
    if kind == "country":
        return "GPE"
    # A palace or street that stands for a government is a body, a capital is a place
    return (
        "GPE"
        if label in ("GPE", "LOC") and words.casefold() != "kremlin"
        else "ORG"
        if label != "GPE"
        else label
    )


def _shouted(doc: Doc, i: int) -> bool:
    """Whether a common word stands in a line all in capitals, which say nothing of names there."""
    token = doc[i]
    if not token.text.isupper() or len(token.text) < 4:
        return False
    around = [t for t in token.sent if t.is_alpha and len(t.text) > 2]
    return len(around) > 3 and all(t.text.isupper() for t in around) and token.pos_ not in ("PROPN",)


def _mention(doc: Doc, text: str, piece: _Piece) -> Mention:
    span = _span(doc, text, piece.first, piece.last)
    words = span.of(text)
    found = nation_of(words)
    nation = found[0] if found and piece.label in ("GPE", "NORP", "ORG") else None
    if nation is None and piece.label == "ORG":
        nation = nation_in(doc, piece.first, piece.last)
    return Mention(span, piece.label, piece.first, piece.last, words, "", nation)


def _phrases(doc: Doc, text: str, pieces: list[_Piece]) -> Iterator[Mention]:
    persons = {i for p in pieces if p.label == "PERSON" for i in range(p.first, p.last)}
    for phrase in find_phrases(doc):
        if phrase.head_at in persons:
            continue
        span = _span(doc, text, phrase.first, phrase.last)
        words = span.of(text)
        if "\n" in words or "\r" in words:
            continue
        yield Mention(span, phrase.label, phrase.first, phrase.last, words, phrase.head, phrase.nation)


def _span(doc: Doc, text: str, first: int, last: int) -> Span:
    start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1].text)
    words = text[start:end]
    while (tail := _TRAILING.search(words)) and tail.start() and not _DOTTED.search(words):
        words = words[: tail.start()]
    return Span(start, start + len(words))
