"""Makes models/align.json, stated.json and align.md: the weights by which claims are taken to state one fact.

    python train/align.py [--data FOLDER]

FOLDER (by default ../shared beside the checkout) holds data/stories/news_cluster.jsonl, the texts that the
offsets in train/relations.jsonl point into. That file holds pairs of accounts, the spans in them that state
one fact, with verdict and aspect, and those that only one account has; no text. See models/align.md for how
it was made.

Method: logistic regression with an L2 penalty on standardised features, fitted by Newton's method; twice.

For `align`, over `variorum.compare.features`, a pair of claims is an example of one fact where both fit a
labelled pair of spans (square root of the product of both intersections over union) by half or more, of none
where they fit less than .35; what lies between is left out.

For `stated`, over `variorum.compare.stated`, a claim is told by the other account too where related spans
cover it more than those that only its own account has; a claim that neither covers by `COVERED` is left out.

Figures on the card are from six-fold cross-validation by story.
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
from variorum.compare.align import AlignOptions
from variorum.compare.features import features, sides_of
from variorum.compare.scorer import Scorer
from variorum.compare.stated import stated_features
from variorum.compare.views import View, views_of
from variorum.model import Article, Span

ROOT = Path(__file__).resolve().parent.parent
MODELS = ROOT / "src/variorum/models"
POSITIVE, NEGATIVE = 0.5, 0.35
PENALTY = 300.0
STATED_PENALTY = 100.0
COVERED = 0.4
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


@dataclass(frozen=True)
class Pair:
    """Two labelled accounts: their claims, all pairs of them, and the label as it stands in the file."""

    label: Mapping[str, Any]
    views: tuple[Sequence[View], Sequence[View]]
    pairs: Example

    def told(self, scorer: Scorer) -> tuple[tuple[str, ...], Array, Array]:
        """Features of all claims [claims, features]; 1 where the other account tells them, 0, -1 unknown."""
        a, b = self.views
        sides = sides_of(self.views)
        names, values = features(*sides)
        scores = scorer.score(names, values)
        turned = values.transpose(0, 2, 1)
        told_by_b = stated_features(names, values, scores, sides, (a, b))
        told_by_a = stated_features(names, turned, scores.T, sides[::-1], (b, a))
        truth = [self._truth(a, "a"), self._truth(b, "b")]
        both = np.hstack([told_by_b[1], told_by_a[1]]).T.astype(np.float64)
        return tuple(told_by_b[0]), both, np.concatenate(truth)

    def _truth(self, views: Sequence[View], side: str) -> Array:
        related = [Span(*r[side]) for r in self.label["relations"]]
        alone = [Span(*s) for s in self.label[f"only_{side}"]]
        found = []
        for view in views:
            shares = [
                sum(view.ref.span.shared(s) for s in spans) / len(view.ref.span) for spans in (related, alone)
            ]
            found.append(-1.0 if max(shares) < COVERED else float(shares[0] >= shares[1]))
        return np.array(found)


def labelled(data: Path) -> Iterator[Pair]:
    texts = dict(_articles(data))
    done: dict[str, Sequence[View]] = {}
    for line in (ROOT / "train/relations.jsonl").read_text("utf-8").splitlines():
        label = json.loads(line)
        for side in "ab":
            if label[side] not in done:
                done[label[side]] = views_of(annotate(texts[label[side]]))
        views = done[label["a"]], done[label["b"]]
        yield Pair(label, views, _example(label, *views))


def _articles(data: Path) -> Iterator[tuple[str, Article]]:
    for line in (data / "data/stories/news_cluster.jsonl").read_text("utf-8").splitlines():
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


def fit_pairs(parts: Sequence[Example]) -> Scorer:
    """Weights by which two claims state one fact."""
    x = np.concatenate([e.values[e.told] for e in parts])
    y = np.concatenate([e.fit[e.told] >= POSITIVE for e in parts]).astype(np.float64)
    return fit(parts[0].names, x, y, PENALTY)


def fit_stated(pairs: Sequence[Pair], scorer: Scorer) -> Scorer:
    """Weights by which another account states a claim."""
    found = [p.told(scorer) for p in pairs if p.label["relations"]]
    x = np.concatenate([values[truth >= 0] for _, values, truth in found])
    y = np.concatenate([truth[truth >= 0] for _, _, truth in found])
    return fit(found[0][0], x, y, STATED_PENALTY)


def fit(names: Sequence[str], x: Array, y: Array, strength: float) -> Scorer:
    """Weights a feature and the constant, for features as they are."""
    mean, spread = x.mean(0), x.std(0)
    spread[spread == 0] = 1
    z = np.hstack([(x - mean) / spread, np.ones((len(x), 1))])
    penalty = np.array([strength] * x.shape[1] + [0.0])

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
    rounded = tuple((n, round(float(v), 5)) for n, v in zip(names, weights, strict=True))
    return Scorer(tuple(sorted(rounded)), round(float(w[-1] - weights @ mean), 5))


def average_precision(truth: NDArray[np.bool_], score: Array) -> float:
    order = np.argsort(-score, kind="stable")
    hits = truth[order].cumsum()
    return float((hits / np.arange(1, len(order) + 1))[truth[order]].mean()) if truth.any() else 0.0


def cross_validated(pairs: Sequence[Pair]) -> tuple[float, float]:
    """Mean average precision of pairs of claims a pair of accounts, and accuracy on whether a claim is told.

    Every pair is scored by weights that never saw its story.
    """
    stories = sorted({p.pairs.story for p in pairs})
    precision, right = [], []
    for fold in range(FOLDS):
        held = {s for n, s in enumerate(stories) if n % FOLDS == fold}
        seen = [p for p in pairs if p.pairs.story not in held]
        scorer = fit_pairs([p.pairs for p in seen])
        told = fit_stated(seen, scorer)
        for p in pairs:
            truth = p.pairs.fit >= POSITIVE
            if p.pairs.story not in held or not truth.any():
                continue
            score = scorer.score(p.pairs.names, p.pairs.values.T.astype(np.float32))
            precision.append(average_precision(truth, score.astype(np.float64)))
            names, values, gold = p.told(scorer)
            said = told.score(names, values.T.astype(np.float32)) >= AlignOptions().stated
            right += list(said[gold >= 0] == (gold[gold >= 0] > 0))
    return float(np.mean(precision)), float(np.mean(right))


CARD = """# align.json, stated.json

