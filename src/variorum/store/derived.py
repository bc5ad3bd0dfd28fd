"""What was derived from single articles: a body of bytes an article and layer, with the method that made it.

A body is given out only to who asks for the method that made it, so that nothing outdated is ever used; an
upgrade of one layer leaves the others as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from variorum.store.database import Database


def put(database: Database, layer: str, method: str, bodies: Iterable[tuple[int, bytes]]) -> None:
    """Store bodies, by row number of their articles, in place of what the layer had for them."""
    with database.transaction():
        database.run_many(
            "INSERT INTO derived (article, layer, method, body) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (layer, article) DO UPDATE SET method = excluded.method, body = excluded.body",
            ((article, layer, method, body) for article, body in bodies),
        )


def get(database: Database, layer: str, method: str, article: int) -> bytes | None:
    """The body of one article, None where this method has not made it."""
    sql = "SELECT body FROM derived WHERE layer = ? AND article = ? AND method = ?"
    body: bytes | None = database.value(sql, (layer, article, method))
    return body


def made(database: Database, layer: str) -> int:
    """How many articles have a body in the layer, by whatever method."""
    return int(database.value("SELECT count(*) FROM derived WHERE layer = ?", (layer,)))


def outdated(database: Database, layer: str, method: str) -> Iterator[int]:
    """Row numbers, in order, of the articles whose body another method made."""
    sql = "SELECT article FROM derived WHERE layer = ? AND method <> ? ORDER BY article"
    return (row[0] for row in database.rows(sql, (layer, method)))


def outdate(database: Database, layer: str) -> None:
    """Mark a whole layer as outdated, so that it is made again when it is asked for."""
    with database.transaction():
        database.run("UPDATE derived SET method = '' WHERE layer = ?", (layer,))
