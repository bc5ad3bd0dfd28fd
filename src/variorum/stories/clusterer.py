"""Stories from a stream of articles: day by day, and the same whether they come at once or one by one.

The outcome is a function of the set of articles. Each day's articles join one another and the stories that
are still going on (`layer.py`); an article that comes after its day was left makes that day and those after
it anew. A story ends when nothing was added to it for `StoryOptions.ends_after` days: an anniversary is
another event. Articles without a date come after all days, and may join what is going on then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from variorum.errors import UsageError
from variorum.model import Article
from variorum.stories.background import background
from variorum.stories.fading import is_anniversary
from variorum.stories.index import Index
from variorum.stories.layer import Base, Joined, Key, Layer
from variorum.stories.node import Node, grown, members, told
from variorum.stories.options import UNDATED_DAY, StoryOptions, day_of, days_before, ordinal
from variorum.stories.story import Story
from variorum.stories.terms import Terms, terms
from variorum.stories.vectors import COLLECTION, STREAM, Vector, vector

METHOD = "stories 2"
"""Changes whenever the same articles may give other stories."""


@dataclass(frozen=True, slots=True)
class _Closed:
    """A day that was left: its articles, and the stories made, each with those that went into it.

    `released` are articles whose vectors nothing needs once the day cannot be undone any more.
    """

    day: str
    articles: tuple[int, ...]
    made: tuple[tuple[int, tuple[int, ...]], ...]
    released: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Finished:
    """All stories with the nodes of all days, by number; `ids` are those of the articles, by number."""

    stories: tuple[Story, ...]
    nodes: Mapping[int, Node]
    ids: Sequence[str]


class Clusterer:
    """Takes in articles and tells the stories; `add` any number of times, ask at any time.

    Memory holds the vectors of the last `late` days and of the stories still going on, and a few words of
    each article.

    Args:
        options: how stories are formed.
        on_vector: called with the id and the vector of each article when it is made; those of articles
            without a date are made anew whenever the stories are asked for.
    """

    def __init__(
        self,
        options: StoryOptions | None = None,
        on_vector: Callable[[str, Vector], None] = lambda _, __: None,
    ) -> None:
        self.options, self._on_vector = options or StoryOptions(), on_vector
        self._ids: list[str] = []
        self._days: list[str] = []
        self._words: list[tuple[str, ...]] = []
        self._known: set[str] = set()
        self._vectors: dict[int, Vector] = {}
        self._undated: dict[int, Terms] = {}
        self._nodes: dict[int, Node] = {}
        self._passing: dict[int, Node] = {}
        self._roots: set[int] = set()
        self._next = 0
        self._closed: list[_Closed] = []
        self._ended: list[int] = []
        self._told: dict[int, Story] = {}
        self._day = ""
        self._today: list[int] = []
        self._open(Index())

    def add(self, articles: Iterable[Article]) -> None:
        """Take in articles, in any order; those whose id is known are passed over.

        Raises:
            UsageError: if an article is older than what is kept: the stories must then be formed anew.
        """
        fresh = {a.id: a for a in articles if a.id not in self._known}
        dated = sorted((day_of(a), a.id) for a in fresh.values())
        if dated and dated[0][0] < self._oldest():
            raise UsageError(
                f"article {dated[0][1]} is of {dated[0][0]}: too old to be added to these stories"
            )
        by_day = {
            day: [self._register(fresh[identity], day) for _, identity in group]
            for day, group in groupby(dated, key=lambda item: item[0])
        }
        for n in by_day.pop(UNDATED_DAY, ()):
            self._undated[n] = terms(fresh[self._ids[n]])
        if by_day and min(by_day) < self._day:
            by_day = self._rewind(by_day)
        for day in sorted(by_day):
            for n in by_day[day]:
                if n not in self._vectors:
                    self._vectors[n] = vector(terms(fresh[self._ids[n]]), background(), STREAM)
                    self._words[n] = self._vectors[n].words
                    self._on_vector(self._ids[n], self._vectors[n])
            self._add_day(day, by_day[day])

    def _register(self, article: Article, day: str) -> int:
        self._known.add(article.id)
        self._ids.append(article.id)
        self._days.append(day)
        self._words.append(())
        return len(self._ids) - 1

    def _add_day(self, day: str, numbers: Sequence[int]) -> None:
        if day > self._day:
            self._close()
            self._start(day)
        for n in numbers:
            self._layer.add(n, (day, self._ids[n]), self._index.like(self._vectors[n], ordinal(day)))
            self._index.add(n, self._vectors[n], ordinal(day))
            self._today.append(n)

    def _open(self, index: Index) -> None:
        self._index = index
        self._owner: dict[int, int] = {}
        self._bases: dict[int, Base] = {}
        self._layer = Layer(index, self._owner, self._bases, self.options.least)

    def _close(self) -> None:
        """Make the day's groups the stories that the next day begins with."""
        if not self._today:
            return
        made, released = [], self._ended
        for group in self._layer.joined():
            node = self._node(self._day, group, [(b, self._nodes[b]) for b in group.bases])
            self._roots.difference_update(group.bases)
            made.append((self._put(node), group.bases))
            for n in (*(n for b in group.bases for n in self._nodes[b].recent), *group.fresh):
                self._owner.pop(n, None)
            for b in group.bases:
                self._bases.pop(b)
            gone = {n for b in group.bases for n in self._nodes[b].recent} | set(group.fresh)
            released.extend(gone.difference(node.recent))
            self._index.remove(gone.difference(node.recent))
            self._take_up(made[-1][0], node)
        self._closed.append(_Closed(self._day, tuple(self._today), tuple(made), tuple(released)))
        self._today = []

    def _put(self, node: Node) -> int:
        self._nodes[self._next] = node
        self._roots.add(self._next)
        self._next += 1
        return self._next - 1

    def _take_up(self, number: int, node: Node) -> None:
        self._bases[number] = Base(node.key, node.recent)
        self._owner.update(dict.fromkeys(node.recent, number))

    def _node(self, day: str, group: Joined, old: Sequence[tuple[int, Node]]) -> Node:
        """What a group and the stories of before in it make."""
        return grown(day, group, old, self._place, self.options)

    def _place(self, number: int) -> Key:
        return self._days[number], self._ids[number]

    def _start(self, day: str) -> None:
        """Begin a day: what ended is let go."""
        self._day = day
        begins = days_before(day, self.options.ends_after)
        ended = [b for b in self._bases if self._nodes[b].last < begins]
        gone = [n for b in ended for n in self._bases.pop(b).recent]
        for n in gone:
            del self._owner[n]
        self._ended = gone
        self._index.remove(gone)
        self._layer = Layer(self._index, self._owner, self._bases, self.options.least, self._rests)
        while self._closed and self._closed[0].day < self._oldest():
            left = self._closed.pop(0)
            for n in left.released:
                self._vectors.pop(n, None)

    def _rests(self, base: int) -> bool:
        return is_anniversary(ordinal(self._day) - ordinal(self._nodes[base].last))

    def _oldest(self) -> str:
        """The day before which nothing can be added any more."""
        return days_before(self._day, self.options.late)

    def _rewind(self, fresh: Mapping[str, Sequence[int]]) -> dict[str, list[int]]:
        """Undo all days from the first of `fresh`; what is to be added again, `fresh` included, by day."""
        day = min(fresh)
        again: defaultdict[str, list[int]] = defaultdict(list)
        again[self._day].extend(self._today)
        self._today = []
        while self._closed and self._closed[-1].day >= day:
            undone = self._closed.pop()
            again[undone.day].extend(undone.articles)
            for number, bases in undone.made:
                self._told.pop(number, None)
                self._roots.discard(number)
                self._roots.update(bases)
                del self._nodes[number]
        for later, numbers in fresh.items():
            again[later].extend(numbers)
        self._open(Index())
        self._day = ""
        for number in sorted(self._roots):
            node = self._nodes[number]
            if node.goes_on(day, self.options):
                self._take_up(number, node)
                for n in node.recent:
                    self._index.add(n, self._vectors[n], ordinal(self._days[n]))
        return dict(again)

    def stories(self) -> tuple[Story, ...]:
        """All stories, by the day and id of their first articles."""
        nodes = {number: self._nodes[number] for number in self._roots}
        self._passing = {}
        for group in self._layer.joined() if self._today else ():
            self._pass(self._day, group, nodes)
        if self._undated:
            self._join_undated(nodes)
        self._told = {
            number: self._told[number] if number >= 0 and number in self._told else self._story(node)
            for number, node in sorted(nodes.items(), key=lambda item: item[1].key)
        }
        return tuple(self._told.values())

    def story_of(self, article: str) -> Story:
        """The story of one article, by its id; quick for an article of the last day.

        Raises:
            KeyError: if the article was not added.
        """
        if article not in self._known:
            raise KeyError(article)
        if not self._undated:
            for group in self._layer.joined() if self._today else ():
                if any(self._ids[n] == article for n in group.fresh):
                    old = [(b, self._nodes[b]) for b in group.bases]
                    return self._story(self._node(self._day, group, old))
        return next(story for story in self.stories() if article in story.articles)

    def finished(self) -> Finished:
        """The stories, and what they were formed from, after the last day was closed."""
        self._close()
        stories = self.stories()
        return Finished(stories, self._nodes | self._passing, self._ids)

    def _pass(self, day: str, group: Joined, nodes: dict[int, Node]) -> None:
        """Put what a group makes among the stories `nodes`, for now, in place of what went into it."""
        node = self._node(day, group, [(b, nodes.pop(b)) for b in group.bases])
        nodes[-1 - group.fresh[0]] = self._passing[-1 - group.fresh[0]] = node

    def _join_undated(self, nodes: dict[int, Node]) -> None:
        """Let the articles without a date, which are weighed as one collection, join the stories `nodes`."""
        order = sorted(self._undated, key=lambda n: self._ids[n])
        table = background().with_counts([self._undated[n] for n in order])
        index, owner, bases = Index(), dict[int, int](), dict[int, Base]()
        for r, node in nodes.items():
            if node.goes_on(self._day, self.options):
                bases[r] = Base(node.key, node.recent)
                owner.update(dict.fromkeys(node.recent, r))
                for n in node.recent:
                    index.add(n, self._vectors[n], ordinal(self._days[n]))
        layer = Layer(index, owner, bases, self.options.least)
        for n in order:
            found = vector(self._undated[n], table, COLLECTION)
            self._words[n] = found.words
            self._on_vector(self._ids[n], found)
            layer.add(n, (UNDATED_DAY, self._ids[n]), index.like(found))
            index.add(n, found)
        for group in layer.joined():
            self._pass(UNDATED_DAY, group, nodes)

    def _story(self, node: Node) -> Story:
        found = members(node, lambda number: (self._nodes if number >= 0 else self._passing)[number])
        return told(node, ((self._place(n), self._words[n]) for n in found), self.options)
