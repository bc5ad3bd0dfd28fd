"""What the numbers of a claim count or measure: noun, fate, way, phase, and whether they are a part."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace

from variorum.compare.comparators.finding import content, per_view
from variorum.compare.sides import stem
from variorum.compare.views import View, words_of
from variorum.lexicon import table, words
from variorum.model import Quantity, Span
from variorum.values.numbers import Amount

_BEHIND = 2  # a word before a number is as near to it as one twice as far behind it
_NEAR = 3  # words around a number that may say that it is a part, or of which phase
_CLAUSE = 8  # words before it that may say of which phase it is
_AROUND = 60  # characters that hold them
_NOBODY = re.compile(r"\b(?:no[ -]one|nobody|none(?! of))\b", re.IGNORECASE)
_ELSE = frozenset(("else", "other"))
_SO_FAR = re.compile(
    r"\b(?:so far|as yet|yet|as of|until now|for now|at th(?:e|at|is) (?:time|stage|moment))\b"
)
_ANOTHER = re.compile(r"\b(?:first|second|third|other|another|earlier|previous|later)\b")
_SURVIVORS, _ALIVE = "survivor", "alive"


@dataclass(frozen=True, slots=True)
class Counted:
    """A number and what is known of the thing that it counts or measures.

    `fate` is what befell the counted ("dead", "hurt", …), `noun` the stem of what is counted, `way` whether
    something rises or falls by it; each empty where nothing is said. `people` marks counts of people, `kind`
    says whether of some kind of them ("women") or of all ("people"). `confirmed` is a count that is open
    above ("at least"), `partial` one of a part or of further ones, `phase` the version that it is of.
    `follows` is the word behind it, `bare` a number of nothing told, `vague` one like "several".
    """

    quantity: Quantity
    amount: Amount
    fate: str
    noun: str
    way: str
    people: bool
    kind: str
    confirmed: bool
    partial: bool
    phase: str
    follows: str
    bare: bool
    vague: bool


@per_view
def counted(view: View) -> tuple[Counted, ...]:
    """The numbers of a claim that have a bound, in order, "nobody" with a fate being nought."""
    told = [_read(q, view) for q in view.quantities if q.min is not None or q.max is not None]
    return (*(_nought(x, view) if x.quantity.max == 0 else x for x in told), *_nobody(view))


def _nought(x: Counted, view: View) -> Counted:
    """A count of none: of those of whom none are, in the event and up to the time that its words name.

    "None of the guests" are no guests, but perhaps not nobody. "No survivors" are none who lived.
    """
    said = view.text.lower()
    phase = "so far" if _SO_FAR.search(said) else "another" if _ANOTHER.search(said) else ""
    whole = x.follows == "of" and bool(x.noun)
    return replace(
        x,
        fate=_ALIVE if x.quantity.of == _SURVIVORS else x.fate,
        partial=x.partial and not whole,
        kind="some" if whole and x.kind != "all" else x.kind,
        follows="" if whole else x.follows,
        phase=x.phase or phase,
    )


def _nobody(view: View) -> Iterator[Counted]:
    """Nought for each "no one" of whom a fate is denied in so many words: "no one has been arrested"."""
    if view.claim.polarity != "negative" or view.claim.certainty != "certain":
        return
    kinds, start = table("fates.txt"), view.ref.span.start
    for match in _NOBODY.finditer(view.text):
        behind = words_of(view.text[match.end() :])
        at = next((n for n, w in enumerate(behind) if w in kinds), None)
        if at is None or content(behind[:at]) or not _ELSE.isdisjoint(behind[:at]):
            continue
        quantity = Quantity(Span(start + match.start(), start + match.end()), 0, 0)
        read = replace(_read(quantity, view), fate=kinds[behind[at]][0], people=True, bare=False)
        yield _nought(read, view)


def _read(q: Quantity, view: View) -> Counted:
    text, span = view.article_text, view.ref.span
    behind = words_of(text[q.span.end : min(span.end, q.span.end + _AROUND)])
    before = words_of(text[max(span.start, q.span.start - _AROUND) : q.span.start])
    noun, people = (q.of or "").lower(), table("people.txt")
    fate = _fate(q, view)
    kinds = table("fates.txt")
    confirmed = q.max is None and view.quote_of(q.span).lower().startswith("at least")
    if not noun and not (_beside(before, behind, kinds)):
        fate = ""
    return Counted(
        quantity=q,
        amount=Amount.of(q),
        fate=fate,
        noun=stem(noun),
        way=_way(before, behind),
        people=noun in people
        or noun in kinds
        or noun in words("role-heads.txt")
        or (not noun and q.unit is None and bool(fate)),
        kind="".join(people.get(noun, ())),
        confirmed=confirmed,
        partial=_partial(before, behind),
        phase=_phase(before, behind),
        follows=behind[0] if behind else "",
        bare=not noun and q.unit is None and not fate,
        vague=q.max is None and not confirmed and view.quote_of(q.span).lower() in words("vague-counts.txt"),
    )


def _beside(before: tuple[str, ...], behind: tuple[str, ...], kinds: Container[str]) -> bool:
    """Whether a number without a noun counts people: "12 dead", "killing 12", "12 were hurt"."""
    told = any(w in kinds for w in (*before[-1:], *behind[:2]))
    return told or not words("after-counts.txt").isdisjoint(behind[:1])


def _fate(q: Quantity, view: View) -> str:
    """What befell them, by the nearest word that says so."""
    if q.unit is not None:
        return ""
    kinds = table("fates.txt")
    best, nearest = "", float("inf")
    start, end = q.span.start - view.ref.span.start, q.span.end - view.ref.span.start
    for word, at in _fateful(view):
        gap = at - end if at >= end else _BEHIND * (start - at)
        if gap < nearest:
            best, nearest = kinds[word][0], gap
    return best


@per_view
def _fateful(view: View) -> tuple[tuple[str, int], ...]:
    kinds = table("fates.txt")
    if kinds.keys().isdisjoint(view.words):
        return ()
    text, at, found = view.text.lower(), 0, []
    for word in view.words:
        place = text.find(word, at)
        if place >= 0:
            at = place + len(word)
            if word in kinds:
                found.append((word, place))
    return tuple(found)


def _way(before: tuple[str, ...], behind: tuple[str, ...]) -> str:
    ways = table("changes-of-value.txt")
    near = [*reversed(before[-2 * _NEAR :]), *behind[:1]]
    return next((ways[w][0] for w in near if w in ways), "")


def _partial(before: tuple[str, ...], behind: tuple[str, ...]) -> bool:
    """Whether it counts some of them, further ones, or each: "a further 12", "12 of us", "$9 a share"."""
    kinds = table("further.txt")
    if behind[:1] == ("of",) or any(w in kinds and kinds[w][0] == "before" for w in before[-_NEAR:]):
        return True
    if behind[:1] in (("a",), ("an",)) and len(behind) > 1:
        return True
    return any(w in kinds and kinds[w][0] == "after" for w in behind[:2])


def _phase(before: tuple[str, ...], behind: tuple[str, ...]) -> str:
    kinds = table("phases.txt")
    near = [*reversed(before[-_CLAUSE:]), *behind[:_NEAR]]
    return next((kinds[w][0] for w in near if w in kinds), "")
