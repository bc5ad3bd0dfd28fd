"""How well stories are found, beside scikit-learn, and how fast, up to 100,000 articles.

    python bench/stories.py [--data FOLDER]

Every figure of ours comes from one default configuration. The peers (`bench/requirements.txt`) get the
threshold that is best on the very set, which flatters them. The articles of the speed test are made by
`corpus.py`; `STORIES_UP_TO=100000` in the environment sets the largest collection (default 10,000).
"""

from __future__ import annotations

import json
import os
import resource
import time
from collections import Counter
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from corpus import stories as made_up
from report import data_folder, machine, section

from variorum import Article
from variorum.stories import Clusterer, find_stories

SETS = {
    "news_cluster": ("news_cluster",),
    "ecbplus": ("ecbplus",),
    "pooled": ("news_cluster", "ecbplus"),
}


def labelled(data: Path, names: Sequence[str]) -> tuple[list[Article], list[str]]:
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


def ours(articles: Sequence[Article]) -> list[str]:
    story = {a: s.id for s in find_stories(articles) for a in s.articles}
    return [story[a.id] for a in articles]


def peers(articles: Sequence[Article], gold: Sequence[str]) -> list[tuple[object, ...]]:
    if not find_spec("sklearn"):
        return []
    from sklearn.cluster import HDBSCAN, AgglomerativeClustering
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = [f"{a.title or ''}\n{a.text}" for a in articles]
    matrix = TfidfVectorizer(stop_words="english", sublinear_tf=True, min_df=2).fit_transform(texts)
    apart = (1 - (matrix @ matrix.T).toarray()).clip(0)
    link = max(
        (
            b_cubed(
                gold,
                AgglomerativeClustering(
                    n_clusters=None, metric="precomputed", linkage="average", distance_threshold=t / 100
                ).fit_predict(apart),
            )
            for t in range(70, 96, 2)
        ),
        key=lambda score: score[2],
    )
    labels = HDBSCAN(min_cluster_size=2, metric="precomputed", copy=True).fit_predict(apart)
    alone = [label if label >= 0 else f"alone {n}" for n, label in enumerate(labels)]
    return [
        ("TF-IDF + average link, best threshold", *link),
        ("TF-IDF + HDBSCAN", *b_cubed(gold, alone)),
    ]


def speed(sources: Sequence[Article], count: int) -> tuple[object, ...]:
    articles = made_up(sources, count)
    truth = [a.id.partition("-")[0] for a in articles]
    start = time.perf_counter()
    clusterer = Clusterer()
    clusterer.add(articles)
    found = clusterer.stories()
    seconds = time.perf_counter() - start
    story = {a: s.id for s in found for a in s.articles}
    score = b_cubed(truth, [story[a.id] for a in articles])[2]
    last = max(a.published or "" for a in articles)
    more = [Article(a.text + " More.", id=f"more {n}", published=last) for n, a in enumerate(articles[-20:])]
    start = time.perf_counter()
    for article in more:
        clusterer.add([article])
        clusterer.story_of(article.id)
    one = (time.perf_counter() - start) / len(more)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"{count:,}", round(count / seconds), one, round(memory), score


def main() -> None:
    data = data_folder(__doc__ or "")
    rows: list[tuple[object, ...]] = []
    for name, parts in SETS.items():
        articles, gold = labelled(data, parts)
        rows.append((name, "variorum", *b_cubed(gold, ours(articles))))
        rows += [(name, *row) for row in peers(articles, gold)]
    header = ("set", "system", "precision", "recall", "B-cubed F1")
    print(section("Stories", f"Articles about one event. {machine()}.", header, rows))
    most = int(os.environ.get("STORIES_UP_TO", "10000"))
    sources = labelled(data, ("news_cluster",))[0]
    sizes = [n for n in (1_000, 10_000, 100_000) if n <= most]
    header = ("articles", "articles/s", "s for one more", "peak memory, MB", "B-cubed F1")
    claim = f"Made-up stories over a year, from words to stories, on one core. {machine()}."
    print(section("Stories: speed", claim, header, [speed(sources, n) for n in sizes]))


if __name__ == "__main__":
    main()
