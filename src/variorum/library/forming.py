"""Articles to stories: what the clusterer finds, as the store keeps it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from variorum.errors import UsageError
from variorum.model import Article
from variorum.records import StoryChange
from variorum.store.articles import articles, number_of, stored
from variorum.store.stories import Assignment, assign, methods, unassigned

if TYPE_CHECKING:
    from variorum.store.database import Database
    from variorum.stories.clusterer import Clusterer
    from variorum.stories.story import Story


class Forming:
    """Keeps the clusterer between calls, so that a few new articles cost what they cost and not all."""

    def __init__(self) -> None:
        self._clusterer: Clusterer | None = None
        self._given: set[str] = set()
        self._kept: dict[str, Story] = {}

    def form(
        self, reader: Database, writer: Callable[[], Database], all_: bool = False
    ) -> tuple[StoryChange, ...]:
        """Give every article its story, where some have none or another method gave it to them.

        Args:
            reader: where articles are read.
            writer: opens the same library for writing; called only if there is something to write.
            all_: do it even if every article has its story.

        Returns:
            the stories that merged or split.
        """
        from variorum.stories.clusterer import METHOD

        fresh = list(unassigned(reader))
        if not fresh and not all_ and methods(reader) in ((), (METHOD,)):
            return ()
        found = {story.id: story for story in self._with(reader, fresh).stories()}
        changed = [story for story in found.values() if story != self._kept.get(story.id)]
        placed = [
            Assignment(article, story.id, story.confidence, story.because)
            for story in changed
            for article in story.articles
        ]
        changes = assign(writer(), placed, METHOD)
        self._kept = found
        return changes

    def _with(self, reader: Database, fresh: list[str]) -> Clusterer:
        """The clusterer with all articles of the library in it."""
        from variorum.stories.clusterer import Clusterer

        # what was given before and is without a story again has a date now that it did not have
        if self._clusterer is not None and self._given.isdisjoint(fresh):
            try:
                self._clusterer.add(stored(reader, number_of(reader, key)).article for key in fresh)
            except UsageError:  # older than what it remembers: from the beginning
                pass
            else:
                self._given.update(fresh)
                return self._clusterer
        self._clusterer, self._given, self._kept = Clusterer(), set(), {}
        for day in _days(articles(reader)):
            self._clusterer.add(day)
            self._given.update(article.id for article in day)
        return self._clusterer


def _days(stream: Iterable[Article]) -> Iterator[list[Article]]:
    """One day's articles at a time: a year of them need not be in memory at once."""
    for _, day in groupby(stream, key=lambda article: (article.published or "")[:10]):
        yield list(day)
