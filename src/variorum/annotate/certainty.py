"""How firmly each clause is stated, and whether it is affirmed, as its source presents it.

The values are those of FactBank (Saurí and Pustejovsky 2009): each source commits to what it says, so the
words that attribute a statement ("said", "announced") do not weaken it, while those that take a stand
("believes", "denied", "wants to") do. The cues are in `data/hedges.txt`, `governors.txt` and `negators.txt`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import cast

from variorum.annotate.clauses import Clause, is_definite
from variorum.annotate.governors import (
    Governor,
    complement_governor,
    governor_of,
    is_able,
    is_unsettled,
    seems,
)
from variorum.annotate.tree import SUBJECTS, Tree
from variorum.lexicon import rows, words
from variorum.model import Certainty, Polarity

_STRENGTH: dict[Certainty, int] = {"certain": 0, "probable": 1, "possible": 2, "underspecified": 3}
_PREDICATIVE = frozenset(("xcomp", "acomp", "attr", "oprd", "auxpass", "advcl"))
_ARGUMENTS = frozenset(("nsubj", "nsubjpass", "dobj", "attr", "expl"))


@dataclass(frozen=True, slots=True)
class Stance:
    """Certainty and polarity of a clause, with the tokens that say so."""

    certainty: Certainty = "certain"
    polarity: Polarity = "positive"
    hedges: tuple[int, ...] = ()

    def hedged(self, certainty: Certainty, *cues: int) -> Stance:
        """The weaker of this and `certainty`, with the cues where they weaken it."""
        if certainty == "certain":
            return self
        weaker = max(self.certainty, certainty, key=_STRENGTH.__getitem__)
        return replace(self, certainty=weaker, hedges=tuple(sorted({*self.hedges, *cues})))

    def negated(self) -> Stance:
        """The same with affirmed and denied exchanged."""
        if self.polarity == "underspecified":
            return self
        return replace(self, polarity="positive" if self.polarity == "negative" else "negative")

    def opened(self, *cues: int) -> Stance:
        """Neither affirmed nor denied: questions, conditions."""
        return replace(self.hedged("underspecified", *cues), polarity="underspecified")


@cache
def _cues(part: str) -> dict[str, Certainty]:
    return {word: cast(Certainty, c) for word, p, c in rows("hedges.txt") if p == part}


@cache
def _negators(how: str) -> frozenset[str]:
    return frozenset(word for word, h in rows("negators.txt") if h == how)


def stances(tree: Tree, clauses: Sequence[Clause]) -> list[Stance]:
    """The stance of every clause, in the clauses' order; linear in the tokens."""
    found: list[Stance | None] = [None] * len(clauses)
    for n in range(len(clauses)):
        waiting = []
        at: int | None = n
        while at is not None and found[at] is None:
            waiting.append(at)
            at = clauses[at].parent
        for k in reversed(waiting):
            parent = clauses[k].parent
            found[k] = _stance(tree, clauses, k, found[parent] if parent is not None else None)
    return [s for s in found if s is not None]


def _stance(tree: Tree, clauses: Sequence[Clause], n: int, above: Stance | None) -> Stance:
    clause = clauses[n]
    chain = _chain(tree, clause)
    stance = _inside(tree, clause, chain)
    if clause.parent is None:
        return stance.opened() if _is_question(tree, clause.head) else stance
    parent = clauses[clause.parent]
    assert above is not None
    if clause.kind == "conjunct":
        return _from_conjunct(tree, clause, stance, above)
    if clause.kind in ("purpose", "infinitive") and is_unsettled(tree, clause.head):
        stance = stance.hedged("underspecified")
    stance = _from_governor(tree, clause, stance)
    if _passes_on(tree, clause, parent):
        stance = stance.hedged(above.certainty, *above.hedges)
    return stance


def _chain(tree: Tree, clause: Clause) -> list[int]:
    """The predicate's words: its verb and the infinitives and adjectives that are one statement with it."""
    own = set(clause.own)
    chain = [clause.head]
    for i in chain:
        for c in tree.children[i]:
            if c in own and tree.dep[c] in _PREDICATIVE and len(chain) < 8:
                chain.append(c)
    return chain


def _inside(tree: Tree, clause: Clause, chain: list[int]) -> Stance:
    """What the clause's own words say."""
    stance = Stance()
    for i in chain:
        stance = _raised(tree, i, stance)
        for c in tree.children[i]:
            stance = _modified(tree, clause, i, c, stance)
    return stance


