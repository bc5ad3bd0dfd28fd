"""Who did what to whom: the head words of a clause's predicate, agent and patient."""

from __future__ import annotations

from dataclasses import dataclass

from variorum.annotate.governors import governor_of, seems
from variorum.annotate.tree import VERBAL_POS, Tree
from variorum.lexicon import words

_RELATIVE = frozenset(("who", "whom", "which", "that", "whose"))


@dataclass(frozen=True, slots=True)
class Roles:
    """Token indices; None where the clause does not say."""

    predicate: int | None
    agent: int | None
    patient: int | None


def roles_of(tree: Tree, head: int) -> Roles:
    """The roles of the clause headed by `head`.

    A passive's subject is the patient and its "by" phrase the agent; a relative pronoun stands for its noun;
    coordinated and infinitive predicates share the subject of the one they hang on; "a group of soldiers" is
    soldiers.
    """
    verb = lexical_verb(tree, head)
    if tree.pos[verb] not in VERBAL_POS and not tree.has_child(verb, "aux", "auxpass", "nsubj"):
        return _nominal_roles(tree, verb)
    subject = _subject(tree, verb)
    if tree.is_passive(verb):
        by = tree.child(verb, "agent")
        agent = tree.child(by, "pobj") if by is not None else None
        return Roles(_predicate(tree, verb), _core(tree, agent), _core(tree, subject))
    patient = tree.child(verb, "dobj", "dative")
    if patient is None and tree.lemma[verb] != "be":
        patient = tree.child(verb, "attr", "oprd")
    return Roles(_predicate(tree, verb), _core(tree, subject), _core(tree, _antecedent(tree, patient)))


def lexical_verb(tree: Tree, head: int) -> int:
    """The verb that carries the meaning: below "seems to", "is likely to", "began to", "is able to"."""
    for _ in range(4):  # chains are short; a bound keeps broken parses cheap
        entry = governor_of(tree, head)
        aspectual = tree.lemma[head] in words("aspectual.txt")
        lower = tree.child(head, "xcomp")
        if lower is None and seems(tree, head):
            lower = tree.child(head, "advcl")
        if lower is None:
            for c in tree.children[head]:
                if tree.dep[c] in ("acomp", "attr") and tree.has_child(c, "xcomp"):
                    entry, lower = governor_of(tree, c), tree.child(c, "xcomp")
        if lower is None or tree.pos[lower] not in VERBAL_POS:
            return head
        if not aspectual and (entry is None or not entry.raises):
            return head
        head = lower
    return head


def _predicate(tree: Tree, verb: int) -> int:
    """For "was unclear" and "is a spokesman" the adjective or noun, else the verb."""
    if tree.lemma[verb] == "be":
        said = tree.child(verb, "acomp", "attr", "oprd")
        if said is not None:
            return said
    return verb


def _nominal_roles(tree: Tree, head: int) -> Roles:
    """A noun as predicate: "the murder of the guards by the rebels" has an agent and a patient.

    Of a number it is what is told of those counted: "four dead after a storm".
    """
    if tree.pos[head] == "NUM":
        return Roles(tree.child(head, "amod", "acl"), None, None)
    patient = agent = None
    for c in tree.children[head]:
        if tree.dep[c] in ("prep", "agent"):
            if tree.lower[c] == "of" and patient is None:
                patient = tree.child(c, "pobj")
            elif tree.lower[c] == "by":
                agent = tree.child(c, "pobj")
    return Roles(head, _core(tree, agent), _core(tree, patient))


def _subject(tree: Tree, verb: int) -> int | None:
    """The subject's head word, taken from the governing predicate where the verb has none of its own."""
    for _ in range(5):
        subject = tree.child(verb, "nsubj", "nsubjpass")
        if subject is not None:
            return _antecedent(tree, subject)
        above, dep = tree.head[verb], tree.dep[verb]
        if above == verb:
            return None
        if dep in ("acl", "relcl"):
            return above if not tree.is_infinitive(verb) else None
        if dep == "xcomp":
            # object control: "ordered the crowd to leave" has the crowd leave
            controlled = tree.child(above, "dobj", "dative")
            if controlled is not None:
                return controlled
        if dep == "pcomp" and tree.dep[above] == "prep":
            over = tree.head[above]
            named = tree.child(over, "dobj")
            if tree.lower[above] in ("of", "from", "for", "with") and named is not None:
                return named
            above = over
        if dep not in ("conj", "xcomp", "advcl", "pcomp", "acomp", "attr") or tree.pos[above] == "NOUN":
            return None
        verb = above
    return None


def _antecedent(tree: Tree, i: int | None) -> int | None:
    """The noun that a relative pronoun stands for; other words stand for themselves."""
    if i is None or tree.lower[i] not in _RELATIVE or tree.pos[i] not in ("PRON", "DET", "SCONJ"):
        return i
    for above in tree.ancestors(i):
        if tree.dep[above] == "relcl":
            return tree.head[above]
    return i


def _core(tree: Tree, i: int | None) -> int | None:
    """The noun that is counted: soldiers, for "one of the soldiers" and "a group of soldiers"."""
    for _ in range(3):
        if i is None:
            return None
        counts = tree.pos[i] in ("NUM", "DET", "PRON") or tree.lemma[i] in words("partitives.txt")
        of = next((c for c in tree.children[i] if tree.dep[c] == "prep" and tree.lower[c] == "of"), None)
        inner = tree.child(of, "pobj") if of is not None and counts else None
        if inner is None:
            return i
        i = inner
    return i
