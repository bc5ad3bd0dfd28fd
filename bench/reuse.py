"""Finds copies that were edited, cut, merged or re-headlined, and the text they share to the character.

    python bench/reuse.py [--data FOLDER]

Peers (`bench/requirements.txt`): rensa and datasketch, MinHash of word 5-grams with LSH, in the same run.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from corpus import Corpus, copies
from report import data_folder, machine, section

from variorum import Article
from variorum.stories.reuse import find_copies, find_reuse

Pairs = set[tuple[str, str]]


def sources(data: Path) -> list[Article]:
    """Articles of local news, without those that share a run of eight words with an earlier one."""
    articles, seen = [], set[str]()
    for name in ("places/lgl.jsonl",):
        for line in (data / "data" / name).open(encoding="utf-8"):
            record = json.loads(line)
            words = record["text"].lower().split()
            runs = {" ".join(words[n : n + 8]) for n in range(len(words) - 7)}
            if seen & runs:
                continue
            seen |= runs
            articles.append(
                Article(
                    record["text"],
                    id=f"a{record['id']}",
                    title=record["title"],
                    published=record["published"],
                )
            )
    return articles


def ours(corpus: Corpus) -> Pairs:
    return {tuple(sorted((c.earlier, c.later))) for c in find_copies(corpus.articles)}  # type: ignore[misc]


def shingles(text: str) -> list[str]:
    words = text.lower().split()
    return [" ".join(words[n : n + 5]) for n in range(max(1, len(words) - 4))]


def by_rensa(corpus: Corpus, threshold: float = 0.3) -> Pairs:
    import rensa

    index = rensa.RMinHashLSH(threshold=threshold, num_perm=128, num_bands=32)
    prints = []
    for n, article in enumerate(corpus.articles):
        one = rensa.RMinHash(num_perm=128, seed=1)
        one.update(shingles(article.text))
        index.insert(n, one)
        prints.append(one)
    return _queried(corpus, prints, index.query, lambda a, b: a.jaccard(b), threshold)


def by_datasketch(corpus: Corpus, threshold: float = 0.3) -> Pairs:
    from datasketch import MinHash, MinHashLSH

    index, prints = MinHashLSH(threshold=threshold, num_perm=128), []
    for n, article in enumerate(corpus.articles):
        one = MinHash(num_perm=128, seed=1)
        one.update_batch([s.encode("utf-8") for s in shingles(article.text)])
        index.insert(n, one)
        prints.append(one)
    return _queried(corpus, prints, index.query, lambda a, b: a.jaccard(b), threshold)


def _queried(corpus, prints, query, alike, threshold) -> Pairs:  # type: ignore[no-untyped-def]
    found = set()
    for n, one in enumerate(prints):
        for m in query(one):
            if n != m and alike(one, prints[m]) >= threshold:
                found.add(tuple(sorted((corpus.articles[n].id, corpus.articles[m].id))))
    return found


def measured(name: str, find: Callable[[Corpus], Pairs], corpus: Corpus, family: Pairs) -> tuple[object, ...]:
    start = time.process_time()
    found = find(corpus)
    seconds = time.process_time() - start
    judged = {p for p in found if p in corpus.truth or p not in family}
    right = len(judged & corpus.truth)
    p, r = right / max(1, len(judged)), right / len(corpus.truth)
    return name, p, r, 2 * p * r / max(1e-9, p + r), round(len(corpus.articles) / seconds)


def kin(corpus: Corpus) -> Pairs:
    """Pairs of copies that come from one source: they may share text or not, and are not judged."""
    by_source: dict[str, set[str]] = {}
    for pair in corpus.truth:
        copy, source = sorted(pair, key=lambda i: "+" not in i)
        by_source.setdefault(source, set()).add(copy)
    return {(a, b) for group in by_source.values() for a in group for b in group if a < b}


def passages(corpus: Corpus) -> tuple[object, ...]:
    """Characters of the copies' text that was found in its source, and how many of those found are right."""
    start = time.process_time()
    every = list(find_reuse(corpus.articles))
    seconds = time.process_time() - start
    found: dict[tuple[str, str], set[int]] = {}
    for _, shared in every:
        for passage in shared:
            for mine, other in ((passage.a, passage.b), (passage.b, passage.a)):
                if "+" in mine.article and "+" not in other.article:
                    found.setdefault((mine.article, other.article), set()).update(
                        range(mine.span.start, mine.span.end)
                    )
    text = {a.id: a.text for a in corpus.articles}
    truth: dict[tuple[str, str], set[int]] = {}
    for s in corpus.passages:
        truth.setdefault((s.copy, s.source), set()).update(range(s.start, s.end))
    known = lambda pair, at: {i for i in at if not text[pair[0]][i].isspace()}  # noqa: E731
    right = sum(len(known(k, v) & truth.get(k, set())) for k, v in found.items())
    p = right / max(1, sum(len(known(k, v)) for k, v in found.items()))
    r = right / max(1, sum(len(known(k, v)) for k, v in truth.items()))
    return "variorum, passages", p, r, 2 * p * r / (p + r), round(len(corpus.articles) / seconds)


def main() -> None:
    corpus = copies(sources(data_folder(__doc__ or "")))
    family = kin(corpus)
    rows = [measured("variorum, pairs", ours, corpus, family)]
    for name, find in (("rensa", by_rensa), ("datasketch", by_datasketch)):
        if find_spec(name):
            rows.append(measured(name, find, corpus, family))
    rows.append(passages(corpus))
    claim = (
        f"{len(corpus.articles):,} articles with edited, cut, merged and re-headlined copies. {machine()}."
    )
    print(
        section(
            "Shared text", claim, ("system", "precision", "recall", "F1", "articles a processor second"), rows
        )
    )


if __name__ == "__main__":
    main()
