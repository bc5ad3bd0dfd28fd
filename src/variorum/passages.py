"""Text that two articles share: reprints, agency copy, excerpts, with exact offsets on both sides.

Seed and extend, as text-reuse detection does it (Smith, Cordell and Mullen 2015): runs of `SEED` equal words
are found through an index, grown to maximal runs, and runs in the same order with small gaps between them
(an editor's changes) are joined. The cost is linear in the words, and in the words shared a pair.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from variorum.model import Article, Passage, Ref, Span

SEED = 5
"""Words that must be equal in a row for a shared passage to begin."""

MIN_WORDS = 12
"""Equal words that make a passage; shorter ones are idioms, names and titles."""

_MAX_GAP = 12  # words an editor may have changed between two equal runs of one passage
_LOOK_BACK = 12  # chains that a run is tried against, newest first: runs come in the order of the text
_MAX_REPEATS = 4  # places a seed is looked up at in one article: text that repeats itself stays linear

_WORD = re.compile(r"\w+(?:['’]\w+)?")


@dataclass(frozen=True, slots=True)
class _Run:
    """`size` equal words, from word `a` of one article and word `b` of the other."""

    a: int
    b: int
    size: int


@dataclass(frozen=True, slots=True)
class _Words:
    spans: tuple[tuple[int, int], ...]
    keys: tuple[str, ...]


def find_passages(articles: Sequence[Article]) -> tuple[Passage, ...]:
    """All passages that two of the articles share, in the order of the articles and of the text.

    Within one pair of articles no word belongs to two passages: the longest are taken first.
    """
    words = [_words(article.text) for article in articles]
    passages: list[Passage] = []
    for (first, second), runs in sorted(_seeds(words).items()):
        a, b = articles[first], articles[second]
        chains = _longest_first(_chains(_maximal(runs, words[first], words[second])))
        passages.extend(_passage(chain, a, b, words[first], words[second]) for chain in chains)
    return tuple(passages)


@lru_cache(maxsize=256)  # an article is compared with many in a row
def _words(text: str) -> _Words:
    found = [(m.span(), m.group().casefold().replace("’", "'")) for m in _WORD.finditer(text)]
    return _Words(tuple(s for s, _ in found), tuple(k for _, k in found))


def _seeds(words: Sequence[_Words]) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """For each pair of articles, the word positions at which the same `SEED` words begin."""
    index: dict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    seeds: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for n, article in enumerate(words):
        repeats: dict[tuple[str, ...], int] = defaultdict(int)
        fresh: list[tuple[tuple[str, ...], int]] = []
        for position in range(len(article.keys) - SEED + 1):
            key = article.keys[position : position + SEED]
            if repeats[key] < _MAX_REPEATS:
                repeats[key] += 1
                fresh.append((key, position))
                for other, where in index.get(key, ()):
                    seeds[other, n].append((where, position))
        for key, position in fresh:
            index[key].append((n, position))
    return seeds


def _maximal(seeds: list[tuple[int, int]], a: _Words, b: _Words) -> list[_Run]:
    """Grow seeds to runs that cannot grow further; seeds inside a run found before are passed over."""
    reached: dict[int, int] = {}  # by diagonal: where its last run ends in a
    runs: list[_Run] = []
    for i, j in sorted(seeds):
        if i < reached.get(i - j, 0):
            continue
        size = SEED
        while i + size < len(a.keys) and j + size < len(b.keys) and a.keys[i + size] == b.keys[j + size]:
            size += 1
        reached[i - j] = i + size
        runs.append(_Run(i, j, size))
    return runs


def _chains(runs: list[_Run]) -> list[tuple[_Run, ...]]:
    """Join runs that follow one another on both sides with at most `_MAX_GAP` words between."""
    chains: list[list[_Run]] = []
    for run in runs:
        for chain in reversed(chains[-_LOOK_BACK:]):
            last = chain[-1]
            gap_a, gap_b = run.a - (last.a + last.size), run.b - (last.b + last.size)
            if 0 <= gap_a <= _MAX_GAP and 0 <= gap_b <= _MAX_GAP:
                chain.append(run)
                break
        else:
            chains.append([run])
    return [tuple(chain) for chain in chains if sum(r.size for r in chain) >= MIN_WORDS]


def _longest_first(chains: list[tuple[_Run, ...]]) -> list[tuple[_Run, ...]]:
    """The chains without those that take up words of a longer one, in the order of the text."""
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    kept: list[tuple[_Run, ...]] = []
    for chain in sorted(chains, key=lambda c: (-sum(r.size for r in c), c[0].a, c[0].b)):
        a = range(chain[0].a, chain[-1].a + chain[-1].size)
        b = range(chain[0].b, chain[-1].b + chain[-1].size)
        if taken_a.isdisjoint(a) and taken_b.isdisjoint(b):
            taken_a.update(a)
            taken_b.update(b)
            kept.append(chain)
    return sorted(kept, key=lambda c: (c[0].a, c[0].b))


def _passage(chain: tuple[_Run, ...], a: Article, b: Article, in_a: _Words, in_b: _Words) -> Passage:
    last = chain[-1]
    equal = sum(run.size for run in chain)
    gaps = sum(max(y.a - x.a, y.b - x.b) - x.size for x, y in pairwise(chain))
    return Passage(
        Ref(a.id, Span(in_a.spans[chain[0].a][0], in_a.spans[last.a + last.size - 1][1])),
        Ref(b.id, Span(in_b.spans[chain[0].b][0], in_b.spans[last.b + last.size - 1][1])),
        round(equal / (equal + gaps), 4),
    )
