"""Numbers that are no amounts: parts of names, labels, codes, addresses, scores and list marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from variorum.annotate.lexicon import Lexicon
from variorum.annotate.tokens import LINE_END, YEAR_NUMBER, Tokens

if TYPE_CHECKING:
    from spacy.tokens import Span as Words

# These also are prepositions: "protests over 12 deaths", "talks about 30 prisoners".
_PREPOSITIONS = frozenset({"over", "above", "under", "below", "about", "around"})
_JOINTS = frozenset("-/.:@#_")


def is_code(tokens: Tokens, first: int, last: int) -> bool:
    """Whether the number is joined to letters or other digits: "MH17", "A4", "555-0142", "2-1", "24/7"."""
    words, starts, ends = tokens.words, tokens.starts, tokens.ends
    if first and ends[first - 1] == starts[first]:
        before = words[first - 1]
        if before[-1].isalnum() or before in ("#", "@", "_", "/"):
            return True
        if (
            before in _JOINTS
            and first > 1
            and ends[first - 2] == starts[first - 1]
            and words[first - 2][-1].isalnum()
        ):
            return True
    after = last + 1
    if after + 1 < len(words) and ends[last] == starts[after] and words[after] in _JOINTS:
        joined = ends[after] == starts[after + 1]
        return joined and tokens.numbers[after + 1] is not None
    return False


def is_label(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether it names rather than counts: "Flight 370", "Article 5", "12 Baker Street", "3." in a list."""
    words = tokens.words
    before = words[first - 1] if first else "\n"
    if before == "." and first > 1 and words[first - 2].lower() == "no":
        return True
    if before.lower() in lexicon.classes["label"] and (before.lower() != "no" or before[0] == "N"):
        return True
    starts_line = first == 0 or tokens.kinds[first - 1] == LINE_END
    if starts_line and last + 1 < len(words) and words[last + 1] in (".", ")"):
        return True
    street = [w for w in words[last + 1 : last + 4] if w[:1].isupper()]
    return any(w.lower() in lexicon.classes["street"] for w in street) and words[last + 1][:1].isupper()


def is_part_of_name(words: Words) -> bool:
    """Whether the parse puts a number in the name before it: "Apollo 11", "the Apollo 11 mission"."""
    first = words[0]
    if first.is_sent_start or first.i == 0 or not first.is_digit:
        return False
    before = first.nbor(-1)
    if before.pos_ != "PROPN" or before.ent_type_ in ("DATE", "TIME"):
        return False
    if first.dep_ == "nummod" and first.head.i > first.i:
        one_noun = first.head.tag_ in ("NN", "NNP") and first.text != "1"
        return one_noun or (before.dep_ in ("compound", "nmod") and before.head.i in (first.i, first.head.i))
    return first.head.i == before.i or (
        first.dep_ in ("nummod", "appos", "npadvmod") and first.head.i < first.i
    )


def may_be_year(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a bare number looks like a year that no time expression claimed."""
    return first == last and tokens.kinds[first] == YEAR_NUMBER


def is_preposition(words: Words, number: Words) -> bool:
    """Whether a modifier's word governs the number's noun instead of modifying the number."""
    word = words[-1]
    if word.lower_ not in _PREPOSITIONS or word.dep_ != "prep":
        return False
    return word.head.i < word.i and word.head.pos_ in ("NOUN", "PROPN") and number[0].i > word.i
