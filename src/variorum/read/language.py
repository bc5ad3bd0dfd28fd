"""Is it English? Only what is plainly something else is refused.

Clear English is known by its function words, without loading a model; the rest is put to py3langid (naive
Bayes over byte n-grams; Lui and Baldwin 2012, langid.py). Short and doubtful texts pass: names, headlines and
lists look like anything.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from variorum import lexicon
from variorum.errors import LanguageError

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

ENGLISH = "en"
# Nigerian Pidgin, too, is what the model takes lists of English titles for.
_ENGLISH_LIKE = frozenset({ENGLISH, "pcm"})
_WORD = re.compile(r"[^\W\d_]+")
# Samples from the beginning, middle and end: an English notice above a text in another language is common.
_SAMPLE = 2_000
# Half of the shares that five English news corpora have as their medians (.17 to .19).
_CLEAR = 0.08
_CLEAR_WORDS = 8
# Lists of foreign names, tables and pages in two languages still hold some; other languages hold hardly any.
_SOMEWHAT = 0.03
_SCRIPT_LETTERS = 20
_LAST_LATIN = "\u024f"
_CERTAIN = 0.9
_CERTAIN_AGAINST_DECLARED = 0.99
_CERTAIN_AS_DECLARED = 0.5
# Fewer UTF-8 bytes than these tell no language, unless the input named one.
_LEAST_BYTES = 100
_LEAST_BYTES_DECLARED = 30


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
    if found in _ENGLISH_LIKE:
        return ENGLISH if confidence >= _CERTAIN else hint
    needed, least = _CERTAIN, _LEAST_BYTES
    if _is_in_another_script(sample):
        needed, least = 0.0, 0
    elif _is_somewhat_english(sample):
        return hint
    elif hint == ENGLISH:
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
    words, known = _counts(text)
    return words >= _CLEAR_WORDS and known >= _CLEAR * words


def _is_somewhat_english(text: str) -> bool:
    words, known = _counts(text)
    return known >= _SOMEWHAT * words and known > 0


def _counts(text: str) -> tuple[int, int]:
    """How many words there are, and how many of them are English function words."""
    words = _WORD.findall(text.lower())
    known = lexicon.words("english-function-words.txt")
    return len(words), sum(map(known.__contains__, words))


def _is_in_another_script(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= _SCRIPT_LETTERS and sum(c > _LAST_LATIN for c in letters) > len(letters) / 2


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _identify(text: str) -> tuple[str, float]:
    language, confidence = _identifier().classify(text)
    return str(language), float(confidence)
