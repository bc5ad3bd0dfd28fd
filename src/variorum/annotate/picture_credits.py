"""Finds the credits of pictures in a line of text: "Ines Valk/Agency", "(Photo: Ines Valk)", "© Agency"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from variorum.lexicon import words

_KIND = r"(?:photo(?:graph)?|image|picture|pic|video|file|graphic|illustration|credit|source)s?"
_NAME = r"[A-Z][\w.'’-]{0,20}"
# Words of a credit to its end: names, and what joins them
_NAMES = rf"(?:{_NAME}|for|the|via|by|of|and|/)(?:[ ,/]{{1,2}}(?:{_NAME}|for|the|via|by|of|and))" r"{0,9}\.?"
_FIRST_NAME = re.compile(rf"{_NAME} ")
_AGENCY = 60  # characters at an end in which an agency alone is looked for
_LONGEST = 80  # characters of a credit in brackets before and behind the agency
_FORMS = (
    re.compile(rf"[(\[](?i:{_KIND})(?i:\s?:|\s(?:by|credit|courtesy)\b|/)[^()\[\]]{{0,100}}[)\]]"),
    re.compile(rf"(?<!\w)(?i:(?:photograph(?:er)?|photo|picture|image|credit)s?(?: credit| by)?): {_NAMES}$"),
    re.compile(r"^Image (?:copyright|source) .{1,60}?(?:Image caption\s|$)"),
    re.compile(r"©\s?[^©\d][^©]{0,80}$"),
    re.compile(r"^(?:Photo|Photograph|Picture|Image|Video|Caption)s?: (?=\S)"),
)


def picture_credits(
    line: str, counters: Sequence[tuple[int, int]], captioned: bool
) -> Iterator[tuple[int, int]]:
    """The bounds of the credits in a line, in no order.

    Args:
        line: without white space at its ends.
        counters: the bounds of the counters of a gallery in it; what stands before one may be a credit.
        captioned: whether the line after it begins with such a counter.
    """
    for form in _FORMS:
        yield from (m.span() for m in form.finditer(line))
    slashed, bracketed, leading, alone = _agency_forms()
    for pattern in (bracketed, leading):
        yield from (m.span() for m in pattern.finditer(line))
    for m in slashed.finditer(line):
        yield _whole(line, *m.span())
    ends = [first for first, _ in counters]
    if captioned:
        ends.append(len(line))
    for end in ends:
        if before := alone.search(line[max(0, end - _AGENCY) : end]):
            yield end - len(before[0]), end
    last = alone.search(line[-_AGENCY:])
    if last and line[: len(line) - len(last[0])].rstrip()[-1:] in ("", *'.!?…"”)'):
        yield len(line) - len(last[0]), len(line)


def _whole(line: str, first: int, last: int) -> tuple[int, int]:
    """A credit with the brackets that it stands in, or the one name between it and the line's beginning."""
    opened = line.rfind("(", max(0, first - _LONGEST), first)
    closed = line.find(")", last, last + _LONGEST)
    if opened >= 0 and ")" not in line[opened:first] and closed >= 0 and "(" not in line[last:closed]:
        return opened, closed + 1
    return (0 if _FIRST_NAME.fullmatch(line, 0, first) else first), last


@cache
def _agency_forms() -> tuple[re.Pattern[str], ...]:
    """Behind a slash, in brackets at the end of a line, before a caption, and alone at an end."""
    houses = "|".join(map(re.escape, sorted(words("picture-agencies.txt"), key=len, reverse=True)))
    name = rf"(?!(?:{houses})\b){_NAME}"
    one = rf"(?:(?:{houses})|{name}(?: {name})?)"
    return (
        re.compile(rf"(?<!\w){one}(?:\s?/\s?{one}){{0,2}}(?:\s?/\s?| via )(?:{houses})(?: Images)?(?!\w)"),
        re.compile(rf"\((?:[^()]{{0,60}}[\s/,])?(?:{houses})(?:[\s/,][^()]{{0,30}})?\)$"),
        re.compile(
            r"^(?:Getty Images|GETTY(?: IMAGES)?(?:/[A-Z]+)?|[A-Z][a-z]+ - Contributor) (?=[A-Z](?:[a-z]| ))"
        ),
        re.compile(rf"(?<!\S)(?:{houses})\s*$"),
    )
