"""Passages that the articles of a corpus share: reprints, agency copy, excerpts, copies that were merged.

Each article keeps those hashes of its runs of words that fall in one of `_EVERY` classes (Manber 1994): the
same runs give the same hashes wherever they stand, so a cut excerpt keeps its share of them, and articles
that share some are found through an index. What is compared is how much of the shorter one lies in the
other (containment, Broder 1997), not how alike the two are. Runs that very many articles have (newsletter
lines, credits) are no evidence. The passages of each pair come from `variorum.passages`, to the character.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from variorum.model import Article, Passage
from variorum.passages import find_passages

_RUN = 6  # two, four and two words: `fingerprints` joins them
_EVERY = 4  # a power of two
_MOST_WORDS = 1 << 18  # whose hashes are kept
_WORD = re.compile(r"\w+")
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_SQUARED = np.uint64(0x9E3779B97F4A7C15**2 % (1 << 64))


@dataclass(frozen=True, slots=True)
class ReuseOptions:
    """What counts as shared text.

    `least_shared` is how many sampled runs two articles must share, `least_contained` the share of the
    shorter one's runs that the other must have. A run in more than `boilerplate` articles is no evidence.
    """

    least_shared: int = 3
    least_contained: float = 0.2
    boilerplate: int = 200


@dataclass(frozen=True, slots=True)
class Copy:
    """Two articles that share text.

    `earlier` is the one that was published first, by id where that is not known or the same; `dated` says
    whether the dates tell. `contained` is the share of the shorter one's text, 0 to 1, that the other has,
    estimated from the sampled runs.
    """

    earlier: str
    later: str
    contained: float
    dated: bool


def find_copies(articles: Iterable[Article], options: ReuseOptions | None = None) -> list[Copy]:
    """All pairs of articles that share text, in the order of the articles; each pair once.

    The time is linear in the words and in the pairs that share a run.
    """
    wanted = options or ReuseOptions()
    heads: list[tuple[str, str | None]] = []
    runs: list[NDArray[np.uint64]] = []
    for article in articles:
        heads.append((article.id, article.published))
        runs.append(fingerprints(article.text))
    copies = []
    for a, b, shared in _shared(runs, wanted):
        contained = shared / max(1, min(len(runs[a]), len(runs[b])))
        if contained >= wanted.least_contained:
            copies.append(_copy(heads[a], heads[b], min(1.0, contained)))
    return copies


def find_reuse(
    articles: Sequence[Article], options: ReuseOptions | None = None
) -> Iterator[tuple[Copy, tuple[Passage, ...]]]:
    """Each pair of articles that share text, with the passages they share, `a` of the earlier article."""
    by_id = {article.id: article for article in articles}
    for family in _families(find_copies(articles, options)):
        for copy in family:
            if passages := find_passages([by_id[copy.earlier], by_id[copy.later]]):
                yield copy, passages


def _families(copies: Sequence[Copy]) -> list[list[Copy]]:
    """The copies parted into groups that have no article in common: one after another, each is read once."""
    parent: dict[str, str] = {}

    def root(identity: str) -> str:
        while (above := parent.setdefault(identity, identity)) != identity:
            parent[identity] = identity = parent[above]
        return identity

    for copy in copies:
        parent[root(copy.later)] = root(copy.earlier)
    families: defaultdict[str, list[Copy]] = defaultdict(list)
    for copy in copies:
        families[root(copy.earlier)].append(copy)
    return list(families.values())


def fingerprints(text: str) -> NDArray[np.uint64]:
    """The sampled hashes of a text's runs of `_RUN` words, ascending; of a short text all of them."""
    written = text.split()
    if len(written) < _RUN:
        return np.empty(0, np.uint64)
    words = np.frombuffer(b"".join(itemgetter(*written)(_HASHES)), "<u4").astype(np.uint64)
    if len(words) < _RUN:
        return np.empty(0, np.uint64)
    two = words[:-1] * _FACTOR + words[1:]
    four = two[:-2] * _SQUARED + two[2:]
    runs: NDArray[np.uint64] = four[:-2] * _SQUARED + two[4:]
    runs ^= runs >> np.uint64(29)
    runs *= np.uint64(0xBF58476D1CE4E5B9)
    runs ^= runs >> np.uint64(32)
    if len(words) >= _RUN * _EVERY * 2:
        runs = runs[runs & np.uint64(_EVERY - 1) == 0]
    runs.sort()
    return runs[np.concatenate(([True], runs[1:] != runs[:-1]))] if len(runs) else runs


class _Hashes(dict[str, bytes]):
    """The hash of each word as written, marks around it and case left out; nothing where nothing is left."""

    def __missing__(self, word: str) -> bytes:
        if len(self) >= _MOST_WORDS:
            self.clear()
        plain = "".join(_WORD.findall(word)).casefold()
        self[word] = value = (
            zlib.crc32(plain.encode("utf-8", "surrogatepass")).to_bytes(4, "little") if plain else b""
        )
        return value


_HASHES = _Hashes()


def _shared(runs: Sequence[NDArray[np.uint64]], options: ReuseOptions) -> Iterator[tuple[int, int, int]]:
    """Pairs of articles with the number of runs that both have."""
    if not runs:
        return
    values = np.concatenate(runs)
    owners = np.repeat(np.arange(len(runs)), [len(r) for r in runs])
    order = values.argsort(kind="stable")  # owners ascend already
    values, owners = values[order], owners[order]
    begins = np.flatnonzero(np.concatenate(([True], values[1:] != values[:-1])))
    ends = np.concatenate((begins[1:], [len(values)]))
    useful = (ends - begins > 1) & (ends - begins <= options.boilerplate)
    sizes = (ends - begins)[useful]
    codes = [np.empty(0, np.int64)]
    for size in np.unique(sizes).tolist():
        together = owners[begins[useful][sizes == size][:, None] + np.arange(size)]
        first, second = np.triu_indices(size, 1)
        codes.append((together[:, first] * len(runs) + together[:, second]).ravel())
    pairs, counts = np.unique(np.concatenate(codes), return_counts=True)
    enough = counts >= options.least_shared
    for pair, count in zip(pairs[enough].tolist(), counts[enough].tolist(), strict=True):
        yield pair // len(runs), pair % len(runs), count


def _copy(a: tuple[str, str | None], b: tuple[str, str | None], contained: float) -> Copy:
    dated = bool(a[1] and b[1] and a[1] != b[1])
    first, second = sorted((a, b), key=lambda head: (head[1] or "9", head[0]))
    return Copy(first[0], second[0], round(contained, 4), dated)
