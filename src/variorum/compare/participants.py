"""The names in a claim and of its source, nations as their codes, and who does what it says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from variorum.compare.comparators.finding import per_view
from variorum.compare.parties import nation_words, party_key
from variorum.compare.sides import stem
from variorum.compare.views import View
from variorum.lexicon import table, words

_NAME = re.compile(r"\b[A-Z][\w-]*")
_VALUES = frozenset(("DATE", "TIME", "CARDINAL", "ORDINAL", "QUANTITY", "MONEY", "PERCENT"))
_LONG_SOURCE = 12  # words from which a source names others too
_PRONOUNS = frozenset(("he", "she", "they", "it", "who", "which"))


@dataclass(frozen=True, slots=True)
class Doer:
    """Who does what a claim says: a pronoun, names, the root of a noun; of an accusation the `accused`."""

    pronoun: bool
    names: frozenset[str]
    root: str
    accused: frozenset[str]


@per_view
def parties(view: View) -> frozenset[str]:
    """The names in a claim."""
    found = (named(view.quote_of(e.span)) for e in view.entities if e.label not in _VALUES)
    return frozenset[str]().union(*found)


@per_view
def source(view: View) -> frozenset[str]:
    """The names of whoever says a claim; none where the account itself does."""
    if view.attribution is None:
        return frozenset()
    said = " ".join(view.quote_of(s) for s in view.attribution.source)
    words_ = said if len(said.split()) < _LONG_SOURCE else ""
    return named(f"{words_} {view.attribution.speaker or ''}")


@per_view
def doer(view: View) -> Doer:
    """Who does what a claim says, or is accused by it."""
    agent = view.quote_of(view.claim.agent) if view.claim.agent else ""
    patient = view.quote_of(view.claim.patient) if view.claim.patient else ""
    near = frozenset[str]()
    for e in view.entities:
        if view.claim.agent and e.span.overlaps(view.claim.agent):
            near |= named(view.quote_of(e.span))
    root = "" if agent[:1].isupper() else stem(agent.lower())
    accused = patient if _accusing(view) else agent
    charged = named(accused) or frozenset(unnamed(stem(w)) for w in (accused.lower(),) if w)
    return Doer(agent.lower() in _PRONOUNS, named(agent) | near, root, charged)


def _accusing(view: View) -> bool:
    return table("accusing.txt").get(view.predicate, ("",))[0] == "verb"


def unnamed(noun: str) -> str:
    """What stands among names for somebody who is called by the stem of a noun."""
    return f"the {noun}"


def named(text: str) -> frozenset[str]:
    """The names in a text, without what many bodies and offices are called: codes of nations, else stems."""
    written = " ".join(m[0] for m in _NAME.finditer(text))
    return _kept(written) if written else frozenset()


def surname(text: str) -> str:
    """The stem of the last name in a text; empty without one."""
    found = [w for m in _NAME.finditer(text) for w in _kept(m[0]) if not w.isupper()]
    return found[-1] if found else ""


@lru_cache(maxsize=1 << 14)
def _kept(names: str) -> frozenset[str]:
    found = party_key(names, _nations())
    return frozenset(w if w.isupper() else stem(w) for w in found if len(w) > 1 and w not in _general())


@cache
def _general() -> frozenset[str]:
    lists = (
        "body-heads",
        "body-adjectives",
        "role-heads",
        "office-heads",
        "party-heads",
        "empty-words",
        "spokespeople",
    )
    return frozenset().union(*(words(f"{name}.txt") for name in lists))


@cache
def _nations() -> dict[str, str]:
    return nation_words(())
