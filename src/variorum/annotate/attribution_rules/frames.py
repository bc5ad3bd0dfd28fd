"""The complements by which a word may introduce what someone says or holds: pure functions of the parse.

A frame is a way to read one word's dependents as the content of an attribution. Which frames a word really
uses is the lexicon's affair (`cue_lexicon`), not this module's. Labels are those of the English spaCy
pipelines (ClearNLP).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from variorum.annotate.attribution_rules.reading import Range, Reading

_CLAUSAL = frozenset(("ccomp", "xcomp", "oprd", "pcomp"))
_PREDICATED = frozenset(("xcomp", "oprd", "ccomp", "advcl"))
_OUTER = frozenset(("parataxis", "advcl", "dep"))


@dataclass(frozen=True, slots=True)
class Frame:
    """One reading: the frame's name, its content as token ranges in order, and the preposition before it.

    `prep` is the last token of that preposition, -1 where there is none.
    """

    name: str
    content: tuple[Range, ...]
    prep: int = -1


def frames(reading: Reading, i: int) -> Iterator[Frame]:
    """All readings of a verb's, noun's or adjective's dependents as content."""
    pos = reading.tree.pos[i]
    if pos in ("VERB", "AUX"):
        yield from _verb_frames(reading, i)
    elif pos in ("NOUN", "PROPN"):
        yield from _plain_frames(reading, i, "n:", ("ccomp", "acl"))
    elif pos == "ADJ":
        yield from _plain_frames(reading, i, "a:", ("ccomp", "xcomp"))


def _verb_frames(r: Reading, verb: int) -> Iterator[Frame]:
    tree = r.tree
    children = tree.children[verb]
    passive = tree.has_child(verb, "auxpass", "nsubjpass")
    for child in children:
        dep = tree.dep[child]
        if dep in _CLAUSAL:
            yield Frame(dep, (r.covered(child),))
        elif dep in ("dobj", "dative"):
            yield Frame(dep, (r.covered(child),))
            yield from _object_frames(r, child, children)
        elif dep == "prep":
            yield from _prepositional(r, child, "prep:")
        elif dep in ("nsubjpass", "nsubj"):
            yield from _subject_frames(r, verb, child, passive)
    if tree.dep[verb] in _OUTER and tree.head[verb] != verb:
        yield _outer_frame(r, verb)


def _object_frames(r: Reading, obj: int, siblings: list[int]) -> Iterator[Frame]:
    """The object together with what is predicated of it: "the plan (as) a failure", "him of lying"."""
    for other in siblings:
        if other <= obj:
            continue
        dep = r.tree.dep[other]
        if dep in _PREDICATED:
            yield Frame("dobj+" + dep, ((r.left[obj], r.right[other] + 1),))
        elif dep == "prep":
            yield Frame("dobj+" + r.tree.lower[other], ((r.left[obj], r.right[other] + 1),))
    for inner in r.tree.children[obj]:
        # "accuse | the insurer of fraud": parsers hang the preposition on the noun as often as on the verb
        if r.tree.dep[inner] == "prep":
            yield Frame("dobj+" + r.tree.lower[inner], (r.covered(obj),))


def _subject_frames(r: Reading, verb: int, subject: int, passive: bool) -> Iterator[Frame]:
    """The subject as part of the content: "The toll is said to be high", "She seems tired"."""
    tree, first = r.tree, r.covered(subject)
    name = "passive" if passive else "subject"
    if passive:
        yield Frame(name, (first,))
    for other in tree.children[verb]:
        if other <= verb:
            continue
        if tree.dep[other] in ("xcomp", "oprd") or (passive and tree.dep[other] == "ccomp"):
            yield Frame(f"{name}+{tree.dep[other]}", (first, r.covered(other)))
        elif passive and tree.dep[other] == "prep" and tree.lower[other] in ("as", "to"):
            yield Frame(f"{name}+{tree.lower[other]}", (first, r.covered(other)))


def _prepositional(r: Reading, prep: int, prefix: str) -> Iterator[Frame]:
    for child in r.tree.children[prep]:
        dep = r.tree.dep[child]
        if dep in ("pobj", "pcomp"):
            yield Frame(prefix + r.tree.lower[prep], (r.covered(child),), prep)
        elif dep == "prep":
            yield from _prepositional(r, child, f"{prefix}{r.tree.lower[prep]} ")


def _outer_frame(r: Reading, verb: int) -> Frame:
    """The clause that a verb is thrown into or tagged on to: "The ferry, officials said, was full"."""
    tree = r.tree
    start, end = r.covered(tree.head[verb])
    inner = r.covered(verb)
    pieces = tuple(p for p in ((start, inner[0]), (inner[1], end)) if p[1] > p[0])
    marker = next(
        (tree.lower[c] for c in tree.children[verb] if tree.dep[c] in ("mark", "advmod") and c < verb), ""
    )
    return Frame(f"outer:{tree.dep[verb]}" + (f":{marker}" if marker else ""), pieces)


def _plain_frames(r: Reading, i: int, prefix: str, clauses: tuple[str, ...]) -> Iterator[Frame]:
    for child in r.tree.children[i]:
        if r.tree.dep[child] in clauses:
            yield Frame(prefix + r.tree.dep[child], (r.covered(child),))
        elif r.tree.dep[child] == "prep":
            yield from _prepositional(r, child, prefix)
