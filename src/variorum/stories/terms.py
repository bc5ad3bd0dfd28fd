"""The words of an article that tell its event from others, as hashed numbers.

A word is lower-cased, freed of a possessive or plural `s`, and hashed to 32 bits, so that a number means the
same in every process and no vocabulary need be kept. Words that say nothing of the event are left out.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from functools import lru_cache

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
    """The hashed words of an article, in order: all, those that are names or numbers, headline and lead.

    `shown` are the words of `whole` as the article writes them.
    """

    whole: Hashes
    names: Hashes
    lead: Hashes
    shown: tuple[str, ...]


def terms(article: Article) -> Terms:
    """The terms of one article; a word is a name if it is mostly written with a capital."""
    text = article.text[:_MOST_CHARACTERS]
    if "http" in text:
        text = _ADDRESS.sub(" ", text)
    title = _hashed(article.title or "")
    lead = title + _hashed(" ".join(text[: _LEAD_WORDS * 20].split()[:_LEAD_WORDS]))
    found = title + _hashed(text)
    whole = _numbers(found)
    return Terms(whole, whole[_named(whole, found)], _numbers(lead), tuple(word for _, word in found))


def _named(whole: Hashes, found: list[tuple[int, str]]) -> NDArray[np.bool_]:
    """Which terms are names or numbers."""
    if not found:
        return np.empty(0, np.bool_)
    marked = np.fromiter((word[0].isupper() or word[0].isdigit() for _, word in found), float, len(found))
    _, inverse, times = np.unique(whole, return_inverse=True, return_counts=True)
    often: NDArray[np.bool_] = np.bincount(inverse, marked, len(times)) >= _NAME_SHARE * times
    return often[inverse]


@lru_cache(maxsize=1 << 17)
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


def _hashed(text: str) -> list[tuple[int, str]]:
    return [(number, word) for word in _WORD.findall(text) if (number := hashed(word))]


def _numbers(found: list[tuple[int, str]]) -> Hashes:
    return np.fromiter((number for number, _ in found), np.uint32, len(found))
