"""What one account affirms and the other denies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from variorum.compare.comparators.finding import (
    Finding,
    about,
    content,
    likeness,
    marked,
    names,
    per_view,
    same_deed,
    strangers,
)
from variorum.compare.sides import stem
from variorum.compare.views import View, word_spans, words_of
from variorum.lexicon import rows, table, words

_SURE = 0.5  # share of a denial's words that the denied statement has
_NEGATED = 0.4  # share of the shorter clause's words that a clause and its negation have in common
_OPPOSED = 0.5  # the same for clauses that say opposite things
_ENOUGH = 3  # words of a statement that a denial without words of its own must have before it
_CONTEXT = 400  # characters before a short denial in which that is looked for
_TOLD_BEFORE = 0.75  # share of a statement's words found there
_SENTENCE = 120  # characters around a statement that may hold a word of denying it
_BROUGHT_IN, _CALLED = 6, 3  # words before, and behind, among which that word stands
_CLOSE = 2  # words behind a predicate within which a negation is of it
_IN_COMMON = 2  # stems that a clause and its negation share
_NOBODY = frozenset(("no-one", "nobody", "none"))


@dataclass(frozen=True, slots=True)
class _Said:
    """How a claim stands to its fact.

    `negated`: its predicate is negated; `touched`: something in it is. `denial`: it denies something said;
    `wary`: it may. `fact` is what it says or denies, as stems, `denied` what stands
    behind a word of denying; `bounded` marks clauses that hold for a time
    or under a condition ("until", "since", "if"). `sides` are its words that have opposites, by `_opposites`.
    """

    negated: bool
    touched: bool
    denial: bool
    wary: bool
    fact: frozenset[str]
    denied: frozenset[str]
    bounded: bool
    sides: frozenset[tuple[int, int]]


@per_view
def _said(view: View) -> _Said:
    cues = view.attribution.cue if view.attribution else ()
    said = {w for c in cues for w in words_of(view.quote_of(c))}
    denial = _denies(view, said)
    idle = words("claim-nouns.txt") | table("denials.txt").keys() | words("negations.txt")
    return _Said(
        negated=view.claim.polarity == "negative" and _reaches(view),
        touched=view.claim.polarity == "negative" or not words("negations.txt").isdisjoint(view.words),
        denial=denial,
        wary=not table("denials.txt").keys().isdisjoint({*view.words, *said}),
        fact=about(view) - {stem(w) for w in idle} if denial else about(view),
        denied=_object(view) - {stem(w) for w in idle} if denial else frozenset(),
        bounded=not words("bounding-words.txt").isdisjoint(view.words),
        sides=frozenset(s for w in view.words if w in _opposites() for s in _opposites()[w]),
    )


def _reaches(view: View) -> bool:
    """Whether a negation stands where it reaches the predicate: before it, or close behind.

    "He did not sail" and "he had no licence", but not "a reminder to guests in the town not to sail".
    """
    negations = [n for n, w in enumerate(view.words) if w in words("negations.txt")]
    if view.claim.predicate is None:
        return bool(negations)
    head = view.claim.predicate.start - view.ref.span.start
    at = sum(span.end <= head for span in word_spans(view.text))
    return any(n <= at + _CLOSE for n in negations)


def _denies(view: View, cues: set[str]) -> bool:
    kinds = table("denials.txt")
    if any(w in kinds and kinds[w][0] == "word" for w in view.words):
        return True
    how = {kinds[w][0] for w in (*cues, view.predicate) if w in kinds}
    return "verb" in how or ("claims" in how and not words("claim-nouns.txt").isdisjoint(view.words))


def _object(view: View) -> frozenset[str]:
    """What is denied, as stems: all behind a verb of denying, or what is called untrue."""
    kinds = table("denials.txt")
    at = next((n for n, w in enumerate(view.words) if w in kinds and kinds[w][0] != "word"), -1)
    return content(view.words[at + 1 :])


@cache
def _opposites() -> dict[str, tuple[tuple[int, int], ...]]:
    """Words with the numbers of their lines and the side on which they stand."""
    found: dict[str, tuple[tuple[int, int], ...]] = {}
    for line, sides in enumerate(rows("opposites.txt")):
        for side, listed in enumerate(sides):
            for word in listed.split(","):
                found[word.strip()] = (*found.get(word.strip(), ()), (line, side))
    return found


def compare(a: View, b: View) -> Finding | None:
    """A clause and its negation contradict, and so do a statement and its denial; two denials are left be.

    A negation must be of the same verb in clauses that are alike. A denial may be much shorter than what it
    denies; where it says no more than "denied it", it is of what its account told just before. Words that
    say opposite things of one subject contradict as well.
    """
    x, y = _said(a), _said(b)
    if x.denial != y.denial and not (x.wary and y.wary):
        return _denied(a, b, _both(a, b)) if y.denial else _denied(b, a, _both(a, b))
    if x.denial or y.denial:
        return None
    if x.negated != y.negated and not (x.touched and y.touched):
        return _negated(a, b, _both(a, b))
    if (
        x.sides
        and y.sides
        and not (x.touched or y.touched)
        and _opposed(x, y)
        and _alike(x, y)
        and not strangers(a, b)
    ):
        return Finding("contradict", "polarity", f"{_both(a, b)}: each says the opposite", 0.7)
    return None


def _both(a: View, b: View) -> str:
    return f"{_text(a)} / {_text(b)}"


@per_view
def _text(view: View) -> str:
    return marked(view.text)


def _denied(statement: View, denial: View, how: str) -> Finding | None:
    x, y = _said(statement), _said(denial)
    if x.negated or y.negated or _told_as_denied(statement):
        return None
    own = y.denied - names(denial)
    if own:
        if own & x.fact and len(y.fact & x.fact) >= _SURE * len(y.fact):
            return Finding("contradict", "polarity", f"{how}: one affirms what the other denies", 0.9)
    elif len(x.fact & _before(denial)) >= max(_ENOUGH, _TOLD_BEFORE * len(x.fact)):
        return Finding("contradict", "polarity", f"{how}: one affirms what the other denies", 0.7)
    return None


@per_view
def _told_as_denied(view: View) -> bool:
    """Whether its own account brings it in as what is denied, or goes on to call it untrue."""
    kinds = table("denials.txt")
    start, end, text = view.ref.span.start, view.ref.span.end, view.article_text
    before = words_of(re.split(r"[.!?;\n]", text[max(0, start - _SENTENCE) : start])[-1])
    behind = words_of(re.split(r"[.!?;,\n]", text[end : end + _SENTENCE])[0])
    return any(w in kinds for w in before[-_BROUGHT_IN:]) or any(
        kinds.get(w, ("",))[0] == "word" for w in behind[:_CALLED]
    )


@per_view
def _before(view: View) -> frozenset[str]:
    """What its account told just before a claim."""
    start = view.ref.span.start
    return content(words_of(view.article_text[max(0, start - _CONTEXT) : start]))


def _negated(a: View, b: View, how: str) -> Finding | None:
    x, y = _said(a), _said(b)
    shared = x.fact & y.fact
    if x.bounded or y.bounded or strangers(a, b):
        return None
    if _open(a) or _open(b):
        return None
    if same_deed(a, b) and _of_all(*((x, a, y) if x.negated else (y, b, x))):
        return Finding("contradict", "polarity", f"{how}: one affirms what the other denies", 0.9)
    if len(shared) < _IN_COMMON:
        return None
    if same_deed(a, b) and likeness(x.fact, y.fact) >= _NEGATED:
        return Finding("contradict", "polarity", f"{how}: one affirms what the other denies", 0.9)
    if likeness(x.fact, y.fact) >= _NEGATED:
        return Finding("compatible", "polarity", f"{how}: one seems to deny what the other affirms", 0.2)
    return None


def _of_all(denial: _Said, view: View, statement: _Said) -> bool:
    """Whether "nobody" is denied a deed, and nothing narrows that down but what the statement says too."""
    if _NOBODY.isdisjoint((*view.words, *map("-".join, pairwise(view.words)))) or "else" in view.words:
        return False
    denied = denial.fact - _NOBODY - {"no", "one"}
    return bool(denied) and denied <= statement.fact


def _open(view: View) -> bool:
    """Whether a claim states nothing that a negation could deny: "to sail", "will (or will not) sail"."""
    either = any(x == "or" and y in words("negations.txt") for x, y in pairwise(view.words))
    return either or view.words[:1] == ("to",)


def _opposed(x: _Said, y: _Said) -> bool:
    """Whether some line's words stand on one side in one claim and on the other in the other."""
    return any(
        (line, 1 - side) in y.sides and (line, 1 - side) not in x.sides and (line, side) not in y.sides
        for line, side in x.sides
    )


def _alike(x: _Said, y: _Said) -> bool:
    return len(x.fact & y.fact) > 1 and likeness(x.fact, y.fact) >= _OPPOSED
