"""Predicates and nouns that change how firmly what depends on them is stated: "wants to", "fears of"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import cast

from variorum.annotate.tree import TENSED, VERBAL_POS, Tree
from variorum.lexicon import rows
from variorum.model import Certainty, Polarity


@dataclass(frozen=True, slots=True)
class Governor:
    """What a word does to its complement (Saurí and Pustejovsky 2012; Karttunen 2012).

    `raises` says that an infinitive under it is one statement with it ("seems to have left"). `prepositions`
    are those under which a noun is left open too; "object" stands for a direct object.
    `implies` says that only infinitives, gerunds and nouns are touched ("failed to leave"), `asks` that the
    word itself is no hedge ("called on him to leave").
    """

    raises: bool
    implies: bool
    asks: bool
    certainty: Certainty
    polarity: Polarity
    prepositions: frozenset[str]


@cache
def _governors() -> dict[tuple[str, str], Governor]:
    found = {}
    for word, part, how, certainty, polarity, *rest in rows("governors.txt"):
        prepositions = frozenset(rest[0].split()) if rest else frozenset[str]()
        found[word, part] = Governor(
            how == "raise",
            how == "imply",
            how == "ask",
            cast(Certainty, certainty),
            cast(Polarity, polarity),
            prepositions,
        )
    return found


@cache
def _settled() -> frozenset[tuple[str, str]]:
    return frozenset((word, where) for word, where in rows("settled.txt"))


def governor_of(tree: Tree, i: int) -> Governor | None:
    """The entry of the word `i` itself, whether its passive, verb, noun or adjective sense applies."""
    lemma, pos = tree.lemma[i], tree.pos[i]
    known = _governors()
    if pos in VERBAL_POS:
        passive = known.get((lemma, "passive"))
        if passive is not None and tree.is_passive(i):
            return passive
        for particle in tree.children[i]:
            if tree.dep[particle] in ("prt", "prep"):
                phrasal = known.get((f"{lemma} {tree.lower[particle]}", "verb"))
                if phrasal is not None:
                    return phrasal
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
        return None if entry.implies and _is_finite(tree, i) else (head, entry)
    if tree.lemma[head] in ("be", "have", "make", "become", "remain"):
        for c in tree.children[head]:
            if c < i and tree.dep[c] in ("acomp", "attr", "oprd", "dobj"):
                entry = governor_of(tree, c)
                if entry is not None:
                    return c, entry
    return None


def _is_finite(tree: Tree, i: int) -> bool:
    """Whether a clause has a tensed verb: "that it had burst", not "to burst", "bursting"."""
    return tree.tag[i] in TENSED or any(
        tree.tag[c] in TENSED for c in tree.children[i] if tree.dep[c] in ("aux", "auxpass")
    )


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


def is_hedge(tree: Tree, i: int) -> bool:
    """Whether an adjective leaves open that there is what it qualifies: "alleged", "suspected"."""
    return (tree.lower[i], "adjective") in _hedging()


@cache
def _hedging() -> frozenset[tuple[str, str]]:
    return frozenset((word, part) for word, part, _ in rows("hedges.txt"))


def seems(tree: Tree, i: int) -> bool:
    """Whether `i` is a verb like "seem" or "purport", under which no infinitive is a purpose."""
    entry = _governors().get((tree.lemma[i], "verb"))
    return entry is not None and entry.raises and tree.pos[i] == "VERB"


def shifts_complement(tree: Tree, i: int) -> bool:
    """Whether `i` heads a statement of its own because its governor leaves it less settled than itself."""
    found = complement_governor(tree, i)
    return found is not None and not found[1].raises


def is_unsettled(tree: Tree, i: int) -> bool:
    """Whether the infinitive `i` tells what is to be, with no listed governor that says so.

    So do purposes ("to save the child") and the infinitives of passives ("was chosen to lead"), except where
    they are perfect or tell an outcome.
    """
    if not tree.is_infinitive(i) or any(tree.lower[c] == "have" for c in tree.children[i] if c < i):
        return False
    above = tree.head[i]
    if tree.dep[i] == "advcl":
        return (tree.lemma[i], "outcome") not in _settled()
    if tree.dep[i] != "xcomp" or not tree.is_passive(above) or governor_of(tree, above) is not None:
        return False
    return (tree.lemma[above], "passive") not in _settled()


def is_able(tree: Tree, i: int, modal: str) -> bool:
    """Whether a modal of the verb `i` tells what was perceived, or that it was not to be checked.

    "Smoke could be seen for miles" and "could not independently verify", unlike "could be seen as a threat".
    """
    if modal not in ("can", "ca", "could") or any(tree.lower[c] == "have" for c in tree.children[i] if c < i):
        return False
    if tree.has_child(i, "neg"):
        return (tree.lemma[i], "checked") in _abilities()
    if (tree.lemma[i], "perceived") not in _abilities() or not tree.is_passive(i):
        return False
    taken_for = any(tree.lower[c] == "as" for c in tree.children[i])
    subject = tree.child(i, "nsubjpass")
    return not taken_for and (subject is None or (tree.lemma[subject], "aftermath") not in _abilities())


@cache
def _abilities() -> frozenset[tuple[str, str]]:
    return frozenset((word, where) for word, where in rows("abilities.txt"))
