"""Units of measure, currencies and per cent beside a number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from variorum.annotate.lexicon import Lexicon
from variorum.annotate.tokens import Tokens


class Unit(NamedTuple):
    """A unit and the tokens from `first` to `last` that name it.

    The number as written, times `factor` and plus `offset`, is in the unit; `currency` says that it is money.
    """

    symbol: str
    factor: float
    first: int
    last: int
    currency: bool = False
    offset: float = 0.0


@dataclass(frozen=True, slots=True)
class Units:
    """Looks for the unit of a number that stands at some tokens.

    `sterling` says that the text writes of pounds as money; otherwise "pounds" are the
    unit `pound`, which may be either, unless they weigh.
    """

    tokens: Tokens
    lexicon: Lexicon
    sterling: bool

    def of(self, first: int, last: int) -> Unit | None:
        """The unit of the number at tokens `first` to `last`, before or after it; None for a bare number."""
        return self._sign_before(first, last) or self._after(last)

    def _word(self, index: int) -> str:
        return self.tokens.words[index].lower() if 0 <= index < len(self.tokens.words) else ""

    def _touches(self, index: int) -> bool:
        return index < len(self.tokens.words) and self.tokens.starts[index] == self.tokens.ends[index - 1]

    def _sign_before(self, first: int, last: int) -> Unit | None:
        """Read "$1.2m", "US$40", "C$3 billion", "EUR 20", "magnitude 6.1"."""
        word = self._word(first - 1)
        if word == "magnitude":
            return Unit("magnitude", 1.0, first - 1, last)
        written_as_code = first > 0 and self.tokens.words[first - 1].isupper()
        code = self.lexicon.value("sign", word) or (
            self.lexicon.value("currency", word) if written_as_code else ""
        )
        if not code:
            return None
        start = first - 1
        land = (
            self.lexicon.value("dollarland", self._word(start - 1))
            if word == "$" and self._touches(start)
            else ""
        )
        scale = self.lexicon.value("magnitude", self._word(last + 1)) if self._touches(last + 1) else ""
        return Unit(land or code, float(scale or 1), start - bool(land), last + bool(scale), True)

    def _after(self, last: int) -> Unit | None:
        hyphen = self._word(last + 1) == "-"
        at = last + 2 if hyphen else last + 1
        if self._word(at) in ("metric", "nautical", "total") or (
            self._word(at) == "of" and self.lexicon.value("currency", self._word(at + 1))
        ):
            at += 1  # "70 metric tons", "thousands of dollars"
        word = self._word(at)
        if word == "magnitude":
            return Unit("magnitude", 1.0, at, at)
        if word in ("pound", "pounds") and not (self.sterling or self._word(at + 1) == "sterling"):
            weighs = any(self._word(last - back).startswith("weigh") for back in range(1, 5))
            return Unit("kg", 0.45359237, at, at) if weighs else Unit("pound", 1.0, at, at)
        if word == "times":
            return Unit("times", 1.0, at, at)
        return (
            self._percent(at, word)
            or self._square(at, word)
            or self._money(at, word)
            or (self._measure(at, word))
        )

    def _percent(self, at: int, word: str) -> Unit | None:
        if word == "per" and self._word(at + 1) == "cent":
            last = at + 1
        elif word in ("%", "percent", "pct", "percentage"):
            last = at
        else:
            return None
        if self._word(last + 1) in ("point", "points"):
            return Unit("percentage point", 1.0, at, last + 1)
        return Unit("%", 1.0, at, last) if word != "percentage" else None

    def _square(self, at: int, word: str) -> Unit | None:
        """Read "40 square kilometres", "3 sq km", "2 cubic metres"."""
        if word in ("square", "sq", "cubic"):
            unit = self.lexicon.value("unit", self._word(at + 1))
            if unit:
                symbol, _, factor = unit.partition("*")
                power, mark = (3, "³") if word == "cubic" else (2, "²")
                return Unit(symbol + mark, float(factor or 1) ** power, at, at + 1)
        return None

    def _money(self, at: int, word: str) -> Unit | None:
        code = self.lexicon.value("nationality", word)
        if code and self._word(at + 1) in ("dollar", "dollars"):
            return Unit(code, 1.0, at, at + 1, True)
        if word == "us" and self._word(at + 1) in ("dollar", "dollars"):
            return Unit("USD", 1.0, at, at + 1, True)
        code = self.lexicon.value("currency", word) or (
            self.lexicon.value("sign", word) if self._touches(at) else ""
        )
        return Unit(code, 1.0, at, at, True) if code else None

    def _measure(self, at: int, word: str) -> Unit | None:
        if word == "km" and self._word(at + 1) == "/" and self._word(at + 2) == "h":
            return Unit("km/h", 1.0, at, at + 2)
        if word in ("degrees", "degree", "°"):
            return self._degrees(at)
        if word == "fahrenheit" or (word == "f" and self._touches(at)):
            return _fahrenheit(at, at)
        unit = self.lexicon.value("unit", word)
        if not unit and self._touches(at):
            unit = self.lexicon.value("touching", word)
        if not unit:
            return None
        symbol, _, factor = unit.partition("*")
        if symbol == "km" and self._word(at - 1) == "nautical":
            factor = "1.852"
        speed = " ".join(self._word(at + i) for i in (1, 2)) in ("per hour", "an hour") and symbol == "km"
        if speed:
            return Unit("km/h", float(factor or 1), at, at + 2)
        return Unit(symbol, float(factor or 1), at, at)

    def _degrees(self, at: int) -> Unit:
        scale = self._word(at + 1)
        if scale in ("celsius", "c", "centigrade"):
            return Unit("°C", 1.0, at, at + 1)
        return _fahrenheit(at, at + 1) if scale in ("fahrenheit", "f") else Unit("°", 1.0, at, at)


def _fahrenheit(first: int, last: int) -> Unit:
    return Unit("°C", 5 / 9, first, last, offset=-160 / 9)
