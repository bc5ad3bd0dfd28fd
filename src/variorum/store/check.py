"""Whether a library still is what was put into it, and what it holds, in figures."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator

from variorum.errors import LibraryError
from variorum.records import Check, Info
from variorum.store import derived
from variorum.store.database import Database
from variorum.store.identity import key
from variorum.store.schema import STEPS

_MOST_PROBLEMS = 100
_DANGLING = (
    ("names of articles that are not there", "article_name", "article NOT IN (SELECT id FROM article)"),
    ("derived data of articles that are not there", "derived", "article NOT IN (SELECT id FROM article)"),
    ("members that are no articles", "member", "article NOT IN (SELECT id FROM article)"),
    ("members of stories that are not there", "member", "story NOT IN (SELECT id FROM story)"),
    (
        "places in stories of articles that are not there",
        "story_entry",
        "article NOT IN (SELECT id FROM article)",
    ),
    ("places in nodes that are not there", "story_entry", "node NOT IN (SELECT id FROM story_node)"),
    ("stories without members", "story", "id NOT IN (SELECT story FROM member)"),
)


def check(database: Database, on_progress: Callable[[int], None] = lambda _: None) -> Check:
    """Read the whole file: its structure, every article's hash, the index of words, what refers to nothing.

    Args:
        database: best open for writing, because the index of words checks itself only so; nothing is written.
        on_progress: called with the number of articles that were hashed.

    Returns:
        the number of articles and what is wrong: at most 100 problems of each kind.
    """
    problems = list(_structure(database))
    articles = 0
    try:
        for number, problem in enumerate(_hashes(database), 1):
            articles = number
            on_progress(number)
            if problem and len(problems) < _MOST_PROBLEMS:
                problems.append(problem)
        problems += _dangling(database)
        problems += _words(database)
    except LibraryError as e:
        problems.append(str(e))
    if problems:
        database.keep_as_found()
    return Check(articles, tuple(problems))


def _structure(database: Database) -> Iterator[str]:
    try:
        for (line,) in database.rows(f"PRAGMA integrity_check({_MOST_PROBLEMS})"):
            if line != "ok":
                yield f"structure: {line}"
    except LibraryError as e:
        yield str(e)


def _hashes(database: Database) -> Iterator[str]:
    """For each article its problem, or an empty string."""
    sql = "SELECT id, key, sha256, address, outlet, title, CAST(text AS BLOB) FROM article ORDER BY id"
    for number, own, sha256, address, outlet, title, text in database.rows(sql):
        if hashlib.sha256(text).hexdigest() != sha256:
            yield f"article {own[:12]} (row {number}): its text is not the one that was added"
        elif key(address, outlet, title, sha256) != own:
            yield f"article {own[:12]} (row {number}): its address, outlet or title is not as it was added"
        else:
            yield ""


def _dangling(database: Database) -> Iterator[str]:
    for what, table, condition in _DANGLING:
        if count := database.value(f"SELECT count(*) FROM {table} WHERE {condition}"):
            yield f"{count} {what}"


def _words(database: Database) -> Iterator[str]:
    if not database.writable:
        return
    try:
        with database.transaction():
            database.run("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")
    except LibraryError:
        yield "the index of words does not fit the texts; variorum library rebuild makes it again"


def rebuild_words(database: Database) -> None:
    """Make the index of words again from the texts."""
    with database.transaction():
        database.run("INSERT INTO words (words) VALUES ('rebuild')")


def info(database: Database, layer: str, method: str) -> Info:
    """The library in figures; `layer` and `method` name the annotations that count as up to date."""
    articles, addresses, addressed, outlets, first, last = (
        database.one(
            "SELECT count(*), count(DISTINCT address), count(address), count(DISTINCT outlet),"
            " min(day), max(day) FROM article"
        )
        or (0,) * 6
    )
    return Info(
        path=str(database.path),
        size=database.value("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"),
        schema=len(STEPS),
        articles=articles,
        versions=addressed - addresses,
        outlets=outlets,
        first=first,
        last=last,
        annotated=derived.made(database, layer),
        outdated=sum(1 for _ in derived.outdated(database, layer, method)),
        stories=database.value("SELECT count(*) FROM story"),
    )
