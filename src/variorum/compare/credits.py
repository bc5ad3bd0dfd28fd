"""Which news agency a text credits: in its dateline, its byline or its last line."""

from __future__ import annotations

import re
from functools import cache

from variorum.lexicon import rows
from variorum.model import Annotation

_KIND_BEFORE = re.compile(r"(?:[\w'’-]+\s+){0,4}(?:agency|newswire)\s+(?P<name>.+)")
_KIND_BEHIND = re.compile(
    r"(?:[\w'’-]+\s+){0,2}?(?P<name>\S.*?)\s+(?:(?:state|news)\s+){0,2}(?:agency|newswire)$"
)

_HEAD, _TAIL = 400, 200  # characters of the text in which credits stand


@cache
def agencies() -> dict[str, str]:
    """The forms of agencies' names, case-folded, with the name shown for each."""
    return {form.casefold(): row[0] for row in rows("agencies.txt") for form in row}


def agency_named(name: str) -> str | None:
    """The agency that a source's name means: "the X news agency", "state agency X"; None for any other."""
    plain = name.removeprefix("the ").removeprefix("The ")
    match = _KIND_BEFORE.match(plain) or _KIND_BEHIND.match(plain)
    for form in (plain, match["name"] if match else ""):
        if form.casefold() in agencies():
            return agencies()[form.casefold()]
    return None


@cache
def _credit() -> re.Pattern[str]:
    names = "|".join(
        re.escape(form) for row in rows("agencies.txt") for form in sorted(row, key=len, reverse=True)
    )
    name = rf"(?P<NAME>{names})(?!\w)"
    forms = (
        rf"\({name}\)\s*[-–—:]",  # CITY (Agency) -
        rf"^\W*{name}\s*[-–—|:]",  # Agency - | Agency:
        rf"^\W*{name}\W*$",  # a line of its own
        rf"[-–—,(]\s*{name}\)?\W*$",  # ends a line: "– Agency", "(Agency)"
        # "with agencies", "With files from Agency"
        rf"\b[Ww]ith (?:(?:more |additional )?(?:files|reporting|material|inputs?|reports?) (?:from|by) )?"
        rf"(?:the )?{name}\W*$",
        r"(?:\b[Bb]y|\b[Ss]ource:|\b[Vv]ia|©|\(c\)|[Cc]opyright|[Cc]redit:)\s+(?:\d{4} )?(?:the )?"
        rf"{name}",
    )
    return re.compile(
        "|".join(f.replace("NAME", f"n{i}") for i, f in enumerate(forms)),
        re.MULTILINE,
    )


def credited_agency(annotation: Annotation) -> str | None:
    """The agency whose copy the article says it is, or None.

    "The agency contributed to this report" is no such credit; nor is a mention in a sentence.
    """
    text = annotation.article.text
    for part in (text[:_HEAD], text[max(_HEAD, len(text) - _TAIL) :]):
        for match in _credit().finditer(part):
            name = next(value for value in match.groups() if value)
            return agencies()[name.casefold()]
    return None
