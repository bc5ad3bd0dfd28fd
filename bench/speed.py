"""How long the commands take, as whole processes, and how much memory.

    python bench/speed.py [--data FOLDER]

Accounts of 600 words are cut from the articles of data/stories/news_cluster.jsonl; the two accounts
are the first two files of FOLDER/seeds. Every figure is the median of `RUNS` runs after one not counted.
The speed of `annotate` is that of the articles of data/attribution/polnear_dev.jsonl in a run that is under
way: what they add to the time of a run on `BEFORE` articles of polnear_train.jsonl, models loaded in both.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from report import data_folder, machine, section

import variorum
from variorum.annotate.pipeline import AnnotateOptions, annotate_all
from variorum.compare.pipeline import compare_annotations
from variorum.model import Annotation

RUNS = 5
BEFORE = 40
COUNTS = (2, 10, 30, 100)
GOAL_OF_THIRTY = 6
COMMAND = [sys.executable, "-m", "variorum"]

SECOND_CALL = """
import sys, time, variorum
articles = [a for p in sys.argv[1:] for a in variorum.read(p)]
variorum.compare(articles)
start = time.perf_counter()
variorum.compare(articles)
print(time.perf_counter() - start)
"""


def whole_process(arguments: list[str]) -> tuple[float, float]:
    """Wall-clock seconds and peak memory in MB of one run of the command, its processes included."""
    start = time.perf_counter()
    with subprocess.Popen(COMMAND + arguments, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{arguments}: exit code {process.returncode}")
    scale = 1 if sys.platform == "darwin" else 1024
    return time.perf_counter() - start, usage.ru_maxrss * scale / 1e6


def median_of(arguments: list[str], runs: int = RUNS) -> tuple[float, float]:
    """Median seconds and peak MB over `runs` runs, after one to warm the file cache."""
    whole_process(arguments)
    figures = [whole_process(arguments) for _ in range(runs)]
    return statistics.median(s for s, _ in figures), statistics.median(m for _, m in figures)


def second_call(paths: list[str]) -> float:
    """Seconds of a second `variorum.compare` in one process."""
    out = subprocess.run([sys.executable, "-c", SECOND_CALL, *paths], capture_output=True, check=True)
    return float(out.stdout)


def cut_accounts(data: Path, folder: Path, count: int) -> str:
    """Articles of at least 600 words, cut after 600, one JSON line each; the path of the file."""
    path = folder / f"{count}.jsonl"
    with (data / "data/stories/news_cluster.jsonl").open(encoding="utf-8") as lines, path.open("w") as out:
        long = (a for a in map(json.loads, lines) if len(a["text"].split()) >= 600)
        for _, article in zip(range(count), long, strict=False):
            end = 0
            for word in article["text"].split()[:600]:
                end = article["text"].index(word, end) + len(word)
            out.write(json.dumps({**article, "text": article["text"][:end]}) + "\n")
    return str(path)


def comparing(path: str) -> list[tuple[object, ...]]:
    """Rows of what a comparison costs by the number of accounts, once they are annotated."""
    annotations = list(annotate_all(variorum.read(path), AnnotateOptions(jobs=2)))
    compare_annotations(annotations[:2])  # loads the models
    rows: list[tuple[object, ...]] = []
    for count in COUNTS:
        runs = [timed(annotations[:count]) for _ in range(3 if count < max(COUNTS) else 1)]
        seconds = statistics.median(wall for wall, _ in runs)
        processor = statistics.median(used for _, used in runs)
        pairs = count * (count - 1) // 2
        goal = f"{GOAL_OF_THIRTY} s" if count == 30 else ""
        rows.append((count, pairs, f"{seconds:.2f} s", f"{processor:.2f} s", goal))
    return rows


def timed(annotations: list[Annotation]) -> tuple[float, float]:
    """Wall-clock and processor seconds of one comparison."""
    wall, used = time.perf_counter(), time.process_time()
    compare_annotations(annotations)
    return time.perf_counter() - wall, time.process_time() - used


def articles_a_second(data: Path, folder: Path) -> tuple[float, float]:
    """Articles a second of `annotate` in two processes, loading excluded, and how many words they have."""
    start, whole = folder / "start.jsonl", folder / "whole.jsonl"
    with (data / "data/attribution/polnear_train.jsonl").open(encoding="utf-8") as lines:
        start.write_text("".join(line for line, _ in zip(lines, range(BEFORE), strict=False)), "utf-8")
    articles = (data / "data/attribution/polnear_dev.jsonl").read_text("utf-8")
    whole.write_text(start.read_text("utf-8") + articles, "utf-8")
    texts = [json.loads(line)["text"] for line in articles.splitlines()]
    command = ["annotate", "-j", "2"]
    whole_process([*command, str(start)])
    seconds = statistics.median(
        whole_process([*command, str(whole)])[0] - whole_process([*command, str(start)])[0] for _ in range(3)
    )
    return len(texts) / seconds, statistics.mean(len(text.split()) for text in texts)


def main() -> None:
    data = data_folder(__doc__)
    seeds = [str(p) for p in sorted((data / "seeds").glob("*.txt"))[:2]]
    with tempfile.TemporaryDirectory() as folder:
        help_seconds, _ = median_of(["--help"])
        two, two_mb = median_of(["compare", "--format", "json", *seeds])
        again = statistics.median(second_call(seeds) for _ in range(RUNS))
        thirty = ["compare", "--format", "json", cut_accounts(data, Path(folder), 30)]
        many, many_mb = median_of(thirty, runs=3)
        speed, words = articles_a_second(data, Path(folder))
        by_count = comparing(cut_accounts(data, Path(folder), max(COUNTS)))
    rows = [
        ("`variorum --help`", f"{help_seconds:.2f} s", "", "0.3 s"),
        ("`variorum compare` of two accounts, whole process", f"{two:.2f} s", f"{two_mb:.0f} MB", "4 s"),
        ("the same, second call in one process", f"{again:.2f} s", "", "0.5 s"),
        ("30 accounts of 600 words, whole process", f"{many:.1f} s", f"{many_mb:.0f} MB", "25 s, 1200 MB"),
        (
            f"`variorum annotate -j 2`, articles of {words:.0f} words, loading excluded",
            f"{speed:.1f} articles/s",
            "",
            "at least 8 articles/s",
        ),
    ]
    print(section("Speed", f"Medians, {machine()}.", ("what", "time", "peak memory", "aim"), rows))
    claim = f"Accounts of 600 words, annotated before; medians of 3, the last row once. {machine()}."
    header = ("accounts", "pairs of accounts", "time", "processor", "aim")
    print(section("Comparing, by the number of accounts", claim, header, by_count))


if __name__ == "__main__":
    main()
