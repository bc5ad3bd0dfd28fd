"""Whether two answers to one question say the same: NaNCo (Laban et al. 2022, Discord Questions).

    python bench/nanco.py [--data FOLDER]

FOLDER/data/claims/nanco.jsonl has eight questions with the answers of news sources, grouped by people. Every
pair of answers to one question is judged by a score; its threshold is chosen on half of the questions and
tested on the other half, both ways. A score may be standardised within its question, which needs no labels:
what is close depends on how close all answers lie. Published on all of NaNCo: .813 for a large model
fine-tuned for it, .58 for models of natural language inference.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from report import data_folder, section

from variorum.annotate.pipeline import annotate
from variorum.compare.encoder import load_encoder
from variorum.compare.pipeline import compare_annotations
from variorum.model import Article

Scores = NDArray[np.float64]
Score = Callable[[Sequence[str]], Scores]
"""Of the texts of one question, a score of each pair in the order of `itertools.combinations`."""


@dataclass(frozen=True, slots=True)
class Question:
    """The answers to one question, and for each pair of them whether they say the same."""

    answers: tuple[str, ...]
    same: NDArray[np.bool_]


def questions(path: Path) -> list[Question]:
    found = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)["answers"]
        groups = [a["cluster_global"] for a in row]
        same = np.array([a == b for a, b in combinations(groups, 2)])
        found.append(Question(tuple(a["Answer"] for a in row), same))
    return found


def of_two(judge: Callable[[Sequence[tuple[str, str]]], Sequence[float]]) -> Score:
    """A score from a function that judges pairs of texts."""
    return lambda answers: np.array(judge(list(combinations(answers, 2))), np.float64)


def vectors(answers: Sequence[str]) -> Scores:
    """The cosine of the sentence vectors of whole answers."""
    table = load_encoder().encode(answers)
    return np.array([float(table[i] @ table[j]) for i, j in combinations(range(len(answers)), 2)])


def relations(answers: Sequence[str]) -> Scores:
    """The score of the surest relation found, each answer an account; 0 where there is none."""
    accounts = [annotate(Article(text, id=f"{n:03}")) for n, text in enumerate(answers)]
    best: defaultdict[frozenset[str], float] = defaultdict(float)
    for relation in compare_annotations(accounts).relations:
        pair = frozenset((relation.a.article, relation.b.article))
        best[pair] = max(best[pair], relation.score)
    ids = [a.article.id for a in accounts]
    return np.array([best[frozenset(pair)] for pair in combinations(ids, 2)])


SCORES: dict[str, Score] = {
    "sentence vectors of the answers": vectors,
    "surest relation of a comparison": relations,
}


def balanced(same: NDArray[np.bool_], said: NDArray[np.bool_]) -> float:
    return float((said[same].mean() + (~said[~same]).mean()) / 2)


def across(asked: Sequence[Question], scores: Sequence[Scores]) -> tuple[float, float]:
    """Balanced accuracy on either half of the questions with the threshold of the other half."""

    def joined(half: int) -> tuple[Scores, NDArray[np.bool_]]:
        return np.concatenate(scores[half::2]), np.concatenate([q.same for q in asked[half::2]])

    found = []
    for fitted, tested in ((0, 1), (1, 0)):
        values, same = joined(fitted)
        candidates = np.quantile(values, np.linspace(0.02, 0.98, 97))
        threshold = max(candidates, key=lambda t: balanced(same, values >= t))
        values, same = joined(tested)
        found.append(balanced(same, values >= threshold))
    return found[0], found[1]


def standardised(scores: Scores) -> Scores:
    spread = scores.std()
    return (scores - scores.mean()) / spread if spread else scores


def main() -> None:
    asked = questions(data_folder(__doc__ or "") / "data/claims/nanco.jsonl")
    rows = []
    for name, score in SCORES.items():
        raw = [score(q.answers) for q in asked]
        for suffix, values in (("", raw), (", standardised", [standardised(s) for s in raw])):
            first, second = across(asked, values)
            rows.append((name + suffix, first, second, (first + second) / 2))
    pairs = sum(len(q.same) for q in asked)
    claim = f"NaNCo, {len(asked)} questions, {pairs} pairs of answers: balanced accuracy."
    header = ("score", "odd questions tested", "even questions tested", "mean")
    print(section("Same answer or not", claim, header, rows))


if __name__ == "__main__":
    main()
