"""Articles to stories: formed at once, or what was formed before goes on with what is new."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from variorum.library.state import LibraryState, key_rows
from variorum.model import Article
from variorum.records import StoryChange
from variorum.store import forest
from variorum.store.articles import number_of, stored
from variorum.store.stories import Assignment, assign, unassigned
from variorum.stories.clusterer import METHOD, Clusterer, Finished
from variorum.stories.options import UNDATED_DAY, day_of
from variorum.stories.packing import pack_node, pack_vector
from variorum.stories.terms import terms
from variorum.stories.updating import Updater
from variorum.stories.vectors import Vector

if TYPE_CHECKING:
    from variorum.store.database import Database
    from variorum.stories.story import Story

# Above it, and above a quarter of what is kept, forming all anew is quicker than going on; with one outcome.
_FEW = 1000
_AT_ONCE = 2000  # vectors that are written in one transaction: others get their turn to write between


def form(reader: Database, writer: Callable[[], Database], all_: bool = False) -> tuple[StoryChange, ...]:
    """Give every article its story, where some have none or another method gave it to them.

    Args:
        reader: where articles are read.
        writer: opens the same library for writing; called only if there is something to write.
        all_: form all stories anew.

    Returns:
        the stories that merged or split.
    """
    fresh = list(unassigned(reader))
    kept = forest.method(reader) == METHOD
    if kept and not fresh and not all_:
        return ()
    if kept and not all_ and len(fresh) <= max(_FEW, forest.entries(reader) // 4):
        database = writer()
        with database.transaction():
            fresh = list(unassigned(database))  # another program may have placed some meanwhile
            numbers = [number_of(database, key) for key in fresh]
            # one that is known but has no story has got a date or a title that it did not have
            if all(forest.entry(database, number) is None for number in numbers):
                return assign(database, _placed(_go_on(database, numbers)), METHOD)
    return _anew(reader, writer())


def _go_on(database: Database, numbers: Iterable[int]) -> list[Story]:
    """Add a few articles to the stories there are; the stories that have changed."""
    state = LibraryState(database)
    found = {number: stored(database, number).article for number in numbers}
    dated = {n: ((day_of(a), a.id), terms(a)) for n, a in found.items() if day_of(a) != UNDATED_DAY}
    undated = {n: (a.id, terms(a)) for n, a in found.items() if n not in dated}
    if undated:
        others = ((n, stored(database, n).article) for n in state.undated())
        undated |= {n: (a.id, terms(a)) for n, a in others}
    return Updater(state).add(dated, undated)


def _placed(stories: Iterable[Story]) -> list[Assignment]:
    return [
        Assignment(article, story.id, story.confidence, story.because)
        for story in stories
        for article in story.articles
    ]


def _anew(reader: Database, database: Database) -> tuple[StoryChange, ...]:
    """Form all stories, and keep what they were formed from.

    Vectors are written on the way; that they are whole is said last, with the stories, so that a stop on the
    way costs no more than the time.
    """
    with database.transaction():
        forest.clear(database)
    numbers: dict[str, int] = {}
    days: dict[str, str] = {}
    keys: dict[str, list[forest.Key]] = {}
    pending: dict[str, bytes] = {}

    def keep(identity: str, vector: Vector) -> None:
        keys[identity] = key_rows(numbers[identity], days[identity], vector)
        pending[identity] = pack_vector(vector)
        if len(pending) >= _AT_ONCE:
            flush()

    def flush() -> None:
        with database.transaction():
            forest.put_entries(database, ((numbers[i], days[i], None, body) for i, body in pending.items()))
        pending.clear()

    clusterer = Clusterer(on_vector=keep)
    for day in _days(forest.numbered(reader)):
        numbers.update((article.id, number) for number, article in day)
        days.update((article.id, day_of(article)) for _, article in day)
        clusterer.add(article for _, article in day)
    done = clusterer.finished()
    flush()
    with database.transaction():
        # another program that forms the same stories at the same time may have cleared what was kept
        if forest.entries(database) == len(numbers) and not forest.method(database):
            forest.put_keys(database, sorted(row for rows in keys.values() for row in rows))
            _plant(database, done, numbers)
            forest.stamp(database, METHOD)
        return assign(database, _placed(done.stories), METHOD)


def _plant(database: Database, done: Finished, numbers: Mapping[str, int]) -> None:
    """Keep the nodes; they and their articles get the numbers that they have in the library."""
    own = {given: number for number, given in enumerate(sorted(done.nodes), 1)}
    following = {child: own[given] for given, node in done.nodes.items() for child in node.children}
    of = [numbers[identity] for identity in done.ids]
    rows = list[tuple[int, str, int | None, str]]()
    places = list[tuple[int, int]]()
    for given, node in done.nodes.items():
        kept = replace(
            node,
            children=tuple(sorted(own[child] for child in node.children)),
            fresh=tuple(of[n] for n in node.fresh),
            recent=tuple(of[n] for n in node.recent),
        )
        rows.append((own[given], node.day, following.get(given), pack_node(kept)))
        places.extend((own[given], number) for number in kept.fresh)
    forest.put_nodes(database, sorted(rows, key=lambda row: row[0]))
    forest.place(database, sorted(places, key=lambda place: place[1]))


def _days(stream: Iterable[tuple[int, Article]]) -> Iterator[list[tuple[int, Article]]]:
    """One day's articles at a time: a year of them need not be in memory at once."""
    for _, day in groupby(stream, key=lambda item: (item[1].published or "")[:10]):
        yield list(day)
