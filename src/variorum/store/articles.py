"""Articles in and out: added by the batch, each once; found by any of the names they go by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from variorum.errors import UsageError
from variorum.model import Article
from variorum.records import Stored
from variorum.store.database import Database, Row
from variorum.store.identity import address_of, key

COLUMNS = "a.text, a.key, a.title, a.outlet, a.url, a.published, a.language, a.path"
"""What `article_from` reads, of a table under the name `a`."""

_FEWEST_DIGITS = 4
_HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class BatchOutcome:
    """How many articles of a batch were new, known, a new text of a known address, or completed."""

    added: int = 0
    known: int = 0
    versions: int = 0
    completed: int = 0


def add_batch(database: Database, articles: Sequence[Article]) -> BatchOutcome:
    """Add articles in one transaction: all of them are kept, or, if it fails or is killed, none.

    An article that the library has is not written again; only what was unknown of it (date, language, and
    title and outlet where the address tells articles apart) is filled in, and what was derived without it
    dropped. Adding the same articles again, in any grouping, changes nothing.

    Raises:
        LibraryError: if the file cannot be written; nothing of the batch is then in it.
    """
    now = datetime.now(UTC).isoformat(timespec="seconds")
    added = known = versions = completed = 0
    with database.transaction():
        for article in articles:
            address = address_of(article.url)
            own = key(address, article.outlet, article.title, article.sha256)
            number = database.value("SELECT id FROM article WHERE key = ?", (own,))
            if number is None:
                versions += address is not None and _has_address(database, address)
                number = _insert(database, article, own, address, now)
                added += 1
            else:
                known += 1
                completed += _complete(database, number, article, address)
            _name(database, number, article, own)
    return BatchOutcome(added, known, versions, completed)


def has_page(database: Database, url: str, excerpt: str) -> bool:
    """Whether there is an article of an address with more text than an excerpt of it."""
    sql = "SELECT 1 FROM article WHERE address = ? AND length(text) > ?"
    return database.value(sql, (address_of(url), len(excerpt))) is not None


def _has_address(database: Database, address: str) -> bool:
    return database.value("SELECT 1 FROM article WHERE address = ?", (address,)) is not None


def _insert(database: Database, article: Article, own: str, address: str | None, now: str) -> int:
    a = article
    number: int = database.value(
        "INSERT INTO article"
        " (key, sha256, address, url, title, outlet, published, language, path, added, text)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (own, a.sha256, address, a.url, a.title, a.outlet, a.published, a.language, a.path, now, a.text),
    )
    return number


def _complete(database: Database, number: int, article: Article, address: str | None) -> bool:
    given = {"published": article.published, "language": article.language}
    if address is not None:
        given |= {"title": article.title, "outlet": article.outlet}
    columns = ", ".join(given)
    stored = database.one(f"SELECT {columns} FROM article WHERE id = ?", (number,)) or ()
    new = {n: v for (n, v), old in zip(given.items(), stored, strict=True) if old is None and v is not None}
    if not new:
        return False
    database.run(
        f"UPDATE article SET {', '.join(f'{name} = ?' for name in new)} WHERE id = ?", (*new.values(), number)
    )
    database.run("DELETE FROM derived WHERE article = ?", (number,))
    database.run("DELETE FROM member WHERE article = ?", (number,))
    return True


def _name(database: Database, number: int, article: Article, own: str) -> None:
    """Keep the id that the input gave, so that the article can be found by it."""
    if article.id not in {own, article.sha256}:
        database.run("INSERT OR IGNORE INTO article_name (name, article) VALUES (?, ?)", (article.id, number))


def article_from(row: Row) -> Article:
    """An article from `COLUMNS`."""
    text, own, title, outlet, url, published, language, path = row
    return Article(text, own, title, outlet, url, published, language, path)


def numbers_of(database: Database, handle: str) -> tuple[int, ...]:
    """The row numbers of the articles that a user may mean, by row number.

    Tried in this order: an id or its beginning (4 digits or more), an id that an input gave, an address
    (the newest text of it).
    """
    by_id: list[Row] = []
    if len(handle) >= _FEWEST_DIGITS and _HEX.issuperset(handle):
        by_id = list(
            database.rows("SELECT id FROM article WHERE key >= ? AND key < ?", (handle, handle + "g"))
        )
    by_name = list(database.rows("SELECT article FROM article_name WHERE name = ?", (handle,)))
    found = by_id or by_name
    if not found and "." in handle:
        sql = "SELECT id FROM article WHERE address = ? ORDER BY id DESC LIMIT 1"
        found = list(database.rows(sql, (address_of(handle if "://" in handle else f"https://{handle}"),)))
    return tuple(sorted({row[0] for row in found}))


def number_of(database: Database, handle: str) -> int:
    """The row number of the one article that a user means.

    Raises:
        UsageError: if it is none, or could be several.
    """
    numbers = numbers_of(database, handle)
    if not numbers:
        raise UsageError(f"the library has no article {handle!r}")
    if len(numbers) > 1:
        keys = [database.value("SELECT key FROM article WHERE id = ?", (n,))[:12] for n in numbers[:5]]
        raise UsageError(f"{handle!r} could be {len(numbers)} articles: {', '.join(keys)}")
    return numbers[0]


def stored(database: Database, number: int) -> Stored:
    """One article with what the library knows of it."""
    row = database.one(
        f"SELECT {COLUMNS}, a.address, a.added, m.story"
        " FROM article AS a LEFT JOIN member AS m ON m.article = a.id WHERE a.id = ?",
        (number,),
    )
    if row is None:
        raise UsageError(f"the library has no article number {number}")
    *columns, address, added, story = row
    names = database.rows("SELECT name FROM article_name WHERE article = ? ORDER BY name", (number,))
    siblings = [r[0] for r in _of_address(database, address)] if address else [number]
    return Stored(
        article_from(tuple(columns)),
        tuple(name for (name,) in names),
        siblings.index(number) + 1,
        len(siblings),
        added,
        story,
    )


def versions(database: Database, url: str) -> tuple[Stored, ...]:
    """The texts that an address had, in the order of their arrival; none where it is not known."""
    return tuple(stored(database, n) for (n,) in list(_of_address(database, address_of(url) or url)))


def _of_address(database: Database, address: str) -> Iterator[Row]:
    return database.rows("SELECT id FROM article WHERE address = ? ORDER BY id", (address,))


def articles(database: Database, since: str | None = None, until: str | None = None) -> Iterator[Article]:
    """All articles by day and id, those without a date last: an order that does not depend on arrival.

    `since` and `until` are days (ISO 8601), inclusive; articles without a date are then left out.
    """
    where, bindings = day_filter(since, until)
    sql = f"SELECT {COLUMNS} FROM article AS a WHERE {where} ORDER BY a.day IS NULL, a.day, a.key"
    return map(article_from, database.rows(sql, bindings))


def day_filter(since: str | None, until: str | None) -> tuple[str, tuple[str, ...]]:
    """SQL that holds for articles `a` published within the days given, and its bindings."""
    tests = [("a.day >= ?", since), ("a.day <= ?", until)]
    kept = [(test, day) for test, day in tests if day is not None]
    return " AND ".join(test for test, _ in kept) or "TRUE", tuple(day for _, day in kept)
