"""Rules for lengths of time and for what recurs."""

from __future__ import annotations

from variorum.annotate.grammar import Hit
from variorum.annotate.times import anchor as calendar
from variorum.annotate.times.rule import Context, Reading, Rule

_APPROX = r"( ~approx | more than | less than | at least | up to )?"
_AFTER_AGE = r"(?! -? ( old | olds ) | of age | ago)"


def period(unit: str, amount: float | str) -> str:
    """The TIMEX3 duration of so many units: `period("D", 3)` is P3D, `period("10Y", 2)` P20Y.

    An amount that is not known is "X".
    """
    time = "T" if unit[0] == "T" else ""
    letter, factor = unit[-1], unit[:-1].lstrip("T")
    if unit == "Q":
        letter, factor = "M", "3"
    if isinstance(amount, str):
        named = {"10Y": "DE", "100Y": "CE"}.get(unit, letter)
        return f"P{time}{amount}{named}"
    return f"P{time}{amount * int(factor or 1):.10g}{letter}"


def _counted(hit: Hit, _: Context) -> Reading | None:
    number = hit.number("num") if hit.has("num") else 1.0
    unit = hit.value("units") or hit.value("unit")
    if number is None or (hit.first and hit.tokens.words[hit.first - 1].lower() in _AGES):
        return None
    if hit.has("unit") and hit.has("num") and number != 1 and not _hyphened(hit):
        return None  # "2012 year", "24 day" is no length; "24-day" and "four day" are
    return Reading("DURATION", period(unit, number))


_AGES = frozenset(("age", "aged", "ages"))


def _hyphened(hit: Hit) -> bool:
    """Whether number and unit make up a modifier ("four-week", "four day")."""
    return hit.tokens.kinds[hit.index("num")] != "Y"


def _single(hit: Hit, _: Context) -> Reading | None:
    if hit.value("unit") == "Q":  # "a quarter" is more often a fraction
        return None
    return Reading("DURATION", period(hit.value("unit"), 1.0))


def _half(hit: Hit, _: Context) -> Reading | None:
    unit = hit.value("unit")
    smaller = {"TH": ("TM", 30.0), "10Y": ("Y", 5.0), "100Y": ("Y", 50.0), "Y": ("M", 6.0), "D": ("TH", 12.0)}
    if unit not in smaller:
        return Reading("DURATION", period(unit, 0.5))
    return Reading("DURATION", period(*smaller[unit]))


def _and_a_half(hit: Hit, _: Context) -> Reading | None:
    number = hit.number("num") if hit.has("num") else 1.0
    unit = hit.value("units") or hit.value("unit")
    return Reading("DURATION", period(unit, (number or 0) + 0.5))


def _vague(hit: Hit, _: Context) -> Reading | None:
    return Reading("DURATION", period(hit.value("units"), "X"))


def _long(hit: Hit, _: Context) -> Reading | None:
    amount: float | str = "X" if hit.has("units") else 1.0
    return Reading("DURATION", period(hit.value("units") or hit.value("unit"), amount))


_LONG_WORDS = {"yearlong": "P1Y", "monthlong": "P1M", "weeklong": "P1W", "daylong": "P1D"}


def _long_word(hit: Hit, _: Context) -> Reading | None:
    return Reading("DURATION", _LONG_WORDS[hit.tokens.words[hit.first].lower()])


def _past_span(hit: Hit, context: Context) -> Reading | None:
    """The past year is as long as a year; the last week is the week before this one."""
    unit = hit.value("period")
    if hit.word("shift") == "last" and unit in ("W", "M", "Q", "WE"):
        value = calendar.shifted(context.anchor, unit, -1)
        return Reading("DATE", value) if value else None
    return None if unit == "WE" else Reading("DURATION", period(unit, 1.0))


def _first_of_range(hit: Hit, _: Context) -> Reading | None:
    number = hit.number("num")
    return (
        None
        if number is None
        else Reading("DURATION", period(hit.value("units") or hit.value("unit"), number))
    )


def _every(hit: Hit, _: Context) -> Reading | None:
    if hit.has("daypart"):
        return Reading("SET", f"XXXX-XX-XXT{hit.value('daypart')}")
    if hit.has("weekday"):
        return Reading("SET", f"XXXX-WXX-{hit.value('weekday')}")
    if hit.has("month"):
        return Reading("SET", f"XXXX-{int(hit.value('month')):02d}")
    if hit.has("season"):
        return Reading("SET", f"XXXX-{hit.value('season')}")
    if hit.has("weekend"):
        return Reading("SET", "XXXX-WXX-WE")
    number = hit.number("num") if hit.has("num") else 2.0 if hit.has("other_word") else 1.0
    return Reading("SET", period(hit.value("units") or hit.value("unit"), number or 1.0))


