"""The labelled pairs of accounts in relations.jsonl, with the claims that are found in their texts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from variorum.annotate.pipeline import annotate
from variorum.compare.views import View, views_of
from variorum.model import Article, Span

ROOT = Path(__file__).resolve().parent.parent
CORPORA = ("news_cluster", "ecbplus")

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Labelled:
    """Two accounts: their claims, and the line of relations.jsonl that says how they are related."""

    label: Mapping[str, Any]
    views: tuple[Sequence[View], Sequence[View]]

    @property
    def relations(self) -> Sequence[Mapping[str, Any]]:
        """Each with its two spans, `a` and `b`, its `verdict` and its `aspect`."""
        found: Sequence[Mapping[str, Any]] = self.label["relations"]
        return found

    def fit(self) -> tuple[Array, NDArray[np.int_]]:
        """How well each pair of claims fits a relation [claims, claims], and the number of that relation.

        The fit is the square root of the product of both intersections over union; -1 where no relation fits.
        """
        a, b = self.views
        best, which = np.zeros((len(a), len(b))), np.full((len(a), len(b)), -1)
        for n, relation in enumerate(self.relations):
            in_a = np.array([_over_union(v.ref.span, Span(*relation["a"])) for v in a])
            in_b = np.array([_over_union(v.ref.span, Span(*relation["b"])) for v in b])
            fit = np.sqrt(np.outer(in_a, in_b))
            which[fit > best] = n
            best = np.maximum(best, fit)
        return best, which

    def touched(self) -> NDArray[np.bool_]:
        """Whether both claims of a pair match the spans of one relation as the scorer matches them."""
        a, b = self.views
        found = np.zeros((len(a), len(b)), bool)
        for relation in self.relations:
            in_a = [_matches(v.ref.span, Span(*relation["a"])) for v in a]
            found |= np.outer(in_a, [_matches(v.ref.span, Span(*relation["b"])) for v in b])
        return found


def labelled(data: Path) -> Iterator[Labelled]:
    """All pairs whose accounts both make a claim; `data` is the folder that holds data/stories."""
    texts = dict(_articles(data))
    done: dict[str, Sequence[View]] = {}
    for line in (ROOT / "train/relations.jsonl").read_text("utf-8").splitlines():
        label = json.loads(line)
        for side in "ab":
            if label[side] not in done:
                done[label[side]] = views_of(annotate(texts[label[side]]))
        if done[label["a"]] and done[label["b"]]:
            yield Labelled(label, (done[label["a"]], done[label["b"]]))


def _articles(data: Path) -> Iterator[tuple[str, Article]]:
    for corpus in CORPORA:
        for line in (data / f"data/stories/{corpus}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            yield row["id"], Article(row["text"], id=row["id"], published=row.get("published"))


def _over_union(a: Span, b: Span) -> float:
    shared = a.shared(b)
    return shared / (len(a) + len(b) - shared) if shared else 0.0


def _matches(a: Span, b: Span) -> bool:
    shorter, longer = sorted((len(a), len(b)))
    return 2 * a.shared(b) >= shorter > 0 and longer <= 4 * shorter
