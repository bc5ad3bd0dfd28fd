"""What every caveat rule reads: the parse, the outlet that speaks, the word classes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from variorum.annotate.tree import Tree
from variorum.lexicon import rows, words
from variorum.model import CaveatKind

_NEGATIVE = frozenset(("not", "n't", "never", "no", "neither", "nor", "none", "nothing", "nobody"))


@dataclass(frozen=True, slots=True)
class Finding:
    """A caveat's kind, the token that shows it, and the tokens whose phrases its clause must reach over."""

    kind: CaveatKind
    at: int
    reach: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """The parse and the name of the outlet that speaks, lower case."""

    tree: Tree
    outlet: str


@cache
def word_class(name: str) -> frozenset[str]:
    """The words of `data/caveat_words.txt` of one class."""
    return frozenset(word for word, c in rows("caveat_words.txt") if c == name)


def negated(tree: Tree, i: int) -> bool:
    """Whether a verb is negated by its own "not", its subject, or a governor such as "unable"."""
    for _ in range(3):
        for c in tree.children[i]:
            if tree.lower[c] in _NEGATIVE and tree.dep[c] != "conj":
                return True
            if tree.dep[c] in ("nsubj", "nsubjpass", "attr", "dobj") and any(
                tree.lower[g] in _NEGATIVE and g < c for g in tree.children[c]
            ):
                return True
        above = tree.head[i]
        if tree.dep[i] not in ("xcomp", "acomp", "conj", "ccomp", "advcl", "acl") or above == i:
            return False
        governor = tree.lemma[above]
        if governor in ("unable", "impossible", "fail", "difficult", "hard", "decline", "refuse"):
            return True
        if tree.dep[i] in ("ccomp", "advcl", "acl") and governor not in ("way", "able", "possible"):
            return False
        i = above
    return False


def has_negation(tree: Tree, i: int) -> bool:
    """Whether "not" stands beside the word, or beside the "be" that it is the predicate of."""
    return tree.has_child(i, "neg") or (
        tree.dep[i] in ("acomp", "oprd", "attr") and tree.has_child(tree.head[i], "neg")
    )


def governed_by(tree: Tree, i: int, lemmas: frozenset[str]) -> bool:
    """Whether an infinitive depends on one of these words, also through "be": "was unable to"."""
    above = tree.head[i]
    near = (above, *(c for c in tree.children[above] if tree.dep[c] in ("acomp", "attr", "oprd")))
    return any(tree.lemma[n] in lemmas for n in near)


def subject_of(tree: Tree, i: int) -> int | None:
    """The subject of a verb, or of the verb that it is joined to or hangs on."""
    subject = tree.child(i, "nsubj", "nsubjpass")
    while subject is None and tree.dep[i] in ("xcomp", "conj") and tree.head[i] != i:
        i = tree.head[i]
        subject = tree.child(i, "nsubj", "nsubjpass")
    return subject


def is_self(page: Page, i: int | None) -> bool:
    """Whether a subject is the outlet: "we", its name, or the name of a news organisation."""
    if i is None:
        return False
    tree = page.tree
    if tree.lower[i] in word_class("self") or tree.lemma[i] in ("journalist", "newsroom", "reporter"):
        return True
    if tree.pos[i] != "PROPN":
        return False
    name = " ".join(tree.lower[j] for j in sorted(tree.subtree(i)) if tree.pos[j] == "PROPN")
    known = words("news_organisations.txt")
    return name in known or tree.lower[i] in known or (len(name) > 2 and name in page.outlet)


def is_evidence(tree: Tree, i: int | None) -> bool:
    """Whether a phrase is about something that a newsroom checks."""
    if i is None:
        return False
    if tree.lemma[i] in word_class("evidence") or tree.lower[i] in ("it", "this", "that", "they", "these"):
        return True
    return any(tree.lemma[c] in word_class("evidence") for c in tree.subtree(i))
