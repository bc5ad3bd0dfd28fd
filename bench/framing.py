"""Loaded words on BABE (Spinde et al. 2021): words that experts marked as biased.

    python bench/framing.py [--data FOLDER]

FOLDER/data/framing/babe_sg2_even.jsonl, split in two by a hash of the sentence. Ambiguous words were taken
off the list by looking at the first half; the figures of the second half are the ones that count. A lexicon
learned from the marks of the first half is measured beside it.
"""

from __future__ import annotations

import ast
import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from report import data_folder, section
from scorers import F1

from variorum.compare.loaded import loaded_words

WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
LEAST_SHARE = 0.3  # of a word's occurrences that must be marked for the learned lexicon to take it


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, the words that were marked in it, and whether it was judged biased."""

    text: str
    marked: frozenset[str]
    biased: bool

    @property
    def words(self) -> frozenset[str]:
        """Its words, case-folded."""
        return frozenset(w.casefold() for w in WORD.findall(self.text))


def halves(path: Path) -> tuple[list[Sentence], list[Sentence]]:
    split: tuple[list[Sentence], list[Sentence]] = ([], [])
    for line in path.read_text("utf-8").splitlines():
        row = {key.lstrip("\ufeff"): value for key, value in json.loads(line).items()}
        marked = frozenset(w.casefold() for w in ast.literal_eval(row["biased_words"]))
        half = int(hashlib.sha256(row["text"].encode()).hexdigest(), 16) % 2
        split[1 - half].append(Sentence(row["text"], marked, row["label_bias"] == "Biased"))
    return split


def ours(sentence: Sentence) -> frozenset[str]:
    text = sentence.text
    return frozenset(s.of(text).casefold() for s in loaded_words(text, 0, len(text)))


def learned(train: Iterable[Sentence]) -> Callable[[Sentence], frozenset[str]]:
    seen: Counter[str] = Counter()
    marked: Counter[str] = Counter()
    for sentence in train:
        seen.update(sentence.words)
        marked.update(sentence.words & sentence.marked)
    taken = {w for w, n in marked.items() if n / (seen[w] + 0.5) >= LEAST_SHARE}
    return lambda sentence: sentence.words & taken


def scored(
    name: str, find: Callable[[Sentence], frozenset[str]], test: Sequence[Sentence]
) -> tuple[str, float, float, float, float]:
    found = [find(s) for s in test]
    right = sum(len(f & s.marked) for f, s in zip(found, test, strict=True))
    said, gold = sum(map(len, found)), sum(len(s.words & s.marked) for s in test)
    f = F1(right / said, right / gold)
    biased = [bool(f) for f, s in zip(found, test, strict=True) if s.biased]
    plain = [bool(f) for f, s in zip(found, test, strict=True) if not s.biased]
    balanced = (sum(biased) / len(biased) + 1 - sum(plain) / len(plain)) / 2
    return name, f.precision, f.recall, f.f1, balanced


def main() -> None:
    first, second = halves(data_folder(__doc__ or "") / "data/framing/babe_sg2_even.jsonl")
    rows = [
        scored("our list, first half", ours, first),
        scored("our list, second half", ours, second),
        scored("learned from the first half, second half", learned(first), second),
    ]
    claim = (
        f"BABE SG2, {len(first)} and {len(second)} sentences: words that experts marked as biased; "
        "and whether a sentence with a loaded word is one judged biased."
    )
    header = ("what", "precision", "recall", "F1", "sentences, balanced accuracy")
    print(section("Loaded words", claim, header, rows))


if __name__ == "__main__":
    main()
