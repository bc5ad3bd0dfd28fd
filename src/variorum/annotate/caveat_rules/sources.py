"""Caveats about whom a statement comes from: sources left unnamed, and other media."""

from __future__ import annotations

from variorum.annotate.caveat_rules.page import Finding, Page, is_self, word_class
from variorum.annotate.tree import VERBAL_POS, Tree
from variorum.lexicon import words

_SAYING = frozenset(("say", "tell", "report", "claim", "add", "state", "write", "quote", "cite"))
_CLOSE = frozenset(("familiar", "brief", "briefed", "close"))
_KNOWING = frozenset(("knowledge",))


def anonymity(page: Page, i: int) -> Finding | None:
    """As in "On condition of anonymity", "requested anonymity", "speaking anonymously"."""
    tree = page.tree
    if tree.lemma[i] == "anonymously":
        speaks = tree.lemma[tree.head[i]] in ("speak", "talk", *_SAYING)
        return Finding("anonymous-source", i) if speaks else None
    above = tree.head[i]
    if tree.dep[i] == "dobj" and tree.lemma[above] in ("request", "ask", "demand", "seek", "grant"):
        return Finding("anonymous-source", i)
    if tree.dep[i] == "pobj" and tree.lemma[tree.head[above]] in ("condition", "ask"):
        spoken = any(tree.lemma[a] in ("speak", "talk", *_SAYING, "ask") for a in tree.ancestors(i))
        return Finding("anonymous-source", i) if spoken else None
    return None


def not_named(page: Page, i: int) -> Finding | None:
    """As in "Who asked not to be named", "who declined to be identified"."""
    tree = page.tree
    above = tree.head[i]
    if not tree.is_passive(i) or not tree.is_infinitive(i) or tree.dep[i] not in ("xcomp", "advcl", "ccomp"):
        return None
    refused = tree.lemma[above] in ("decline", "refuse")
    asked = tree.has_child(i, "neg") and tree.lemma[above] in ("ask", "request", "wish", "prefer", "want")
    unwished = tree.has_child(above, "neg") and tree.lemma[above] in ("want", "wish")
    return Finding("anonymous-source", i, (above, i)) if refused or asked or unwished else None


def not_authorised(page: Page, i: int) -> Finding | None:
    """As in "Was not authorised to speak publicly"."""
    tree = page.tree
    below = tree.child(i, "xcomp")
    speaks = below is not None and tree.lemma[below] in (
        "speak",
        "discuss",
        "talk",
        "comment",
        "brief",
        "disclose",
    )
    return Finding("anonymous-source", i) if speaks and tree.has_child(i, "neg") else None


def anonymous_person(page: Page, i: int) -> Finding | None:
    """As in "Officials familiar with the talks", "unnamed diplomats", "a source said"."""
    tree = page.tree
    if not _speaks(tree, i):
        return None
    for c in tree.children[i]:
        if tree.dep[c] == "amod" and tree.lower[c] in word_class("nameless"):
            return Finding("anonymous-source", i)
        if tree.dep[c] in ("amod", "acl", "relcl") and c > i and _is_close(tree, c):
            return Finding("anonymous-source", i)
        if tree.dep[c] == "prep" and tree.lower[c] in ("with", "close"):
            inner = tree.child(c, "pobj")
            if tree.lower[c] == "close" or (inner is not None and tree.lemma[inner] in _KNOWING):
                return Finding("anonymous-source", i)
    return Finding("anonymous-source", i) if tree.lemma[i] == "source" and _is_indefinite(tree, i) else None


def _is_close(tree: Tree, i: int) -> bool:
    near = (i, *(c for c in tree.children[i] if tree.dep[c] in ("acomp", "attr")))
    return any(tree.lemma[n] in _CLOSE or tree.lower[n] in _CLOSE for n in near)


def _is_indefinite(tree: Tree, i: int) -> bool:
    """As in "A source", "two sources", "sources": not "the source of the leak"."""
    if any(tree.dep[c] == "prep" and tree.lower[c] == "of" for c in tree.children[i]):
        return False
    return not any(tree.lower[c] in ("the", "this", "that", "its", "their") for c in tree.children[i])


def _speaks(tree: Tree, i: int) -> bool:
    """Whether a noun is whom something is attributed to: "a source said", "according to a source"."""
    while tree.dep[i] == "conj":
        i = tree.head[i]
    above = tree.head[i]
    if tree.dep[i] in ("nsubj", "nsubjpass"):
        return tree.lemma[above] in _SAYING
    if tree.dep[i] == "pobj":
        if tree.lower[above] == "to" and tree.lower[above - 1] == "according":
            return True
        if tree.dep[above] == "agent":
            return tree.lemma[tree.head[above]] in _SAYING
    return tree.dep[i] == "dobj" and tree.lemma[above] in ("cite", "quote") and tree.tag[above] == "VBG"


def secondhand(page: Page, i: int) -> Finding | None:
    """As in "state media reported", "according to footage": news taken over from others."""
    tree = page.tree
    if tree.dep[i] in ("compound", "poss", "nmod", "amod") or is_self_outlet(page, i):
        return None
    if not _is_medium(tree, i):
        return None
    above = tree.head[i]
    record = tree.lemma[i] in word_class("record")
    if tree.dep[i] == "pobj" and tree.lower[above] == "to" and tree.lower[above - 1] == "according":
        return Finding("secondhand", i, (tree.head[above - 1],))
    if record or not _speaks(tree, i):
        return None
    if tree.pos[i] == "PROPN" and tree.dep[i] != "nsubj":
        return None
    return Finding("secondhand", above if tree.pos[above] in VERBAL_POS else i)


def _is_medium(tree: Tree, i: int) -> bool:
    """Not "the space agency", nor the website of whoever the news is about."""
    if tree.lemma[i] == "agency":
        return any(tree.lower[c] in ("news", "press") for c in tree.children[i])
    return not (tree.lemma[i] in ("website", "channel") and tree.has_child(i, "poss"))


def is_self_outlet(page: Page, i: int) -> bool:
    """Whether the medium is the outlet itself: "the newspaper" of its own name, its name."""
    tree = page.tree
    return bool(page.outlet) and tree.pos[i] == "PROPN" and is_self(page, i) and tree.lower[i] in page.outlet


def citing(page: Page, i: int) -> Finding | None:
    """As in "Citing officials", "was quoted by state radio as saying"."""
    tree = page.tree
    if tree.tag[i] == "VBN" and tree.lemma[i] == "quote" and tree.is_passive(i):
        said = any(
            tree.dep[c] == "prep" and tree.lower[c] == "as" and tree.has_child(c, "pcomp")
            for c in tree.children[i]
        )
        return Finding("secondhand", i) if said else None
    if tree.tag[i] != "VBG":
        return None
    cited = tree.child(i, "dobj")
    if cited is None:
        return None
    known = (
        tree.lemma[cited] in word_class("cited")
        or tree.lemma[cited] in word_class("press")
        or (tree.pos[cited] == "PROPN" and tree.lower[cited] in words("news_organisations.txt"))
    )
    return Finding("secondhand", i) if known else None


def reports_say(page: Page, i: int) -> Finding | None:
    """As in "Local reports say", "according to media reports": plural reports without a "the" before them."""
    tree = page.tree
    if tree.tag[i] != "NNS" or not _speaks(tree, i) or not _is_indefinite(tree, i):
        return None
    return Finding("secondhand", i)
