"""Where the source of a cue stands in the parse, and how far it reaches."""

from __future__ import annotations

from variorum.annotate.attribution_rules.reading import Range, Reading
from variorum.model import Span

_SUBJECT = ("nsubj", "csubj")
_SUBJECTLESS = frozenset(("advcl", "acl", "pcomp", "xcomp", "prep", "ccomp", "conj", "parataxis", "dep"))
_LONGEST_CHAIN = 6
_TOUCHING = 8  # tokens: how far the head of a phrase that touches the cue may stand from it


def subject_of(r: Reading, verb: int) -> int | None:
    """The head of whoever does what the verb says: its subject, or that of the verb it hangs on.

    A passive verb's is the agent after "by"; None where nobody is named.
    """
    tree = r.tree
    here = verb
    for _ in range(_LONGEST_CHAIN):
        if tree.has_child(here, "auxpass", "nsubjpass", "csubjpass"):
            return agent_of(r, here) if here == verb or tree.dep[verb] == "conj" else _passive_holder(r, here)
        subject = tree.child(here, *_SUBJECT)
        if subject is not None:
            return None if tree.dep[subject] == "csubj" or _is_dummy(r, here, subject) else subject
        head = tree.head[here]
        if head == here:
            return None
        dep = tree.dep[here]
        if dep == "acl" and tree.pos[head] in ("NOUN", "PROPN", "PRON"):
            return None if tree.tag[here] == "VBN" or tree.is_infinitive(here) else head
        if dep == "xcomp" and (obj := tree.child(head, "dobj", "dative")) is not None:
            return obj
        if dep not in _SUBJECTLESS or (tree.tag[here] == "VBN" and dep == "advcl" and here == verb):
            return None
        here = head
    return None


def agent_of(r: Reading, verb: int) -> int | None:
    """Who stands after "by"."""
    tree = r.tree
    for child in tree.children[verb]:
        if tree.dep[child] == "agent" or (tree.dep[child] == "prep" and tree.lower[child] == "by"):
            return tree.child(child, "pobj")
    return None


def owner_of(r: Reading, noun: int) -> int | None:
    """Whose statement a noun names: "the ministry's claim", "a claim by the ministry"."""
    tree = r.tree
    owner = tree.child(noun, "poss")
    if owner is None:
        for child in tree.children[noun]:
            if tree.dep[child] in ("prep", "agent") and tree.lower[child] in ("by", "from"):
                owner = tree.child(child, "pobj")
                break
    if owner is None:
        head = tree.head[noun]
        if tree.dep[noun] == "dobj" and tree.pos[head] == "VERB":
            owner = subject_of(r, head)
        elif tree.dep[noun] == "pobj" and tree.head[head] != head and tree.pos[tree.head[head]] == "VERB":
            owner = subject_of(r, tree.head[head])
    return owner


def reach(r: Reading, head: int, besides: tuple[Range, ...] = ()) -> Span | None:
    """A source's words: the noun phrase with titles and appositions, without a relative clause after a comma.

    `besides` are token ranges that the source must not enter (cue, content).
    """
    start, end = r.covered(head)
    tree = r.tree
    for child in tree.children[head]:
        if (
            child > head
            and tree.dep[child] in ("relcl", "acl")
            and tree.lower[r.left[child] - 1] in (",", "-", "--", "—", "–")
        ):
            end = min(end, r.left[child] - 1)
    if tree.dep[head] == "poss":
        end = min(end, head + 1)
    for low, high in besides:
        if low <= head < high:
            return None
        if head < low < end:
            end = low
        if start < high <= head:
            start = high
    return r.span((start, end))


def _is_dummy(r: Reading, verb: int, subject: int) -> bool:
    tree = r.tree
    if tree.lower[subject] in ("it", "there") and tree.lemma[verb] in (
        "seem",
        "appear",
        "be",
        "happen",
        "turn",
    ):
        return True
    return tree.dep[subject] == "expl"


def _passive_holder(r: Reading, verb: int) -> int | None:
    """The subject of a passive verb to which the cue is subordinate: "He was cheered, saying ..."."""
    return r.tree.child(verb, "nsubjpass")


def beside(r: Reading, cue: int, tokens: Range) -> Span | None:
    """The noun phrase that touches a cue, after or before it: for verbs whose subject the parser missed."""
    tree = r.tree
    after = range(tokens[1], min(len(tree), tokens[1] + _TOUCHING))
    before = range(tokens[0] - 1, max(-1, tokens[0] - 1 - _TOUCHING), -1)
    for i in (*after, *before):
        if tree.pos[i] not in ("NOUN", "PROPN", "PRON") or r.quote[i] != r.quote[cue]:
            continue
        touches = r.left[i] == tokens[1] or r.right[i] == tokens[0] - 1
        if touches and (span := reach(r, i, (tokens,))):
            return span
    return None
