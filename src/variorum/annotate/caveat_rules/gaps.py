"""Caveats that something is not known."""

from __future__ import annotations

from variorum.annotate.caveat_rules.page import Finding, Page, has_negation, word_class
from variorum.annotate.tree import VERBAL_POS, Tree

_COMPLEMENTS = ("ccomp", "csubj", "csubjpass", "pcomp", "advcl", "acl", "xcomp")
_PREDICATES = ("acomp", "oprd", "attr", "ROOT", "ccomp", "conj")
_WH = frozenset(("WRB", "WP", "WDT", "WP$"))
_WEIGH = frozenset(("whether", "if"))


def unclear(page: Page, i: int) -> Finding | None:
    """As in "It is unclear how", "the motive was unknown", "it was not immediately clear whether"."""
    tree = page.tree
    if tree.dep[i] not in _PREDICATES or tree.pos[i] not in ("ADJ", "VERB", "ADV"):
        return None
    if tree.lemma[i] == "clear" and not has_negation(tree, i):
        return None
    verb = tree.head[i] if tree.dep[i] in ("acomp", "oprd", "attr") else i
    asked = _open_question(tree, i) or _open_question(tree, verb)
    if asked is not None:
        return Finding("unclear", i, (asked, i))
    return Finding("unclear", i) if _leaves_open(tree, verb) else None


def not_known(page: Page, i: int) -> Finding | None:
    """As in "it is not known who": what anyone knows, not what some person did not."""
    tree = page.tree
    if tree.pos[i] not in VERBAL_POS or not tree.is_passive(i) or tree.dep[i] in ("acl", "relcl", "amod"):
        return None
    subject = tree.child(i, "nsubjpass", "nsubj")
    if subject is not None and tree.lower[subject] in ("little", "nothing"):
        return Finding("unclear", i)
    if not tree.has_child(i, "neg"):
        return None
    asked = _open_question(tree, i)
    if asked is not None:
        return Finding("unclear", i, (asked, i))
    return Finding("unclear", i) if _leaves_open(tree, i) else None


def thin_details(page: Page, i: int) -> Finding | None:
    """As in "Details were scarce", "information remains sketchy"."""
    tree = page.tree
    subject = tree.child(tree.head[i], "nsubj") if tree.dep[i] in ("acomp", "oprd") else None
    if subject is not None and tree.lemma[subject] in ("detail", "information"):
        return Finding("unclear", i)
    return None


def no_details(page: Page, i: int) -> Finding | None:
    """As in "No details were given", "further details were not immediately available"."""
    tree = page.tree
    verb = tree.head[i]
    if tree.dep[i] not in ("nsubj", "nsubjpass"):
        return None
    none = any(tree.lower[c] == "no" for c in tree.children[i])
    given = tree.lemma[verb] in ("give", "release", "provide", "disclose") and tree.is_passive(verb)
    available = any(tree.lower[c] == "available" for c in tree.children[verb])
    if (given and none) or (available and (none or tree.has_child(verb, "neg"))):
        return Finding("unclear", verb)
    return None


def _open_question(tree: Tree, i: int) -> int | None:
    """The clause that asks: "how", "whether", "what", "why"."""
    for c in tree.children[i]:
        if tree.dep[c] in _COMPLEMENTS and any(
            tree.tag[g] in _WH or tree.lower[g] in _WEIGH for g in tree.subtree(c)
        ):
            return c
    return None


def _leaves_open(tree: Tree, verb: int) -> bool:
    """Whether the subject is what reports leave open, a cause or a number, rather than rules or a policy."""
    subject = tree.child(verb, "nsubj", "nsubjpass", "csubj", "csubjpass")
    if subject is None:
        return False
    if tree.dep[subject] in ("csubj", "csubjpass"):
        return True
    return tree.lemma[subject] in word_class("open")
