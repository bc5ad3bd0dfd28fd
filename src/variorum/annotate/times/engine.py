"""Runs the time rules over a text: longest match first from the left, then clock times get their day."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from variorum.annotate.document import Document
from variorum.annotate.grammar import Grammar, Hit, Pattern
from variorum.annotate.lexicon import load_lexicon
from variorum.annotate.times.anchor import read_anchor
from variorum.annotate.times.clock import CLOCK_RULES, UNKNOWN_DAY
from variorum.annotate.times.dates import DATE_RULES
from variorum.annotate.times.durations import DURATION_RULES
from variorum.annotate.times.relative import RELATIVE_RULES
from variorum.annotate.times.rule import Context, Rule
from variorum.annotate.tokens import tokenize
from variorum.model import Span, Time

_RULES = (*DATE_RULES, *RELATIVE_RULES, *CLOCK_RULES, *DURATION_RULES)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}|XXXX-\d{2}-\d{2}")
_CLOCK = re.compile(r".{10,10}T\d{2}")
_SENTENCE_END = re.compile(r"[.!?]\s|\n")
_CLOSE = 40  # characters between a time of day and the day that follows or precedes it in one phrase
_BACK = 6  # expressions looked back over for a day


# Each expression holds a word of one of these classes.
_TRIGGERS = [
    "month",
    "weekday",
    "weekdays",
    "unit",
    "units",
    "daypart",
    "season",
    "deictic",
    "decade",
    "noon",
    "zone",
    "ampm",
    "holiday",
    "present",
    "bygone",
    "frequency",
    "trigger",
    "weekend",
    "yyyy",
    "decades",
    "two",
    "four",
    "decimal",
]


@dataclass(frozen=True, slots=True)
class _Compiled:
    grammar: Grammar
    triggers: re.Pattern[str]
    rules: tuple[tuple[Rule, Pattern], ...]


@cache
def _compiled() -> _Compiled:
    grammar = Grammar.of(load_lexicon("time-words.txt"), (rule.pattern for rule in _RULES))
    rules = tuple((rule, grammar.compile(rule.pattern)) for rule in _RULES)
    return _Compiled(grammar, grammar.triggers(_TRIGGERS), rules)


def find_times(document: Document) -> tuple[Time, ...]:
    """The time expressions of an article, in order, none overlapping another.

    Types and values are those of TIMEX3 (Saurí et al. 2006, TimeML annotation guidelines 1.2.1). What
    hangs on the day of writing is anchored in `document.article.published`; what is not known stays X.

    Ages ("33-year-old") are quantities, not times, as in TempEval-3.

    Args:
        document: the parsed article; the parse is asked only for tense, and whether a number counts a noun.
    """
    compiled = _compiled()
    grammar, rules = compiled.grammar, compiled.rules
    tokens = tokenize(document.article.text)
    codes, places = grammar.condense(grammar.encode(tokens), compiled.triggers)
    context = Context(document, read_anchor(document.article.published))
    present = frozenset(codes)
    hits: list[tuple[int, int, int, Hit]] = []
    for rank, (_, pattern) in enumerate(rules):
        for match in pattern.finditer(codes, present):
            hit = Hit(match, pattern, tokens, grammar.lexicon, places)
            hits.append((hit.first, -hit.last, rank, hit))
    hits.sort(key=lambda h: h[:3])
    found: list[Time] = []
    taken = -1
    for first, _, rank, hit in hits:
        if first <= taken:
            continue
        reading = rules[rank][0].read(hit, context)
        if reading is not None:
            found.append(Time(Span(hit.start, hit.end), reading.type, reading.value))
            taken = hit.last
    return _place_clock_times(tuple(found), document, context)


def _place_clock_times(found: tuple[Time, ...], document: Document, context: Context) -> tuple[Time, ...]:
    """Give "15:30" the day it belongs to, and join "15:30 GMT Saturday" into one expression.

    The day is the nearest one named in the sentence, else the last one named in the same paragraph, else, for
    a time by the clock, the day of publication. Linear: only neighbours within a paragraph are looked at.
    """
    placed: list[Time] = []
    for index, time in enumerate(found):
        if not time.value.startswith(f"{UNKNOWN_DAY}T") or time.type != "TIME":
            placed.append(time)
            continue
        day = _day_near(found, index, document)
        if day is None and time.value[11:12].isdigit() and context.anchor is not None:
            day = context.anchor.isoformat()
        placed.append(replace(time, value=(day or UNKNOWN_DAY) + time.value[10:]))
    return _joined(placed, document.article.text)


def _day_near(found: tuple[Time, ...], index: int, document: Document) -> str | None:
    text, span = document.article.text, found[index].span
    for other in (found[index + 1 : index + 2], found[index - 1 : index] if index else ()):
        for time in other:
            between = text[min(time.span.end, span.end) : max(time.span.start, span.start)]
            if _DAY.match(time.value) and len(between) <= _CLOSE and not _SENTENCE_END.search(between):
                return time.value[:10]
    for time in reversed(found[max(0, index - _BACK) : index]):
        between = text[time.span.end : span.start]
        if "\n" in between:
            return None
        if _DAY.match(time.value):
            return time.value[:10]
    return None


def _joined(times: list[Time], text: str) -> tuple[Time, ...]:
    """One expression where a time of day and its day stand side by side."""
    out: list[Time] = []
    for time in times:
        if out and text[out[-1].span.end : time.span.start] in (" ", ", "):
            before = out[-1]
            clock = next((t for t in (before, time) if _CLOCK.match(t.value)), None)
            other = time if clock is before else before
            if clock is not None and other.value[:10] == clock.value[:10] and not _CLOCK.match(other.value):
                out[-1] = Time(Span(before.span.start, time.span.end), "TIME", clock.value)
                continue
        out.append(time)
    return tuple(out)
