"""Finds which claims of two accounts state one fact."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from variorum.compare.comparators.finding import names
from variorum.compare.comparators.quote import otherwise, reworded
from variorum.compare.denials import Told, denied
from variorum.compare.scored import score
from variorum.compare.scorer import load_scorer
from variorum.compare.sides import Side, in_a_row, stem
from variorum.compare.stated import stated
from variorum.compare.views import View, words_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]


_JOINT = re.compile(r"['.-]")


@dataclass(frozen=True, slots=True)
class AlignOptions:
    """When two claims are taken to state one fact.

    A pair is kept from `threshold` up (a probability), and where its score is at least `share` of the best
    score that its less contested side has elsewhere: one claim is then not matched to five that merely touch
    on it, and a fact that an account tells twice is still found twice. A claim that the other account states
    with a probability of `stated` is not told by its own account alone. Below the threshold, down to
    `contested`, a pair is worth a look: it counts if the two claims are found to contradict one another, and
    neither names what the other account does not speak of.
    """

    threshold: float = 0.3
    share: float = 0.6
    stated: float = 0.7
    contested: float = 0.18


@dataclass(frozen=True, slots=True)
class Account:
    """The claims of one account, the same as matrices, and what they deny."""

    views: Sequence[View]
    side: Side
    told: Told


@dataclass(frozen=True, slots=True)
class Aligned:
    """The numbers of two claims, one in each account, and the probability that they state one fact.

    `denied` says why one denies what the other asserts, where that is so.
    """

    a: int
    b: int
    score: float
    denied: str = ""


@dataclass(frozen=True, slots=True)
class Alignment:
    """What two accounts both state.

    `pairs` are the pairs of claims that state one fact, best first. `stated_a` and `stated_b` are the claims
    that the other account states in some way, be it not clearly enough for a pair. `doubtful` are
    further pairs, which count only where they contradict: below the threshold, or parts of one quotation.
    `denials` are denials with what they deny, in whichever words.
    """

    pairs: tuple[Aligned, ...] = ()
    doubtful: tuple[Aligned, ...] = ()
    denials: tuple[Aligned, ...] = ()
    stated_a: frozenset[int] = frozenset()
    stated_b: frozenset[int] = frozenset()


def align(own: Account, others: Sequence[Account], options: AlignOptions) -> tuple[Alignment, ...]:
    """Find the claims of an account that state one fact with those of others; an alignment for each of these.

    Of nested claims that match nested claims the best pair alone is kept. Scores are matrix products over all
    pairs of claims, the choice looks only at pairs above the threshold. All accounts make a claim.
    """
    other = in_a_row([o.side for o in others])
    scored = score(own.side, other, load_scorer("align"))
    in_other = stated(scored, own.side, other) >= options.stated
    in_own = stated(scored.turned, other, own.side)[:, 0] >= options.stated
    found = []
    for n, (account, start) in enumerate(zip(others, other.first.tolist(), strict=True)):
        columns = slice(start, start + len(account.views))
        chances, cosine = scored.chances[:, columns], scored.cosine[:, columns]
        denials, pairs, doubtful = _chosen(own, account, chances, cosine, options)
        stated_a, stated_b = np.flatnonzero(in_other[:, n]), np.flatnonzero(in_own[columns])
        found.append(
            Alignment(pairs, doubtful, denials, frozenset(stated_a.tolist()), frozenset(stated_b.tolist()))
        )
    return tuple(found)


def _chosen(
    own: Account, other: Account, chances: Matrix, cosine: Matrix, options: AlignOptions
) -> tuple[tuple[Aligned, ...], tuple[Aligned, ...], tuple[Aligned, ...]]:
    """Of two accounts the denials with what they deny, the pairs of one fact, and the doubtful pairs."""
    a, b = own.views, other.views
    contradicted = [
        Aligned(d.a, d.b, max(options.contested, float(chances[d.a, d.b])), d.because)
        for d in denied(own.told, other.told, chances, cosine)
    ]
    denials = _without_nested(contradicted, a, b)
    kept = _kept(chances, options.threshold, options.share)
    pairs = _without_nested([*denials, *kept], a, b)[len(denials) :]
    below = [
        p
        for p in _kept(chances, options.contested, 0.0)
        if p.score < options.threshold and not _of_another_event(a[p.a], b[p.b])
    ]
    quoted = [Aligned(i, j, float(chances[i, j])) for i, j in _reworded(a, b)]
    sure = [*denials, *pairs]
    return denials, pairs, _without_nested([*sure, *quoted, *below], a, b)[len(sure) :]


def _of_another_event(a: View, b: View) -> bool:
    """Whether one of two claims names what the other's account nowhere speaks of."""
    return not (names(a) <= _said(b.article_text) and names(b) <= _said(a.article_text))


@lru_cache(maxsize=1 << 10)
def _said(text: str) -> frozenset[str]:
    """The stems of a text's words, and of the parts of joined ones: "Oslo-based", "Tern's"."""
    return frozenset(stem(part) for word in words_of(text) for part in (word, *_JOINT.split(word)))


def _reworded(a: Sequence[View], b: Sequence[View]) -> list[tuple[int, int]]:
    """Claims that give words of one quotation otherwise, however little the words themselves are alike."""
    in_a, in_b = _by_quotation(a), _by_quotation(b)
    return [
        (i, j)
        for said, first in in_a.items()
        for said_too, second in in_b.items()
        if otherwise(said, said_too)
        for i in first
        for j in second
        if reworded(a[i], b[j])
    ]


def _by_quotation(views: Sequence[View]) -> dict[str, list[int]]:
    """The claims that share words with each quotation."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for n, view in enumerate(views):
        for quotation in view.quotations:
            found[view.quote_of(quotation)].append(n)
    return found


def _kept(scores: NDArray[np.float32], threshold: float, share: float) -> list[Aligned]:
    best = np.minimum(scores.max(axis=1, keepdims=True), scores.max(axis=0, keepdims=True))
    keep = (scores >= threshold) & (scores >= share * best)
    pairs = [Aligned(int(i), int(j), float(scores[i, j])) for i, j in np.argwhere(keep)]
    return sorted(pairs, key=lambda p: (-p.score, p.a, p.b))


def _without_nested(pairs: Sequence[Aligned], a: Sequence[View], b: Sequence[View]) -> tuple[Aligned, ...]:
    taken: list[Aligned] = []
    by_sentence: defaultdict[tuple[int, int], list[Aligned]] = defaultdict(list)
    for pair in pairs:
        near = by_sentence[a[pair.a].sentence, b[pair.b].sentence]
        if any(_overlap(a, pair.a, p.a) and _overlap(b, pair.b, p.b) for p in near):
            continue
        near.append(pair)
        taken.append(pair)
    return tuple(taken)


def _overlap(views: Sequence[View], i: int, j: int) -> bool:
    return i == j or views[i].ref.span.overlaps(views[j].ref.span)
