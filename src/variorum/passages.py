"""Text that two articles share: reprints, agency copy, excerpts, with exact offsets on both sides.

Seed and extend, as text-reuse detection does it (Smith, Cordell and Mullen 2015): runs of `SEED` equal words
are found by their hashes, grown to maximal runs, and runs in the same order with small gaps between them
(an editor's changes) are joined. The cost is linear in the words, and in the words shared a pair.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from variorum.model import Article, Passage, Ref, Span

SEED = 5
"""Words that must be equal in a row for a shared passage to begin."""

MIN_WORDS = 12
"""Equal words that make a passage; shorter ones are idioms, names and titles."""

_MAX_GAP = 12  # words an editor may have changed between two equal runs of one passage
_LOOK_BACK = 12  # chains that a run is tried against, newest first: runs come in the order of the text
_MAX_REPEATS = 4  # places a seed is looked up at in one article: text that repeats itself stays linear
_FEW = 12  # articles of which all pairs are compared, without an index of seeds
_CACHED = 1024  # articles whose words are kept: one is compared with many in a row

_BASIC = 0x10000
_BASE = 0x9E3779B97F4A7C15
_APOSTROPHES = (0x27, 0x2019)


@dataclass(frozen=True, slots=True)
class _Run:
    """`size` equal words, from word `a` of one article and word `b` of the other."""

    a: int
    b: int
    size: int


@dataclass(frozen=True, slots=True)
class _Words:
    """An article's words: where they start and end, their hashes, and its seeds.

    `seeds` are the hashes of runs of `SEED` words, ascending, `places` where they begin; of one that comes
    more than `_MAX_REPEATS` times the first are there, and `repeats` says so.
    """

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    hashes: NDArray[np.uint64]
    seeds: NDArray[np.uint64]
    places: NDArray[np.int64]
    repeats: bool


def find_passages(articles: Sequence[Article]) -> tuple[Passage, ...]:
    """All passages that two of the articles share, in the order of the articles and of the text.

    Within one pair of articles no word belongs to two passages: the longest are taken first.
    """
    words = [_words(article.text) for article in articles]
    return tuple(
        passage
        for first, second in _candidates(words)
        for passage in _shared(articles[first], articles[second], words[first], words[second])
    )


def _shared(a: Article, b: Article, in_a: _Words, in_b: _Words) -> list[Passage]:
    chains = _longest_first(_chains(_maximal(in_a, in_b)))
    return [_passage(chain, a, b, in_a, in_b) for chain in chains]


def _candidates(words: Sequence[_Words]) -> list[tuple[int, int]]:
    """The pairs of articles that have a seed in common, in order; of few articles all pairs."""
    if len(words) <= _FEW:
        return [(a, b) for a in range(len(words)) for b in range(a + 1, len(words))]
    seeds = np.concatenate([w.seeds for w in words])
    owners = np.repeat(np.arange(len(words)), [len(w.seeds) for w in words])
    order = np.lexsort((owners, seeds))
    seeds, owners = seeds[order], owners[order]
    pairs = set[tuple[int, int]]()
    for start, end in _groups(seeds):
        if end - start > 1:
            of = sorted(set(owners[start:end].tolist()))
            pairs.update((a, b) for n, a in enumerate(of) for b in of[n + 1 :])
    return sorted(pairs)


def _groups(values: NDArray[np.uint64]) -> Iterator[tuple[int, int]]:
    """Where equal values, which are in a row, start and end."""
    changes = (values[1:] != values[:-1]).nonzero()[0] + 1
    return pairwise([0, *changes.tolist(), len(values)])


@lru_cache(maxsize=_CACHED)
def _words(text: str) -> _Words:
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    of_word, plain = _characters(codes)
    padded = np.concatenate(([False], of_word, [False]))
    edges = (padded[1:] != padded[:-1]).nonzero()[0]
    starts, ends = edges[::2], edges[1::2]
    if not len(starts):
        nothing = np.empty(0, np.uint64)
        return _Words(starts, ends, nothing, nothing, starts, False)
    inside = np.flatnonzero(of_word)
    at = inside - np.repeat(starts, ends - starts)
    values = (plain[inside].astype(np.uint64) + np.uint64(1)) * _powers(int(at.max()) + 1)[at]
    first = np.concatenate(([0], np.cumsum(ends - starts)[:-1]))
    hashes = _mixed(np.add.reduceat(values, first))
    seeds, places, repeats = _seeds(hashes)
    return _Words(starts, ends, hashes, seeds, places, repeats)


def _characters(codes: NDArray[np.uint32]) -> tuple[NDArray[np.bool_], NDArray[np.uint32]]:
    """Which characters belong to words, an apostrophe between two letters too, and each in lower case."""
    alphanumeric, lower = _table()
    basic = np.minimum(codes, _BASIC - 1)
    of_word, plain = alphanumeric[basic], lower[basic]
    beyond = codes >= _BASIC
    if beyond.any():
        for code in np.unique(codes[beyond]).tolist():
            of_word[codes == code] = chr(code).isalnum()
            plain[codes == code] = code
    inner = (plain[1:-1] == _APOSTROPHES[0]) & of_word[:-2] & of_word[2:]
    of_word[1:-1] |= inner
    return of_word, plain


@cache
def _table() -> tuple[NDArray[np.bool_], NDArray[np.uint32]]:
    """Of each character of the basic plane: whether it is of a word, and its lower case if that is one."""
    alphanumeric = np.array([chr(code).isalnum() or code == ord("_") for code in range(_BASIC)])
    folded = [chr(code).casefold() for code in range(_BASIC)]
    lower = np.array([ord(f) if len(f) == 1 else code for code, f in enumerate(folded)], np.uint32)
    lower[_APOSTROPHES[1]] = _APOSTROPHES[0]
    return alphanumeric, lower


def _powers(count: int) -> NDArray[np.uint64]:
    return np.full(count, _BASE, np.uint64).cumprod()


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Hashes whose bits all depend on all (the finalizer of SplitMix64, Steele, Lea and Flood 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def _seeds(hashes: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], NDArray[np.int64], bool]:
    """The seeds of an article, ascending, where they begin, and whether some were left out as repeats."""
    count = len(hashes) - SEED + 1
    if count < 1:
        return np.empty(0, np.uint64), np.empty(0, np.int64), False
    runs = np.zeros(count, np.uint64)
    for n, factor in enumerate(_powers(SEED)):
        runs += hashes[n : n + count] * factor
    runs = _mixed(runs)
    places = np.argsort(runs, kind="stable")
    runs = runs[places]
    if count <= _MAX_REPEATS or not (runs[_MAX_REPEATS:] == runs[:-_MAX_REPEATS]).any():
        return runs, places, False
    kept = np.concatenate((np.ones(_MAX_REPEATS, np.bool_), runs[_MAX_REPEATS:] != runs[:-_MAX_REPEATS]))
    return runs[kept], places[kept], True


def _matches(a: _Words, b: _Words) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The word positions at which the same seeds begin, by diagonal and position."""
    left, right = b.seeds.searchsorted(a.seeds), b.seeds.searchsorted(a.seeds, "right")
    shared = (right > left).nonzero()[0]
    left, times = left[shared], right[shared] - left[shared]
    i = a.places[shared].repeat(times)
    within = np.arange(len(i)) - (times.cumsum() - times).repeat(times)
    j = b.places[left.repeat(times) + within]
    order = ((i - j) * (len(a.hashes) + 1) + i).argsort(kind="stable")
    return i[order], j[order]


