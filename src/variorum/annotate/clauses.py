"""Cuts sentences into clauses over the dependency parse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from variorum.annotate.governors import is_hedge, is_unsettled, seems, shifts_complement
from variorum.annotate.tree import CONTENT_POS, SUBJECTS, TENSED, VERBAL_POS, Tree
from variorum.lexicon import words

ClauseKind = Literal[
    "root",  # a sentence's main clause, or the whole of a verbless line
    "complement",  # what is said, shown, known; a clause as subject
    "relative",  # "who fled", and participles that qualify a noun: "wearing helmets"
    "adverbial",  # "after the bridge fell", "before leaving", "killing two"
    "purpose",  # "to save the child"
    "conjunct",  # "and left the town"
    "gerund",  # "(accused) of taking bribes"
    "infinitive",  # "(want) to leave": its own claim because the governor changes how certain it is
    "apposition",  # ", a former mayor of the town,"
    "source",  # "according to the minister"
    "nominal",  # "the collapse of the bridge": an event told as a noun
]

# A clause of these kinds is part of what its parent states, so the parent's span holds it.
NESTED: frozenset[ClauseKind] = frozenset(("infinitive", "nominal", "purpose", "gerund"))
# Clauses of these kinds need two content words of their own, or a subject.
_PRUNED: frozenset[ClauseKind] = frozenset(
    ("adverbial", "relative", "apposition", "conjunct", "complement", "gerund")
)
# Prepositions whose gerund tells of another event, rather than complete the verb before it.
_TEMPORAL = frozenset(
    ("after", "before", "by", "since", "without", "despite", "upon", "while", "when", "through", "following")
)
_OPENING_DEPS = frozenset(("mark", "cc", "preconj"))
_CAUSATIVES = frozenset(("help", "let", "make"))  # under these a verb without "to" is one predicate with them
_BARE = frozenset(("VB", "JJ", "JJR", "NN", "NNS"))
_LEFT_OF_NOUN = frozenset(
    ("det", "amod", "compound", "nummod", "poss", "nmod", "predet", "case", "quantmod", "npadvmod")
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause as token indices into a `Tree`.

    `own` are its words without those of other clauses, in order; `first` and `last` bound its span, which may
    also hold clauses inside it. `parent` is the index of the clause that governs it, None for a main clause.
    """

    head: int
    kind: ClauseKind
    own: tuple[int, ...]
    first: int
    last: int
    parent: int | None


def segment(tree: Tree) -> tuple[Clause, ...]:
    """Every clause of an article, in order of their heads; each word is in the `own` of exactly one.

    Time and memory are linear in the tokens.
    """
    kinds = _clause_heads(tree)
    owner = _owners(tree, kinds)
    if _prune(tree, kinds, owner):
        owner = _owners(tree, kinds)
    own: dict[int, list[int]] = {h: [] for h in kinds}
    for i in range(len(tree)):
        if tree.word[i]:
            own[owner[i]].append(i)
    number = {h: n for n, h in enumerate(kinds)}
    bounds = {h: _bounds(tree, h, kinds[h], own[h]) for h in kinds}
    for h, kind in kinds.items():
        if kind in NESTED and bounds[h] is not None:
            _widen(bounds, own, kinds, owner, tree, h)
    clauses = []
    for h, kind in kinds.items():
        first, last = bounds[h] or (h, h)
        parent = None if tree.head[h] == h else number[owner[tree.head[h]]]
        clauses.append(Clause(h, kind, tuple(own[h]), first, last, parent))
    return tuple(clauses)


def _prune(tree: Tree, kinds: dict[int, ClauseKind], owner: list[int]) -> bool:
    """Drop the clauses that, without those inside them, are too short to state anything: "adding that"."""
    content = dict.fromkeys(kinds, 0)
    for i, h in enumerate(owner):
        content[h] += tree.word[i] and tree.pos[i] in CONTENT_POS
    for h in reversed(kinds):  # what is nested counts for the clause that holds it
        if kinds[h] in NESTED and tree.head[h] != h:
            content[owner[tree.head[h]]] += content[h]
    short = [h for h, n in content.items() if n < 2 and kinds[h] in _PRUNED and not _stands_alone(tree, h)]
    for h in short:
        del kinds[h]
    return bool(short)


def _stands_alone(tree: Tree, h: int) -> bool:
    """Whether a short clause has a subject that is no relative pronoun, or a negation or modal of its own."""
    return any(
        (tree.dep[c] in SUBJECTS and tree.tag[c] not in ("WDT", "WP")) or tree.dep[c] == "neg"
        for c in tree.children[h]
    )


