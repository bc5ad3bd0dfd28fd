"""What every benchmark shares: its arguments, the machine it names, and the Markdown section it prints.

python bench/times.py [--data FOLDER]       one claim, printed as a section of docs/benchmarks.md
python bench/all.py   [--data FOLDER]       all of them, written to docs/benchmarks.md
"""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def data_folder(description: str) -> Path:
    """The folder with the labelled data: `--data`, or `../shared` beside the checkout."""
    parser = argparse.ArgumentParser(description=description.strip().splitlines()[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared", metavar="FOLDER")
    folder: Path = parser.parse_args().data
    if not folder.is_dir():
        parser.error(f"{folder} is no folder; docs/benchmarks.md says where the public originals are")
    return folder


def machine() -> str:
    """Processor, cores, interpreter and the versions that the figures depend on."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        lines = [line for line in cpuinfo.read_text().splitlines() if line.startswith("model name")]
        model = lines[0].partition(":")[2].strip() if lines else model
    packages = ", ".join(f"{p} {version(p)}" for p in ("variorum", "spacy", "onnxruntime", "numpy"))
    return f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}, {packages}"


def section(title: str, claim: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown section: a heading, one sentence that says what was measured on what, and a table."""
    lines = [f"## {title}", "", claim, "", _line(header), _line(["---"] * len(header))]
    lines += [_line(row) for row in rows]
    return "\n".join(lines) + "\n"


def _line(cells: Iterable[object]) -> str:
    return "| " + " | ".join(f"{c:.3f}" if isinstance(c, float) else str(c) for c in cells) + " |"
