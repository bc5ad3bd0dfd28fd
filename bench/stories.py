"""How well stories are found, beside scikit-learn, and how fast, up to 100,000 articles.

    python bench/stories.py [--data FOLDER] [--sizes N ...] [--scale FILE] [--write]

Every figure of ours comes from one default configuration. The peers (`bench/requirements.txt`) get the
threshold that is best on the very set, which flatters them. The articles of the speed test are made by
`corpus.py`, each size in processes of its own (`stories_scale.py`). `--scale FILE` keeps what those print, a
JSON line each, and takes what is there as measured. `--write` puts all of it, and what `reuse.py` prints,
into docs/stories.md, below its heading "Figures".
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from report import ROOT, machine, section
from story_scores import SETS, b_cubed, labelled

from variorum import Article
from variorum.stories import StoryOptions, find_stories

THRESHOLDS = (0.22, 0.25, 0.28, 0.31, 0.34)
SEEDS = 3
Scored = tuple[list[Article], list[str]]


def ours(articles: Sequence[Article], options: StoryOptions | None = None) -> list[str]:
    story = {a: s.id for s in find_stories(articles, options) for a in s.articles}
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


def halves(data: Path) -> list[tuple[object, ...]]:
    """F1 on one half of the topics with the threshold that is best on the other, both ways."""
    rows = []
    for name in ("news_cluster", "ecbplus"):
        articles, gold = labelled(data, (name,))
        # both events of a confusable pair go into one half: their names are a number and a suffix
        topics = [g.rstrip("abcdefghijklmnopqrstuvwxyz") if name == "ecbplus" else g for g in gold]
        scores, default = [], []
        for seed in range(SEEDS):
            names = sorted(set(topics))
            random.Random(seed).shuffle(names)
            chosen = set(names[: len(names) // 2])
            parts: list[Scored] = [([], []), ([], [])]
            for article, story, topic in zip(articles, gold, topics, strict=True):
                part = parts[topic in chosen]
                part[0].append(article)
                part[1].append(story)
            curves = [
                {t: b_cubed(g, ours(a, StoryOptions(least=t)))[2] for t in THRESHOLDS} for a, g in parts
            ]
            for tuned, tested in (curves, curves[::-1]):
                scores.append(tested[max(tuned, key=lambda t: tuned[t])])
                default.append(tested[StoryOptions().least])
        rows.append((name, mean(scores), min(scores), mean(default), min(default)))
    return rows


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def measured(what: str, count: int, data: Path, kept: Path | None) -> dict[str, float]:
    """What `stories_scale.py` prints for a size, or printed before."""
    known = kept.read_text("utf-8").splitlines() if kept and kept.exists() else []
    for line in known:
        row: dict[str, float] = json.loads(line)
        if row["what"] == what and row["articles"] == count:
            return row
    command = [sys.executable, str(ROOT / "bench/stories_scale.py"), what, str(count), "--data", str(data)]
    row = json.loads(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)
    row["what"] = what
    if kept:
        with kept.open("a", encoding="utf-8") as out:
            out.write(json.dumps(row) + "\n")
    return row


def scale(sizes: Sequence[int], data: Path, kept: Path | None) -> list[str]:
    batch = [measured("batch", n, data, kept) for n in sizes]
    header = (
        "articles",
        "a processor second",
        "of it the second half",
        "peak memory",
        "P",
        "R",
        "B-cubed F1",
    )
    rows: list[tuple[object, ...]] = [
        (
            f"{r['articles']:,}",
            round(r["processor"]),
            round(r["second_half"]),
            f"{r['memory']} MB",
            r["p"],
            r["r"],
            r["f1"],
        )
        for r in batch
    ]
    claim = f"Made-up stories over a year, read as a stream, from words to stories. {machine()}."
    sections = [section("Stories: speed", claim, header, rows)]
    library = [measured("library", n, data, kept) for n in sizes]
    header = (
        "articles",
        "formed a processor second",
        "peak memory",
        "file",
        "one more: added",
        "its story found, median",
        "worst",
        "processor, median",
        "worst",
    )
    rows = [
        (
            f"{r['articles']:,}",
            round(r["formed_processor"]),
            f"{r['memory']} MB",
            f"{r['size']:,.0f} MB",
            f"{r['one_added']:.3f} s",
            f"{r['one']:.3f} s",
            f"{r['worst']:.3f} s",
            f"{r['one_processor']:.3f} s",
            f"{r['worst_processor']:.3f} s",
        )
        for r in library
    ]
    claim = (
        "The same in a library, with all that is kept of them; then articles of the last and of earlier "
        f"days, one by one, in a process that begins with the library as it is. {machine()}."
    )
    return [*sections, section("Stories of a library", claim, header, rows)]


def quality(data: Path) -> list[str]:
    rows: list[tuple[object, ...]] = []
    for name, parts in SETS.items():
        articles, gold = labelled(data, parts)
        rows.append((name, "variorum", *b_cubed(gold, ours(articles))))
        rows += [(name, *row) for row in peers(articles, gold)]
    header = ("set", "system", "precision", "recall", "B-cubed F1")
    first = section("Stories", f"Articles about one event. {machine()}.", header, rows)
    claim = (
        "Half of the topics to choose the threshold, the other half to test it, both ways, "
        f"{SEEDS} times; beside it the default threshold on the same halves. {machine()}."
    )
    header = ("set", "F1, chosen threshold", "least", "F1, default threshold", "least")
    return [first, section("Stories: how far the threshold holds", claim, header, halves(data))]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().splitlines()[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared", metavar="FOLDER")
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    parser.add_argument("--scale", type=Path)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    sections = [*quality(chosen.data), *scale(chosen.sizes, chosen.data, chosen.scale)]
    if not chosen.write:
        print("\n".join(sections))
        return
    command = [sys.executable, str(ROOT / "bench/reuse.py"), "--data", str(chosen.data)]
    sections.append(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)
    page = ROOT / "docs/stories.md"
    text, heading, _ = page.read_text("utf-8").partition("## Figures\n")
    told = "\nWritten by `python bench/stories.py --write`.\n\n"
    below = "\n".join(s.strip() + "\n" for s in sections).replace("## ", "### ")
    page.write_text(text + heading + told + below, "utf-8")


if __name__ == "__main__":
    main()
