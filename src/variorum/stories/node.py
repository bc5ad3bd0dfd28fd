"""What a day makes of a story: a node, which goes on from those of the days before.

The nodes of all days are a forest. Each article is fresh in just one node; the roots are the stories.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from variorum.stories.layer import Joined, Key
from variorum.stories.options import UNDATED_DAY, StoryOptions, days_before
from variorum.stories.story import Story, reason, story_id


@dataclass(frozen=True, slots=True)
class Node:
    """A story at the end of a day.

    `key` is the day and id of its first article, `last` the day of its latest (empty where none is known),
    `children` the nodes it goes on from, `fresh` the articles of the day, `recent` those that stand for it.
    `held` and `rival` are likenesses, as in `Joined`.
    """

    day: str
    key: Key
    last: str
    children: tuple[int, ...]
    fresh: tuple[int, ...]
    recent: tuple[int, ...]
    held: float | None
    rival: float

    def goes_on(self, day: str, options: StoryOptions) -> bool:
        """Whether articles of a day may still belong to the story."""
        return self.last >= days_before(day, options.ends_after)


def grown(
    day: str,
    group: Joined,
    old: Sequence[tuple[int, Node]],
    place: Callable[[int], Key],
    options: StoryOptions,
) -> Node:
    """What a group of a day and the nodes of before in it make.

    Args:
        day: of the fresh articles.
        group: what joined.
        old: the group's nodes of before, with their numbers.
        place: the day and id of an article.
        options: how stories are formed.
    """
    fresh = tuple(sorted(group.fresh, key=place))
    last = max(({day} if day != UNDATED_DAY else set()) | {node.last for _, node in old}, default="")
    begins = days_before(last, options.ends_after)
    members = sorted({*fresh, *(n for _, node in old for n in node.recent)}, key=place)
    recent = [n for n in members if place(n)[0] >= begins][-options.recent :]
    held = min((h for h in (group.held, *(node.held for _, node in old)) if h is not None), default=None)
    key = min([place(fresh[0]), *(node.key for _, node in old)])
    children = tuple(sorted(number for number, _ in old))
    return Node(day, key, last, children, fresh, tuple(recent), held, group.rival)


def members(node: Node, node_of: Callable[[int], Node]) -> list[int]:
    """The articles of a story, in no order."""
    found, to_visit = list[int](), [node]
    while to_visit:
        part = to_visit.pop()
        found.extend(part.fresh)
        to_visit.extend(node_of(child) for child in part.children)
    return found


def told(node: Node, articles: Iterable[tuple[Key, tuple[str, ...]]], options: StoryOptions) -> Story:
    """The story of a root.

    Args:
        node: the root.
        articles: the day and id of all its articles, and their heaviest words.
        options: how stories are formed.
    """
    found = sorted(articles, key=lambda article: article[0])
    days = [day for (day, _), _ in found if day != UNDATED_DAY]
    held = options.least if node.held is None else node.held
    return Story(
        story_id(node.key[1]),
        tuple(identity for (_, identity), _ in found),
        round(held / (held + node.rival), 3) if held + node.rival else 1.0,
        reason([words for _, words in found]),
        min(days, default=None),
        max(days, default=None),
    )
