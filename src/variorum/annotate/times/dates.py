"""Rules for calendar dates: days, months, quarters, seasons, years, decades and centuries."""

from __future__ import annotations

from variorum.annotate.grammar import Hit
from variorum.annotate.times import anchor as calendar
from variorum.annotate.times.rule import Context, Reading, Rule

_WEEKDAY = r"( (~weekday | ~shortday) .? ,? )?"
_EDGE = r"( (the ~edge part of) | (the ~edgenoun of) | (~edge -?) )?"


def _full_date(hit: Hit, context: Context) -> Reading | None:
    day = int(hit.number("day") or 0)
    month = int(hit.value("month"))
    if not calendar.real_day(2000, month, day) or _goes_on(hit):
        return None
    year = hit.number("year")
    if year is not None:
        if not calendar.real_day(int(year), month, day):
            return None
        return Reading("DATE", f"{int(year):04d}-{month:02d}-{day:02d}")
    return Reading("DATE", calendar.month_day(context.anchor, month, day, context.direction(hit)))


def _goes_on(hit: Hit) -> bool:
    """Whether letters follow without a blank: "March 4C" is a name."""
    tokens, after = hit.tokens, hit.last + 1
    return after < len(tokens.words) and tokens.starts[after] == hit.end and tokens.words[after].isalpha()


def _numeric(hit: Hit, _: Context) -> Reading | None:
    """Day before month or month before day: where both fit, neither is claimed."""
    first, second, year = (int(hit.number(n) or 0) for n in ("first", "second", "year"))
    as_british = calendar.real_day(year, second, first)
    as_american = calendar.real_day(year, first, second)
    if as_british and as_american and first != second:
        return Reading("DATE", f"{year:04d}-XX-XX")
    if not (as_british or as_american):
        return None
    month, day = (second, first) if as_british else (first, second)
    return Reading("DATE", f"{year:04d}-{month:02d}-{day:02d}")


def _iso(hit: Hit, _: Context) -> Reading | None:
    year, month, day = (int(hit.number(n) or 0) for n in ("year", "first", "second"))
    return (
        Reading("DATE", f"{year:04d}-{month:02d}-{day:02d}") if calendar.real_day(year, month, day) else None
    )


def _second_day(hit: Hit, context: Context) -> Reading | None:
    """The "26" of "February 24-26": its month stands before it."""
    for index in range(hit.first - 1, max(-1, hit.first - 4), -1):
        number = hit.lexicon.value("month", hit.tokens.words[index].lower())
        if number:
            day = int(hit.number("day") or 0)
            year = hit.number("year")
            if year is not None:
                return Reading("DATE", f"{int(year):04d}-{int(number):02d}-{day:02d}")
            return Reading(
                "DATE", calendar.month_day(context.anchor, int(number), day, context.direction(hit))
            )
    return None


def _month_year(hit: Hit, _: Context) -> Reading | None:
    return Reading("DATE", f"{int(hit.number('year') or 0):04d}-{int(hit.value('month')):02d}")


def _month(hit: Hit, context: Context) -> Reading | None:
    if not _is_month_name(hit):
        return None
    return Reading("DATE", calendar.month(context.anchor, int(hit.value("month")), context.direction(hit)))


def _is_month_name(hit: Hit) -> bool:
    """Whether "May", "March" or "August" is a month here: they are names, verbs and adjectives too."""
    word = hit.word("month")
    if word not in ("may", "march", "august", "april", "june", "jan", "mar"):
        return True
    before = hit.tokens.words[hit.first - 1].lower() if hit.first else ""
    if before in _MONTH_CUES or hit.index("month") > hit.first:
        return True
    following = hit.tokens.words[hit.index("month") + 1 : hit.index("month") + 2]
    named = bool(following) and following[0][:1].isupper()
    return word not in ("may", "march", "april", "june", "jan") and not named


_MONTH_CUES = frozenset(
    [
        "in",
        "since",
        "until",
        "till",
        "by",
        "during",
        "from",
        "of",
        "before",
        "after",
        "last",
        "next",
        "this",
        "through",
        "to",
        "early",
        "late",
        "mid",
        "and",
        "between",
        "for",
        "every",
        "each",
    ]
)


def _shifted_month(hit: Hit, context: Context) -> Reading | None:
    number, anchor = int(hit.value("month")), context.anchor
    if anchor is None:
        return Reading("DATE", f"XXXX-{number:02d}")
    shift = int(hit.value("shift"))
    year = anchor.year
    if shift < 0:
        year -= number >= anchor.month
    elif shift > 0:
        year += number <= anchor.month
    return Reading("DATE", f"{year:04d}-{number:02d}")


def _month_of_year_word(hit: Hit, context: Context) -> Reading | None:
    """Read "June last year", "March of this year"."""
    year = calendar.shifted(context.anchor, "Y", int(hit.value("shift")))
    return Reading("DATE", f"{year}-{int(hit.value('month')):02d}")


