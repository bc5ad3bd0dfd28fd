"""The names in a claim and of its source, nations as their codes, and who does what it says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from variorum.compare.comparators.finding import per_view
from variorum.compare.features import stem
from variorum.compare.parties import nation_words
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
    """The names in a text: codes of nations, else stems; a sentence's first word may be one that is none."""
    empty, nations = words("empty-words.txt"), _nations()
    written = [w.casefold() for w in _NAME.findall(text)]
    return frozenset(nations.get(w) or stem(w) for w in written if w not in empty and len(w) > 1)


@cache
def _nations() -> dict[str, str]:
    return nation_words(())
