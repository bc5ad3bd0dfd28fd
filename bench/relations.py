"""How well accounts are compared, and how comparison grows with their number.

    python bench/relations.py [--data FOLDER]

FOLDER/gold holds pairs of accounts with their relations; they are scored as FOLDER/tools/score.py does. Time
is that of comparison alone, after annotation, of accounts of 600 words from data/stories/news_cluster.jsonl.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from relation_scores import Judged, RelationScore
from report import data_folder, machine, section

from variorum.annotate.pipeline import annotate
from variorum.compare.pipeline import compare_annotations
from variorum.model import Article, Comparison

ACCOUNTS = (2, 10, 30)
WORDS = 600


def pairs(folder: Path) -> Iterator[tuple[list[Article], dict[str, Any]]]:
    """The accounts of each annotated pair with its gold; the seeds are plain text files."""
    for path in sorted((folder / "gold/relations").glob("*.json")):
        source = folder / "gold/pairs" / f"{path.stem}.jsonl"
        if source.exists():
            rows = [json.loads(line) for line in source.read_text("utf-8").splitlines()]
            articles = [Article(r["text"], id=r["id"], published=r.get("published")) for r in rows]
        else:
            files = sorted((folder / path.stem).glob("*.txt"))
            articles = [Article(f.read_bytes().decode("utf-8")) for f in files]
        yield articles, json.loads(path.read_text("utf-8"))


def add(score: RelationScore, found: Comparison, gold: dict[str, Any]) -> None:
    said = [Judged(_bounds(r.a.span), _bounds(r.b.span), r.verdict, r.aspect) for r in found.relations]
    true = [Judged(tuple(r["a"]), tuple(r["b"]), r["verdict"], r["aspect"]) for r in gold["relations"]]
    score.add(said, true)
    for n, side in enumerate("ab"):
        own = found.articles[n].article.id
        alone = [_bounds(o.span) for o in found.only if o.article == own]
        gold_alone = [tuple(span) for span in gold[f"only_{side}"]]
        score.add_only(alone, gold_alone, [tuple(r[side]) for r in gold["relations"]])


def _bounds(span: Any) -> tuple[int, int]:
    return span.start, span.end


def seconds(folder: Path) -> Iterator[tuple[int, float]]:
    """Accounts, and the seconds that comparing them takes."""
    texts = [
        " ".join(json.loads(line)["text"].split()[:WORDS])
        for line in (folder / "data/stories/news_cluster.jsonl").read_text("utf-8").splitlines()
    ]
    long = [t for t in texts if len(t.split()) == WORDS][: max(ACCOUNTS)]
    annotations = [annotate(Article(text)) for text in long]
    for n in ACCOUNTS:
        start = time.process_time()
        compare_annotations(annotations[:n])
        yield n, time.process_time() - start


def main() -> None:
    folder = data_folder(__doc__ or "")
    score = RelationScore()
    for articles, gold in pairs(folder):
        add(score, compare_annotations([annotate(a) for a in articles]), gold)
    rows = [(kind, f.precision, f.recall, f.f1) for kind, f in score.figures()]
    header = ("what", "precision", "recall", "F1")
    print(section("Relations", "Nine annotated pairs of accounts, used for validation only.", header, rows))
    claim = f"Comparison alone, accounts of {WORDS} words of many events, on {machine()}."
    print(section("Cost of comparison", claim, ("accounts", "processor seconds"), list(seconds(folder))))


if __name__ == "__main__":
    main()
