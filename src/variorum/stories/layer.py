"""One day's articles, grouped among themselves and with the stories that were there before.

Groups form within connected components of the graph whose links are close enough to join: an average is
never above its largest part, so no group reaches beyond its component. An article that comes later in the
day makes its own component anew, and leaves the rest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from variorum.stories.agglomerate import Edge, agglomerate
from variorum.stories.index import Index
from variorum.stories.vectors import SCALE

Key = tuple[str, str]
"""What articles and stories are sorted by: the day and the id of an article, of a story's first."""


@dataclass(frozen=True, slots=True)
class Base:
    """A story as it was before the day: its key, and the latest articles, which stand for it."""

    key: Key
    recent: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """Stories of before and articles of the day that are one story now.

    `held` is the likeness at which the loosest part joined, None for one article alone; `rival` that of the
    closest story that stayed apart.
    """

    bases: tuple[int, ...]
    fresh: tuple[int, ...]
    held: float | None
    rival: float


class Layer:
    """The articles of one day.

    Args:
        index: the latest articles of all stories that are still going on; the layer adds its own.
        owner: the story that each of them stands for.
        bases: those stories.
        least: the likeness, 0 to 1, from which articles and stories are one story.
        rests: whether a story is one that no article of the day can join.
    """

    def __init__(
        self,
        index: Index,
        owner: Mapping[int, int],
        bases: Mapping[int, Base],
        least: float,
        rests: Callable[[int], bool] = lambda _: False,
    ) -> None:
        self._index, self._owner, self._bases, self._rests = index, owner, bases, cache(rests)
        self._least = least * SCALE * SCALE
        self._keys: dict[int, Key] = {}
        self._fresh: defaultdict[int, dict[int, int]] = defaultdict(dict)
        self._to_base: defaultdict[int, dict[int, int]] = defaultdict(dict)
        self._linked: defaultdict[int, set[int]] = defaultdict(set)
        self._pending: list[int] = []
        self._joined: dict[int, Joined] = {}

    def add(self, number: int, key: Key, alike: Iterable[tuple[int, int]]) -> None:
        """Take in an article, and what it is like of all that the index holds without it."""
        self._keys[number] = key
        self._pending.append(number)
        sums: defaultdict[int, int] = defaultdict(int)
        for other, likeness in alike:
            if other in self._keys:
                self._fresh[number][other] = self._fresh[other][number] = likeness
            elif (base := self._owner.get(other)) is not None and not self._rests(base):
                sums[base] += likeness
        self._to_base[number] = dict(sums)
        for base, likeness in sums.items():
            if likeness >= self._least * len(self._bases[base].recent):
                self._linked[base].add(number)

    def joined(self) -> list[Joined]:
        """The groups that hold an article of the day, by their first article."""
        settled = set[int]()
        for number in self._pending:
            if number not in settled:
                settled.update(self._regroup(number))
        self._pending.clear()
        return list({group.fresh: group for _, group in sorted(self._joined.items())}.values())

    def _regroup(self, start: int) -> list[int]:
        """Group the component of an article; the articles in it."""
        fresh, bases = self._component(start)
        nodes = [*((self._bases[b].key, 0, b) for b in bases), *((self._keys[n], 1, n) for n in fresh)]
        nodes.sort()
        sizes = [1 if kind else len(self._bases[n].recent) for _, kind, n in nodes]
        unit = SCALE * SCALE
        for group in agglomerate(sizes, self._edges(nodes), self._least):
            members = [nodes[n] for n in group.nodes]
            new = tuple(n for _, kind, n in members if kind)
            old = tuple(n for _, kind, n in members if not kind)
            held = None if group.held is None else group.held / unit
            self._joined.update(dict.fromkeys(new, Joined(old, new, held, group.rival / unit)))
        return fresh

    def _component(self, start: int) -> tuple[list[int], list[int]]:
        fresh, bases, to_visit = {start}, set[int](), [start]
        while to_visit:
            number = to_visit.pop()
            reached = {n for n, likeness in self._fresh[number].items() if likeness >= self._least}
            for base, likeness in self._to_base[number].items():
                if base not in bases and likeness >= self._least * len(self._bases[base].recent):
                    bases.add(base)
                    reached |= self._linked[base]
            to_visit.extend(reached - fresh)
            fresh |= reached
        return sorted(fresh), sorted(bases)

    def _edges(self, nodes: Sequence[tuple[Key, int, int]]) -> list[Edge]:
        place = {(kind, n): i for i, (_, kind, n) in enumerate(nodes)}
        edges: list[Edge] = []
        close: set[tuple[int, int]] = set()
        for i, (_, kind, n) in enumerate(nodes):
            if not kind:
                continue
            for other, likeness in self._fresh[n].items():
                j = place.get((1, other))
                if j is not None and i < j:
                    edges.append((i, j, likeness))
            near = [b for b in self._to_base[n] if (0, b) in place]
            edges.extend((place[0, b], i, self._to_base[n][b]) for b in near)
            linked = sorted(place[0, b] for b in near if n in self._linked[b])
            close.update((a, b) for k, a in enumerate(linked) for b in linked[k + 1 :])
        for a, b in sorted(close):
            one, two = self._bases[nodes[a][2]], self._bases[nodes[b][2]]
            edges.append((a, b, self._index.product(one.recent, two.recent)))
        return edges
