"""The stories of a library: who belongs where, why, and what became of which story.

What a story is, is decided elsewhere; here the outcome is kept, all of it or nothing, and what changed
between two outcomes is written down as merges and splits.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from variorum.errors import UsageError
from variorum.records import Member, Story, StoryChange
from variorum.store.articles import COLUMNS, article_from
from variorum.store.database import Database
from variorum.store.days import day_of


@dataclass(frozen=True, slots=True)
class Assignment:
    """One article's place: its id in the library, its story's id, how sure (0 to 1), and why, in one line."""

    article: str
    story: str
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class StoryFilter:
    """Which stories to list.

    `since` and `until` are days (ISO 8601): stories with an article published within them. `outlet` is a
    whole name, in any case. `place` is a name that at least half of the articles have, in any case. `size` is
    the fewest articles.

    Raises:
        UsageError: if a day is not written so, or a place has no word in it.
    """

    since: str | None = None
    until: str | None = None
    outlet: str | None = None
    place: str | None = None
    size: int = 2

    def __post_init__(self) -> None:
        day_of(self.since), day_of(self.until)
        if self.place is not None and not any(c.isalnum() for c in self.place):
            raise UsageError(f"no name of a place: {self.place!r}")


def assign(
    database: Database,
    assignments: Sequence[Assignment],
    method: str,
    confidence: dict[str, float] | None = None,
) -> tuple[StoryChange, ...]:
    """Give articles their stories in place of those they had, within a transaction that the caller has begun.

    Articles that are not named keep theirs. Stories that are left without articles go. What moved from one
    story to another is added to the history: a merge where nothing of the former is left, else a split.

    Args:
        database: open for writing.
        assignments: no article twice.
        method: the version of the method, stamped on every story that is named.
        confidence: by story, how sure it is as a whole; the mean of its members' where it is not given.

    Returns:
        the changes that were added to the history, by the stories' ids.

    Raises:
        UsageError: if an article is not in the library.
    """
    moved = Counter[tuple[str, str]]()
    stories = sorted({a.story for a in assignments})
    database.run_many(
        "INSERT INTO story (id, method, confidence) VALUES (?, ?, 0)"
        " ON CONFLICT (id) DO UPDATE SET method = excluded.method",
        ((story, method) for story in stories),
    )
    for assignment in assignments:
        if former := _assign(database, assignment):
            moved[former, assignment.story] += 1
    _set_confidence(database, stories, confidence or {})
    changes = _changes(database, moved, method)
    for story in sorted({former for former, _ in moved}):
        database.run(
            "DELETE FROM story WHERE id = ? AND NOT EXISTS (SELECT 1 FROM member WHERE story = story.id)",
            (story,),
        )
    return changes


def _assign(database: Database, assignment: Assignment) -> str | None:
    """Set one article's story, where it is not as it should be; the story that it had, if it is another."""
    row = database.one(
        "SELECT a.id, m.story, m.confidence, m.reason"
        " FROM article AS a LEFT JOIN member AS m ON m.article = a.id WHERE a.key = ?",
        (assignment.article,),
    )
    if row is None:
        raise UsageError(f"the library has no article {assignment.article!r}")
    number, *former = row
    wanted = [assignment.story, assignment.confidence, assignment.reason]
    if former != wanted:
        database.run("DELETE FROM member WHERE article = ?", (number,))
        database.run(
            "INSERT INTO member (article, story, confidence, reason) VALUES (?, ?, ?, ?)", (number, *wanted)
        )
    return former[0] if former[0] != assignment.story else None


def _set_confidence(database: Database, stories: Sequence[str], given: dict[str, float]) -> None:
    mean = "(SELECT avg(m.confidence) FROM member AS m WHERE m.story = story.id)"
    database.run_many(
        f"UPDATE story SET confidence = coalesce(?, {mean}, 0) WHERE id = ?",
        ((given.get(story), story) for story in stories),
    )


def _changes(database: Database, moved: Counter[tuple[str, str]], method: str) -> tuple[StoryChange, ...]:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    changes = []
    for (former, story), count in sorted(moved.items()):
        left = database.value("SELECT 1 FROM member WHERE story = ?", (former,))
        changes.append(StoryChange(now, "split" if left else "merge", former, story, count, method))
    database.run_many(
        "INSERT INTO story_change (at, kind, story, into_story, articles, method) VALUES (?, ?, ?, ?, ?, ?)",
        ((c.at, c.kind, c.story, c.into, c.articles, c.method) for c in changes),
    )
    return tuple(changes)


