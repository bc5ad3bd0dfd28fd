"""Makes models/align.json and align.md: the weights by which two claims are taken to state one fact.

    python train/align.py [--data FOLDER]

FOLDER (by default ../shared beside the checkout) holds data/stories/news_cluster.jsonl and ecbplus.jsonl, the
texts that the offsets in train/relations.jsonl point into. That file holds pairs of accounts and the spans in
them that state one fact, with verdict and aspect; no text. See models/align.md for how it was made.

Method: logistic regression with an L2 penalty on standardised features of `variorum.compare.features`, fitted
by Newton's method. A pair of claims is an example of one fact where both fit a labelled pair of spans (square
root of the product of both intersections over union) by half or more, of none where they fit less than .35;
what lies between is left out. Figures on the card are from six-fold cross-validation by story.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from variorum.annotate.pipeline import annotate
from variorum.compare.features import features, sides_of
from variorum.compare.views import View, views_of
from variorum.model import Annotation, Article, Span

ROOT = Path(__file__).resolve().parent.parent
MODELS = ROOT / "src/variorum/models"
POSITIVE, NEGATIVE = 0.5, 0.35
PENALTY = 500.0
FOLDS = 6

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """All pairs of claims of two accounts: features [pairs, features] and how well each fits a label."""

    story: str
    names: tuple[str, ...]
    values: Array
    fit: Array

    @property
    def told(self) -> NDArray[np.bool_]:
        """The pairs that are clearly of one fact or of two."""
        return (self.fit >= POSITIVE) | (self.fit < NEGATIVE)


def examples(data: Path) -> Iterator[Example]:
    texts = dict(_articles(data))
    done: dict[str, Annotation] = {}
    for line in (ROOT / "train/relations.jsonl").read_text("utf-8").splitlines():
        pair = json.loads(line)
        for side in "ab":
            if pair[side] not in done:
                done[pair[side]] = annotate(texts[pair[side]])
        yield _example(pair, views_of(done[pair["a"]]), views_of(done[pair["b"]]))


def _articles(data: Path) -> Iterator[tuple[str, Article]]:
    for corpus in ("news_cluster", "ecbplus"):
        for line in (data / f"data/stories/{corpus}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            yield row["id"], Article(row["text"], id=row["id"], published=row.get("published"))


def _example(pair: Mapping[str, Any], a: Sequence[View], b: Sequence[View]) -> Example:
    names, values = features(*sides_of([a, b]))
    fit = np.zeros((len(a), len(b)))
    for relation in pair["relations"]:
        in_a = np.array([_overlap(v.ref.span, Span(*relation["a"])) for v in a])
        in_b = np.array([_overlap(v.ref.span, Span(*relation["b"])) for v in b])
        fit = np.maximum(fit, np.sqrt(np.outer(in_a, in_b)))
    flat = values.reshape(len(names), -1).T.astype(np.float64)
    return Example(pair["story"], tuple(names), flat, fit.ravel())


def _overlap(a: Span, b: Span) -> float:
    shared = a.shared(b)
    return shared / (len(a) + len(b) - shared) if shared else 0.0


def fit(parts: Sequence[Example]) -> tuple[Array, float]:
    """Weights a feature and the constant, for features as they are."""
    x = np.concatenate([e.values[e.told] for e in parts])
    y = np.concatenate([e.fit[e.told] >= POSITIVE for e in parts]).astype(np.float64)
    mean, spread = x.mean(0), x.std(0)
    spread[spread == 0] = 1
    z = np.hstack([(x - mean) / spread, np.ones((len(x), 1))])
    penalty = np.array([PENALTY] * x.shape[1] + [0.0])

    def loss(w: Array) -> float:
        margin = z @ w
        return float(np.logaddexp(0, margin).sum() - y @ margin + (penalty * w * w).sum() / 2)

    w = np.zeros(z.shape[1])
    for _ in range(100):
        chance = 1 / (1 + np.exp(-(z @ w)))
        slope = z.T @ (chance - y) + penalty * w
        bend = (z * (chance * (1 - chance))[:, None]).T @ z + np.diag(penalty)
        step = np.linalg.solve(bend, slope)
        size = 1.0
        while size > 1e-6 and loss(w - size * step) > loss(w):
            size /= 2
        w = w - size * step
        if np.abs(size * step).max() < 1e-7:
            break
    weights = w[:-1] / spread
    return weights, float(w[-1] - weights @ mean)


def average_precision(truth: NDArray[np.bool_], score: Array) -> float:
    order = np.argsort(-score, kind="stable")
    hits = truth[order].cumsum()
    return float((hits / np.arange(1, len(order) + 1))[truth[order]].mean()) if truth.any() else 0.0


def cross_validated(parts: Sequence[Example]) -> float:
    """Mean average precision a pair of accounts, each scored by weights that never saw its story."""
    stories = sorted({e.story for e in parts})
    found = []
    for fold in range(FOLDS):
        held = {s for n, s in enumerate(stories) if n % FOLDS == fold}
        weights, constant = fit([e for e in parts if e.story not in held])
        for e in parts:
            truth = e.fit >= POSITIVE
            if e.story in held and truth.any():
                found.append(average_precision(truth, e.values @ weights + constant))
    return float(np.mean(found))


CARD = """# align.json

Weights of a logistic regression that says how likely two claims of two accounts state one fact.

- Data: `train/relations.jsonl`, {pairs} pairs of accounts of {stories} stories with {relations} labelled
  pairs of spans, offsets only. The accounts: news_cluster (Giveme5W1H, Apache-2.0), ECB+ (CC BY 3.0).
- How they were labelled: in one pass over each pair, by one annotator, by choosing among the clauses that
  variorum cuts; not checked by a second one. Expect misses, the loosest relations above all. No story of the
  validation pairs, and none of those held back for testing, is among them.
- Method: see `train/align.py`; {features} features, {kept} examples, {positive} of them of one fact.
- Licence of this file: Apache-2.0. sha256 `{digest}`
- Mean average precision a pair of accounts, six-fold cross-validation by story: {precision:.3f}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared", metavar="FOLDER")
    parts = list(examples(parser.parse_args().data))
    weights, constant = fit(parts)
    rounded = {n: round(float(w), 5) for n, w in zip(parts[0].names, weights, strict=True)}
    stored = json.dumps({"constant": round(constant, 5), "weights": rounded}, indent=1) + "\n"
    (MODELS / "align.json").write_text(stored, "utf-8")
    relations = (ROOT / "train/relations.jsonl").read_text("utf-8").splitlines()
    card = CARD.format(
        pairs=len(parts),
        stories=len({e.story for e in parts}),
        relations=sum(len(json.loads(line)["relations"]) for line in relations),
        features=len(rounded),
        kept=sum(int(e.told.sum()) for e in parts),
        positive=sum(int((e.fit >= POSITIVE).sum()) for e in parts),
        digest=hashlib.sha256(stored.encode()).hexdigest(),
        precision=cross_validated(parts),
    )
    (MODELS / "align.md").write_text(card, "utf-8")
    print(card)


if __name__ == "__main__":
    main()
