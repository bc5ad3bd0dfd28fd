"""Labelled stories, and B-cubed: what the benchmarks of stories share."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from variorum import Article

SETS = {
    "news_cluster": ("news_cluster",),
    "ecbplus": ("ecbplus",),
    "pooled": ("news_cluster", "ecbplus"),
}


def labelled(data: Path, names: Sequence[str]) -> tuple[list[Article], list[str]]:
    """The articles of some sets, and the story of each."""
    articles, gold = [], []
    for name in names:
        for line in (data / f"data/stories/{name}.jsonl").open(encoding="utf-8"):
            r = json.loads(line)
            articles.append(
                Article(r["text"], id=r["id"], title=r.get("title"), published=r.get("published"))
            )
            gold.append(r["story"])
    return articles, gold


def b_cubed(gold: Sequence[str], found: Sequence[object]) -> tuple[float, float, float]:
    """Precision, recall and F1 (Bagga and Baldwin 1998)."""
    both, in_gold, in_found = Counter(zip(gold, found, strict=True)), Counter(gold), Counter(found)
    pairs = list(zip(gold, found, strict=True))
    p = sum(both[g, f] / in_found[f] for g, f in pairs) / len(pairs)
    r = sum(both[g, f] / in_gold[g] for g, f in pairs) / len(pairs)
    return p, r, 2 * p * r / (p + r)