def _raised(tree: Tree, i: int, stance: Stance) -> Stance:
    """As in "seems to have left", "is likely to leave": one statement with its governor."""
    entry = governor_of(tree, i)
    if entry is None or not entry.raises:
        return stance
    infinitive = tree.has_child(i, "xcomp") or (
        seems(tree, i) and any(tree.dep[c] == "advcl" and tree.is_infinitive(c) for c in tree.children[i])
    )
    beside = tree.dep[i] in ("acomp", "attr") and tree.has_child(tree.head[i], "xcomp")
    predicative = tree.pos[i] == "ADJ" or tree.dep[i] in ("acomp", "oprd")
    lone = predicative and (tree.lower[i] in _cues("adjective") or tree.lower[i] in _cues("predicate"))
    if not (infinitive or beside or lone):
        return stance
    if entry.polarity == "negative":
        stance = stance.negated()
    return stance.hedged(entry.certainty, i)


def _modified(tree: Tree, clause: Clause, i: int, c: int, stance: Stance) -> Stance:
    """What one dependent `c` of the predicate word `i` adds."""
    word, dep = tree.lower[c], tree.dep[c]
    if tree.tag[c] == "MD" and dep == "aux":
        if word in ("would", "'d") and _is_past_future(tree, clause.head):
            return stance
        if is_able(tree, i, word):
            return stance
        return stance.hedged(_cues("modal").get(word, "certain"), c)
    if dep == "advmod" and word in _negators("approximator"):
        if tree.pos[i] == "VERB" and tree.dep[i] != "amod":
            return stance.negated()
        return stance.hedged(_cues("approximated").get(tree.lower[i], "certain"), c, i)
    if dep == "neg" or (dep in ("advmod", "preconj", "cc") and word in _negators("adverb") and c < i):
        return stance if _only_follows(tree, c) else stance.negated()
    if dep == "advmod" and word in ("longer", "more") and tree.has_child(c, "neg"):  # "no longer"
        return stance.negated()
    if dep in ("advmod", "amod", "intj", "npadvmod", "prep"):
        part = "adjective" if dep == "amod" else "adverb"
        return stance.hedged(_cues(part).get(word, "certain"), c)
    if dep == "mark" and word in _cues("mark"):
        return stance.opened(c)
    if dep in _ARGUMENTS and _is_negative_phrase(tree, c):
        return stance.negated()
    if dep == "agent" and any(_is_negative_phrase(tree, g) for g in tree.children[c]):
        return stance.negated()
    if dep in ("nsubj", "nsubjpass", "attr", "acomp", "prep"):
        adverb = next((g for g in tree.children[c] if tree.dep[g] == "advmod"), None)
        if adverb is not None:
            return stance.hedged(_cues("adverb").get(tree.lower[adverb], "certain"), adverb)
    return stance


def _is_past_future(tree: Tree, head: int) -> bool:
    """Whether "would" is a future told in the past: "said it would close"."""
    while tree.dep[head] == "conj":
        head = tree.head[head]
    said = tree.tag[tree.head[head]] in ("VBD", "VBN", "VBG")
    told = tree.dep[head] == "ccomp" and said
    noted = tree.dep[head] == "acl" and any(tree.lower[c] == "that" for c in tree.children[head])
    return (told or noted) and not _has_condition(tree, head)


def _has_condition(tree: Tree, head: int) -> bool:
    return any(
        tree.dep[c] == "advcl" and any(tree.lower[g] in ("if", "unless") for g in tree.children[c])
        for c in tree.children[head]
    )


def _only_follows(tree: Tree, i: int) -> bool:
    """As in "Not only … but also" affirms."""
    return i + 1 < len(tree) and tree.lower[i + 1] in ("only", "just", "least")


def _is_negative_phrase(tree: Tree, i: int) -> bool:
    """As in "No one", "none of them", "no evidence", "neither the place nor the time"."""
    if tree.lower[i] in _negators("pronoun"):
        return True
    return any(
        c < i
        and (
            (tree.lower[c] in _negators("determiner") and tree.dep[c] in ("det", "preconj", "cc", "neg"))
            or (tree.dep[c] == "neg" and not _only_follows(tree, c))
        )
        for c in tree.children[i]
    )


def _is_question(tree: Tree, root: int) -> bool:
    marks = [c for c in tree.children[root] if tree.dep[c] == "punct" and c > root]
    return any(tree.lower[c] == "?" for c in marks)


def _from_conjunct(tree: Tree, clause: Clause, stance: Stance, above: Stance) -> Stance:
    """A second predicate stands under the first's modal, hedge and governor unless it has its own."""
    first = tree.head[clause.head]
    if any(first < c < clause.head and _sets_aside(tree, c) for c in tree.children[first]):
        return stance.negated()
    if tree.has_child(clause.head, *SUBJECTS):
        outer = complement_governor(tree, tree.head[clause.head])
        return _governed(tree, stance, outer) if outer is not None else stance
    stance = _with_shared_hedges(tree, clause.head, stance, above)
    joined = {tree.lower[c] for c in tree.children[first] if tree.dep[c] == "cc"}
    if above.polarity == "negative" and joined & {"or", "nor"}:
        return replace(stance, polarity="negative")
    return stance


