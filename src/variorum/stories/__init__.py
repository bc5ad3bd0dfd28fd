"""Stories: which articles are about one event, and which texts they share.

    from variorum.stories import find_stories

`find_stories` takes articles that are all there; a `Clusterer` takes them as they come, with the same result.
"""

from variorum.stories.clusterer import METHOD, Clusterer
from variorum.stories.find import find_stories
from variorum.stories.options import StoryOptions
from variorum.stories.story import Story

__all__ = ["METHOD", "Clusterer", "Story", "StoryOptions", "find_stories"]
