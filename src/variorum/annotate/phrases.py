"""Noun phrases that name people or bodies by what they are: groups, offices, ministries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from variorum.annotate.nations import nation_of
from variorum.lexicon import table, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Span, Token

PhraseLabel = Literal["GROUP", "ROLE", "ORG"]

_LINKS: Final = frozenset({"of", "for", "at", "in", "with"})
_PEOPLE_LINKS: Final = frozenset({"of", "from"})
_LONGEST: Final = 14
_ENTITY_STOPS: Final = frozenset({"DATE", "TIME", "CARDINAL", "MONEY", "PERCENT"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """Token bounds (`last` exclusive) of a noun phrase without its determiner, with its label and head lemma.

    `named` says that it tells whose or which: by a nation, a proper name or an "of" phrase. `nation` is the
    code of the nation that its words name.
    """

    first: int
    last: int
    label: PhraseLabel
    head: str
    head_at: int
    named: bool
    nation: str | None


def find_phrases(doc: Doc) -> Iterator[Phrase]:
    """The group, office and body phrases of a parsed text in order; they may hold one another."""
    for chunk in doc.noun_chunks:
        phrase = _phrase(doc, chunk)
        if phrase is not None:
            yield phrase


def _phrase(doc: Doc, chunk: Span) -> Phrase | None:
    head = chunk.root
    lemma = _lemma(head)
    label = _label(lemma, head, chunk)
    if label is None:
        return None
    first = _without_determiner(doc, chunk)
    last = head.i + 1
    if first >= last:
        return None
    last = _extended(doc, head, last, _PEOPLE_LINKS if label == "GROUP" else _LINKS)
    nation = nation_in(doc, first, last)
    inner = range(first, last)
    named = nation is not None or any(doc[i].pos_ == "PROPN" for i in inner) or last > head.i + 1
    if label == "ORG" and not named:
        label = "ROLE"
    if label == "GROUP" and nation is None and not _people(head):
        return None
    return Phrase(first, last, label, lemma, head.i, named, nation)


def _lemma(head: Token) -> str:
    lemma = head.lemma_.lower()
    # The lemmatizer leaves capitalised plurals alone: "Armed Forces"
    if lemma.endswith("s") and lemma[:-1] in table("party-heads.txt"):
        return lemma[:-1]
    return lemma


def _label(lemma: str, head: Token, chunk: Span) -> PhraseLabel | None:
    if head.ent_type_ in ("PERSON", "DATE"):
        return None
    plural = head.tag_ in ("NNS", "NNPS") or lemma in ("police", "military", "army", "personnel", "staff")
    if lemma in table("party-heads.txt") and (plural or table("party-heads.txt")[lemma][0] == "combatant"):
        return "GROUP"
    if lemma in words("role-heads.txt") and not plural and head.pos_ in ("NOUN", "PROPN"):
        return None if _before_person(head, chunk) else "ROLE"
    if lemma in words("body-heads.txt"):
        return "ORG"
    return None


def _before_person(head: Token, chunk: Span) -> bool:
    """Whether the office is a title: "President Jane Doe"."""
    after = head.i + 1
    return after < len(head.doc) and head.doc[after].ent_type_ == "PERSON" and after < chunk.end


def _people(head: Token) -> bool:
    """Whether a group without a nation is worth naming: people in the plural, not "a man"."""
    return head.tag_ in ("NNS", "NNPS", "NN") and head.text.islower()


def _without_determiner(doc: Doc, chunk: Span) -> int:
    first = chunk.start
    while first < chunk.root.i and (
        doc[first].pos_ in ("DET", "PRON", "NUM", "PUNCT", "SPACE", "CCONJ", "ADP", "ADV")
        or doc[first].tag_ in ("PRP$", "WP$", "WDT")
        or doc[first].ent_type_ in _ENTITY_STOPS
        or doc[first].lower_ in ("several", "many", "more", "than", "least", "other", "such", "alleged")
    ):
        first += 1
    while first < chunk.root.i and doc[first].tag_ == "POS":
        first += 1
    return first


def _extended(doc: Doc, head: Token, last: int, links: frozenset[str]) -> int:
    """The end of the phrase with the "of" or "for" phrase behind it, while it stays one noun phrase."""
    if last >= len(doc) or doc[last].lower_ not in links or doc[last].head.i != head.i:
        return last
    objects = [t for t in doc[last].children if t.dep_ == "pobj" and t.i > last]
    if not objects or objects[0].pos_ not in ("NOUN", "PROPN"):
        return last
    if doc[last].lower_ not in ("of", "for") and objects[0].pos_ != "PROPN":
        return last
    end = _extended(doc, objects[0], objects[0].i + 1, frozenset({"of"}))
    within = [doc[i] for i in range(last, end)]
    if end - last > _LONGEST or any(t.pos_ in ("VERB", "SPACE") or t.text in ',;:()"“”' for t in within):
        return last
    return end


def nation_in(doc: Doc, first: int, last: int) -> str | None:
    """The nation that tokens name first: "South Sudanese" is tried before "Sudanese"."""
    for i in range(first, last):
        if not (doc[i].text[0].isupper() or _seat_in_lower_case(doc[i], last)):
            continue
        for end in (i + 3, i + 2, i + 1):
            if end <= last:
                found = nation_of(doc[i:end].text)
                if found is not None:
                    return found[0]
    return None


def _seat_in_lower_case(token: Token, last: int) -> bool:
    """Whether a word is a capital that lost its capital letter, in front of a noun: "kyiv troops"."""
    if not token.text.isalpha() or len(token.text) < 4 or token.i + 1 >= last:
        return False
    found = nation_of(token.text)
    return found is not None and found[1] == "seat" and token.pos_ != "VERB"
