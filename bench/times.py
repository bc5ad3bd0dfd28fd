"""How well time expressions are found, and what they and quantities cost.

    python bench/times.py [--data FOLDER]

Reads data/times/te3_platinum.jsonl (TempEval-3 platinum) and data/certainty/meantime_even.jsonl (MEANTIME).
MEANTIME labels only the first sentences of an article: what is found after the last label is left out, and
so are publication dates that stand in a text. Time is processor time for 600 words, the parse excluded.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from report import data_folder, machine, section
from timex_score import GoldTime, score_times

from variorum.annotate.document import Document, load_pipeline, parse
from variorum.annotate.quantities import find_quantities
from variorum.annotate.times import find_times
from variorum.annotate.tokens import tokenize
from variorum.model import Article, Time

FILES = ("data/times/te3_platinum.jsonl", "data/certainty/meantime_even.jsonl")
HEADER = ("data", "articles", "expressions", "relaxed F1", "strict F1", "value F1", "ms for 600 words")
ROUNDS = 5
WORDS = 600


@dataclass(frozen=True, slots=True)
class Labelled:
    """A parsed article with its labels, where labelling ends, and the dates of publication in its text."""

    document: Document
    gold: list[GoldTime]
    labelled_to: float
    headers: list[GoldTime]

    def times(self) -> list[Time]:
        """What is found in the part that is labelled."""
        return [
            t
            for t in find_times(self.document)
            if t.span.start < self.labelled_to
            and not any(t.span.start < h.end and h.start < t.span.end for h in self.headers)
        ]


def read(path: Path) -> Iterator[Labelled]:
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        article = Article(text=row["text"], id=str(row["id"]), published=row["published"])
        gold, headers = [], []
        for label in row["timexes"]:
            (headers if label.get("dct") else gold).append(
                GoldTime(label["start"], label["end"], label["value"])
            )
        events = [event["end"] for event in row.get("events", ())]
        end = max([t.end for t in gold + headers] + events) if events else float("inf")
        yield Labelled(parse(article, load_pipeline()), gold, end, headers)


def milliseconds(documents: list[Document]) -> float:
    """Processor time of both stages for `WORDS` words, the best of some rounds."""
    words = sum(len(d.article.text.split()) for d in documents)
    best = float("inf")
    for _ in range(ROUNDS):
        tokenize.cache_clear()
        start = time.process_time()
        for document in documents:
            find_quantities(document, find_times(document))
        best = min(best, time.process_time() - start)
    return best / words * WORDS * 1000


def report(folder: Path) -> str:
    rows = []
    for name in FILES:
        articles = list(read(folder / name))
        score = score_times([(a.gold, a.times()) for a in articles])
        f1s = score.relaxed.f1, score.strict.f1, score.value.f1
        cost = milliseconds([a.document for a in articles])
        rows.append((name, len(articles), sum(len(a.gold) for a in articles), *f1s, cost))
    claim = (
        "TIMEX3 expressions against labels, and the cost of times and quantities together. HeidelTime on "
        f"TempEval-3 platinum, as published: relaxed .903, strict .813, value .776. {machine()}."
    )
    return section("Times", claim, HEADER, rows)


if __name__ == "__main__":
    print(report(data_folder(__doc__ or "")))