def _maximal(a: _Words, b: _Words) -> list[_Run]:
    """Runs of equal words that cannot grow further, in the order of the texts."""
    i, j = _matches(a, b)
    if not len(i):
        return []
    breaks = (i[1:] - i[:-1] != 1) | (j[1:] - j[:-1] != 1)
    begins = np.concatenate(([0], breaks.nonzero()[0] + 1))
    sizes = np.concatenate((begins[1:], [len(i)])) - begins + SEED - 1
    runs = [_Run(*run) for run in zip(i[begins].tolist(), j[begins].tolist(), sizes.tolist(), strict=True)]
    if a.repeats or b.repeats:
        runs = _grown(runs, a, b)
    return sorted(runs, key=lambda run: (run.a, run.b))


def _grown(runs: list[_Run], a: _Words, b: _Words) -> list[_Run]:
    """Grow runs over the seeds that were left out as repeats; what a former one reaches is left out."""
    reached: dict[int, int] = {}  # by diagonal: where its last run ends in a
    found = []
    for run in runs:
        if run.a < reached.get(run.a - run.b, 0):
            continue
        count = min(len(a.hashes) - run.a, len(b.hashes) - run.b)
        differs = a.hashes[run.a : run.a + count] != b.hashes[run.b : run.b + count]
        size = int(differs.argmax()) if differs.any() else count
        reached[run.a - run.b] = run.a + size
        found.append(_Run(run.a, run.b, size))
    return found


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
        Ref(a.id, Span(int(in_a.starts[chain[0].a]), int(in_a.ends[last.a + last.size - 1]))),
        Ref(b.id, Span(int(in_b.starts[chain[0].b]), int(in_b.ends[last.b + last.size - 1]))),
        round(equal / (equal + gaps), 4),
    )
