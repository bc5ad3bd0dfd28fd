"""Stories that are kept go on: an added article makes anew just what it touches, with the outcome of a batch.

What was kept is a forest of nodes (`node.py`), the articles' vectors and an index of their keys. An article
makes the part of its day anew that it is linked to; where a node of a day changes, so do the articles of
later days that are close to it, day by day, until nothing changes any more. Two articles have an influence on
one another only where they are linked by pairs that are close enough to join, because an average is never
above its largest part: all else stays as it is. The cost is that of the stories touched, not of the library.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from variorum.stories.background import background
from variorum.stories.fading import is_anniversary
from variorum.stories.index import Index
from variorum.stories.layer import Base, Joined, Key, Layer
from variorum.stories.node import Node, grown, members, told
from variorum.stories.options import UNDATED_DAY, StoryOptions, ordinal
from variorum.stories.story import Story
from variorum.stories.terms import Hashes, Terms
from variorum.stories.vectors import COLLECTION, SCALE, STREAM, Vector, vector


@dataclass(frozen=True, slots=True)
class Entry:
    """An article of the forest: day, id, vector, and the node it is fresh in, if it has one yet."""

    day: str
    id: str
    vector: Vector
    node: int | None


class State(Protocol):
    """Where the forest is kept. Articles and nodes go by whole numbers."""

    def entry(self, number: int) -> Entry:
        """An article."""

    def put_entry(self, number: int, entry: Entry) -> None:
        """Keep an article, in place of what was kept of it."""

    def place(self, numbers: Sequence[int], node: int) -> None:
        """Say which node articles are fresh in."""

    def sharing(self, keys: Hashes, since: str) -> Iterable[int]:
        """The articles from a day on that two of the keys find, or one where either has but few."""

    def undated(self) -> Sequence[int]:
        """All articles without a date."""

    def last_day(self) -> str:
        """The latest day of any article, empty where there is none."""

    def node(self, number: int) -> Node:
        """A node."""

    def put_node(self, node: Node, number: int | None = None) -> int:
        """Keep a node, under its number or a new one; the number."""

    def drop_node(self, number: int) -> None:
        """Forget a node."""

    def next(self, number: int) -> int | None:
        """The node that goes on from a node."""

    def set_next(self, number: int, following: int | None) -> None:
        """Say which node goes on from a node."""


class Updater:
    """Adds articles to stories that are kept.

    Args:
        state: what is kept; it is changed in place.
        options: those that it was made with.
    """

    def __init__(self, state: State, options: StoryOptions | None = None) -> None:
        self._state, self._options = state, options or StoryOptions()
        self._least = self._options.least * SCALE * SCALE
        self._index = Index()
        self._likes: dict[tuple[int, str], list[tuple[int, int]]] = {}
        self._dirty: defaultdict[str, set[int]] = defaultdict(set)
        self._days: list[str] = []
        self._changed: set[int] = set()

    def add(
        self, dated: Mapping[int, tuple[Key, Terms]], undated: Mapping[int, tuple[str, Terms]]
    ) -> list[Story]:
        """Add articles.

        Args:
            dated: by number, day and id of each, and its terms.
            undated: all articles without a date, new and kept, if one of them is new; else none.

        Returns:
            the stories that have changed, by their first articles.
        """
        before = self._state.last_day()
        for number, ((day, identity), found) in dated.items():
            self._take(number, day, Entry(day, identity, vector(found, background(), STREAM), None))
        if undated:
            table = background().with_counts([found for _, (_, found) in sorted(undated.items())])
            kept = {n: self._state.entry(n).node for n in self._state.undated()}
            for number, (identity, found) in undated.items():
                made = vector(found, table, COLLECTION)
                self._take(number, UNDATED_DAY, Entry(UNDATED_DAY, identity, made, kept.get(number)))
        elif before != self._state.last_day():
            for number in self._state.undated():
                self._touch(UNDATED_DAY, number)
        while self._days:
            day = heapq.heappop(self._days)
            self._regroup(day, self._dirty.pop(day))
        return self._stories()

    def _take(self, number: int, day: str, entry: Entry) -> None:
        self._state.put_entry(number, entry)
        self._touch(day, number)

    def _touch(self, day: str, *numbers: int) -> None:
        if day not in self._dirty:
            heapq.heappush(self._days, day)
        self._dirty[day].update(numbers)

    def _like(self, number: int, since: str = "") -> list[tuple[int, int]]:
        """The articles that are like one, and how much: all from a day on, and maybe some before."""
        if (number, since) not in self._likes:
            entry = self._state.entry(number)
            for other in self._state.sharing(entry.vector.keys, since):
                self._load(other)
            alike = self._index.like(entry.vector, ordinal(entry.day))
            self._likes[number, since] = [(o, likeness) for o, likeness in alike if o != number]
        return self._likes[number, since]

    def _load(self, number: int) -> None:
        if number not in self._index:
            entry = self._state.entry(number)
            self._index.add(number, entry.vector, ordinal(entry.day))

    def _base_of(self, number: int, day: str) -> int | None:
        """The node that an article stood for as a day began, if the day's articles could join it."""
        at = self._state.entry(number).node
        while at is not None and (above := self._state.next(at)) is not None:
            if self._state.node(above).day >= day:
                break
            at = above
        if at is None:
            return None
        node = self._state.node(at)
        if day == UNDATED_DAY:
            open_ = node.goes_on(self._state.last_day(), self._options)
        else:
            resting = is_anniversary(ordinal(day) - ordinal(node.last))
            open_ = node.goes_on(day, self._options) and not resting
        return at if open_ and number in node.recent else None

    def _linked(self, number: int, day: str) -> tuple[set[int], set[int]]:
        """The articles of the same day, and the nodes of before, that an article is close enough to."""
        least = self._least
        fresh, sums = set[int](), defaultdict[int, int](int)
        for other, likeness in self._like(number):
            at = self._state.entry(other).day
            if at == day:
                if likeness >= least:
                    fresh.add(other)
            elif at < day and (base := self._base_of(other, day)) is not None:
                sums[base] += likeness
        return fresh, {b for b, s in sums.items() if s >= least * len(self._state.node(b).recent)}

    def _reach(self, day: str, start: Iterable[int]) -> tuple[set[int], set[int]]:
        """The articles of a day and the nodes of before that what has changed may have an influence on."""
        fresh, bases, to_visit = set[int](), set[int](), list(start)
        while to_visit:
            number = to_visit.pop()
            if number in fresh:
                continue
            fresh.add(number)
            if (formerly := self._state.entry(number).node) is not None:
                to_visit.extend(self._state.node(formerly).fresh)
            others, near = self._linked(number, day)
            to_visit.extend(others)
            for base in near - bases:
                bases.add(base)
                close = set[int]()
                for recent in self._state.node(base).recent:
                    self._load(recent)
                    close.update(o for o, s in self._like(recent, day) if s >= self._least)
                of_day = {o for o in close - fresh if self._state.entry(o).day == day}
                to_visit.extend(o for o in of_day if base in self._linked(o, day)[1])
        return fresh, bases

    def _regroup(self, day: str, start: set[int]) -> None:
        fresh, bases = self._reach(day, start)
        kept = {b: self._state.node(b) for b in bases}
        owner = {r: b for b, node in kept.items() for r in node.recent}
        layer = Layer(
            self._index,
            owner,
            {b: Base(n.key, n.recent) for b, n in kept.items()},
            self._options.least,
        )
        for number in sorted(fresh, key=self._place):
            layer.add(number, self._place(number), self._like(number))
        former = {at: self._state.node(at) for n in fresh if (at := self._state.entry(n).node) is not None}
        by_parts = {(node.children, node.fresh): at for at, node in former.items()}
        made = []
        for group in layer.joined():
            node = self._node(day, group, kept)
            at = by_parts.get((node.children, node.fresh))
            if at is None:
                made.append(node)
                continue
            old = former.pop(at)
            if node != old:
                self._state.put_node(node, at)
                same = (node.recent, node.last) == (old.recent, old.last)
                self._follow(day, at, () if same else {*node.recent, *old.recent})
        for at, node in former.items():
            self._drop(day, at, node)
        for node in made:
            self._keep(day, node)

    def _node(self, day: str, group: Joined, kept: Mapping[int, Node]) -> Node:
        return grown(day, group, [(b, kept[b]) for b in group.bases], self._place, self._options)

    def _place(self, number: int) -> Key:
        entry = self._state.entry(number)
        return entry.day, entry.id

    def _keep(self, day: str, node: Node) -> None:
        at = self._state.put_node(node)
        for child in node.children:
            if (former := self._state.next(child)) is not None:
                later = self._state.node(former)
                self._touch(later.day, *later.fresh)
            self._state.set_next(child, at)
        self._state.place(node.fresh, at)
        self._follow(day, at, node.recent)

    def _drop(self, day: str, at: int, node: Node) -> None:
        self._follow(day, at, node.recent)
        for child in node.children:
            if self._state.next(child) == at:
                self._state.set_next(child, None)
                self._changed.add(child)
        self._state.drop_node(at)
        self._changed.discard(at)

    def _follow(self, day: str, at: int, moved: Iterable[int]) -> None:
        """Make anew what goes on from a changed node, and what is close to `moved` of its articles."""
        self._changed.add(at)
        if (above := self._state.next(at)) is not None:
            later = self._state.node(above)
            self._touch(later.day, *later.fresh)
        for number in moved:
            for other, likeness in self._like(number, day):
                then = self._state.entry(other).day
                if then > day and likeness >= self._least:
                    self._touch(then, other)

    def _stories(self) -> list[Story]:
        roots = set()
        for at in self._changed:
            while (above := self._state.next(at)) is not None:
                at = above
            roots.add(at)
        found = []
        for root in roots:
            node = self._state.node(root)
            entries = [self._state.entry(n) for n in members(node, self._state.node)]
            found.append(told(node, [((e.day, e.id), e.vector.words) for e in entries], self._options))
        return sorted(found, key=lambda story: (story.first or UNDATED_DAY, story.articles))
