"""Words, numbers and marks with their offsets, for the stages that read numbers and times.

Not spaCy's tokens: these keep "15:30", "1990s" and "2009-10" in predictable pieces, and join the words of one
number ("two hundred and fifty", "3.5 million", "2 1/2") into a single token with its value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from variorum.annotate.lexicon import Lexicon, load_lexicon

# Kinds of token that are not found in a lexicon; one character each, so that a text's kinds form a string.
OTHER = "x"
LINE_END = "\n"
DAY_NUMBER = "D"  # 1 to 31, at most two digits: may be a day, a month, an hour
TWO_DIGITS = "H"  # 0, 00 and 32 to 99
YEAR_NUMBER = "Y"  # 1000 to 2199 without a comma
FOUR_DIGITS = "F"  # any other four digits
INTEGER = "N"  # any other whole number in digits
DECIMAL = "Q"
NUMBER_WORD = "W"  # in words, or digits with a scale word: "forty", "3.5 million"
ORDINAL = "O"  # 1st to 31st
LARGE_ORDINAL = "P"
DECADE_NUMBER = "E"  # "1990s", "70s"

_TOKEN = re.compile(
    r"(?P<n>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
    r"|(?:[ap]\.m|[AP]\.M)\b\.?|[^\W\d_]+"
    r"|(?P<l>[\r\n\v\f\x85\u2028\u2029]+)"
    r"|(?P<p>['’]s(?![^\W\d_])|[^\w\s]|_)"
)
_MARKS = {"–": "-", "—": "-", "‑": "-", "‒": "-", "−": "-", "’": "'", "“": '"', "”": '"', "’s": "'s"}
_MARKS |= {"'s": "'s", "’S": "'s", "'S": "'s"}
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
_MOST_DIGITS = 15  # beyond this a float does not hold the number: an identifier, not an amount


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text's tokens, as parallel tuples.

    `words` are as written, marks in one form ("–" is "-", "’s" is "'s"). `kinds` has one character a token,
    as the constants of this module say. `numbers` are the values, None where a token is no number.
    """

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    words: tuple[str, ...]
    kinds: str
    numbers: tuple[float | None, ...]


@lru_cache(maxsize=8)
def tokenize(text: str) -> Tokens:
    """The tokens of a text; linear in its length. The last few texts are kept, as several stages ask."""
    matches = list(_TOKEN.finditer(text))
    starts = [m.start() for m in matches]
    ends = [m.end() for m in matches]
    words = [m.group() for m in matches]
    groups = [m.lastgroup for m in matches]
    kinds = [OTHER] * len(words)
    numbers: list[float | None] = [None] * len(words)
    for index, group in enumerate(groups):
        if group == "n":
            kinds[index], numbers[index] = _digits(words[index])
        elif group == "p":
            words[index] = _MARKS.get(words[index], words[index])
        elif group == "l":
            kinds[index] = LINE_END
    return _join_numbers(starts, ends, words, kinds, numbers)


def _digits(word: str) -> tuple[str, float | None]:
    if len(word) > _MOST_DIGITS:
        return OTHER, None
    if "." in word:
        return DECIMAL, float(word.replace(",", ""))
    value = float(word.replace(",", ""))
    if len(word) <= 2:
        return (DAY_NUMBER if 1 <= value <= 31 else TWO_DIGITS), value
    if len(word) == 4:
        return (YEAR_NUMBER if 1000 <= value < 2200 else FOUR_DIGITS), value
    return INTEGER, value


@cache
def _number_words() -> Lexicon:
    return load_lexicon("number-words.txt")


def _join_numbers(
    starts: list[int],
    ends: list[int],
    words: list[str],
    kinds: list[str],
    numbers: list[float | None],
) -> Tokens:
    lexicon = _number_words()
    reader = _NumberReader(words, starts, ends, kinds, numbers, lexicon)
    starters = lexicon.starters
    position = 0
    gone: list[int] = []  # tokens that became part of the one before
    for index in [
        i for i, w in enumerate(words) if numbers[i] is not None or w in starters or w in _FRACTIONS
    ]:
        if index < position:
            continue
        kind, number, after = reader.read(index)
        kinds[index], numbers[index], position = kind, number, after
        if after > index + 1:
            ends[index] = ends[after - 1]
            gone.extend(range(index + 1, after))
    for index in gone:
        kinds[index] = ""
    if gone:
        kept = [i for i, kind in enumerate(kinds) if kind]
        starts, ends = [starts[i] for i in kept], [ends[i] for i in kept]
        words, numbers = [words[i] for i in kept], [numbers[i] for i in kept]
    return Tokens(tuple(starts), tuple(ends), tuple(words), "".join(kinds), tuple(numbers))