def _year(hit: Hit, _: Context) -> Reading | None:
    return Reading("DATE", f"{int(hit.number('year') or 0):04d}")


def _bare_year(hit: Hit, context: Context) -> Reading | None:
    """A four-digit number is a year unless it counts what follows."""
    number = int(hit.number("year") or 0)
    before = hit.tokens.words[hit.first - 1].lower() if hit.first else ""
    if before in _NOT_BEFORE_YEAR or before in hit.lexicon.classes["approx"]:
        return None
    cued = before in _YEAR_CUES
    if not cued and not 1900 <= number <= 2049:
        return None
    if hit.last + 1 < len(hit.tokens.words) and hit.tokens.words[hit.last + 1] in ("%", "€", "£", "$"):
        return None
    if (number % 100 == 0 or not cued) and _counts_plural(hit, context) and before not in _DETERMINERS:
        return None
    return _year(hit, context)


_YEAR_CUES = frozenset(
    [
        "in",
        "since",
        "of",
        "by",
        "until",
        "till",
        "from",
        "during",
        "before",
        "after",
        "circa",
        "early",
        "late",
        "mid",
        "year",
        "and",
        "to",
    ]
)
_DETERMINERS = frozenset(["the", "his", "her", "its", "their", "our", "my", "your", "'s", "this", "that"])
_NOT_BEFORE_YEAR = frozenset(
    [
        "$",
        "£",
        "€",
        "#",
        "no",
        "number",
        "than",
        "nearly",
        "least",
        "most",
        "some",
        "approximately",
        "page",
        "room",
        "highway",
    ]
)


def _counts_plural(hit: Hit, context: Context) -> bool:
    """Whether the parse makes the number count a plural noun ("2000 troops")."""
    span = context.document.doc.char_span(hit.start, hit.end, alignment_mode="expand")
    if span is None or len(span) == 0:
        return False
    token = span[0]
    return token.dep_ == "nummod" and token.head.tag_ in ("NNS", "NNPS") and token.head.i > token.i


def _short_year(hit: Hit, _: Context) -> Reading | None:
    """The "58" of "1957-58": the century is the first year's."""
    first = hit.tokens.numbers[hit.first - 2]
    short = hit.number("two")
    if first is None or short is None or hit.tokens.ends[hit.first] - hit.tokens.starts[hit.first] != 2:
        return None
    year = int(first) // 100 * 100 + int(short)
    return Reading("DATE", f"{year:04d}") if 0 < year - first <= 30 else None


def _decade(hit: Hit, _: Context) -> Reading | None:
    number = int(hit.number("decades") or 0)
    if number >= 1000:
        return Reading("DATE", f"{number // 10:03d}")
    at = hit.index("decades")
    before = hit.tokens.words[at - 1].lower() if at else ""
    paired = before in ("and", "or", "to") and hit.tokens.kinds[at - 2] == "E"
    told = paired or before in ("the", "'", "-") or before in hit.lexicon.classes["edge"]
    return Reading("DATE", f"{190 + number // 10}") if told and number >= 20 else None


_OWNERS = frozenset(("his", "her", "their", "my", "our", "your", "its"))


def _decade_word(hit: Hit, _: Context) -> Reading | None:
    return Reading("DATE", hit.value("decade"))


def _century(hit: Hit, _: Context) -> Reading | None:
    number = int(hit.number("nth") or 0)
    before = hit.tokens.words[hit.first - 1].lower() if hit.first else ""
    if not 1 <= number <= 30 or before in _OWNERS:  # "his 20th century" is a score
        return None
    return Reading("DATE", f"{number - 1:02d}")


def _quarter(hit: Hit, context: Context) -> Reading | None:
    number = int(hit.number("nth") or hit.number("dd") or 0)
    if not 1 <= number <= 4:
        return None
    if hit.has("year"):
        return Reading("DATE", f"{int(hit.number('year') or 0):04d}-Q{number}")
    if hit.has("shift"):
        year = calendar.shifted(context.anchor, "Y", int(hit.value("shift")))
        return Reading("DATE", f"{year}-Q{number}")
    return Reading("DATE", calendar.quarter(context.anchor, number, context.direction(hit)))


def _half_year(hit: Hit, context: Context) -> Reading | None:
    number = int(hit.number("nth") or 0)
    if number not in (1, 2):
        return None
    if hit.has("year"):
        year: str | None = f"{int(hit.number('year') or 0):04d}"
    else:
        year = calendar.shifted(context.anchor, "Y", int(hit.value("shift")) if hit.has("shift") else 0)
    return Reading("DATE", f"{year}-H{number}")