def unassigned(database: Database) -> Iterator[str]:
    """The ids of the articles without a story, by day and id; those without a date last."""
    missing = database.value("SELECT (SELECT count(*) FROM article) - (SELECT count(*) FROM member)")
    if not missing:
        return iter(())
    # mostly they are the latest rows: then nobody need look at the others
    newest = f"(SELECT id, day, key FROM article ORDER BY id DESC LIMIT {int(missing)})"
    latest = database.value(f"SELECT count(*) FROM {newest} WHERE id IN (SELECT article FROM member)") == 0
    return (
        row[0]
        for row in database.rows(
            f"SELECT a.key FROM {newest if latest else 'article'} AS a"
            " WHERE NOT EXISTS (SELECT 1 FROM member WHERE article = a.id)"
            " ORDER BY a.day IS NULL, a.day, a.key"
        )
    )


def methods(database: Database) -> tuple[str, ...]:
    """The methods that made the stories there are, in alphabetical order."""
    return tuple(row[0] for row in database.rows("SELECT DISTINCT method FROM story ORDER BY method"))


def clear(database: Database) -> None:
    """Forget all stories; their history stays."""
    with database.transaction():
        database.run("DELETE FROM member")
        database.run("DELETE FROM story")


_LISTED = """
SELECT s.id, s.confidence, count(*), min(a.day), max(a.day), json_group_array(DISTINCT a.outlet),
    (SELECT coalesce(b.title, substr(b.text, 1, 80)) FROM member AS n JOIN article AS b ON b.id = n.article
     WHERE n.story = s.id ORDER BY b.title IS NULL, b.day IS NULL, b.published, b.key LIMIT 1)
FROM story AS s JOIN member AS m ON m.story = s.id JOIN article AS a ON a.id = m.article
"""


def stories(database: Database, wanted: StoryFilter) -> Iterator[Story]:
    """The stories that pass the filter, newest first, then by id."""
    tests = [("max(a.day) >= ?", wanted.since), ("min(a.day) <= ?", wanted.until)]
    kept = [(test, day) for test, day in tests if day is not None]
    if wanted.outlet is not None:
        kept.append(("sum(a.outlet = ? COLLATE NOCASE) > 0", wanted.outlet))
    if wanted.place is not None:
        named = '"' + wanted.place.replace('"', " ") + '"'
        kept.append(("2 * sum(a.id IN (SELECT rowid FROM words WHERE words MATCH ?)) >= count(*)", named))
    having = " AND ".join(["count(*) >= ?", *(test for test, _ in kept)])
    sql = f"{_LISTED} GROUP BY s.id HAVING {having} ORDER BY max(a.day) IS NULL, max(a.day) DESC, s.id"
    return (_story(row) for row in database.rows(sql, (wanted.size, *(day for _, day in kept))))


def story(database: Database, handle: str) -> Story | None:
    """The story of an id, or of its beginning where only one begins so; None where there is none."""
    sql = f"{_LISTED} WHERE s.id >= ? AND s.id < ? GROUP BY s.id ORDER BY s.id LIMIT 2"
    found = [_story(row) for row in database.rows(sql, (handle, handle + "\U0010ffff"))]
    exact = [s for s in found if s.id == handle]
    return (exact or found)[0] if exact or len(found) == 1 else None


def _story(row: tuple[object, ...]) -> Story:
    identity, confidence, count, first, last, outlets, title = row
    names = sorted(name for name in json.loads(str(outlets)) if name is not None)
    return Story(
        str(identity),
        str(title),
        int(str(count)),
        tuple(names),
        None if first is None else str(first),
        None if last is None else str(last),
        float(str(confidence)),
    )


def members(database: Database, identity: str) -> tuple[Member, ...]:
    """A story's articles by date and id, those without a date last."""
    names = "(SELECT json_group_array(name ORDER BY name) FROM article_name WHERE article = a.id)"
    sql = (
        f"SELECT {COLUMNS}, m.confidence, m.reason, {names} FROM member AS m"
        " JOIN article AS a ON a.id = m.article"
        " WHERE m.story = ? ORDER BY a.published IS NULL, a.published, a.key"
    )
    return tuple(
        Member(article_from(row[:-3]), row[-3], row[-2], tuple(json.loads(row[-1])))
        for row in database.rows(sql, (identity,))
    )


def history(database: Database, identity: str) -> tuple[StoryChange, ...]:
    """What merged into a story or split from it, oldest first."""
    sql = (
        "SELECT at, kind, story, into_story, articles, method FROM story_change"
        " WHERE story = ? OR into_story = ? ORDER BY id"
    )
    return tuple(StoryChange(*row) for row in database.rows(sql, (identity, identity)))
