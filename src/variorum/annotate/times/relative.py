"""Rules for dates told from the day of writing: today, last week, four years ago, Friday; and vague ones."""

from __future__ import annotations

from variorum.annotate.grammar import Hit
from variorum.annotate.times import anchor as calendar
from variorum.annotate.times.rule import Context, Reading, Rule

_EDGE = r"( (the ~edgenoun of) | ~edge )?"


def _with_part(date: str, hit: Hit) -> Reading:
    """A date, or the part of that day which the expression names."""
    part = hit.value("daypart")
    return Reading("TIME", f"{date}T{part}") if part else Reading("DATE", date)


def _deictic(hit: Hit, context: Context) -> Reading | None:
    value = calendar.shifted(context.anchor, "D", int(hit.value("deictic")))
    return _with_part(value, hit) if value else None


def _tonight(_: Hit, context: Context) -> Reading | None:
    return Reading("TIME", f"{calendar.shifted(context.anchor, 'D', 0)}TNI")


def _two_days(hit: Hit, context: Context) -> Reading | None:
    count = -2 if hit.word("way") == "before" else 2
    value = calendar.shifted(context.anchor, "D", count)
    return Reading("DATE", value) if value else None


def _this_part(hit: Hit, context: Context) -> Reading | None:
    value = calendar.shifted(context.anchor, "D", 0)
    return _with_part(value, hit) if value else None


def _last_night(_: Hit, context: Context) -> Reading | None:
    return Reading("TIME", f"{calendar.shifted(context.anchor, 'D', -1)}TNI")


def _weekday(hit: Hit, context: Context) -> Reading | None:
    value = calendar.weekday(context.anchor, int(hit.value("weekday")), context.direction(hit))
    return _with_part(value, hit)


def _shifted_weekday(hit: Hit, context: Context) -> Reading | None:
    """Last Friday is the latest before today; next Friday and this Friday go by calendar weeks."""
    day, shift, anchor = int(hit.value("weekday")), int(hit.value("shift")), context.anchor
    if anchor is None:
        return _with_part(f"XXXX-WXX-{day}", hit)
    if shift >= 0:
        return _with_part(calendar.shifted_weekday(anchor, day, shift), hit)
    return _with_part(calendar.shifted_weekday(anchor, day, -1 if day >= anchor.isoweekday() else 0), hit)


def _weekday_of_week(hit: Hit, context: Context) -> Reading | None:
    day, shift = int(hit.value("weekday")), int(hit.value("shift"))
    return Reading("DATE", calendar.shifted_weekday(context.anchor, day, shift))


def _shifted_period(hit: Hit, context: Context) -> Reading | None:
    """Read "last week"; but "the next decade" and "the past year" are lengths of time."""
    bare = hit.index("shift") == hit.first or hit.tokens.words[hit.index("shift") - 1].lower() != "the"
    if not bare and hit.value("period") not in ("W", "M", "Q", "WE"):
        return None
    value = calendar.shifted(context.anchor, hit.value("period"), int(hit.value("shift")))
    return Reading("DATE", value) if value else None


def _end_of_period(hit: Hit, context: Context) -> Reading | None:
    """Read "the end of the year": the current one."""
    value = calendar.shifted(context.anchor, hit.value("period"), 0)
    return Reading("DATE", value) if value else None


def _told_period(hit: Hit, _: Context) -> Reading | None:
    """Read "the previous day", "that week": told from a point in the story, which is not looked for."""
    value = calendar.shifted(None, hit.value("period"), 0)
    return Reading("DATE", value) if value else None


def _ago(hit: Hit, context: Context) -> Reading | None:
    number = hit.number("num") if hit.has("num") else 1
    unit = hit.value("units") or hit.value("unit")
    if number is None or unit[0] == "T" or (number != int(number) and unit == "D"):
        return Reading("DATE", "PAST_REF")
    if number != int(number):  # "two and a half years ago": which year is open
        return Reading("DATE", "PAST_REF")
    value = calendar.shifted(context.anchor, unit, -int(number)) if number < 10_000 else None
    if unit in ("10Y", "100Y"):
        value = calendar.shifted(context.anchor, "Y", -int(number) * int(unit[:-1])) if number < 100 else None
    return Reading("DATE", value or "PAST_REF")


def _vague_ago(_: Hit, __: Context) -> Reading | None:
    return Reading("DATE", "PAST_REF")


def _present(_: Hit, __: Context) -> Reading | None:
    return Reading("DATE", "PRESENT_REF")


def _future(_: Hit, __: Context) -> Reading | None:
    return Reading("DATE", "FUTURE_REF")


def _part_of_known_day(hit: Hit, _: Context) -> Reading | None:
    return Reading("TIME", f"XXXX-XX-XXT{hit.value('daypart') or 'NI'}")


RELATIVE_RULES = (
    Rule("deictic", r"(~edge (on)?)? <deictic> ( (~edge)? <daypart> )?", _deictic),
    Rule("tonight", r"tonight", _tonight),
    Rule("day before yesterday", r"the day <way:around_day> (yesterday | tomorrow)", _two_days),
    Rule("this morning", r"(~edge)? this <daypart>", _this_part),
    Rule("last night", r"(~edge)? last night", _last_night),
    Rule("weekday", r"(?<! ~dayname) (~edge (on)?)? <weekday> ( (~edge)? <daypart> )?", _weekday),
    Rule("last Friday", r"<shift> <weekday> <daypart>?", _shifted_weekday),
    Rule("Friday last week", r"<weekday> of? <shift> week", _weekday_of_week),
    Rule(
        "last week",
        _EDGE + r"(the|this)? <shift> (fiscal|financial|academic|school|calendar)? <period> (?! - ~other)",
        _shifted_period,
    ),
    Rule("end of the year", r"the ~edgenoun of (the)? <period>", _end_of_period),
    Rule("told period", r"(the (same|previous|following|next) | that (same|very)?) <period>", _told_period),
    Rule("the day before", r"the <period> (?= before | after | earlier | later)", _told_period),
    Rule("ago", r"(~approx | more than | less than)? ( <num> | a | an ) -? <units> ago", _ago),
    Rule("a year ago", r"(~approx | more than | less than)? (~numword | a | an) <unit> ago", _ago),
    Rule("years ago", r"(a | an)? (~vague of?)? ~units ago", _vague_ago),
    Rule("now", r"(right)? <present> (?! that | - ~other)", _present),
    Rule("at present", r"(?<= at) {(the moment | present)}", _present),
    Rule("these days", r"these days", _present),
    Rule("recently", r"(more|most|very|only|just)? ~bygone", _vague_ago),
    Rule(
        "in the past",
        r"(?<= (in | of)) {the (recent | distant)? past} (?! ~other | ~num | ~vague | ~units | ~unit)",
        _vague_ago,
    ),
    Rule("in future", r"(?<= in) {(the (near | distant | foreseeable)?)? future} (?! ~other)", _future),
    Rule("at the time", r"at the time (?! of | when | that)", _vague_ago),
    Rule("in the morning", r"(?<= (in | on | during)) {(the | that) (~edge)? <daypart>}", _part_of_known_day),
    Rule("that night", r"that <daypart>", _part_of_known_day),
    Rule("overnight", r"overnight", _part_of_known_day),
)
