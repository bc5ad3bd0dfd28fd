"""Rules for times of day."""

from __future__ import annotations

from variorum.annotate.grammar import Hit
from variorum.annotate.times.rule import Context, Reading, Rule

UNKNOWN_DAY = "XXXX-XX-XX"
_ZONE = r"( \(? <zone> \)? | local time | hours ( <zone> )? )?"
_CUES = frozenset(
    [
        "at",
        "by",
        "until",
        "till",
        "around",
        "from",
        "after",
        "before",
        "about",
        "since",
        "to",
        "between",
        "just",
        "and",
        "of",
    ]
)


def _value(hours: int, minutes: int | None, half: str, zone: str) -> str | None:
    """`T15:30` with its offset; None where the clock has no such time."""
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + int(half)
    if hours > 24 or (minutes or 0) >= 60:
        return None
    offset = "" if zone in ("", "-") else zone
    return f"{UNKNOWN_DAY}T{hours:02d}" + (f":{minutes:02d}" if minutes is not None else "") + offset


def _clock(hit: Hit, _: Context) -> Reading | None:
    """Read "15:30", "3:30pm", "3:30 p.m. GMT"."""
    zone, half = hit.value("zone"), hit.value("ampm")
    before = hit.tokens.words[hit.first - 1].lower() if hit.first else "\n"
    minutes = hit.tokens.words[hit.index("minutes")]
    if len(minutes) != 2:
        return None
    bare = hit.index("minutes") == hit.last
    if bare and not (before in _CUES or before[0] in "\n\r(," or hit.first == 0):
        return None
    value = _value(int(hit.number("hours") or 0), int(minutes), half, zone)
    return Reading("TIME", value) if value else None


def _hour(hit: Hit, _: Context) -> Reading | None:
    """Read "3pm", "3.30 p.m.", "3 o'clock"."""
    number = hit.number("hours") or 0.0
    minutes = None
    written = hit.tokens.words[hit.index("hours")]
    if "." in written:
        hours, _dot, rest = written.partition(".")
        if len(rest) != 2:
            return None
        number, minutes = float(hours), int(rest)
    value = _value(int(number), minutes, hit.value("ampm"), hit.value("zone"))
    return Reading("TIME", value) if value else None


def _military(hit: Hit, _: Context) -> Reading | None:
    """Read "0800 UTC", "1430 hours"."""
    written = hit.tokens.words[hit.index("four")]
    value = _value(int(written[:2]), int(written[2:]), "", hit.value("zone"))
    return Reading("TIME", value) if value and len(written) == 4 else None


def _noon(hit: Hit, _: Context) -> Reading | None:
    before = hit.tokens.words[hit.first - 1].lower() if hit.first else ""
    if before not in _CUES and before != "past":  # "midnight blue"
        return None
    return Reading("TIME", f"{UNKNOWN_DAY}T{hit.value('noon')}")


CLOCK_RULES = (
    Rule("clock", r"<hours:two> : <minutes:two> (?! : ~two) ( <ampm> )? " + _ZONE, _clock),
    Rule("hour", r"<hours:hour> <ampm> " + _ZONE, _hour),
    Rule("o'clock", r"<hours:hour> o ' clock " + _ZONE, _hour),
    Rule("military", r"<four> ( <zone> | hours <zone>? | \( <zone> \) )", _military),
    Rule("noon", r"<noon> " + _ZONE, _noon),
)
