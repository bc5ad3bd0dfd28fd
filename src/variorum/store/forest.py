"""What stories are formed from, kept as rows: articles with their vectors and keys, and their nodes.

What vectors and nodes say is not known here: they are bytes and text of whoever forms the stories.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from variorum.model import Article
from variorum.store.articles import COLUMNS, article_from
from variorum.store.database import Database, Row


def method(database: Database) -> str:
    """The method that made the forest; empty where there is none that is whole."""
    return database.value("SELECT method FROM story_method") or ""


def clear(database: Database) -> None:
    """Forget the forest, within a transaction."""
    for table in ("story_method", "story_node", "story_key", "story_entry"):
        database.run(f"DELETE FROM {table}")


def stamp(database: Database, made_by: str) -> None:
    """Say that the forest is whole and which method made it, within a transaction."""
    database.run("DELETE FROM story_method")
    database.run("INSERT INTO story_method (method) VALUES (?)", (made_by,))


def entries(database: Database) -> int:
    """How many articles the forest has."""
    return int(database.value("SELECT count(*) FROM story_entry"))


def entry(database: Database, article: int) -> Row | None:
    """The day, the id, the node and the vector of an article, None where the forest lacks it."""
    return database.one(
        "SELECT e.day, a.key, e.node, e.vector FROM story_entry AS e JOIN article AS a ON a.id = e.article"
        " WHERE e.article = ?",
        (article,),
    )


def put_entries(database: Database, rows: Iterable[tuple[int, str, int | None, bytes]]) -> None:
    """Keep articles: number, day, node, vector."""
    database.run_many(
        "INSERT INTO story_entry (article, day, node, vector) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (article)"
        " DO UPDATE SET day = excluded.day, node = excluded.node, vector = excluded.vector",
        rows,
    )


def place(database: Database, rows: Iterable[tuple[int, int]]) -> None:
    """Say which nodes articles are in: node, article."""
    database.run_many("UPDATE story_entry SET node = ? WHERE article = ?", rows)


Key = tuple[int, int, int, int]
"""Key, the number of the day, article, weight."""


def put_keys(database: Database, rows: Iterable[Key]) -> None:
    """Let articles be found."""
    database.run_many("INSERT INTO story_key (key, day, article, weight) VALUES (?, ?, ?, ?)", rows)


def drop_keys(database: Database, rows: Iterable[Key]) -> None:
    """Let articles no longer be found."""
    database.run_many("DELETE FROM story_key WHERE key = ? AND day = ? AND article = ? AND weight = ?", rows)


def sharing(database: Database, keys: Sequence[int], least: int, since: int) -> list[int]:
    """The articles of a day or a later one that keys find with a weight of `least` or more together."""
    marks = ", ".join("?" * len(keys))
    sql = (
        f"SELECT article FROM story_key WHERE key IN ({marks}) AND day >= ?"
        " GROUP BY article HAVING sum(weight) >= ?"
    )
    return [row[0] for row in database.rows(sql, (*keys, since, least))]


def of_day(database: Database, day: str) -> list[int]:
    """The articles of a day, in order of their numbers."""
    return [
        row[0]
        for row in database.rows("SELECT article FROM story_entry WHERE day = ? ORDER BY article", (day,))
    ]


def last_day(database: Database, before: str) -> str:
    """The latest day of the forest before another, empty where there is none."""
    return database.value("SELECT max(day) FROM story_entry WHERE day < ?", (before,)) or ""


def node(database: Database, number: int) -> Row | None:
    """The day, the body and the next node of a node, None where there is none of the number."""
    return database.one("SELECT day, body, next FROM story_node WHERE id = ?", (number,))


def put_node(database: Database, day: str, body: str, number: int | None = None) -> int:
    """Keep a node, under a number or a new one; the number."""
    if number is not None:
        database.run("UPDATE story_node SET body = ? WHERE id = ?", (body, number))
        return number
    return int(database.value("INSERT INTO story_node (day, body) VALUES (?, ?) RETURNING id", (day, body)))


def put_nodes(database: Database, rows: Iterable[tuple[int, str, int | None, str]]) -> None:
    """Keep many new nodes: number, day, next, body."""
    database.run_many("INSERT INTO story_node (id, day, next, body) VALUES (?, ?, ?, ?)", rows)


def drop_node(database: Database, number: int) -> None:
    """Forget a node; its number is not given again."""
    database.run("DELETE FROM story_node WHERE id = ?", (number,))


def set_next(database: Database, number: int, following: int | None) -> None:
    """Say which node goes on from a node."""
    database.run("UPDATE story_node SET next = ? WHERE id = ?", (following, number))


def numbered(database: Database) -> Iterator[tuple[int, Article]]:
    """All articles with their numbers, by day and id, those without a date last."""
    sql = f"SELECT a.id, {COLUMNS} FROM article AS a ORDER BY a.day IS NULL, a.day, a.key"
    return ((row[0], article_from(row[1:])) for row in database.rows(sql))
