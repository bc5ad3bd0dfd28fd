"""Scores of a comparison against annotated pairs of accounts; arithmetic on spans, no file is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from claim_scores import Bounds, same
from scorers import F1, Counts


@dataclass(frozen=True, slots=True)
class Judged:
    """A relation: its spans in the first and the second account, verdict and aspect."""

    a: Bounds
    b: Bounds
    verdict: str
    aspect: str


Fits = Callable[[Judged, Judged], bool]
KINDS: dict[str, Fits] = {
    "alignment": lambda found, gold: True,  # noqa: ARG005 (the spans have been matched already)
    "verdict": lambda found, gold: found.verdict == gold.verdict,
    "verdict and aspect": lambda found, gold: (found.verdict, found.aspect) == (gold.verdict, gold.aspect),
    "contradict": lambda found, gold: found.verdict == gold.verdict == "contradict",
}


def shared(a: Bounds, b: Bounds) -> int:
    """Characters in common; below 0 where they lie apart."""
    return min(a[1], b[1]) - max(a[0], b[0])


@dataclass(slots=True)
class RelationScore:
    """Adds up pairs of accounts.

    A gold relation takes the first found one that is still free, has both its spans and fits. A statement of
    one account alone counts as found where half of it is covered; those found are judged only where the gold
    says anything of their words, and are right where it rather says that they stand alone.
    """

    kinds: dict[str, Counts] = field(default_factory=lambda: {kind: Counts() for kind in KINDS})
    covered: int = 0
    alone: int = 0
    right: int = 0
    judged: int = 0

    def add(self, found: Sequence[Judged], gold: Sequence[Judged]) -> None:
        """Add the relations of one pair."""
        for kind, fits in KINDS.items():
            size = [len(found), len(gold)]
            if kind == "contradict":
                size = [sum(r.verdict == "contradict" for r in side) for side in (found, gold)]
            self.kinds[kind].add(_taken(found, gold, fits), *size)

    def add_only(self, found: Sequence[Bounds], gold: Sequence[Bounds], related: Sequence[Bounds]) -> None:
        """Add the statements that one account alone makes; `related` are those that the other has too."""
        self.alone += len(gold)
        self.covered += sum(any(2 * shared(f, g) >= g[1] - g[0] for f in found) for g in gold)
        for f in found:
            if any(shared(f, g) > 0 for g in (*gold, *related)):
                self.judged += 1
                for_it, against = (sum(max(0, shared(f, g)) for g in side) for side in (gold, related))
                self.right += for_it >= against

    def figures(self) -> list[tuple[str, F1]]:
        """Each kind's precision, recall and F1, and those of what one account alone says."""
        precision = self.right / self.judged if self.judged else 0.0
        only = F1(precision, self.covered / self.alone if self.alone else 0.0)
        return [*((kind, counts.f1()) for kind, counts in self.kinds.items()), ("only", only)]


def _taken(found: Sequence[Judged], gold: Sequence[Judged], fits: Fits) -> int:
    used: set[int] = set()
    for g in gold:
        for n, f in enumerate(found):
            if n not in used and same(f.a, g.a) and same(f.b, g.b) and fits(f, g):
                used.add(n)
                break
    return len(used)
