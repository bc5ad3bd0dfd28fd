"""Caveats that someone was asked and did not answer."""

from __future__ import annotations

from variorum.annotate.caveat_rules.page import (
    Finding,
    Page,
    governed_by,
    has_negation,
    subject_of,
    word_class,
)
from variorum.annotate.tree import VERBAL_POS


def no_comment(page: Page, i: int) -> Finding | None:
    """As in "declined to comment", "had no comment", "was not available for comment"."""
    tree = page.tree
    if tree.pos[i] in VERBAL_POS:
        declined = tree.lemma[tree.head[i]] in ("decline", "refuse") and tree.dep[i] in ("xcomp", "advcl")
        if declined or tree.has_child(i, "neg") or governed_by(tree, i, frozenset(("unable", "unwilling"))):
            return Finding("no-comment", i)
        return None
    if any(tree.lower[c] == "no" for c in tree.children[i]):
        stated = tree.dep[i] in ("dobj", "attr", "ROOT") and tree.lemma[tree.head[i]] in (
            "have", "be", "offer", "make", "give", "comment",
        )  # fmt: skip
        return Finding("no-comment", i) if stated else None
    if tree.dep[i] != "pobj" or tree.lower[tree.head[i]] != "for":
        return None
    above = tree.head[tree.head[i]]
    if tree.lower[above] == "unavailable" or (
        tree.lower[above] in ("available", "reached") and has_negation(tree, above)
    ):
        return Finding("no-comment", above)
    return None


def no_answer(page: Page, i: int) -> Finding | None:
    """As in "did not respond to a request for comment", "did not return calls"."""
    tree = page.tree
    if tree.pos[i] not in VERBAL_POS:
        return None
    head = tree.head[i]
    declined = tree.dep[i] in ("xcomp", "advcl") and tree.lemma[head] in (
        "fail",
        "decline",
        "refuse",
        "yet",
        "have",
    )
    if not (tree.has_child(i, "neg") or declined or tree.lower[i - 1] == "yet"):
        return None
    asked = word_class("approach")
    for c in tree.children[i]:
        if tree.dep[c] == "dobj" and tree.lemma[c] in asked:
            return Finding("no-comment", i)
        if tree.dep[c] in ("prep", "dative"):
            inner = tree.child(c, "pobj")
            if inner is not None and tree.lemma[inner] in asked:
                return Finding("no-comment", i)
            if inner is not None and tree.lemma[inner] == "comment":
                return Finding("no-comment", i)
    return None


def not_reached(page: Page, i: int) -> Finding | None:
    """As in "could not immediately be reached"."""
    tree = page.tree
    if not tree.is_passive(i) or not tree.has_child(i, "neg"):
        return None
    people = subject_of(tree, i)
    if people is None or tree.lemma[people] in ("agreement", "deal", "verdict", "decision", "conclusion"):
        return None
    return Finding("no-comment", i) if any(tree.tag[c] == "MD" for c in tree.children[i]) else None