def _with_shared_hedges(tree: Tree, head: int, stance: Stance, above: Stance) -> Stance:
    """The first predicate's hedges that stand before both: a modal for a bare verb, an adverb."""
    first = tree.head[head]
    if any(tree.tag[c] == "MD" for c in tree.children[head]):
        return stance
    finite = tree.tag[head] in ("VBD", "VBZ", "VBP") or tree.has_child(head, "aux", "auxpass")
    own_verb = tree.tag[first] in ("VBD", "VBZ", "VBP") and tree.lemma[first] != "be"
    if finite and not own_verb:
        return stance
    shared = [h for h in above.hedges if h < first or h > head]
    return stance.hedged(above.certainty, *shared) if shared else stance


def _from_governor(tree: Tree, clause: Clause, stance: Stance) -> Stance:
    """What the word that a complement depends on says of it."""
    head = clause.head
    if tree.dep[head] == "pcomp" and _sets_aside(tree, tree.head[head]):
        return stance.negated()
    if clause.kind == "relative" and tree.is_infinitive(head) and _is_negative_phrase(tree, tree.head[head]):
        return stance.negated()  # "nothing to stop it"
    if clause.kind not in ("complement", "infinitive", "gerund", "nominal"):
        return stance
    found = complement_governor(tree, head)
    if found is not None:
        return _governed(tree, stance, found)
    if clause.kind == "nominal":
        return stance
    if clause.kind == "infinitive" and tree.dep[head] == "acl":
        return stance.negated() if is_negated(tree, tree.head[head]) else stance
    verb = tree.head[head]
    if clause.kind != "complement" or tree.lemma[verb] in words("factives.txt"):
        return stance
    if _is_negative_phrase(tree, verb) and tree.pos[verb] == "NOUN":  # "no evidence that"
        return stance.hedged("probable", verb).negated()
    negation = next((c for c in tree.children[verb] if tree.dep[c] == "neg"), None)
    if negation is not None and not _asks(tree, head):
        return stance.opened(negation, verb)
    return stance


def _sets_aside(tree: Tree, i: int) -> bool:
    """Whether a preposition or conjunction says that what follows is not done: "without", "rather than"."""
    if tree.lower[i] in _negators("preposition"):
        return True
    return i > 0 and f"{tree.lower[i - 1]} {tree.lower[i]}" in _negators("preposition")


def _governed(tree: Tree, stance: Stance, found: tuple[int, Governor]) -> Stance:
    i, entry = found
    stance = stance.hedged(entry.certainty, *(() if entry.asks else (i,)))
    negative = is_negated(tree, i) != (entry.polarity == "negative")
    return stance.negated() if negative else stance


def is_negated(tree: Tree, i: int) -> bool:
    """Whether a word that governs an event is itself denied, or an event it names comes to nothing."""
    if tree.has_child(i, "neg") or _is_negative_phrase(tree, i):
        return True
    head = tree.head[i]
    if tree.dep[i] in ("acomp", "attr", "xcomp"):
        return tree.has_child(head, "neg")
    if tree.dep[i] in ("dobj", "nsubj", "nsubjpass") and _undoes(tree, head):  # "the plan to move failed"
        return True
    return any(tree.dep[c] == "amod" and _undoes(tree, c) for c in tree.children[i])  # "the scrapped plan to"


def _undoes(tree: Tree, i: int) -> bool:
    entry = governor_of(tree, i)
    return entry is not None and entry.polarity == "negative" and tree.pos[i] == "VERB"


def _asks(tree: Tree, head: int) -> bool:
    """Whether a complement is a question or a free relative: "how it burned", "what caused it"."""
    return any(tree.tag[c] in ("WRB", "WP", "WDT") for c in tree.subtree(head))


def _passes_on(tree: Tree, clause: Clause, parent: Clause) -> bool:
    """Whether a hedge on the governing clause holds for this one too."""
    head = clause.head
    if clause.kind == "nominal":
        return not is_definite(tree, head)
    if clause.kind in ("infinitive", "gerund"):
        return True
    if clause.kind == "adverbial":
        return tree.tag[head] in ("VBG", "VBN", "JJ") and not tree.has_child(head, "mark")
    if clause.kind == "complement":
        return tree.lemma[tree.head[head]] in words("showing.txt")
    return clause.kind == "purpose" and parent.kind != "root"