def _widen(
    bounds: dict[int, tuple[int, int] | None],
    own: dict[int, list[int]],
    kinds: dict[int, ClauseKind],
    owner: list[int],
    tree: Tree,
    h: int,
) -> None:
    """Let every clause that a nested one is part of reach over it."""
    while kinds[h] in NESTED and tree.head[h] != h:
        up = owner[tree.head[h]]
        inner, outer = bounds[h], bounds[up]
        if inner is None:
            return
        whole = (min(own[h][0], inner[0]), inner[1])
        bounds[up] = whole if outer is None else (min(outer[0], whole[0]), max(outer[1], whole[1]))
        h = up


def _owners(tree: Tree, kinds: dict[int, ClauseKind]) -> list[int]:
    """The clause head that each token belongs to; iterative, because a parse may be as deep as it is long."""
    owner = [-1] * len(tree)
    for i in range(len(tree)):
        path = []
        while owner[i] < 0 and i not in kinds:
            path.append(i)
            i = tree.head[i]
        found = i if i in kinds else owner[i]
        for p in path:
            owner[p] = found
        owner[i] = found
    return owner


def _bounds(tree: Tree, head: int, kind: ClauseKind, own: list[int]) -> tuple[int, int] | None:
    """First and last token of a clause's span, without the conjunction or preposition that opens it."""
    if not own:
        return None
    first = 0
    while first < len(own) - 1 and _opens(tree, head, own[first]):
        first += 1
    last = len(own) - 1
    while last > first and _trails(tree, head, own[last]):
        last -= 1
    start = own[first]
    if kind == "relative":
        start = _with_antecedent(tree, head, start)
    return start, own[last]


def _opens(tree: Tree, head: int, i: int) -> bool:
    """Whether a first word only leads into the clause: "after", "because", "and", "that"."""
    if tree.head[i] != head or i >= head or tree.dep[i] == "prep":
        return False
    return tree.dep[i] in _OPENING_DEPS or tree.tag[i] == "IN"


def _trails(tree: Tree, head: int, i: int) -> bool:
    """Whether a last word only leads over to a clause that is cut off: "and", "after", "as well as".

    Not the particle of "blacked out", nor what stands alone in "the town they came from".
    """
    if i == head:
        return False
    if tree.dep[i] in _OPENING_DEPS or tree.pos[i] in ("CCONJ", "DET"):
        return True
    cut_off = any(c > i for c in tree.children[i]) or tree.dep[i] not in ("prt", "prep", "advmod")
    return tree.pos[i] in ("ADP", "SCONJ") and cut_off


def _with_antecedent(tree: Tree, head: int, start: int) -> int:
    """Where the noun phrase begins that a clause without a comma qualifies: its subject stands there."""
    noun = tree.head[head]
    if noun >= start or noun < start - 1:
        return start
    left = noun
    while left > 0 and tree.head[left - 1] in range(left, noun + 1) and _leads_in(tree, left - 1):
        left -= 1
    return left


def _leads_in(tree: Tree, i: int) -> bool:
    """Whether a word before a noun belongs to it; so does the hyphen of "state-run"."""
    return tree.dep[i] in _LEFT_OF_NOUN or (tree.lower[i] == "-" and tree.end[i] == tree.start[i + 1])


def _clause_heads(tree: Tree) -> dict[int, ClauseKind]:
    """The heads in order; a clause too short to state anything stays part of the one above it."""
    heads: dict[int, ClauseKind] = {}
    for i in range(len(tree)):
        kind = _kind(tree, i)
        if kind is not None:
            heads[i] = kind
    return heads


def _kind(tree: Tree, i: int) -> ClauseKind | None:
    dep = tree.dep[i]
    if tree.head[i] == i:
        return "root"
    if dep in ("punct", "det", "amod", "compound", "aux", "advmod"):
        return None
    if dep == "prep":
        return "source" if tree.lower[i] == "according" and tree.has_child(i, "prep") else None
    if dep in ("ccomp", "advcl", "acl", "relcl") and _is_part(tree, i):
        return None
    if dep in ("ccomp", "csubj", "csubjpass", "parataxis") or (dep == "dep" and tree.pos[i] == "VERB"):
        if tree.is_infinitive(i) and tree.has_child(i, *SUBJECTS):
            return "infinitive"
        return "complement" if _states_something(tree, i) else None
    if dep == "relcl":
        return "relative"
    if dep == "acl":
        return _participle_kind(tree, i)
    if dep == "advcl":
        return _adverbial_kind(tree, i)
    if dep == "conj":
        return "conjunct" if _is_clausal_conjunct(tree, i) else None
    if dep == "xcomp":
        return "infinitive" if shifts_complement(tree, i) or is_unsettled(tree, i) else None
    if dep == "pcomp":
        if _weight(tree, i) < 2:
            return None
        return "adverbial" if tree.lower[tree.head[i]] in _TEMPORAL else "gerund"
    if dep == "appos":
        return "apposition" if _is_descriptive(tree, i) else None
    if dep in ("pobj", "dobj", "nsubj", "nsubjpass", "attr"):
        return _nominal_kind(tree, i)
    return None


