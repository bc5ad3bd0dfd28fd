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
_HEADLINE_WORDS = 4  # a first line of fewer words is a dateline or a credit
_LONGEST_HEADLINE = 20


@dataclass(frozen=True, slots=True)
class Terms:
    """The hashed words of an article, in order: of all of it, of headline and lead, of the headline.

    `shown` are the words of `whole` as the article writes them.
    """

    whole: Hashes
    lead: Hashes
    headline: Hashes
    shown: tuple[str, ...]


def terms(article: Article) -> Terms:
    """The terms of one article; the first line that is long enough stands for a title that is unknown."""
    text = article.text[:_MOST_CHARACTERS]
    if "http" in text:
        text = _ADDRESS.sub(" ", text)
    title = _hashed(article.title or "")
    body = _hashed(text)
    headline = title if article.title else _hashed(_first_line(text))[:_LONGEST_HEADLINE]
    lead = title + _hashed(" ".join(text[: _LEAD_WORDS * 20].split()[:_LEAD_WORDS]))
    whole = title + body
    return Terms(_numbers(whole), _numbers(lead), _numbers(headline), tuple(word for _, word in whole))


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


def _first_line(text: str) -> str:
    for line in text.splitlines():
        if len(line.split()) >= _HEADLINE_WORDS:
            return line
    return ""
