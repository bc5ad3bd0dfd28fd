"""Loaded words: those that judge or move beside what they tell. They are pointed at, never weighed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from variorum.lexicon import words
from variorum.model import Span

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_VOWELS = frozenset("aeiou")


def loaded_words(text: str, start: int, end: int) -> Iterator[Span]:
    """The loaded words of a stretch of text, in order (data/loaded-words.txt, in any inflected form)."""
    for match in _WORD.finditer(text, start, end):
        if is_loaded(match[0].casefold()):
            yield Span(*match.span())


@cache
def is_loaded(word: str) -> bool:
    """Whether a lower-case word is a loaded one in some form: "slammed" is a form of "slam"."""
    word = word.removesuffix("'s").removesuffix("’s")
    return any(form in words("loaded-words.txt") for form in _forms(word))


def _forms(word: str) -> Iterator[str]:
    """The word itself, and the base forms that it may be inflected from."""
    yield word
    for ending, instead in (("ies", "y"), ("ied", "y"), ("ily", "y"), ("ying", "ie")):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            yield word.removesuffix(ending) + instead
    for ending in ("s", "es", "ed", "d", "ing", "ly"):
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 3:
            continue
        yield stem
        if ending in ("ed", "ing", "ly"):
            yield stem + "e"
        if ending in ("ed", "ing") and stem[-1] == stem[-2] and stem[-1] not in _VOWELS:
            yield stem[:-1]
