"""Finds what in a text is no part of the account: datelines, credits, counters of galleries, links, handles.

Everything is found by its form, or by the phrases in `data/boilerplate.txt`. Nothing is cut out: the text
stays as it is, sentences end where such a stretch begins and ends, and no claim holds one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache

from variorum.annotate.picture_credits import picture_credits
from variorum.lexicon import rows, words
from variorum.model import Span

LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")
_BETWEEN = re.compile(r"[\s.,;:|•*)\]_-]*")
_BEGINNING = re.compile(r"^|(?<=[.!?…])[\"”’)]?\s+")
_END = re.compile(r"[.!?…][\"”’)]?(?=\s|$)|$")  # as `_BEGINNING` has it, or the search is quadratic
_BODY = 5  # the lines among which the body of an account begins
_LONGEST_PHRASE = 80
_LONGEST_SENTENCE = 200  # letters; a longer one tells something, however it begins

# "PORT ELLA, Arvia (Agency) -", "LONDON —", "FILE -": where and by whom, before the first sentence
_DATELINE = re.compile(
    r"(?:[A-Z][\w .,'’/-]{1,60})?\([A-Z][\w .]{1,30}\)\s{0,2}[-–—]{1,2}\s"
    r"|[A-Z][A-Z .'’/-]{2,40}(?:, [\w .]{2,30}){0,2}\s[-–—]{1,2}\s"
    r"|File [-–—]{1,2}\s"
)
# "Port Ella – A ship ...": only in the first lines, only before a whole sentence without another dash
_PLAIN_DATELINE = re.compile(
    r"[A-Z][a-z]{2,20}(?: [A-Z][a-z]{1,20}){0,2}(?:, [A-Z][\w.]{1,15}(?: [A-Z]\w{1,15})?)? [-–—]{1,2} "
    r"(?=[A-Z“\"‘][^–—]{30,}$)(?=.*[.!?…][\"”’)]?$)"
)
_POST = re.compile(
    r"(?:https?://)?(?:pic\.twitter\.com|(?<!\w)t\.co)/\w+?(?=pic\.twitter|\W|$)"
    r"|(?:[—–―]|--) ?[^—–()]{1,50} \(@\w{1,30}\)"
    r"(?: [A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}| \d{1,2} [A-Z][a-z]{2,8}\.? \d{4})?"
    r"|A post shared by .{1,80}? on [A-Z][a-z]{2} \d{1,2}, \d{4}(?: at [\d:]{3,5} ?[apAP][mM](?: [A-Z]{3})?)?"
    r"|[\[(](?:VIDEO|PHOTO|GRAPHIC|WATCH|LISTEN|PICTURE)S?(?:[,/& +]{1,3}(?:VIDEO|PHOTO|GRAPHIC)S?)?[\])]"
    r"|(?:https?://|(?<!\w)www\.)\S{1,300}$"
)
_STAMP = re.compile(
    r"(?:^[A-Z][\w ]{1,30}\| )?(?<!\w)(?i:last updated|last modified|updated|published|posted|modified): "
    r".{0,20}?\d.{0,80}$"
)
_BYLINE = re.compile(
    r"(?:By|BY) [A-Z][\w.'’-]{0,20}(?: [A-Z][\w.'’-]{0,20}){1,3}"
    r"(?:(?:,| and| &) [A-Z][\w.'’-]{0,20}(?: [A-Z][\w.'’-]{0,20}){0,3}){0,3}"
    r"(?:,? (?:in|at|for) [A-Z][\w.'’ -]{1,30})?"
)
_STAFF = re.compile(
    r"\(?(?:(?:Additional|Further) )?(?:[Rr]eporting|Writing|Editing|Compiled) by [A-Z]"
    r"(?!.{0,300}\b(?:found|finds|that|has|had|was|were|is|are|show(?:s|ed)|reveal(?:s|ed)|suggest(?:s|ed))\b).{0,300}$"
)
_RIGHTS = re.compile(r"(?:©|Copyright|\([cC]\))\s?(?:©|\([cC]\))?\s?\d{4}.{0,120}")
_GOES_ON = re.compile(r"\s*[^\W\d_]")
_COUNTER = re.compile(r"(?:^|(?<=\s))(\d{1,3})/(\d{1,3})(?=\s+[A-Z\d]|\s*$)")

Bounds = tuple[int, int]


@lru_cache(maxsize=8)
def boilerplate(text: str) -> tuple[Span, ...]:
    """What in a text is no part of the account, in order, disjoint, each within one line.

    Linear in the text. The last few texts are kept, as the parser and the claims both ask.
    """
    lines = [(m.start() + _indent(m.group()), m.group().strip()) for m in LINE.finditer(text)]
    lines = [(start, line) for start, line in lines if line]
    counters = _counters([line for _, line in lines])
    counters.append([])
    found: list[Span] = []
    for number, (start, line) in enumerate(lines):
        captioned = any(first == 0 for first, _ in counters[number + 1])
        parts = _parts(line, number < _BODY, counters[number], captioned)
        found.extend(Span(start + first, start + last) for first, last in _joined(line, parts))
    return tuple(found)


def outside(spans: tuple[Span, ...], start: int, end: int) -> Bounds:
    """These bounds up to the first boilerplate in them, or behind the one in which they begin.

    Args:
        spans: disjoint, in order.
        start: where something begins.
        end: where it ends.
    """
    for n in range(bisect_right(spans, start, key=lambda s: s.end), len(spans)):
        s = spans[n]
        if s.start >= end:
            break
        if s.start > start:
            return start, s.start
        start = min(s.end, end)
    return start, end


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _counters(lines: list[str]) -> list[list[Bounds]]:
    """The counters of galleries in each line: "3/8", where the next or the last stands there too."""
    found = [[(m.start(), m.end(), int(m[1]), m[2]) for m in _COUNTER.finditer(line)] for line in lines]
    numbers: dict[str, set[int]] = defaultdict(set)
    for _, _, number, of in (c for here in found for c in here):
        if 1 <= number <= int(of):
            numbers[of].add(number)
    return [
        [(s, e) for s, e, n, of in here if n in numbers[of] and {n - 1, n + 1} & numbers[of]]
        for here in found
    ]


def _parts(line: str, opens: bool, counters: list[Bounds], captioned: bool) -> Iterator[Bounds]:
    """The stretches of a line, in no order; they may overlap."""
    if _is_whole(line):
        yield 0, len(line)
        return
    dateline = _DATELINE.match(line) or (opens and (_PLAIN_DATELINE.match(line) or _tagged().match(line)))
    if dateline:
        yield dateline.span()
    yield from counters
    for pattern in (_POST, _STAMP):
        yield from (m.span() for m in pattern.finditer(line))
    yield from picture_credits(line, counters, captioned)
    for begin in _BEGINNING.finditer(line):
        staff = _STAFF.match(line, begin.end())
        if staff:
            yield staff.span()
            break
        last = _END.search(line, begin.end())
        if last and _is_sentence(line[begin.end() : last.end()], begins=not begin.end()):
            yield begin.end(), last.end()
    yield from _phrases(line)


@cache
def _tagged() -> re.Pattern[str]:
    """A dateline that ends with an organisation in brackets: "(CNN) The", "Port Ella, Arvia (CNN) The"."""
    names = "|".join(sorted(re.escape(n.upper()) for n in words("news_organisations.txt") if len(n) < 6))
    return re.compile(
        r"(?:[A-Z][\w.'’-]{0,20}(?: [A-Z]\w{0,20}){0,2}, [A-Z][\w.]{0,20}(?: [A-Z]\w{0,20})? )?"
        rf"\((?:{names}|Reuters|Xinhua)\) (?=[A-Z“\"‘])"
    )


def _is_whole(line: str) -> bool:
    if len(line) > _LONGEST_SENTENCE:
        return False
    return bool(_BYLINE.fullmatch(line)) or _small(line).rstrip(" :.!…") in _entries("alone")


def _is_sentence(sentence: str, begins: bool) -> bool:
    """Whether a sentence speaks to the reader of the page: "Sign up to our newsletter".

    One that `begins` a line may lead on to another page, too: "Related: ...".
    """
    if len(sentence) > _LONGEST_SENTENCE:
        return False
    small = _small(sentence)
    if _RIGHTS.fullmatch(sentence) or any(small.startswith(p) for p in _entries("sentence")):
        return True
    if begins and any(small.startswith(p) for p in _entries("line")):
        return True
    if not sentence[:1].isupper():
        return False
    asks = any(small.startswith(p + " ") for p in _entries("imperative"))
    return asks and bool(_objects().search(small))


def _small(words_: str) -> str:
    return words_.casefold().replace("’", "'")


@cache
def _entries(reach: str) -> tuple[str, ...]:
    return tuple(words for words, how in rows("boilerplate.txt") if how == reach)


@cache
def _objects() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, _entries('object')))})(?!\w)")


@cache
def _phrase() -> re.Pattern[str]:
    longest_first = sorted(_entries("phrase"), key=len, reverse=True)
    return re.compile(
        rf"(?:{'|'.join(map(re.escape, longest_first))})(?!\w)(?: \d{{1,3}} of \d{{1,3}})?[:.…]*", re.I
    )


def _phrases(line: str) -> Iterator[Bounds]:
    """The phrases at both ends of a line; behind one that begins it a new sentence must begin."""
    at = 0
    while m := _phrase().match(line, at):
        word = _GOES_ON.match(line, m.end())
        if word and word[0][-1].islower():
            break
        yield m.span()
        at = m.end()
    tail = max(at, len(line) - _LONGEST_PHRASE)
    for m in _phrase().finditer(line, tail):
        if m.end() == len(line) and m.start() and line[m.start() - 1].isspace() and m[0][0].isupper():
            yield m.span()


def _joined(line: str, parts: Iterator[Bounds]) -> list[Bounds]:
    """The stretches in order, joined where no word stands between them, with the marks behind them."""
    joined: list[list[int]] = []
    for first, last in sorted(parts):
        if joined and (first <= joined[-1][1] or _BETWEEN.fullmatch(line, joined[-1][1], first)):
            joined[-1][1] = max(last, joined[-1][1])
        else:
            joined.append([first, last])
    ends = ((first, _BETWEEN.match(line, last)) for first, last in joined)
    return [(first, behind.end()) for first, behind in ends if behind]
