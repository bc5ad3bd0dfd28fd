"""Stories of made-up articles (`corpus.py`) at one size, in a process of its own: speed, memory, one more.

    python bench/stories_scale.py batch N [--data FOLDER]      one row of the curve, as JSON
    python bench/stories_scale.py library N [--data FOLDER]    the same of a library, and of adding to it
    python bench/stories_scale.py one LIBRARY                  adds articles to a library, one by one

`bench/stories.py` runs the first two for each size. Articles are read as a stream, day by day.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from corpus import stories as made_up
from report import ROOT
from story_scores import b_cubed

from variorum import Article, Library
from variorum.stories import Clusterer

ONE_BY_ONE = 10


def sources(data: Path) -> list[Article]:
    lines = (data / "data/stories/news_cluster.jsonl").open(encoding="utf-8")
    return [Article(r["text"], id=r["id"]) for r in map(json.loads, lines)]


def write(path: Path, data: Path, count: int) -> None:
    """Articles by day, as JSON Lines, made in a process of its own so that its memory is not counted."""
    articles = made_up(sources(data), count)
    articles.sort(key=lambda a: a.published or "")
    with path.open("w", encoding="utf-8") as out:
        for a in articles:
            out.write(json.dumps({"id": a.id, "text": a.text, "published": a.published}) + "\n")


def read(path: Path) -> Iterator[Article]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            r = json.loads(line)
            yield Article(r["text"], id=r["id"], published=r["published"])


def memory() -> int:
    """Peak memory of this process, in MB; the kernel's count for a whole life includes who started it."""
    status = Path("/proc/self/status")
    if status.exists():
        (peak,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return round(int(peak.split()[1]) * 1024 / 1e6)
    scale = 1 if sys.platform == "darwin" else 1024
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale / 1e6)


def batch(path: Path, count: int) -> dict[str, float]:
    wall, processor = time.perf_counter(), time.process_time()
    clusterer, done, half = Clusterer(), 0, (0, 0.0)
    for _, day in groupby(read(path), key=lambda a: a.published):
        articles = list(day)
        clusterer.add(articles)
        done += len(articles)
        if not half[0] and done >= count / 2:
            half = done, time.process_time() - processor
    stories = clusterer.stories()
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    story = {a: s.id for s in stories for a in s.articles}
    p, r, f1 = b_cubed([i.partition("-")[0] for i in story], list(story.values()))
    return {
        "articles": count,
        "wall": count / wall,
        "processor": count / processor,
        "second_half": (count - half[0]) / (processor - half[1]),
        "memory": memory(),
        "p": p,
        "r": r,
        "f1": f1,
    }


def library(path: Path, count: int, folder: Path) -> dict[str, float]:
    file = folder / "desk.db"
    with Library(file) as opened:
        start = time.perf_counter()
        opened.add([path])
        adding = time.perf_counter() - start
        start, processor = time.perf_counter(), time.process_time()
        opened.form_stories()
        forming, processor = time.perf_counter() - start, time.process_time() - processor
    command = [sys.executable, __file__, "one", str(file)]
    one = json.loads(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)
    return {
        "articles": count,
        "added": count / adding,
        "formed": count / forming,
        "formed_processor": count / processor,
        "size": file.stat().st_size / 1e6,
        "memory": memory(),
        **one,
    }


def one(file: Path) -> dict[str, float]:
    """Seconds until an article that comes to a library that is open has its story: median and worst."""
    import variorum.library.forming  # noqa: F401  (what a program loads at its start is not measured)

    added, formed, processor = [], [], []
    with Library(file) as opened:
        every = list(opened.articles())
        step = len(every) // ONE_BY_ONE
        for n in range(ONE_BY_ONE):
            like = every[n * step]
            last = every[-1].published if n % 2 else like.published
            article = Article(f"{like.text} And {n} more.", outlet=f"Late {n}", published=last)
            start = time.perf_counter()
            opened.add([article])
            added.append(time.perf_counter() - start)
            start = time.perf_counter()
            c = time.process_time()
            opened.form_stories()
            formed.append(time.perf_counter() - start)
            processor.append(time.process_time() - c)
    return {
        "one_added": statistics.median(added),
        "one": statistics.median(formed),
        "worst": max(formed),
        "one_processor": statistics.median(processor),
        "worst_processor": max(processor),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("what", choices=("batch", "library", "one", "write"))
    parser.add_argument("of", help="a number of articles, or a library")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--out", type=Path)
    chosen = parser.parse_args()
    if chosen.what == "one":
        print(json.dumps(one(Path(chosen.of))))
        return
    if chosen.what == "write":
        write(chosen.out, chosen.data, int(chosen.of))
        return
    count = int(chosen.of)
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "in.jsonl"
        own = [sys.executable, __file__, "write", str(count), "--data", str(chosen.data), "--out", str(path)]
        subprocess.run(own, check=True)
        done = batch(path, count) if chosen.what == "batch" else library(path, count, Path(name))
    print(json.dumps(done))


if __name__ == "__main__":
    main()
