"""The parse as plain lists: what clause, role and hedge rules walk over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from spacy.tokens import Doc

CONTENT_POS = frozenset(("NOUN", "PROPN", "VERB", "ADJ", "NUM", "ADV"))
VERBAL_POS = frozenset(("VERB", "AUX"))
SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "csubjpass", "expl"))

TENSED = frozenset(("VBD", "VBZ", "VBP", "MD"))
_MISREAD = frozenset(("nsubj", "nsubjpass", "npadvmod", "dep", "dobj", "nmod"))
_NEAR = 20  # tokens between a verb and what hangs on it: a parenthesis is short, and the search stays linear


@dataclass(frozen=True, slots=True)
class Tree:
    """One article's tokens with their dependency parse (ClearNLP labels, as spaCy's English pipelines use).

    Every list has one item a token. `start` and `end` are code points; `head` and `children` are token
    indices, children in order of the text; `word` says whether the token is neither space nor punctuation.
    """

    start: list[int]
    end: list[int]
    lower: list[str]
    lemma: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    children: list[list[int]]
    word: list[bool]

    def __len__(self) -> int:
        return len(self.start)

    def child(self, i: int, *deps: str) -> int | None:
        """The first child of `i` with one of these labels."""
        return next((c for c in self.children[i] if self.dep[c] in deps), None)

    def has_child(self, i: int, *deps: str) -> bool:
        """Whether `i` has a child with one of these labels."""
        return any(self.dep[c] in deps for c in self.children[i])

    def head_within(self, start: int, end: int) -> int | None:
        """The first word of these tokens whose own head lies outside of them, or which is a root."""
        words = (i for i in range(start, end) if self.word[i])
        return next((i for i in words if not start <= self.head[i] < end or self.head[i] == i), None)

    def ancestors(self, i: int) -> Iterator[int]:
        """The heads above `i`, nearest first."""
        while self.head[i] != i:
            i = self.head[i]
            yield i

    def subtree(self, i: int) -> Iterator[int]:
        """`i` and all below it, in no particular order."""
        stack = [i]
        while stack:
            top = stack.pop()
            yield top
            stack.extend(self.children[top])

    def is_infinitive(self, i: int) -> bool:
        """Whether `i` is the verb of a "to" infinitive."""
        return any(self.tag[c] == "TO" and self.dep[c] == "aux" for c in self.children[i])

    def is_passive(self, i: int) -> bool:
        """Whether the verb `i` is passive: by its auxiliary or subject, or a participle without either."""
        if self.has_child(i, "auxpass", "nsubjpass", "csubjpass"):
            return True
        return self.tag[i] == "VBN" and not self.has_child(i, "aux")


@lru_cache(maxsize=2)
def tree_of(doc: Doc) -> Tree:
    """Read the parse once, for all who ask about the same document; it must not change afterwards."""
    tokens = list(doc)
    children: list[list[int]] = [[] for _ in tokens]
    numbers = doc.to_array(["HEAD", "POS", "TAG", "DEP", "LEMMA"])
    name = doc.vocab.strings
    names = {int(n): name[int(n)] for n in np.unique(numbers[:, 1:])}
    # to_array holds what is negative as if it were unsigned
    heads = (np.arange(len(tokens)) + numbers[:, 0].astype(np.int64)).tolist()
    pos, tag, dep, lemma = ([names[n] for n in column] for column in numbers[:, 1:].T.tolist())
    _mend_participles(pos, tag, dep, heads)
    lower = [t.lower_ for t in tokens]
    _mend_measures(lower, tag, dep, heads)
    _mend_parentheses(lower, pos, tag, dep, heads)
    for i, h in enumerate(heads):
        if h != i:
            children[h].append(i)
    start = [t.idx for t in tokens]
    orth = [t.text for t in tokens]
    return Tree(
        start=start,
        end=[s + len(o) for s, o in zip(start, orth, strict=True)],
        lower=[o.lower().replace("’", "'") for o in orth],
        lemma=[word.lower() for word in lemma],
        pos=pos,
        tag=tag,
        dep=dep,
        head=heads,
        children=children,
        word=[o.isalnum() or any(map(str.isalnum, o)) for o in orth],
    )


def _mend_participles(pos: list[str], tag: list[str], dep: list[str], head: list[int]) -> None:
    """Make "beside wounded men" a phrase again where the parse takes the participle for a second predicate.

    Only where it stands right behind a preposition that has no object, with no conjunction before it.
    """
    for i in range(1, len(tag)):
        if tag[i] != "VBN" or dep[i] != "conj" or dep[i - 1] != "prep":
            continue
        first, preposition = head[i], i - 1
        if (
            any(dep[k] == "cc" and head[k] == first for k in range(first, i))
            or preposition in head[i : i + 8]
        ):
            continue
        noun = next(
            (k for k in range(i + 1, min(i + 8, len(tag))) if head[k] == i and dep[k] == "dobj"), None
        )
        if noun is not None and pos[noun] in ("NOUN", "PROPN"):
            head[noun], dep[noun] = preposition, "pobj"
            head[i], dep[i] = noun, "amod"
            for k in range(noun + 1, min(noun + 40, len(tag))):  # what hangs on a participle stands near it
                if head[k] == i:
                    head[k] = noun


def _mend_measures(lower: list[str], tag: list[str], dep: list[str], head: list[int]) -> None:
    """Make "three days" part of the clause that it measures: "arrested three days before the march began"."""
    for i in range(1, len(tag)):
        if lower[i] not in ("before", "after") or dep[i - 1] != "npadvmod":
            continue
        verb = head[i]
        if dep[i] == "prep":
            near = range(i + 1, min(i + 12, len(tag)))
            verb = next((k for k in near if head[k] == i and dep[k] == "pcomp"), -1)
        if verb <= i or not _counts(i - 1, lower, tag, head):
            continue
        for k in (verb, i):  # the clause may hang on the measure: they change places
            if head[k] == i - 1:
                head[k] = head[i - 1]
        if not _hangs_on(verb, i - 1, head):
            head[i - 1] = verb


def _hangs_on(i: int, above: int, head: list[int]) -> bool:
    while i != above and head[i] != i:
        i = head[i]
    return i == above


def _counts(noun: int, lower: list[str], tag: list[str], head: list[int]) -> bool:
    """Whether a noun is a number of something: "days", "a year", not "last month"."""
    if tag[noun] == "NNS":
        return True
    left = range(max(0, noun - 4), noun)
    return any(head[k] == noun and (tag[k] == "CD" or lower[k] in ("a", "an")) for k in left)


def _mend_parentheses(
    lower: list[str], pos: list[str], tag: list[str], dep: list[str], head: list[int]
) -> None:
    """Give a verb the subject that the parse gives to a parenthesis: "The ferry, he said, had sunk"."""
    for i in range(4, len(tag)):
        inner = head[i]
        if dep[i] not in ("ccomp", "conj", "dep") or not 0 < i - inner < _NEAR or tag[inner] not in TENSED:
            continue
        below = [k for k in range(max(0, inner - _NEAR), min(i + _NEAR, len(tag))) if head[k] in (i, inner)]
        verbs = [k for k in below if head[k] == i and dep[k] in ("aux", "auxpass") and k < i]
        opening = min([k for k in below if head[k] == i and k < i], default=i)
        if (
            any(head[k] == i and dep[k] in SUBJECTS for k in below)
            or opening == 0
            or lower[opening - 1] != ","
        ):
            continue
        if tag[i] not in TENSED and not any(tag[k] in TENSED for k in verbs):
            continue
        left = [k for k in below if head[k] == inner and k < inner and pos[k] in ("NOUN", "PROPN", "PRON")]
        if len(left) != 2 or dep[left[1]] != "nsubj" or dep[left[0]] not in _MISREAD:
            continue
        if any(lower[k] == "," and head[k] == inner for k in range(left[0] + 1, left[1])):
            head[left[0]] = i
            dep[left[0]] = "nsubjpass" if any(dep[k] == "auxpass" for k in verbs) else "nsubj"
