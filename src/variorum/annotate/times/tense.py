"""Whether the verb above an expression looks back or ahead, as "Friday" or "June" turn on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from variorum.annotate.lexicon import load_lexicon
from variorum.annotate.times.anchor import Direction

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FUTURE_MODALS = frozenset(
    {"will", "shall", "'ll", "’ll", "wo", "would", "should", "may", "must", "can", "could"}
)
_STEPS = 12  # a chain of heads longer than this leads out of the clause
_LEAD = 3  # words before an expression that may hold its preposition: "until 15:00 GMT"
_ENDS = frozenset({"until", "till", "by", "through"})


def direction(doc: Doc, start: int, end: int) -> Direction | None:
    """Past or future as the governing verb says; None where there is no verb or it says nothing.

    Args:
        doc: the parsed article.
        start: offset of the expression.
        end: offset after it.
    """
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or len(span) == 0:
        return None
    before = [t.lower_ for t in doc[max(0, span.start - _LEAD) : span.start] if t.pos_ != "DET"]
    if before[-1:] == ["since"]:
        return "past"
    if span.root.dep_ in ("compound", "nmod", "amod", "poss") and span.root.head.i > span.root.i:
        return None  # "a June 3 hearing has been called": the verb speaks of the hearing's announcement
    verb = _governor(span.root)
    found = _of_verb(verb) if verb is not None else None
    if not _ENDS.isdisjoint(before) and (verb is None or verb.tag_ != "VBD"):
        return "future"
    return found


def _governor(token: Token) -> Token | None:
    """The nearest verb above a token."""
    for _ in range(_STEPS):
        if token.pos_ in ("VERB", "AUX") and token.tag_.startswith(("VB", "MD")):
            return token
        if token.head.i == token.i:
            return None
        token = token.head
    return None


def _of_verb(verb: Token, depth: int = 0) -> Direction | None:
    words = load_lexicon("verb-outlook.txt").classes
    auxiliaries = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    if any(c.tag_ == "MD" and c.lower_ in _FUTURE_MODALS for c in auxiliaries):
        return "past" if any(c.lower_ == "have" for c in auxiliaries) else "future"
    if verb.tag_ == "VBD" or any(c.tag_ == "VBD" and c.lower_ != "used" for c in auxiliaries):
        ahead = any(c.dep_ in ("xcomp", "acomp") and c.lower_ in words["ahead"] for c in verb.children)
        return "future" if ahead else "past"
    if any(c.lower_ in ("has", "have", "'ve", "’ve") for c in auxiliaries):
        return "past"
    infinitive = any(c.tag_ == "TO" for c in auxiliaries)
    if infinitive or verb.tag_ == "VBG":
        return _of_dependent(verb, infinitive, depth)
    if verb.tag_ == "VBN":
        return None if any(c.lemma_ == "be" for c in auxiliaries) else "past"
    if verb.lemma_ in words["scheduled"]:
        return "future"
    return "past" if verb.tag_ in ("VBZ", "VBP") else None


def _of_dependent(verb: Token, infinitive: bool, depth: int) -> Direction | None:
    """What an infinitive or a participle takes from the word above it."""
    ahead = load_lexicon("verb-outlook.txt").classes["ahead"]
    head = verb.head
    if head.i == verb.i or depth > 3:
        return "future" if infinitive else None
    if infinitive and (head.lemma_.lower() in ahead or head.lower_ in ahead):
        return "future"
    if any(c.lower_ in ("is", "are", "'s", "’s", "'re", "’re") for c in verb.children if c.dep_ == "aux"):
        return "future"
    above = _governor(head)
    if above is None:
        return "future" if infinitive else None
    found = _of_verb(above, depth + 1)
    return "future" if infinitive and found is None else found