@dataclass(slots=True)
class _NumberReader:
    """Reads one number from a position on; gives its kind, its value and the position after it."""

    words: list[str]
    starts: list[int]
    ends: list[int]
    kinds: list[str]
    numbers: list[float | None]
    lexicon: Lexicon

    def read(self, at: int) -> tuple[str, float | None, int]:
        number = self.numbers[at]
        if number is not None:
            return self._after_digits(at, number)
        word = self._word(at)
        if word in _FRACTIONS:
            return DECIMAL, _FRACTIONS[word], at + 1
        if self.lexicon.value("ordinal", word):
            return ORDINAL, float(self.lexicon.value("ordinal", word)), at + 1
        return self._in_words(at)

    def _word(self, at: int) -> str:
        return self.words[at].lower() if at < len(self.words) else ""

    def _touches(self, at: int) -> bool:
        return at < len(self.words) and self.starts[at] == self.ends[at - 1]

    def _after_digits(self, at: int, number: float) -> tuple[str, float | None, int]:
        kind, after = self.kinds[at], at + 1
        following = self._word(after)
        if self._touches(after):
            if following in ("st", "nd", "rd", "th") and number == int(number):
                return (ORDINAL if 1 <= number <= 31 else LARGE_ORDINAL), number, after + 1
            if following in ("s", "'s") and number % 10 == 0 and (number < 100 or kind == YEAR_NUMBER):
                return DECADE_NUMBER, number, after + 1
            if following in _FRACTIONS:
                return DECIMAL, number + _FRACTIONS[following], after + 1
            suffix = self.lexicon.value("suffix", following)
            if suffix:
                return NUMBER_WORD, number * float(suffix), after + 1
        hyphen = following == "-" and self._touches(after)
        scale_at = after + 1 if hyphen else after
        scale = self.lexicon.value("scale", self._word(scale_at))
        if not scale and not hyphen:
            scale = self.lexicon.value("suffix", following)
        if scale:
            return NUMBER_WORD, number * float(scale), scale_at + 1
        fraction = self._fraction(after)
        if fraction and kind in (DAY_NUMBER, TWO_DIGITS):
            return DECIMAL, number + fraction, after + 3
        return kind, number, after

    def _fraction(self, at: int) -> float | None:
        """The value of "1/2", "2/3" and the like from a position on, as in "2 1/2"."""
        written = "".join(self.words[at : at + 3])
        return {"1/2": 0.5, "1/4": 0.25, "3/4": 0.75, "1/3": 1 / 3, "2/3": 2 / 3}.get(written)

    def _in_words(self, at: int) -> tuple[str, float | None, int]:
        total = part = 0.0
        last = ""  # class of the word before
        position = after = at
        while True:
            word = self._word(position)
            kind = next((k for k in ("cardinal", "tens", "scale") if self.lexicon.value(k, word)), "")
            value = float(self.lexicon.value(kind, word) or 0) if kind else 0.0
            if (kind == "cardinal" and (last in ("", "scale") or (last == "tens" and value < 10))) or (
                kind == "tens" and last in ("", "scale")
            ):
                part += value
            elif kind == "scale" and word == "hundred" and last in ("", "cardinal", "tens") and part < 100:
                part = (part or 1) * value
            elif kind == "scale" and word != "hundred":
                total += (part or 1 if not total else part) * value
                part = 0.0
            else:
                break
            last, after = kind, position + 1
            position = self._joint(after, last)
        ordinal = self._compound_ordinal(after, last)
        if ordinal:
            value = total + part + ordinal[0]
            return (ORDINAL if value <= 31 else LARGE_ORDINAL), value, ordinal[1]
        half = self._and_a_half(after)
        if half:
            return NUMBER_WORD, total + part + half[0], half[1]
        return NUMBER_WORD, total + part, after

    def _joint(self, after: int, last: str) -> int:
        """Where the next word of the number stands: past a hyphen, or past "and" after a scale word."""
        word = self._word(after)
        if word == "-" and last == "tens" and self._touches(after):
            return after + 1
        following = self._word(after + 1)
        if (
            word == "and"
            and last == "scale"
            and (self.lexicon.value("cardinal", following) or self.lexicon.value("tens", following))
        ):
            return after + 1
        return after

    def _compound_ordinal(self, after: int, last: str) -> tuple[float, int] | None:
        if last != "tens":
            return None
        at = after + 1 if self._word(after) == "-" else after
        value = self.lexicon.value("ordinal", self._word(at))
        return (float(value), at + 1) if value and float(value) < 10 else None

    def _and_a_half(self, after: int) -> tuple[float, int] | None:
        written = tuple(self._word(after + i) for i in range(3))
        if written == ("and", "a", "half"):
            return 0.5, after + 3
        if written == ("and", "a", "quarter"):
            return 0.25, after + 3
        return None