def _season_year(hit: Hit, _: Context) -> Reading | None:
    return Reading("DATE", f"{int(hit.number('year') or 0):04d}-{hit.value('season')}")


def _season(hit: Hit, context: Context) -> Reading | None:
    after = hit.tokens.words[hit.last + 1 : hit.last + 2]
    named = bool(after) and after[0][:1].isupper() and hit.tokens.words[hit.index("season")][0].isupper()
    if named or (hit.word("season") == "fall" and not hit.has("shift")):  # "the Winter Games"; a fall
        return None
    shift = int(hit.value("shift")) if hit.has("shift") else None
    value = calendar.season(context.anchor, hit.value("season"), shift, context.direction(hit))
    return Reading("DATE", value)


def _holiday(hit: Hit, context: Context) -> Reading | None:
    month, day = _HOLIDAYS[
        " ".join(hit.tokens.words[hit.first : hit.last + 1]).lower().split(" 2")[0].split(" 1")[0]
    ]
    if hit.has("year"):
        return Reading("DATE", f"{int(hit.number('year') or 0):04d}-{month:02d}-{day:02d}")
    return Reading("DATE", calendar.month_day(context.anchor, month, day, context.direction(hit)))


_HOLIDAYS = {
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "boxing day": (12, 26),
    "new year 's day": (1, 1),
    "new year 's eve": (12, 31),
    "valentine 's day": (2, 14),
    "halloween": (10, 31),
    "christmas": (12, 25),
}

DATE_RULES = (
    Rule("iso", r"<year:yyyy> - <first:dd> - <second:dd>", _iso),
    Rule("numeric", r"<first:dd> / <second:dd> / <year:yyyy>", _numeric),
    Rule("numeric dots", r"<first:dd> . <second:dd> . <year:yyyy>", _numeric),
    Rule("day month", _WEEKDAY + r"the? <day:day> of? <month> ((?<= ~shortmonth) .)?", _full_date),
    Rule(
        "day month year",
        _WEEKDAY + r"the? <day:day> of? <month> ((?<= ~shortmonth) .)? (,|of)? <year:yyyy>",
        _full_date,
    ),
    Rule(
        "day of range",
        r"{<day:day>} (?= (-|to|and|or) ~dd <month> ((?<= ~shortmonth) .)? (,? <year:yyyy>)?)",
        _full_date,
    ),
    Rule(
        "month day",
        _WEEKDAY
        + r"<month> ((?<= ~shortmonth) .)? the? <day:day> (?! (: ~two) | (. ~int) | ~ampm | ~numword)",
        _full_date,
    ),
    Rule(
        "month day year",
        _WEEKDAY + r"<month> ((?<= ~shortmonth) .)? <day:day> ,? <year:yyyy>",
        _full_date,
    ),
    Rule(
        "second day",
        r"(?<= ~dd (- | and | to | or)) {<day:dd>} (?! ~month | ~numword | : | ~units | ~unit)"
        r" (,? <year:yyyy>)?",
        _second_day,
    ),
    Rule("month year", _EDGE + r"<month> ((?<= ~shortmonth) .)? (,|of)? <year:yyyy>", _month_year),
    Rule("month", _EDGE + r"<month> (?! 's? - ~other)", _month),
    Rule("last month", r"( (~edge|~edgenoun of) )? <shift> <month>", _shifted_month),
    Rule("month last year", _EDGE + r"<month> of? <shift> year", _month_of_year_word),
    Rule("year", _EDGE + r"<year:yyyy> (?! ~numword | : ~two)", _bare_year),
    Rule("short year", r"(?<= ~yyyy (- | /)) {<two>} (?! - | / | ~units)", _short_year),
    Rule("decade", r"(the ~edge -?)? (' )? <decades>", _decade),
    Rule("decade word", r"the ( ~edge -? )? <decade>", _decade_word),
    Rule("century", r"(the ~edge -?)? <nth> -? century", _century),
    Rule(
        "quarter",
        r"the? <nth> (fiscal|financial)? -? quarter ( of? ( <year:yyyy> | <shift> year) )? (?! of | final)",
        _quarter,
    ),
    Rule("q1", r"(?<! ~yyyy) q <dd> ( of? <year:yyyy> )?", _quarter),
    Rule("half year", r"the <nth> half of (<year:yyyy> | <shift> year | the year)", _half_year),
    Rule(
        "season year", r"( the? (~edge|~edgenoun of the?) )? the? <season> (,|of)? <year:yyyy>", _season_year
    ),
    Rule("season", r"( ~edge | ~edgenoun of )? <shift> <season>", _season),
    Rule("in season", r"(in|during|since|until|by|of) {the (~edge -?)? <season>} (?! of)", _season),
    Rule(
        "holiday",
        r"(christmas (day|eve)? | boxing day | new year 's (day|eve) | valentine 's day | halloween)",
        _holiday,
    ),
)
