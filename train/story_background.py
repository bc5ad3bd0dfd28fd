"""Counts in how many news articles each term occurs: `src/variorum/data/story_background.npz`.

    python train/story_background.py DATA [--without NAME...]

DATA is the folder of labelled data; the articles of `_SOURCES` are counted. Only hashed terms and counts are
written, no text. The labelled stories themselves are not counted: how rare their words are would be known,
and a score on them would promise more than other articles keep. `--without NAME` leaves a file out.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from variorum.model import Article
from variorum.stories.terms import pairs, terms

_SOURCES = (
    "attribution/polnear_train.jsonl",
    "certainty/meantime_even.jsonl",
    "places/geowebnews.jsonl",
    "places/lgl.jsonl",
    "times/te3_platinum.jsonl",
)
_RARE = 2  # a term of one article is as good as unseen; leaving these out halves the file
_RARE_PAIR = 3
_TARGET = Path(__file__).parents[1] / "src/variorum/data/story_background.npz"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--without", nargs="*", default=[])
    parser.add_argument("--out", type=Path, default=_TARGET)
    args = parser.parse_args()
    single, double, articles = Counter[int](), Counter[int](), 0
    for name in _SOURCES:
        if name not in args.without:
            for article in _articles(args.data / name):
                found = terms(article).whole
                single.update(set(found.tolist()))
                double.update(set(pairs(found).tolist()))
                articles += 1
    kept = {t: n for t, n in double.items() if n >= _RARE_PAIR} | {
        t: n for t, n in single.items() if n >= _RARE
    }
    order = np.array(sorted(kept), np.int64)
    counts = np.array([kept[t] for t in order.tolist()], np.uint16)
    steps = np.diff(order, prepend=0).astype(np.uint32)
    np.savez_compressed(args.out, articles=np.int64(articles), steps=steps, counts=counts)
    print(f"{articles} articles, {len(order)} terms, {args.out.stat().st_size} bytes")


def _articles(path: Path) -> Iterator[Article]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield Article(record["text"], title=record.get("title"))


if __name__ == "__main__":
    main()
