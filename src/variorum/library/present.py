"""What stands now: the story that one was merged into, and the newest text of an address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from variorum.store.articles import number_of
from variorum.store.identity import address_of
from variorum.store.stories import history, story

if TYPE_CHECKING:
    from variorum.model import Article
    from variorum.records import Story, StoryChange
    from variorum.store.database import Database


def present(database: Database, handle: str) -> Story | None:
    """The story of an id or its beginning, or the one that a former story of this whole id was merged into.

    Merges are followed from one to the next. Where a story went into several at once, the way leads to the
    one that took most of its articles, the first by id where two took as many. None where no story is found.
    """
    passed: set[str] = set()
    while (found := story(database, handle)) is None and handle not in passed:
        passed.add(handle)
        last: list[StoryChange] = []
        for change in history(database, handle):
            if change.into == handle:
                last = []  # it had articles again: what became of it before does not count
            elif change.kind == "merge":
                last = [*(c for c in last if c.at == change.at), change]
        if not last:
            return None
        handle = min(last, key=lambda c: (-c.articles, c.into)).into
    return found


def newest_texts(database: Database, articles: Sequence[Article]) -> tuple[Article, ...]:
    """Of the articles that share an address the one that arrived last; those without an address all."""
    newest: dict[str, tuple[int, str]] = {}
    for article in articles:
        if address := address_of(article.url):
            arrived = (number_of(database, article.id), article.id)
            newest[address] = max(newest.get(address, arrived), arrived)
    kept = {identity for _, identity in newest.values()}
    return tuple(a for a in articles if a.id in kept or not address_of(a.url))
