"""Is it English? Only what is plainly something else is refused.

Clear English is known by its function words, without loading a model; the rest is put to py3langid (naive
Bayes over byte n-grams; Lui and Baldwin 2012, langid.py). Short and doubtful texts pass: names, headlines and
lists look like anything.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from variorum.errors import LanguageError

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

ENGLISH = "en"
_WORD = re.compile(r"[^\W\d_]+")
# Samples from the beginning, middle and end: an English notice above a text in another language is common.
_SAMPLE = 2_000
# English news has a median of .16 of these words and, from 60 words up, hardly ever under .06.
_CLEAR = 0.08
_CLEAR_WORDS = 8
_CERTAIN = 0.9
_CERTAIN_AGAINST_DECLARED = 0.99
_CERTAIN_AS_DECLARED = 0.5
# Fewer UTF-8 bytes than these tell no language, unless the input named one.
_LEAST_BYTES = 100
_LEAST_BYTES_DECLARED = 30
_NAMES = Path(__file__).parents[1] / "data" / "read" / "english.txt"


def accept(text: str, declared: str | None, where: str) -> str | None:
    """The language to note for a text: `en` where it is plainly English, otherwise what was declared.

    Args:
        text: the article's text.
        declared: the language the input names, a hint only: `en-GB`, `eng`, `German`.
        where: the article's name, for the message.

    Raises:
        LanguageError: if the text is plainly in another language.
    """
    hint = primary_subtag(declared)
    samples = _samples(text)
    if all(_is_clear_english(sample) for sample in samples):
        return ENGLISH
    sample = "\n".join(samples)
    found, confidence = _identify(sample)
    if found == ENGLISH:
        return ENGLISH if confidence >= _CERTAIN else hint
    needed, least = _CERTAIN, _LEAST_BYTES
    if hint == ENGLISH:
        needed = _CERTAIN_AGAINST_DECLARED
    elif hint == found:
        needed, least = _CERTAIN_AS_DECLARED, _LEAST_BYTES_DECLARED
    if confidence >= needed and len(sample.encode("utf-8", "replace")) >= least:
        raise LanguageError(
            where,
            f"is not in English (its language is {found!r})",
            "give an English account or a translation",
        )
    return hint


def primary_subtag(tag: str | None) -> str | None:
    """The language of a BCP 47 tag: `en-GB` and `en_GB` are `en`; None where there is none."""
    if tag is None:
        return None
    primary = re.split(r"[-_,;\s]", tag.strip().lower(), maxsplit=1)[0]
    primary = {"eng": ENGLISH, "english": ENGLISH}.get(primary, primary)
    return primary if re.fullmatch(r"[a-z]{2,3}", primary) else None


def _samples(text: str) -> list[str]:
    if len(text) <= 3 * _SAMPLE:
        return [text]
    middle = (len(text) - _SAMPLE) // 2
    return [text[:_SAMPLE], text[middle : middle + _SAMPLE], text[-_SAMPLE:]]


def _is_clear_english(text: str) -> bool:
    words = _WORD.findall(text.lower())
    known = _function_words()
    return len(words) >= _CLEAR_WORDS and sum(w in known for w in words) >= _CLEAR * len(words)


@cache
def _function_words() -> frozenset[str]:
    lines = _NAMES.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _identify(text: str) -> tuple[str, float]:
    language, confidence = _identifier().classify(text)
    return str(language), float(confidence)
