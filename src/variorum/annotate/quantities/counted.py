"""What an amount is an amount of, from the parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_BEFORE_NOUN = frozenset(
    {"nummod", "compound", "nmod", "amod", "det", "quantmod", "npadvmod", "poss", "predet"}
)


def words_of(doc: Doc, start: int, end: int) -> Span | None:
    """The parsed words of a stretch of text; None where there are none."""
    span = doc.char_span(start, end, alignment_mode="expand")
    return span if span is not None and len(span) else None


def counted(words: Span, money: bool = False) -> str | None:
    """The lemma of what is counted or measured; None where the clause does not name it.

    "12 bodies": body; "ten of the soldiers": soldier; "a $3m fine": fine; "$3m in aid": aid; "80 fell": None.

    Args:
        words: the number with its unit.
        money: whether the unit is a currency, of which "in" may say what it is.
    """
    noun = _after_of(words, ("of", "in") if money else ("of",)) or _head_noun(words)
    if noun is None or noun.pos_ == "PRON":
        return None
    return noun.lemma_.lower()


def _after_of(words: Span, prepositions: tuple[str, ...]) -> Token | None:
    following = words.doc[words.end] if words.end < len(words.doc) else None
    if following is None or following.lower_ not in prepositions:
        return None
    objects = [c for c in following.children if c.dep_ in ("pobj", "pcomp")]
    if not objects or (following.lower_ == "in" and objects[0].ent_type_ in ("GPE", "DATE", "LOC")):
        return None
    return _down_partitive(objects[0])


def _down_partitive(noun: Token) -> Token:
    """From "group" to "soldiers" in "ten of a group of soldiers" it does not go: only numbers are passed."""
    if noun.pos_ == "NUM":
        for child in noun.children:
            if child.lower_ == "of":
                return next((c for c in child.children if c.dep_ == "pobj"), noun)
    return noun


def _head_noun(words: Span) -> Token | None:
    token = words.root
    for _ in range(4):  # number, scale word and unit at most stand between
        if token.dep_ not in _BEFORE_NOUN or token.head.i <= token.i:
            break
        token = token.head
    outside = token.i >= words.end
    return token if outside and token.pos_ in ("NOUN", "PROPN") else None
