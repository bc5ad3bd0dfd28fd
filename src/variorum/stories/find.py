"""Stories of articles that are all there."""

from __future__ import annotations

from collections.abc import Iterable

from variorum.model import Article
from variorum.stories.clusterer import Clusterer
from variorum.stories.options import StoryOptions
from variorum.stories.story import Story


def find_stories(articles: Iterable[Article], options: StoryOptions | None = None) -> tuple[Story, ...]:
    """Group articles that are about one event.

    Args:
        articles: in any order; of those with one id the first counts.
        options: how stories are formed.

    Returns:
        every article in just one story, stories by the day and id of their first articles.
    """
    clusterer = Clusterer(options)
    clusterer.add(articles)
    return clusterer.stories()
