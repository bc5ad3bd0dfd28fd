"""The words of an article that tell its event from others, as hashed numbers.

A word is lower-cased, freed of a possessive or plural `s`, and hashed to 32 bits, so that a number means the
same in every process and no vocabulary need be kept. Words that say nothing of the event are left out.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from variorum.lexicon import words
from variorum.model import Article

Hashes = NDArray[np.uint32]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# Tokenised corpora write addresses with spaces; one line of an address is no words of the event.
_ADDRESS = re.compile(r"https?\s?:\s?/\s?/[^\n]*")
_MOST_CHARACTERS = 20_000  # of one text: what comes later adds cost, and nothing about which event it is
_LEAD_WORDS = 60
_NAME_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Terms:
    """The hashed words of an article: `whole` all in order, headline included, `lead` those it begins with.

    `distinct` are those of `whole`, ascending, `times` how often each comes, `named` whether it is a name or
    a number, `shown` each as the article first writes it.
    """

    whole: Hashes
    lead: Hashes
    distinct: Hashes
    times: NDArray[np.intp]
    named: NDArray[np.bool_]
    shown: NDArray[np.object_]


def terms(article: Article) -> Terms:
    """The terms of one article; a word is a name if it is mostly written with a capital."""
    text = article.text[:_MOST_CHARACTERS]
    if "http" in text:
        text = _ADDRESS.sub(" ", text)
    title = _WORD.findall(article.title or "")
    lead = title + _WORD.findall(" ".join(text[: _LEAD_WORDS * 20].split()[:_LEAD_WORDS]))
    words = title + _WORD.findall(text)
    numbers, capital = _numbers(words)
    told = numbers > 0
    whole = numbers[told]
    lead_numbers, _ = _numbers(lead)
    distinct, first, inverse, times = np.unique(whole, True, True, True)
    # a name or a number is what mostly has a capital or a digit first
    named = np.bincount(inverse, capital[told], len(times)) >= _NAME_SHARE * times
    shown = np.array(words, np.object_)[told][first]
    return Terms(whole, lead_numbers[lead_numbers > 0], distinct, times, named, shown)


def hashed(word: str) -> int:
    """The number of one word, 0 for a word that says nothing of the event."""
    term = word.lower().replace("’", "'").removesuffix("'s")
    if term in words("empty-words.txt") or (len(term) < 2 and not term.isdigit()):
        return 0
    if len(term) > 3 and term[-1] == "s" and term[-2] not in "su":
        term = term[:-1]
    return zlib.crc32(term.encode("utf-8", "surrogatepass")) or 1


def pairs(numbers: Hashes) -> Hashes:
    """One number for each two terms that follow one another."""
    if len(numbers) < 2:
        return np.empty(0, np.uint32)
    return (numbers[:-1] * np.uint32(0x9E3779B1)) ^ (numbers[1:] * np.uint32(0x85EBCA77) + np.uint32(1))


def _numbers(found: list[str]) -> tuple[Hashes, NDArray[np.bool_]]:
    """The number of each word, and whether a capital or a digit begins it."""
    values = np.fromiter(map(_NUMBERS.__getitem__, found), np.uint64, len(found))
    return values.astype(np.uint32), values >= np.uint64(_CAPITAL)


class _Numbers(dict[str, int]):
    """`hashed` of each word as written, with `_CAPITAL` added where a capital or a digit begins it."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST_WORDS:
            self.clear()
        self[word] = value = hashed(word) + (_CAPITAL if word[0].isupper() or word[0].isdigit() else 0)
        return value


_CAPITAL = 1 << 32
_MOST_WORDS = 1 << 18  # whose numbers are kept
_NUMBERS = _Numbers()
