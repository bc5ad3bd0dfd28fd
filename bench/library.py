"""How fast a library takes articles in, with how much memory, and what a kill costs it.

    python bench/library.py [--articles N ...] [--kills N]

The articles are made up: 300 to 600 words drawn by Zipf's law from invented words and the most frequent
English ones, from 50 outlets, over one year. Every run of `add` is a whole process.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from report import machine, section

from variorum import Article, Library

FREQUENT = (
    "the of and to in that for it was on with they would which their have were been from who when after"
)
OUTLETS = 50
VOCABULARY = 30_000
KILLED = 2_000  # articles of the file that is added under kills
SEARCHES = ("harbour -the", "the of", '"of the"')


@dataclass(frozen=True)
class Run:
    """One process: its wall-clock and processor seconds, and its peak memory in MB."""

    wall: float
    processor: float
    memory: float


def made_up(count: int, seed: int = 1) -> Iterator[dict[str, str]]:
    """Articles as JSON records, all different, the same for the same seed."""
    draw = random.Random(seed)
    syllables = [a + b for a in "bcdfghklmnprstvwz" for b in ("a", "e", "i", "o", "u", "an", "er")]
    invented = ["".join(draw.choices(syllables, k=draw.randint(2, 4))) for _ in range(VOCABULARY)]
    words = FREQUENT.split() + invented
    weights = list(itertools.accumulate(1 / rank for rank in range(3, len(words) + 3)))
    for n in range(count):
        outlet = draw.randrange(OUTLETS)
        yield {
            "id": f"made-up-{n}",
            "title": " ".join(draw.choices(invented, k=7)),
            "text": " ".join(draw.choices(words, cum_weights=weights, k=draw.randint(300, 600))) + f" {n}.",
            "outlet": f"Outlet {outlet}",
            "url": f"https://outlet{outlet}.example/{n}",
            "published": f"2031-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}",
        }


def written(path: Path, count: int) -> Path:
    with path.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(record) + "\n" for record in made_up(count))
    return path


def add(source: Path, library: Path) -> Run:
    command = [sys.executable, "-m", "variorum", "add", str(source), "--library", str(library)]
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{command}: exit code {process.returncode}")
    scale = 1 if sys.platform == "darwin" else 1024
    wall = time.perf_counter() - start
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * scale / 1e6)


def one_more(library: Path) -> float:
    """Median seconds to open the library, add one new article, and close it."""
    times = []
    for n in range(5):
        article = Article(f"The ferry and its crew were at the quay when they came, for the {n}th time.")
        start = time.perf_counter()
        with Library(library) as opened:
            opened.add([article])
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def searching(library: Path) -> float:
    """Median seconds of a search, the library being open."""
    times = []
    with Library(library) as opened:
        for words in SEARCHES * 3:
            start = time.perf_counter()
            opened.search(words)
            times.append(time.perf_counter() - start)
    return statistics.median(times)


def scale(folder: Path, count: int) -> list[str]:
    source, library = written(folder / f"{count}.jsonl", count), folder / f"{count}.db"
    first, again = add(source, library), add(source, library)
    start = time.perf_counter()
    with Library(library) as opened:
        outcome = opened.check()
    checking = time.perf_counter() - start
    if outcome.articles != count or outcome.problems:
        raise SystemExit(f"{library}: {outcome.articles} articles, {outcome.problems}")
    size = library.stat().st_size / source.stat().st_size
    row = [
        f"{count:,}",
        f"{count / first.wall:,.0f}",
        f"{count / first.processor:,.0f}",
        f"{count / again.wall:,.0f}",
        f"{first.memory:.0f} MB",
        f"{one_more(library):.3f} s",
        f"{searching(library):.3f} s",
        f"{checking:.1f} s",
        f"{size:.2f}",
    ]
    remove(source, library)
    return row


def remove(*files: Path) -> None:
    """Remove files, and what SQLite left beside them."""
    for file in files:
        for each in file.parent.glob(f"{file.name}*"):
            each.unlink()


def killed(folder: Path, kills: int) -> str:
    """Kill `add` at random moments until it was killed so often; each library that is whole is checked."""
    source = written(folder / "killed.jsonl", KILLED)
    given = {record["text"] for record in made_up(KILLED)}
    library, draw = folder / "killed.db", random.Random(7)
    longest = add(source, library).wall
    remove(library)
    done = rounds = lost = twice = problems = 0
    command = [sys.executable, "-m", "variorum", "add", str(source), "--library", str(library)]
    while done < kills or library.exists():
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            if done < kills:
                try:
                    process.wait(draw.uniform(longest / 4, longest))
                except subprocess.TimeoutExpired:
                    process.kill()
        done += process.returncode == -signal.SIGKILL
        if process.returncode != 0:
            continue
        with Library(library) as opened:
            texts = [article.text for article in opened.articles()]
            problems += len(opened.check().problems)
        rounds, lost, twice = rounds + 1, lost + len(given - set(texts)), twice + len(texts) - len(set(texts))
        remove(library)
    return (
        f"{done} kills at random moments of `add` of {KILLED:,} articles, over {rounds} libraries: "
        f"{lost} articles lost, {twice} twice, {problems} problems found by `library check`."
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("--articles", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    parser.add_argument("--kills", type=int, default=50)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = [scale(folder, count) for count in chosen.articles]
        lines = [killed(folder, chosen.kills)] if chosen.kills else []
    header = (
        "articles",
        "added a second",
        "added a processor second",
        "known, a second",
        "peak memory",
        "one more",
        "a search",
        "check",
        "file to input",
    )
    claim = f"JSON Lines, no annotation, whole processes, {machine()}."
    print(section("The library", claim, header, rows))
    print("\n".join(lines))


if __name__ == "__main__":
    main()
