"""Predicates and nouns that change how firmly what depends on them is stated: "wants to", "fears of"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import cast

from variorum.annotate.tree import VERBAL_POS, Tree
from variorum.lexicon import rows
from variorum.model import Certainty, Polarity


@dataclass(frozen=True, slots=True)
class Governor:
    """What a word does to its complement (Saurí and Pustejovsky 2012; Karttunen 2012).

    `raises` says that an infinitive under it is one statement with it ("seems to have left"). `prepositions`
    are those under which a noun is left open too; "object" stands for a direct object.
    """

    raises: bool
    certainty: Certainty
    polarity: Polarity
    prepositions: frozenset[str]


@cache
def _governors() -> dict[tuple[str, str], Governor]:
    found = {}
    for word, part, how, certainty, polarity, *rest in rows("governors.txt"):
        prepositions = frozenset(rest[0].split()) if rest else frozenset[str]()
        found[word, part] = Governor(
            how == "raise", cast(Certainty, certainty), cast(Polarity, polarity), prepositions
        )
    return found


def governor_of(tree: Tree, i: int) -> Governor | None:
    """The entry of the word `i` itself, whether its passive, verb, noun or adjective sense applies."""
    lemma, pos = tree.lemma[i], tree.pos[i]
    known = _governors()
    if pos in VERBAL_POS:
        passive = known.get((lemma, "passive"))
        if passive is not None and tree.is_passive(i):
            return passive
        return known.get((lemma, "verb")) or (known.get((tree.lower[i], "adjective")))
    if pos in ("NOUN", "PROPN"):
        return known.get((lemma, "noun"))
    if pos in ("ADJ", "ADV"):
        return known.get((lemma, "adjective")) or known.get((tree.lower[i], "adjective"))
    return None


def complement_governor(tree: Tree, i: int) -> tuple[int, Governor] | None:
    """The governor that the clause, infinitive or noun headed by `i` depends on, and its index.

    "be" and "have" pass on: in "is likely to leave" and "has a plan to leave" the parse may hang the
    infinitive on the verb instead of on the word that governs it.
    """
    head = tree.head[i]
    if head == i:
        return None
    dep = tree.dep[i]
    if dep in ("pobj", "dobj", "pcomp"):
        return _through_preposition(tree, i)
    entry = governor_of(tree, head)
    if entry is not None:
        return head, entry
    if tree.lemma[head] in ("be", "have", "make", "become", "remain"):
        for c in tree.children[head]:
            if c < i and tree.dep[c] in ("acomp", "attr", "oprd", "dobj"):
                entry = governor_of(tree, c)
                if entry is not None:
                    return c, entry
    return None


def _through_preposition(tree: Tree, i: int) -> tuple[int, Governor] | None:
    head = tree.head[i]
    if tree.dep[i] == "dobj":
        entry = governor_of(tree, head)
        return (head, entry) if entry is not None and "object" in entry.prepositions else None
    if tree.dep[head] != "prep":
        return None
    above = tree.head[head]
    entry = governor_of(tree, above)
    if entry is None:
        return None
    if tree.dep[i] == "pcomp" or tree.lower[head] in entry.prepositions:
        return above, entry
    return None


def shifts_complement(tree: Tree, i: int) -> bool:
    """Whether `i` heads a statement of its own because its governor leaves it less settled than itself."""
    found = complement_governor(tree, i)
    return found is not None and not found[1].raises
