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

_PICTURE = re.compile(
    r"\b(?i:photo\w*|pictures?|pictured|images?|video|caption|getty)\b|\bFILE\b|(?i:/\s*pool\b|\bpool via\b)"
)
_PICTURE_BEHIND = re.compile(r"(?<=\w)[\W_]{0,2}(?:photo|picture|image|video|pool)", re.I)

_HEAD, _TAIL = 400, 200  # characters of the text in which credits stand
_SHORT = 5  # words of a line that is a byline or a sign-off rather than a sentence
_BESIDE = 60  # characters before a credit that may say that it is a picture's


@cache
def agencies() -> dict[str, str]:
    """The forms of agencies' names, case-folded, with the name shown for each."""
    return {form.casefold(): row[0] for row in rows("agencies.txt") for form in row}


def is_generic(agency: str) -> bool:
    """Whether "agencies" are credited and none is named: two such credits need not be of one agency."""
    return agency == agencies()["agencies"]


def agency_named(name: str) -> str | None:
    """The agency that a source's name means: "the X news agency", "state agency X"; None for any other."""
    plain = name.removeprefix("the ").removeprefix("The ")
    match = _KIND_BEFORE.match(plain) or _KIND_BEHIND.match(plain)
    for form in (plain, match["name"] if match else ""):
        if form.casefold() in agencies():
            return agencies()[form.casefold()]
    return None


# A credit of the text, wherever it stands; {name} is an agency's.
_ALWAYS = (
    r"\({name}\)\s*[-–—:]",  # CITY (Agency) -
    r"^\W*{name}\s*[-–—|:]",  # Agency - | Agency:
    r"^[^\w©]*{name}\W*$",  # a line of its own
    r"^\W*(?:(?:[Rr]eport(?:ing)?|[Ww]ritten|[Ss]tory)\s+)?(?:[Bb]y|[Vv]ia)\s+(?:the )?{name}",
    r"\b[Ss]ource:\s+(?:the )?{name}",
    r"\d:\d\d\s*(?:\(|[Bb]y\s+){name}",  # Updated: 3 May 09:50 (Agency)
    # "With files from Agency"
    r"\b[Ww]ith (?:(?:more |additional )?(?:files|reporting|material|inputs?|reports?) (?:from|by) )"
    r"(?:the )?{name}\W*$",
)
# Only in a line of few words: a caption of a picture and a sentence may end so too.
_IN_SHORT_LINES = (
    r"[-–—,(]\s*{name}\)?\W*$",
    r"\b[Ww]ith (?:the )?{name}\W*$",
    r"\b[Vv]ia (?:the )?{name}\W*$",
)
# Only in the last lines: above, it is a picture's.
_LATE = (r"[-–—(]\s*{name}\)?\W*$", r"(?:©|\(c\)|[Cc]opyright|\b[Vv]ia)\s+(?:\d{4} )?(?:the )?{name}")


@cache
def _credit(forms: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(
        re.escape(form) for row in rows("agencies.txt") for form in sorted(row, key=len, reverse=True)
    )
    return re.compile("|".join(f.replace("{name}", rf"(?P<n{i}>{names})(?!\w)") for i, f in enumerate(forms)))


def credited_agency(annotation: Annotation) -> str | None:
    """The agency whose copy the article says it is, or None.

    "The agency contributed to this report" is no such credit; nor is a mention in a sentence, nor whom a
    picture is from.
    """
    text = annotation.article.text
    lines = [(m.start(), m[0]) for m in re.finditer(r"[^\n]*\S[^\n]*", text)]
    for n, (start, line) in enumerate(lines):
        late = n == len(lines) - 1 or (start >= _HEAD and start + len(line) > len(text) - _TAIL)
        if start < _HEAD or late:
            agency = _credited(line if late else line[:_HEAD], late)
            if agency:
                return agency
    return None


def _credited(line: str, late: bool) -> str | None:
    short = len(line.split()) <= _SHORT
    forms = _ALWAYS + (_IN_SHORT_LINES if short else ()) + (_LATE if late else ())
    for match in _credit(forms).finditer(line):
        before = re.split(r"[.!?]\s", line[max(0, match.start() - _BESIDE) : match.end()])[-1]
        if not (_PICTURE.search(before) or _PICTURE_BEHIND.match(line, match.end())):
            return agencies()[next(value for value in match.groups() if value).casefold()]
    return None
