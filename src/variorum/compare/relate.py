"""Says how two claims of one fact stand to one another: verdict, aspect and the reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from variorum.compare.aspects import likeliest, traits
from variorum.compare.comparators import COMPARATORS, Finding
from variorum.compare.comparators.finding import closeness, content, marked
from variorum.compare.views import View
from variorum.model import Aspect, Ref, Relation

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from variorum.compare.cross_encoder import CrossEncoder

    Vector = NDArray[np.float32]

_TELLING = 0.35  # weight from which a finding that two claims differ outweighs their likeness
_LIKE_WORDS, _OTHER_WORDS = "said in like words", "said in other words"  # where none has spoken of the aspect
_CLOSE = 0.4  # share of words in common, both ways, from which two claims without a finding agree


@dataclass(frozen=True, slots=True)
class Related:
    """The relation of two claims, and whether any comparator spoke of them.

    One that only doubts has not: "perhaps two words for one deed".
    """

    relation: Relation
    spoken: bool


def relate(a: View, b: View, score: float, vectors: tuple[Vector, Vector] | None = None) -> Related:
    """The relation of two aligned claims.

    A contradiction needs a comparator that found one; a comparator that found a difference makes them
    compatible; otherwise they agree where their words are close, and are compatible where in doubt. A
    contradiction turns on what its comparator compares, other relations on what `aspects` finds likeliest.

    Args:
        a: a claim of one account.
        b: a claim of another that seems to state the same fact.
        score: the probability that it does.
        vectors: both claims' vectors; without them the heaviest finding gives the aspect.
    """
    found = [compare(a, b) for compare in COMPARATORS]
    spoken = [f for f in found if f is not None]
    decided = _decide(spoken, a, b)
    if vectors is not None and decided.verdict != "contradict":
        decided = _turning_on(likeliest(traits(a, b, found, vectors)), decided, spoken, a, b)
    relation = Relation(a.ref, b.ref, decided.verdict, decided.aspect, round(score, 4), decided.because)
    return Related(relation, any(f.verdict != "compatible" or f.weight >= _TELLING for f in spoken))


def denies(a: View, b: View, score: float, because: str) -> Related:
    """The relation of two claims of which one denies what the other asserts, see `compare.denials`."""
    return Related(Relation(a.ref, b.ref, "contradict", "polarity", round(score, 4), because), spoken=True)


def _turning_on(aspect: Aspect, decided: Finding, spoken: Sequence[Finding], a: View, b: View) -> Finding:
    """The same verdict with the aspect, for the reason of whichever comparator finds it there too.

    A comparator of the aspect with another verdict gives no reason for this one.
    """
    alike = [f for f in (decided, *spoken) if f.aspect == aspect and f.verdict == decided.verdict]
    if alike:
        because = _heaviest(alike).because
    else:
        because = _both(a, b, _LIKE_WORDS if decided.verdict == "agree" else _OTHER_WORDS)
    return replace(decided, aspect=aspect, because=because)


def reconsider(
    related: Sequence[Related], said: Mapping[Ref, str], judge: CrossEncoder
) -> tuple[Relation, ...]:
    """The relations, with the verdicts of a cross-encoder on those of which no comparator spoke.

    Args:
        related: as `relate` made them.
        said: the words of every claim in them.
        judge: the user's model, see `compare.cross_encoder`.
    """
    found = [r.relation for r in related]
    open_ = [n for n, r in enumerate(related) if not r.spoken]
    verdicts = judge.verdicts([(said[found[n].a], said[found[n].b]) for n in open_])
    for n, (verdict, chance) in zip(open_, verdicts, strict=True):
        a, b = (marked(said[ref]) for ref in (found[n].a, found[n].b))
        because = f"{a} / {b}: {verdict} by the cross-encoder ({chance:.2f})"
        found[n] = replace(found[n], verdict=verdict, because=because)
    return tuple(found)


def _decide(found: Sequence[Finding], a: View, b: View) -> Finding:
    against = [f for f in found if f.verdict == "contradict"]
    if against:
        return _heaviest(against)
    apart = [f for f in found if f.verdict != "agree"]
    alike = [f for f in found if f.verdict == "agree"]
    close = _closeness(a, b)
    if apart and _heaviest(apart).weight >= _TELLING and close < 1:
        return _heaviest(apart)
    if close >= _CLOSE:
        return _heaviest(alike) if alike else Finding("agree", "other", _both(a, b, _LIKE_WORDS), 0.1)
    if alike and _heaviest(alike).aspect == "quote":
        return _heaviest(alike)
    if apart or alike:
        top = _heaviest([*apart, *alike])
        return Finding("compatible", top.aspect, top.because, top.weight)
    return Finding("compatible", "other", _both(a, b, _OTHER_WORDS), 0.1)


def _closeness(a: View, b: View) -> float:
    """The share of the longer claim's meaningful words that the other has too."""
    return closeness(content(a.words), content(b.words))


def _heaviest(found: Sequence[Finding]) -> Finding:
    return max(found, key=lambda f: f.weight)


def _both(a: View, b: View, how: str) -> str:
    return f"{marked(a.text)} / {marked(b.text)}: {how}"