Weights of two logistic regressions: how likely two claims of two accounts state one fact (`align`), and how
likely a claim of one account is told by the other at all (`stated`).

- Data: `train/relations.jsonl`, {pairs} pairs of accounts of {stories} stories with {relations} labelled
  pairs of spans and {only} spans that only one account has; offsets only. The accounts: news_cluster
  (Giveme5W1H, Apache-2.0).
- How they were labelled: by the guide that the validation pairs were labelled by, from the texts alone, each
  pair read twice, the second time to strike out what is merely on one topic. No story of the validation
  pairs, and none of those held back for testing, is among them.
- How far two agree: {agreement}
- Method: see `train/align.py`. `align`: {features} features, {kept} examples, {positive} of them of one fact.
- Licence of these files: Apache-2.0. sha256 of align.json `{align}`, of stated.json `{stated}`
- Six-fold cross-validation by story: mean average precision a pair of accounts {precision:.3f}; a claim is
  rightly called told or not told in {accuracy:.3f} of cases.
"""

AGREEMENT = """Ten of the pairs were
  labelled a second time, more quickly, by an annotator who had not seen the first labels: alignment F1 .866,
  verdict .713, verdict and aspect .545, contradictions .750 (8 said, 7 in the first labels), only .905."""


def write(name: str, scorer: Scorer) -> str:
    """Store a scorer's weights; the file's SHA-256."""
    stored = json.dumps({"constant": scorer.constant, "weights": dict(scorer.weights)}, indent=1) + "\n"
    (MODELS / f"{name}.json").write_text(stored, "utf-8")
    return hashlib.sha256(stored.encode()).hexdigest()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared", metavar="FOLDER")
    pairs = list(labelled(parser.parse_args().data))
    scorer = fit_pairs([p.pairs for p in pairs])
    precision, accuracy = cross_validated(pairs)
    card = CARD.format(
        pairs=len(pairs),
        stories=len({p.pairs.story for p in pairs}),
        relations=sum(len(p.label["relations"]) for p in pairs),
        only=sum(len(p.label["only_a"]) + len(p.label["only_b"]) for p in pairs),
        agreement=AGREEMENT,
        features=len(scorer.weights),
        kept=sum(int(p.pairs.told.sum()) for p in pairs),
        positive=sum(int((p.pairs.fit >= POSITIVE).sum()) for p in pairs),
        align=write("align", scorer),
        stated=write("stated", fit_stated(pairs, scorer)),
        precision=precision,
        accuracy=accuracy,
    )
    (MODELS / "align.md").write_text(card, "utf-8")
    print(card)


if __name__ == "__main__":
    main()
