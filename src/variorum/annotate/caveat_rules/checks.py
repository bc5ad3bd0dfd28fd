"""Caveats that something was not checked."""

from __future__ import annotations

from variorum.annotate.caveat_rules.page import (
    Finding,
    Page,
    governed_by,
    is_evidence,
    is_self,
    negated,
    subject_of,
    word_class,
)
from variorum.annotate.tree import VERBAL_POS

_COMPLEMENTS = ("ccomp", "csubj", "csubjpass", "xcomp", "acl")
_UNABLE = frozenset(("unable", "impossible", "fail", "difficult", "hard", "struggle"))


def unverified_verb(page: Page, i: int) -> Finding | None:
    """As in "could not be independently verified", "we were unable to confirm the claims"."""
    tree = page.tree
    if tree.pos[i] not in VERBAL_POS or tree.dep[i] in ("amod", "relcl"):
        return None
    if not (negated(tree, i) or governed_by(tree, i, _UNABLE)):
        return None
    if any(tree.tag[c] == "MD" and tree.lower[c] not in ("could", "can", "ca") for c in tree.children[i]):
        return None
    reach = tuple(c for c in tree.children[i] if tree.dep[c] in (*_COMPLEMENTS, "dobj"))
    finding = Finding("unverified", i, (*reach, i))
    independent = any(tree.lower[c] == "independently" for c in tree.children[i])
    if independent:
        return finding
    subject = subject_of(tree, i)
    if tree.is_passive(i):
        return finding if is_evidence(tree, subject) else None
    if is_self(page, subject):
        return finding
    alone = subject is None or tree.lower[subject] == "it"  # "it was not possible to verify the claims"
    return finding if alone and any(is_evidence(tree, r) for r in reach) else None


def unchecked(page: Page, i: int) -> Finding | None:
    """As in "an unverified video", "the report remains unconfirmed"."""
    tree = page.tree
    if tree.dep[i] == "amod":
        return Finding("unverified", i) if tree.lemma[tree.head[i]] in word_class("evidence") else None
    if tree.dep[i] in ("acomp", "oprd", "ROOT") and not negated(tree, tree.head[i]):
        return Finding("unverified", i)
    return None


def unverified_noun(page: Page, i: int) -> Finding | None:
    """As in "There was no independent confirmation of the report"."""
    tree = page.tree
    missing = any(tree.lower[c] == "no" for c in tree.children[i]) or (
        tree.dep[i] in ("dobj", "attr") and tree.has_child(tree.head[i], "neg")
    )
    return Finding("unverified", i, (i,)) if missing else None


def not_seen(page: Page, i: int) -> Finding | None:
    """As in "The paper has not seen the evidence": only the outlet's own eyes count."""
    tree = page.tree
    seen = tree.child(i, "dobj")
    if seen is None or not tree.has_child(i, "neg") or not is_self(page, subject_of(tree, i)):
        return None
    return (
        Finding("unverified", i, (seen,))
        if is_evidence(tree, seen) or tree.lemma[seen] == "evidence"
        else None
    )
