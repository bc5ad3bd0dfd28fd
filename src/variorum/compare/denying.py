"""What a claim denies, and whether it asserts something that could be denied."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from variorum.compare.comparators.finding import per_view
from variorum.compare.participants import named, source, unnamed
from variorum.compare.sides import stem
from variorum.compare.views import View, words_of
from variorum.lexicon import rows, table, words

_NOUN_OF_DEED = re.compile(r"(?<=\w{3})(?:(?:ing|ation|ment)s?|e|s)$")
_LEAD = 8  # words between a verb of denying and what it denies
_OBJECT = 4  # words behind that verb among which stands what is withheld
_NEAR, _BROUGHT_IN, _CALLED = 120, 6, 3  # characters around a claim, words before and behind it
_BE = frozenset(("be", "been", "being", "is", "are", "was", "were", "'s"))
_NOT_BE = frozenset(("isn't", "wasn't", "aren't", "weren't"))
_IDLE_VERBS = frozenset(("be", "have", "become", "remain", "seem", "say", "tell"))
_SPEAKER = frozenset(("i", "we"))
_FURTHER = frozenset(
    ("that", "of", "about", "concerning", "regarding", "he", "she", "it", "they", "in", "over")
)
_RECALLING = frozenset(("these", "those", "such", "this", "that", "it"))
_WHOSE = frozenset(("her", "his", "their", "your", "my", "our"))
_OPEN = frozenset(("to", "if", "whether", "should"))


@dataclass(frozen=True, slots=True)
class Denial:
    """What a claim denies.

    `what` are the roots of its words, and `deeds` those of them that are deeds; without words it points back
    ("denied the charges"). `denier` are the names of whoever denies it, `own` says that it is denied of them,
    and not that it happened; `at_large` that it is of what is said by whoever ("the allegations", not "her
    claims").
    `matter` says that it points to what was just told, and not to what is called a charge or a report.
    `recalls` says that its account must have told it ("those reports").
    `by` is the stem of the noun by which whoever denies is called.
    `text` are the article's words from the word of denying on.
    """

    what: frozenset[str] = frozenset()
    deeds: frozenset[str] = frozenset()
    denier: frozenset[str] = frozenset()
    own: bool = False
    at_large: bool = False
    matter: bool = False
    recalls: bool = False
    by: str = ""
    text: str = ""


@per_view
def denial(view: View) -> Denial | None:
    """What a claim denies; None where it denies nothing that was said of anybody."""
    for read in (_under_denying, _denying, _called_untrue, _not_guilty, _absent, _of_oneself):
        found = read(view)
        if found is not None:
            return found
    return None


@per_view
def asserts(view: View) -> bool:
    """Whether a claim says that something is so, be it as an accusation, and its account does not deny it."""
    if view.introduces or not (view.claim.predicate or accuses(view)):
        return False
    if view.claim.polarity == "negative" or not words("negations.txt").isdisjoint(view.words):
        return False
    return not {*view.words[:1]} & _OPEN and not _told_as_denied(view)


@per_view
def accuses(view: View) -> bool:
    """Whether it accuses somebody, or calls something alleged."""
    said = (*view.words, *_cues(view))
    listed = [table("accusing.txt").get(w, ("",)) for w in said]
    return any(how in ("verb", "adjective") and set(needed) <= set(said) for how, *needed in listed)


@per_view
def told(view: View) -> frozenset[str]:
    """The roots of all that a claim says."""
    return _with_broader(_roots(view.claim.terms or view.words))


@per_view
def deeds_of(view: View) -> frozenset[str]:
    """The roots of the deeds that a claim states: of its predicate and its nouns; of an accusation all."""
    if accuses(view):
        return told(view)
    heads = tuple(w for w in (view.agent, view.patient, view.predicate) if w)
    return _with_broader(_deed(view) | _events(heads))


def done_to(view: View, deeds: frozenset[str]) -> bool:
    """Whether a claim's predicate is one of some deeds, done to somebody or something."""
    return bool(view.patient) and not _deed(view).isdisjoint(deeds)


# Ways of denying


def _under_denying(view: View) -> Denial | None:
    """What stands under a verb of denying: "(denied) that its troops had shelled the dam"."""
    said = view.attribution
    if said is None or not said.cue or said.cue[-1].end > view.ref.span.start:
        return None
    kinds = {_kind(w) for w in _cues(view)}
    between = words_of(view.article_text[said.cue[-1].end : view.ref.span.start])
    if "verb" not in kinds and not ("claims" in kinds and _nouns(between)):
        return None
    if len(between) > _LEAD or _withheld((*between, *view.words)):
        return None
    own = bool(view.agent) or "that" not in between
    return _denied(view.claim.terms, _deed(view) | _events(view.claim.terms), view, own)


def _denying(view: View) -> Denial | None:
    """A verb of denying with its object: "denied any role in the shelling", "rejected the accusations"."""
    kind, at = _kind(view.predicate), view.claim.predicate
    if kind not in ("verb", "claims") or view.claim.polarity == "negative" or at is None:
        return None
    before = words_of(view.article_text[view.ref.span.start : at.start])
    behind = words_of(view.article_text[at.end : view.ref.span.end])
    passive = not _BE.isdisjoint(before[-2:])
    said = before if passive else behind
    nouns = _nouns(said)
    if _withheld(said) or not words("unsettled.txt").isdisjoint(before):
        return None
    if (passive or kind == "claims") and not nouns:
        return None
    terms = _among(view.claim.terms, said)
    if nouns or _points(said):
        found = _denied(terms, _events(terms), view, own=False)
        return found or (_pointing(view) if _points(said) and not _goes_on(view) else None)
    return _denied(terms, _events(terms), view, own=True)


def _called_untrue(view: View) -> Denial | None:
    """What is said to be untrue: "the charges are false", "called the reports of shelling baseless"."""
    at = next((n for n, w in enumerate(view.words) if _kind(w) == "word"), None)
    if at is None or view.claim.polarity == "negative" or view.words[at] in ("denial", "denials"):
        return None
    said = view.words[:at]
    if not (view.predicate == view.words[at] or at == len(view.words) - 1) or not _nouns(said):
        return None
    terms = _among(view.claim.terms, said)
    participles = {_root(w.removesuffix("ed")) for w in said if w.endswith("ed")}
    deeds = _events(terms) | (participles & _roots(terms))
    return _denied(terms, deeds, view, own=False) or (_pointing(view) if _points(said[-2:]) else None)


def _not_guilty(view: View) -> Denial | None:
    """A plea: "pleaded not guilty", "says he is innocent of the theft"."""
    guilty = "guilty" in view.words and view.lemma == "plead" and view.claim.polarity == "negative"
    if not guilty and (view.predicate != "innocent" or view.claim.polarity == "negative"):
        return None
    if "of" not in view.words:
        return _pointing(view)
    terms = _among(view.claim.terms, view.words[view.words.index("of") + 1 :])
    return _denied(terms, _roots(terms), view, own=True)


def _goes_on(view: View) -> bool:
    """Whether its sentence goes on to say what is denied: "dismissed reports (that it had sold oil)"."""
    return view.article_text[view.ref.span.end :].lstrip(" ")[:1].isalpha()


def _absent(view: View) -> Denial | None:
    """Something that did not take place: "the attack never happened", "this is not a swap"."""
    if view.claim.polarity != "negative" or not view.predicate or view.attribution is None:
        return None
    if not words("unsettled.txt").isdisjoint(view.words):
        return None
    if view.agent and _occurs(view):
        if _role(view.agent) in ("noun", "matter"):
            return _pointing(view)
        return _denied(view.claim.terms, _events((view.agent,)), view, own=False)
    said = view.words[: view.words.index(view.predicate)] if view.predicate in view.words else ()
    there = "there" in said and "no" in said
    is_not = view.agent in ("this", "it", "that", "") and _is_not(said)
    if there or is_not:
        return _denied(view.claim.terms, _events((view.predicate,)), view, own=False)
    return None


def _occurs(view: View) -> bool:
    """Whether the predicate says that its subject takes place, with the word that it needs for that."""
    needed = table("occurrence_verbs.txt").get(view.lemma)
    if needed is None or not set(needed) <= set(view.words) or {*view.words[:1]} & _OPEN:
        return False
    return view.predicate not in view.words or not _is(view.words[: view.words.index(view.predicate)])


def _is(said: Sequence[str]) -> bool:
    """Whether a form of "be" stands before a noun that looks like a verb: "this is not the result"."""
    return not (_BE | _NOT_BE).isdisjoint(said)


def _is_not(said: Sequence[str]) -> bool:
    at = next((n for n, w in enumerate(said) if w in _NOT_BE or w == "not"), None)
    return (
        at is not None
        and (said[at] in _NOT_BE or not _BE.isdisjoint(said[max(0, at - 1) : at]))
        and "the" not in said[at:]
        and len(said) - at <= _OBJECT
    )


def _of_oneself(view: View) -> Denial | None:
    """A deed that a speaker denies: "we have never shelled the dam"."""
    if view.claim.polarity != "negative" or view.attribution is None or view.agent not in _SPEAKER:
        return None
    if words("negations.txt").isdisjoint(view.words) or not words("unsettled.txt").isdisjoint(view.words):
        return None
    found = _denied(view.claim.terms, _deed(view), view, own=True)
    return found if found and len(found.what) > 1 else None


def _denied(terms: Sequence[str], deeds: frozenset[str], view: View, own: bool) -> Denial | None:
    denier = _denier(view)
    what = _roots(terms) - {stem(n) for n in denier}
    return (
        Denial(what | deeds, deeds, denier, own, _at_large(view), text=_text(view), by=_by(view))
        if deeds
        else None
    )


def _pointing(view: View) -> Denial:
    """A denial without words of its own."""
    recalls = not _RECALLING.isdisjoint(view.words)
    return Denial(denier=_denier(view), matter=not _nouns(view.words), recalls=recalls, text=view.text)


def _at_large(view: View) -> bool:
    cue = view.attribution.cue[-1].end if view.attribution and view.attribution.cue else view.ref.span.start
    said = (*view.words, *words_of(view.article_text[min(cue, view.ref.span.start) : view.ref.span.start]))
    return _nouns(said) and _WHOSE.isdisjoint(said)


def _text(view: View) -> str:
    """A claim's words, from the word of denying on where that stands shortly before it."""
    start = view.ref.span.start
    cues = view.attribution.cue if view.attribution else ()
    near = [
        c.start
        for c in cues
        if 0 <= start - c.start <= _NEAR and any(_kind(w) for w in words_of(view.quote_of(c))[-1:])
    ]
    return view.article_text[min((*near, start)) : view.ref.span.end]


def _points(said: Sequence[str]) -> bool:
    """Whether words name what was said and do not say what it was: "the charges", but not "reports that"."""
    if said in (("it",), ("this",), ("that",)):
        return True
    at = next((n for n, w in enumerate(said[:_OBJECT]) if _role(w) == "noun"), None)
    return at is not None and _FURTHER.isdisjoint(said[at + 1 : at + 2])


def _denier(view: View) -> frozenset[str]:
    """The names of whoever speaks, or stands before the verb."""
    at, agent = view.claim.predicate, view.claim.agent
    before = named(view.article_text[view.ref.span.start : at.start]) if at else frozenset()
    names = source(view) or before | (named(view.quote_of(agent)) if agent else frozenset())
    return names or frozenset(unnamed(by) for by in (_by(view),) if by)


def _by(view: View) -> str:
    """The stem of the noun by which whoever denies is called; empty for a pronoun."""
    said = view.attribution.source[0] if view.attribution and view.attribution.source else view.claim.agent
    last = words_of(view.quote_of(said))[-1:] if said else ()
    return "".join(stem(w) for w in last if w not in words("empty-words.txt"))


def _told_as_denied(view: View) -> bool:
    """Whether it stands under a word of denying, or its account goes on to call it untrue."""
    start, end, text = view.ref.span.start, view.ref.span.end, view.article_text
    before = words_of(re.split(r"[.!?;\n]", text[max(0, start - _NEAR) : start])[-1])
    behind = words_of(re.split(r"[.!?;,\n]", text[end : end + _NEAR])[0])
    within = (*view.words, *_cues(view), *before[-_BROUGHT_IN:])
    return any(_kind(w) for w in within) or any(_kind(w) == "word" for w in behind[:_CALLED])


# Words


@per_view
def _cues(view: View) -> tuple[str, ...]:
    cues = view.attribution.cue if view.attribution else ()
    return tuple(w for c in cues for w in words_of(view.quote_of(c)))


def _kind(word: str) -> str:
    return table("denials.txt").get(word, ("",))[0]


def _role(word: str) -> str:
    return table("accusing.txt").get(word, ("",))[0]


def _nouns(said: Sequence[str]) -> bool:
    return any(_role(w) == "noun" for w in said)


def _withheld(said: Sequence[str]) -> bool:
    return not words("withheld.txt").isdisjoint(said[:_OBJECT])


def _among(terms: Sequence[str], said: Sequence[str]) -> tuple[str, ...]:
    """The lemmas of some of a claim's words."""
    return tuple(t for t in terms if any(w.startswith(t[: max(3, len(t) - 1)]) for w in said))


def _deed(view: View) -> frozenset[str]:
    base = view.lemma
    idle = not base or base in _IDLE_VERBS or base in words("light_verbs.txt") or not base.isalpha()
    return frozenset() if idle else frozenset((_root(base),)) - _idle()


def _events(terms: Sequence[str]) -> frozenset[str]:
    nouns = words("event_nouns.txt") | _alike().keys()
    return frozenset(_root(t) for t in terms if t in nouns or t.removesuffix("s") in nouns) - _idle()


def _roots(terms: Sequence[str]) -> frozenset[str]:
    empty = words("empty-words.txt")
    return frozenset(_root(t) for t in terms if t not in empty and t.isalpha()) - _idle()


def _root(term: str) -> str:
    """What forms of one word, and words for one deed, have in common."""
    known = _alike()
    for form in (term, term.removesuffix("s")):
        if form in known:
            return known[form]
    return stem(_NOUN_OF_DEED.sub("", term))


@cache
def _alike() -> dict[str, str]:
    """The words of one deed with the root of the first of them."""
    found: dict[str, str] = {}
    for line, *_ in rows("deeds.txt"):
        listed = [w.strip() for w in line.split(",")]
        root = stem(_NOUN_OF_DEED.sub("", listed[0]))
        for word in listed:
            found.setdefault(word, root)
            found.setdefault(stem(_NOUN_OF_DEED.sub("", word)), root)
    return found


@cache
def _broader() -> dict[str, str]:
    """The roots of deeds with those of the deeds they fall under."""
    falling = (row for row in rows("deeds.txt") if len(row) > 1)
    return {_root(line.split(",")[0]): _root(under) for line, under in falling}


def _with_broader(roots: frozenset[str]) -> frozenset[str]:
    return roots | {_broader()[r] for r in roots if r in _broader()}


@cache
def _idle() -> frozenset[str]:
    listed = table("accusing.txt").keys() | table("denials.txt").keys() | words("negations.txt")
    return frozenset(map(_root, listed))
