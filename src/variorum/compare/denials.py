"""Sets denials against what they deny, where the two share too few words to be taken for one fact.

"Dorland accused Veska of shelling the dam" and "Veska's ministry called the reports nonexistent" have hardly
a word in common. What a denial is of is told by its own words ("denied shelling the dam") or, where it only
points back ("the charges", "the situation"), by the accusation that its account told before it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from variorum.compare.comparators.finding import marked
from variorum.compare.denying import Denial, accuses, asserts, deeds_of, denial, done_to, told
from variorum.compare.participants import doer, parties, source, surname
from variorum.compare.views import View
from variorum.lexicon import words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

_COVERED = 0.5  # share of the words of what is denied that its assertion has
_COVERED_AT_LARGE = 0.66  # the same where "the allegations" meet what nobody calls one
_SHARED = 2  # words that both have in common
_JUST = 2  # the same where it is not called an accusation
_BACK = 8  # sentences before a denial in which the accusation that it points back to stands
_MOST = 2  # claims of the other account that one denial is set against
_LIKE = 0.6  # cosine of a denial and what it denies where no name and but one word is common
_LIKE_A_DEED = 0.4  # the same where somebody is accused of the deed, or it is done to somebody
_ALIKE = 0.2  # probability that an accusation and a claim of the other account state one fact


@dataclass(frozen=True, slots=True)
class Denied:
    """A claim of each account, by number, of which one denies what the other asserts, and why that is so."""

    a: int
    b: int
    because: str


@dataclass(frozen=True, slots=True)
class Told:
    """The claims of one account, and what of them is asked for beside every other account.

    `denials` are its denials with the numbers of their claims, `names` all names in it, `beside` for each
    surname the names where its bearer is brought in: a spokesperson's are their ministry's.
    """

    views: Sequence[View]
    denials: Sequence[tuple[int, Denial]]
    names: frozenset[str]
    beside: Mapping[str, frozenset[str]]


def read(views: Sequence[View]) -> Told:
    """What an account denies, and whom it names; linear in its claims."""
    denials = tuple((i, said) for i, view in enumerate(views) if (said := denial(view)) is not None)
    names = frozenset[str]().union(*(parties(v) | source(v) | doer(v).accused for v in views))
    return Told(views, denials, names, _beside(views))


def denied(a: Told, b: Told, chances: Matrix, cosine: Matrix) -> tuple[Denied, ...]:
    """The claims of two accounts of which one denies what the other asserts.

    Looks at each denial with all claims of the other account, so costs their number times that of denials.

    Args:
        a: one account, as `read` gives it.
        b: the other.
        chances: how likely each two state one fact, [claims of a, claims of b].
        cosine: how alike each two are, of the same shape.
    """
    found = [Denied(i, j, why) for i, j, why in _against(a, b, chances, cosine)]
    return tuple(found + [Denied(j, i, why) for i, j, why in _against(b, a, chances.T, cosine.T)])


def _against(own: Told, other: Told, chances: Matrix, cosine: Matrix) -> list[tuple[int, int, str]]:
    """Each denial of one account with what the other asserts and it denies."""
    found = []
    strangers = other.names - own.names
    for i, said in own.denials:
        denier = said.denier.union(*(own.beside.get(name, ()) for name in said.denier))
        if said.what:
            known = denier & other.names
            stated = _asserting(own.views[i], said, known, other.views, cosine[i], strangers)
            found += [(i, j, _why(other.views[j], said)) for j in stated]
        elif denier:
            found += _pointed_to(i, said, own.views, other.views, denier, chances)
    return found


def _why(statement: View, said: Denial, of: View | None = None) -> str:
    why = f"{marked(statement.text)} is denied: {marked(said.text)}"
    return why if of is None else f"{why}, which is said of {marked(of.text)}"


def _beside(own: Sequence[View]) -> Mapping[str, frozenset[str]]:
    """For each surname the names where its bearer is brought in."""
    found: dict[str, frozenset[str]] = {}
    for view in own:
        name = surname(view.attribution.speaker or "") if view.attribution else ""
        if name:
            found[name] = found.get(name, frozenset()) | source(view)
    return found


def _asserting(
    view: View,
    said: Denial,
    denier: frozenset[str],
    other: Sequence[View],
    cosine: Matrix,
    strangers: frozenset[str],
) -> list[int]:
    """The claims that assert what a denial with words of its own denies, the likest first.

    None that names only `strangers`, of whom the account that denies does not speak.
    """
    ranked = []
    for j, statement in enumerate(other):
        if not asserts(statement) or not said.deeds & deeds_of(statement):
            continue
        if parties(statement) and parties(statement) <= strangers:
            continue
        share = len(said.what & told(statement)) / len(said.what)
        least = _COVERED if accuses(statement) or not said.at_large else _COVERED_AT_LARGE
        if share >= least and _same_parties(view, said, denier, statement, float(cosine[j])):
            ranked.append((-share, -float(cosine[j]), j))
    return [j for _, _, j in sorted(ranked)[:_MOST]]


def _same_parties(view: View, said: Denial, denier: frozenset[str], statement: View, likeness: float) -> bool:
    named, named_too = parties(view) | {n for n in denier if " " not in n}, parties(statement)
    if named and named_too and not named & named_too:
        return False
    charge = accuses(statement)
    if charge and not said.at_large and "been" in statement.words:  # "her claims" are not those of many
        return False
    if not said.own:
        linked = bool(named & named_too) or len(said.what & told(statement)) > 1
        return linked or likeness >= (_LIKE_A_DEED if charge or done_to(statement, said.deeds) else _LIKE)
    done_by = doer(statement)  # the deed is denied of the denier, not that it was done
    if charge:
        return _charges(statement, denier)
    if done_by.pronoun:
        return len(said.what) > 1 and said.what <= told(statement)
    return bool(done_by.names & denier or (done_by.root and done_by.root in (said.by, doer(view).root)))


def _speaks(view: View, denier: frozenset[str]) -> bool:
    """Whether a claim says that somebody spoke and accuses nobody, or is what whoever denies says."""
    return bool(source(view) & denier) or (view.lemma in words("reporting-verbs.txt") and not accuses(view))


def _charges(view: View, denier: frozenset[str]) -> bool:
    """Whether a claim accuses whoever denies, or names them where it does not say who is accused."""
    accused = doer(view).accused if accuses(view) else frozenset[str]()
    by_name = {n for n in accused if " " not in n}
    return bool((by_name or accused | parties(view)) & denier)


def _pointed_to(
    i: int, said: Denial, own: Sequence[View], other: Sequence[View], denier: frozenset[str], chances: Matrix
) -> list[tuple[int, int, str]]:
    """What the other account asserts of the accusation to which "the charges" points back."""
    before = _told_before(i, said, own, denier)
    if before:
        likest = _likest(before, own, other, chances)
        ranked = sorted(likest, key=lambda j: (-float(chances[likest[j], j]), j))
        stated = [j for j in ranked if asserts(other[j]) and not _speaks(other[j], denier)]
        return [(i, j, _why(other[j], said, own[likest[j]])) for j in stated[: 1 if said.matter else _MOST]]
    if said.recalls:
        return []
    stated = [j for j, v in enumerate(other) if asserts(v) and accuses(v) and _charges(v, denier)]
    return [(i, j, _why(other[j], said)) for j in stated[:_MOST]]


def _likest(
    charges: Sequence[int], own: Sequence[View], other: Sequence[View], chances: Matrix
) -> Mapping[int, int]:
    """For each claim of the other account that may state one of some charges, the likeliest of these."""
    found: dict[int, int] = {}
    for k in charges:
        for j, view in enumerate(other):
            least = 1 if accuses(own[k]) and accuses(view) else _SHARED
            if chances[k, j] < _ALIKE or len(told(own[k]) & told(view)) < least:
                continue
            if j not in found or chances[k, j] > chances[found[j], j]:
                found[j] = k
    return found


def _told_before(i: int, said: Denial, own: Sequence[View], denier: frozenset[str]) -> list[int]:
    """The claims of the nearest sentence before a denial that accuses whoever denies, or only names them."""
    here, back = own[i].sentence, _JUST if said.matter else _BACK
    by_sentence: defaultdict[int, list[int]] = defaultdict(list)
    for k, view in enumerate(own):
        if 0 <= here - view.sentence <= back and view.ref.span.end <= own[i].ref.span.start:
            by_sentence[view.sentence].append(k)
    for sentence in sorted(by_sentence, reverse=True):
        claims = [k for k in by_sentence[sentence] if asserts(own[k]) and not source(own[k]) & denier]
        if not any(_charges(own[k], denier) for k in claims):
            continue
        charges = [k for k in claims if said.matter or accuses(own[k]) or own[k].attribution is not None]
        if charges:
            return charges
    return []
