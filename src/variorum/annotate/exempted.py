"""Finds the events told as nouns that do not share the polarity of the clause they stand in.

"The crew did not report the fault" takes for granted that there was a fault: what is definite is presupposed,
and presuppositions survive denial (Strawson 1950; Karttunen 1973). "The airline cancelled the flight" affirms
the cancelling and denies the flight (the implicatives of Karttunen 1971, 2012).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from variorum.annotate.certainty import Stance, is_negated
from variorum.annotate.clauses import Clause, is_definite
from variorum.annotate.governors import complement_governor, governor_of
from variorum.annotate.tree import Tree
from variorum.lexicon import rows, words

_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
_LONGEST = 60  # tokens of a noun phrase that are looked at: phrases nested in phrases would cost their square
_OBJECTS = frozenset(("dobj", "pobj", "pcomp", "xcomp"))


@dataclass(frozen=True, slots=True)
class Exempted:
    """A noun phrase with a stance of its own: its first and last token, and the number of its clause."""

    first: int
    last: int
    clause: int
    stance: Stance


def exempted(tree: Tree, clauses: Sequence[Clause], judged: Sequence[Stance]) -> Iterator[Exempted]:
    """The event nouns whose polarity differs from their clause's; linear in the tokens.

    Args:
        tree: the parse.
        clauses: all clauses of it.
        judged: their stances, in the same order.
    """
    for n, clause in enumerate(clauses):
        own = set(clause.own)
        for i in clause.own:
            if i == clause.head or not _names_event(tree, i):
                continue
            stance = _stance(tree, i, judged[n])
            if stance is not None and stance.polarity != judged[n].polarity:
                first, last = _phrase(tree, i, own)
                yield Exempted(first, last, n, stance)


def _names_event(tree: Tree, i: int) -> bool:
    if _is_gerund(tree, i):
        return True
    if tree.pos[i] != "NOUN" or tree.dep[i] == "compound":
        return False
    known = tree.lemma[i] in words("event_nouns.txt") or tree.lemma[i] in words("situation_nouns.txt")
    return known or governor_of(tree, i) is not None


def _is_gerund(tree: Tree, i: int) -> bool:
    """Whether `i` is "landing" as in "kept from landing", which parsers take for a noun or a verb."""
    if tree.dep[i] not in _OBJECTS or not tree.lower[i].endswith("ing"):
        return False
    return tree.tag[i] == "VBG" or (tree.pos[i] == "NOUN" and not tree.has_child(i, "det", "poss", "amod"))


def _stance(tree: Tree, i: int, clause: Stance) -> Stance | None:
    found = _undone_by(tree, i)
    if found is not None:
        return Stance() if is_negated(tree, found) else Stance(polarity="negative")
    if clause.polarity == "negative" and _is_given(tree, i):
        return Stance()
    return None


def _undone_by(tree: Tree, i: int) -> int | None:
    """The word that says the event did not take place: "cancelled", "without", "lack of"."""
    head, dep = tree.head[i], tree.dep[i]
    if dep == "pobj" and _undoes(tree, head, "preposition"):
        return head
    if _is_gerund(tree, i):
        return _governing(tree, i)
    if governor_of(tree, i) is not None:  # "denied the claim": the claim was made
        return None
    for c in tree.children[i]:
        if tree.dep[c] == "amod" and _undoes(tree, c, "verb"):
            return c
    passive = dep in _SUBJECTS and tree.tag[head] == "VBN" and tree.is_passive(head)
    if dep == "dobj" or passive:
        return head if _undoes(tree, head, "verb") else None
    if dep != "pobj":
        return None
    return tree.head[head] if _undoes(tree, tree.head[head], "noun", tree.lower[head]) else None


def _governing(tree: Tree, i: int) -> int | None:
    """The verb that says that what a gerund tells is not done: "stopped trading", "barred from lending"."""
    found = complement_governor(tree, i)
    if found is None and tree.dep[i] == "dobj":
        entry = governor_of(tree, tree.head[i])
        found = (tree.head[i], entry) if entry is not None and entry.implies else None
    return found[0] if found is not None and found[1].polarity == "negative" else None


def _undoes(tree: Tree, i: int, part: str, preposition: str = "") -> bool:
    particles = {tree.lower[c] for c in tree.children[i] if tree.dep[c] == "prt"}
    return any(
        word == tree.lemma[i]
        and p == part
        and (not needs or needs[0] == preposition or needs[0] in particles)
        for word, p, *needs in rows("undoing.txt")
    )


def _is_given(tree: Tree, i: int) -> bool:
    """Whether a clause that denies something takes for granted that there was the event `i`."""
    verb, dep = tree.head[i], tree.dep[i]
    if not is_definite(tree, i):
        return False
    if dep in _SUBJECTS and _takes_place(tree, verb):
        return False
    return not (dep == "dobj" and tree.lemma[verb] in words("light_verbs.txt"))


def _takes_place(tree: Tree, verb: int) -> bool:
    """Whether a verb says of its subject that it happened."""
    for lemma, *needs in rows("occurrence_verbs.txt"):
        if lemma == tree.lemma[verb]:
            if not needs or (needs[0] == "passive" and tree.is_passive(verb)):
                return True
            if any(tree.lower[c] == needs[0] for c in tree.children[verb] if c > verb):
                return True
    return False


def _phrase(tree: Tree, i: int, own: set[int]) -> tuple[int, int]:
    """The noun phrase's first and last token, without other clauses."""
    inside = {t for t in islice(tree.subtree(i), _LONGEST) if t in own}
    first = last = i
    while first - 1 in inside:
        first -= 1
    while last + 1 in inside:
        last += 1
    return first, last