def _is_part(tree: Tree, i: int) -> bool:
    """Whether a clause without tense completes the one above it: "for us to go", "lets you in".

    Told alone it would state nothing, unless the word above leaves it open ("called for him to resign").
    """
    subject = tree.child(i, *SUBJECTS)
    if subject is None or subject > i or tree.has_child(i, "neg") or _is_tensed(tree, i):
        return False
    if tree.is_infinitive(i):
        is_for = any(tree.dep[c] == "mark" and tree.lower[c] == "for" for c in tree.children[i])
        return (is_for or tree.pos[subject] == "PRON") and not shifts_complement(tree, i)
    return tree.dep[i] == "ccomp" and tree.lemma[tree.head[i]] in _CAUSATIVES and tree.tag[i] in _BARE


def _is_tensed(tree: Tree, i: int) -> bool:
    return any(tree.tag[t] in TENSED for t in (i, *tree.children[i]))


def _states_something(tree: Tree, i: int) -> bool:
    return tree.pos[i] in VERBAL_POS or tree.has_child(i, *SUBJECTS) or _weight(tree, i) >= 2


def _weight(tree: Tree, i: int) -> int:
    """How many content words hang from `i`, itself included, counted up to three."""
    n = 0
    for t in tree.subtree(i):
        n += tree.pos[t] in CONTENT_POS and tree.word[t]
        if n == 3:
            break
    return n


def _participle_kind(tree: Tree, i: int) -> ClauseKind | None:
    if any(tree.dep[c] == "mark" and tree.lower[c] == "that" for c in tree.children[i]):
        return "complement"  # "fears that the wall will fall"
    if tree.is_infinitive(i):
        return "infinitive" if _weight(tree, i) >= 2 or shifts_complement(tree, i) else None
    return "relative" if _weight(tree, i) >= 2 else None


def _adverbial_kind(tree: Tree, i: int) -> ClauseKind | None:
    if tree.is_infinitive(i) and not tree.has_child(i, "mark", *SUBJECTS):
        # "went on to claim", "purports to show": one predicate
        if tree.has_child(tree.head[i], "prt") or seems(tree, tree.head[i]):
            return None
        return "purpose" if _weight(tree, i) >= 2 else None
    return "adverbial" if _weight(tree, i) >= 2 or tree.has_child(i, *SUBJECTS) else None


def _is_clausal_conjunct(tree: Tree, i: int) -> bool:
    """Whether a conjunct is a predicate of its own: "shot and killed him" is one, not two."""
    first = tree.head[i]
    if tree.has_child(i, *SUBJECTS):
        return True
    verbal = tree.pos[i] in VERBAL_POS or tree.has_child(i, "aux", "auxpass", "cop")
    if not verbal or tree.pos[first] not in VERBAL_POS:
        return False
    if _weight(tree, i) < 2:
        return False
    return any(first < c < i and tree.dep[c] not in ("cc", "punct") for c in tree.children[first])


def _is_descriptive(tree: Tree, i: int) -> bool:
    """Whether an apposition says what something is, rather than name it."""
    return _weight(tree, i) >= 3 and tree.pos[i] in ("NOUN", "NUM", "DET", "PRON")


def _nominal_kind(tree: Tree, i: int) -> ClauseKind | None:
    """A noun phrase that tells of an event: with what it concerns, or under a noun that leaves it open."""
    if tree.pos[i] not in ("NOUN", "PROPN"):
        return None
    if tree.dep[i] in ("pobj", "dobj") and shifts_complement(tree, i):
        return "nominal" if _weight(tree, i) >= 2 else None
    if tree.lemma[i] not in words("event_nouns.txt"):
        return None
    if any(tree.dep[c] == "amod" and is_hedge(tree, c) for c in tree.children[i]):
        return "nominal"
    concerns = any(tree.dep[c] in ("prep", "agent") for c in tree.children[i] if c > i)
    return "nominal" if concerns and _weight(tree, i) >= 3 else None


def is_definite(tree: Tree, noun: int) -> bool:
    """Whether a noun phrase takes for granted that there is such a thing: "the fall of the wall"."""
    return any(
        tree.dep[c] == "poss" or tree.lower[c] in ("the", "this", "that", "these", "those")
        for c in tree.children[noun]
        if c < noun
    )
