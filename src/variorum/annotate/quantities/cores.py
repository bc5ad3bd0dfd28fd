"""The number itself, before what modifies it: "12", "10 to 12", "dozens", "two-thirds", "one in five"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from variorum.annotate.grammar import Hit
from variorum.annotate.quantities.bounds import Bounds, exact

# number: an amount; vague: "dozens"; share: a part of a whole, 0 to 1; zero: "no"; age: "12-year-old";
# apposition: the 34 of "Smith, 34, said"
CoreKind = Literal["number", "vague", "share", "zero", "age", "apposition"]

_LARGEST_WHOLE = (
    1000.0  # "one in 10,000" is a rate of its own, still a share; beyond it is no way of speaking
)
_OLDEST = 125.0


@dataclass(frozen=True, slots=True)
class CoreRule:
    """A pattern (see `variorum.annotate.grammar`) and how to read it; None where it is no amount."""

    kind: CoreKind
    pattern: str
    read: Callable[[Hit], Bounds | None]


def _number(hit: Hit) -> Bounds | None:
    number = hit.number("num")
    return None if number is None else exact(number, number)


def _range(hit: Hit) -> Bounds | None:
    """Read "10 to 12"; in "3 to 4 million" the scale word holds for both."""
    low, high = hit.number("low"), hit.number("high")
    if low is None or high is None:
        return None
    if low < 1000 <= high and hit.tokens.kinds[hit.index("high")] == "W":
        scaled = low * 1000.0 ** ((len(f"{high:.0f}") - 1) // 3)
        low = scaled if scaled < high else low
    return exact(low, high) if low < high else None


def _dozen(hit: Hit) -> Bounds | None:
    number = hit.number("num") if hit.has("num") else 0.5 if hit.has("halfword") else 1.0
    return exact((number or 0) * 12, (number or 0) * 12)


def _half_scale(hit: Hit) -> Bounds | None:
    """Read "half a million"."""
    number = hit.number("num")
    return exact(number / 2, number / 2) if number in (1e3, 1e6, 1e9, 1e12) else None


def _many(hit: Hit) -> Bounds | None:
    """Read "hundreds": at least two hundred; there is no saying how many at most."""
    factor = float(hit.value("thousands")) if hit.has("thousands") else 1.0
    return Bounds(float(hit.value("many")) * factor, None, True)


def _few(hit: Hit) -> Bounds | None:
    if hit.word("few") == "pair":
        return exact(2.0, 2.0)
    scale = hit.number("num") if hit.has("num") else 12.0 if hit.has("dozen") else 1.0
    if scale not in (1.0, 12.0, 100.0, 1e3, 1e6, 1e9):
        return None
    return Bounds(float(hit.value("few")) * scale, None, True)


def _fraction(hit: Hit) -> Bounds | None:
    parts = hit.number("num") if hit.has("num") else 1.0
    whole = hit.number("nth") if hit.has("nth") else float(hit.value("fraction") or 0)
    return None if hit.has("nth") and (whole or 0) < 3 else _share(parts, whole)


def _half(_: Hit) -> Bounds | None:
    return exact(0.5, 0.5)


def _one_in(hit: Hit) -> Bounds | None:
    """Read "one in five"; with digits only where the whole is a round one, as "12 in 13" is no share."""
    whole = hit.number("whole")
    round_whole = whole is not None and (whole <= 10 or whole in (20.0, 50.0, 100.0, 1000.0))
    return _share(hit.number("num"), whole) if round_whole else None


def _share(parts: float | None, whole: float | None) -> Bounds | None:
    if not parts or not whole or parts >= whole or whole > _LARGEST_WHOLE:
        return None
    share = round(parts / whole, 6)
    return exact(share, share)


def _none(_: Hit) -> Bounds | None:
    return exact(0.0, 0.0)


def _age(hit: Hit) -> Bounds | None:
    number = hit.number("num")
    return exact(number, number) if number is not None and number <= _OLDEST else None


CORE_RULES = (
    CoreRule("age", r"<num> - <ageunit> - (old | olds)", _age),
    CoreRule("age", r"<num> <ageunit> old", _age),
    CoreRule("age", r"<low:num> (to | or | and | -) <high:num> -? <ageunit> -? (old | olds)", _range),
    CoreRule("age", r"(?<= (aged | age)) {<num>}", _age),
    CoreRule("age", r"(?<= (aged | ages | age)) {(between)? <low:num> (and | to | -) <high:num>}", _range),
    CoreRule("apposition", r"(?<= ,) {<num>} (?= , | .)", _age),
    CoreRule(
        "number",
        r"between (~sign)? <low:num> (~unit | ~percent | ~magnitude)? and (~sign)? <high:num>",
        _range,
    ),
    CoreRule("number", r"<low:num> (~magnitude)? (to | or | -) (~sign)? <high:num>", _range),
    CoreRule("number", r"(a (?= ~numword))? <num>", _number),
    CoreRule("number", r"(<halfword> (a)? | <num> | a)? dozen", _dozen),
    CoreRule("number", r"<halfword> a <num>", _half_scale),
    CoreRule("vague", r"<many> ( of <thousands> )?", _many),
    CoreRule("vague", r"<many:tens> of <thousands>", _many),
    CoreRule("vague", r"<few:some_few> ( <num> | <dozen> )?", _few),
    CoreRule("vague", r"(a | quite a) <few:a_few> (of (?= ~num | dozen))? ( <num> | <dozen> )?", _few),
    CoreRule("share", r"(a | <num>) -? (<nth> | <fraction>) (?= of | the)", _fraction),
    CoreRule("share", r"(?<= by) {(a | <num>) -? (<nth> | <fraction>)}", _fraction),
    CoreRule("share", r"(?<! ~nth) half (?= of | the | its | their | his | her)", _half),
    CoreRule("share", r"(?<= by) {half}", _half),
    CoreRule("share", r"<num> (in | out of) (every)? <whole:num>", _one_in),
    CoreRule("zero", r"no (?! fewer | less | more | longer | one) | none (?= of)", _none),
)
