"""The times that the accounts name, in order, each with the sentences that name it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

from variorum.model import Annotation, Ref, Time, TimexType
from variorum.render.clean import visible
from variorum.render.pieces import pieces
from variorum.render.timex import reckoned
from variorum.render.view import Desk, Reading

__all__ = ["TimeLine", "timeline"]

Standing = Literal["dated", "open", "length"]
_STANDINGS: tuple[Standing, ...] = ("dated", "open", "length")
_LENGTHS = ("DURATION", "SET")


@dataclass(frozen=True, slots=True)
class TimeLine:
    """One TIMEX3 value with every sentence that names it; `label` is the value in words.

    `standing` is `dated` for a time on the calendar, `open` where parts of it are not known, `length` for
    durations and repeated times. The readings' refs are the expressions, their pieces the sentences.
    """

    value: str
    label: str
    standing: Standing
    readings: tuple[Reading, ...]

    @property
    def sigla(self) -> tuple[str, ...]:
        """The accounts that name it, each once."""
        return tuple(dict.fromkeys(r.siglum for r in self.readings))


def timeline(desk: Desk) -> tuple[TimeLine, ...]:
    """The times of all accounts: the dated ones in the order of the calendar, then the others."""
    found: dict[tuple[TimexType, str], list[Reading]] = defaultdict(list)
    for account in desk.accounts:
        for time in account.annotation.times:
            reading = _in_sentence(account.annotation, account.siglum, time)
            kind: TimexType = time.type if time.type in _LENGTHS else "DATE"
            found[kind, time.value].append(reading)
    keyed = []
    for (kind, value), readings in found.items():
        at = reckoned(value, kind)
        standing: Standing = "length" if kind in _LENGTHS else "dated" if at and at.key else "open"
        label = visible(at.words if at else value)
        key = (_STANDINGS.index(standing), at.key if at else (), kind, value)
        keyed.append((key, TimeLine(visible(value), label, standing, tuple(readings))))
    return tuple(line for _, line in sorted(keyed, key=lambda k: k[0]))


def _in_sentence(annotation: Annotation, siglum: str, time: Time) -> Reading:
    before = bisect_right(annotation.sentences, time.span.start, key=lambda s: s.start) - 1
    sentence = annotation.sentences[before] if before >= 0 else time.span
    if not sentence.holds(time.span):
        sentence = time.span
    words = pieces(annotation.article.text, sentence, (time.span,) if sentence != time.span else ())
    return Reading(Ref(annotation.article.id, time.span), siglum, words)