def _weekdays(hit: Hit, _: Context) -> Reading | None:
    return Reading("SET", f"XXXX-WXX-{hit.value('weekdays')}")


def _frequency(hit: Hit, _: Context) -> Reading | None:
    """Read "daily" and its like, unless part of a name."""
    written = hit.tokens.words[hit.first]
    before = hit.tokens.words[hit.first - 1] if hit.first else "."
    return None if written[0].isupper() and before != "." else Reading("SET", hit.value("frequency"))


def _rate(hit: Hit, context: Context) -> Reading | None:
    """Read the end of "300 people a day": what is counted, paid or repeated stands before."""
    if hit.word("per") == "per" and hit.value("unit")[0] == "T":
        return None  # "60 miles per hour" is a unit of measure
    if hit.word("per") != "per" and hit.first:
        before = hit.tokens.words[hit.first - 1].lower()
        kind = hit.tokens.kinds[hit.first - 1]
        cued = (
            before in ("once", "twice", "times", "%", "cent", "dollars", "pounds", "euros")
            or kind in "DHYFNQW"
        )
        if not cued and not _counted_noun(hit, context):
            return None
    return Reading("SET", period(hit.value("unit"), 1.0))


def _counted_noun(hit: Hit, context: Context) -> bool:
    """Whether a plural with a number stands right before ("15 tankers a year")."""
    span = context.document.doc.char_span(hit.start, hit.end, alignment_mode="expand")
    if span is None or span.start == 0:
        return False
    noun = span.doc[span.start - 1]
    return noun.tag_ == "NNS" and any(c.dep_ == "nummod" for c in noun.lefts)


def _finish_time(hit: Hit, _: Context) -> Reading | None:
    """Read "3:07:35": the length of a run, unless a preposition makes it a time of day."""
    before = hit.tokens.words[hit.first - 1].lower() if hit.first else ""
    hours, minutes, seconds = (hit.number(n) or 0 for n in ("hours", "minutes", "seconds"))
    if minutes >= 60 or seconds >= 60:
        return None
    if before in ("at", "by", "until", "before", "after", "since") and hours < 24:
        return Reading("TIME", f"XXXX-XX-XXT{int(hours):02d}:{int(minutes):02d}:{int(seconds):02d}")
    return Reading("DURATION", f"PT{int(hours)}H{int(minutes)}M{int(seconds)}S")


DURATION_RULES = (
    Rule(
        "counted",
        _APPROX
        + r"(the | a | an | its | his | her | their)? ~filler? <num> -? ~filler? <units> '? "
        + _AFTER_AGE,
        _counted,
    ),
    Rule("counted modifier", _APPROX + r"<num> -? ~filler? <unit> " + _AFTER_AGE, _counted),
    Rule(
        "rate",
        r"(<per:rate> | a | an) <unit>"
        r" (?! ago | earlier | later | before | after | old | of | - | on | from | away | long)",
        _rate,
    ),
    Rule("a month", _APPROX + r"(a | an | another) ~filler? <unit> " + _AFTER_AGE, _single),
    Rule("half an hour", _APPROX + r"half -? (a | an | the)? <unit>", _half),
    Rule("an hour and a half", _APPROX + r"(a | an | <num>) (<unit> | <units>) and a half", _and_a_half),
    Rule(
        "vague",
        r"(the)? ( ~shift )? (a)? (very)? (~vague of? (dozens? of)?)? (~filler)? (?<! ~num) <units> "
        + _AFTER_AGE,
        _vague,
    ),
    Rule("the past two years", r"(the | this | ~possessive) ~shift <num> ~filler? <units> '?", _counted),
    Rule("the first two years", r"(the | ~possessive)? <nth> <num> ~filler? <units>", _counted),
    Rule("the past year", r"(the | this) <shift> <period> (?! - ~other)", _past_span),
    Rule("week-long", r"( <unit> | <units> ) - long", _long),
    Rule("weeklong", r"yearlong | monthlong | weeklong | daylong", _long_word),
    Rule(
        "12 of range",
        r"{<num>} (?= (- | to | and | or) ~num -? (<units> | <unit>) " + _AFTER_AGE + ")",
        _first_of_range,
    ),
    Rule(
        "every",
        r"(every | each)"
        r" ( <other_word:alternate>? <unit> | <num> <units> | <daypart> | <weekday> <daypart>? | <month>"
        r" | <season> | <weekend:weekend> )",
        _every,
    ),
    Rule("mondays", r"<weekdays>", _weekdays),
    Rule("frequency", r"<frequency>", _frequency),
    Rule("finish time", r"<hours:two> : <minutes:two> : <seconds:two>", _finish_time),
)
