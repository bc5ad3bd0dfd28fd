"""The forest of a library's stories, as `variorum.stories.updating` asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from variorum.store import forest
from variorum.stories.index import SHARED_KEYS
from variorum.stories.options import UNDATED_DAY, ordinal
from variorum.stories.packing import pack_node, pack_vector, unpack_node, unpack_vector
from variorum.stories.updating import Entry

if TYPE_CHECKING:
    from variorum.store.database import Database
    from variorum.stories.node import Node
    from variorum.stories.terms import Hashes
    from variorum.stories.vectors import Vector


_AFTER_ALL = 1 << 24


class LibraryState:
    """Reads each row once and writes through; lives no longer than the transaction it is used in."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._entries: dict[int, Entry] = {}
        self._nodes: dict[int, tuple[Node, int | None] | None] = {}
        self._last_day: str | None = None

    def entry(self, number: int) -> Entry:
        """An article."""
        if number not in self._entries:
            row = forest.entry(self._database, number)
            if row is None:
                raise KeyError(number)
            day, identity, node, body = row
            self._entries[number] = Entry(day, identity, unpack_vector(body), node)
        return self._entries[number]

    def put_entry(self, number: int, entry: Entry) -> None:
        """Keep an article, in place of what was kept of it."""
        if (row := forest.entry(self._database, number)) is not None:
            forest.drop_keys(self._database, key_rows(number, row[0], unpack_vector(row[3])))
        self._entries[number], self._last_day = entry, None
        forest.put_entries(self._database, [(number, entry.day, entry.node, pack_vector(entry.vector))])
        forest.put_keys(self._database, key_rows(number, entry.day, entry.vector))

    def place(self, numbers: Sequence[int], node: int) -> None:
        """Say which node articles are fresh in."""
        for number in numbers:
            entry = self.entry(number)
            self._entries[number] = Entry(entry.day, entry.id, entry.vector, node)
        forest.place(self._database, ((node, number) for number in numbers))

    def sharing(self, keys: Hashes, since: str) -> Iterable[int]:
        """The articles from a day on that two of the keys find, or one where either has but few."""
        least = 1 if len(keys) < 2 * SHARED_KEYS else SHARED_KEYS
        return forest.sharing(self._database, keys.tolist(), least, _number(since))

    def undated(self) -> Sequence[int]:
        """All articles without a date."""
        return forest.of_day(self._database, UNDATED_DAY)

    def last_day(self) -> str:
        """The latest day of any article, empty where there is none."""
        if self._last_day is None:
            self._last_day = forest.last_day(self._database, UNDATED_DAY)
        return self._last_day

    def _read(self, number: int) -> tuple[Node, int | None] | None:
        if number not in self._nodes:
            row = forest.node(self._database, number)
            self._nodes[number] = None if row is None else (unpack_node(row[0], row[1]), row[2])
        return self._nodes[number]

    def node(self, number: int) -> Node:
        """A node."""
        if (found := self._read(number)) is None:
            raise KeyError(number)
        return found[0]

    def put_node(self, node: Node, number: int | None = None) -> int:
        """Keep a node, under its number or a new one; the number."""
        following = None if number is None else self.next(number)
        number = forest.put_node(self._database, node.day, pack_node(node), number)
        self._nodes[number] = (node, following)
        return number

    def drop_node(self, number: int) -> None:
        """Forget a node."""
        forest.drop_node(self._database, number)
        self._nodes[number] = None

    def next(self, number: int) -> int | None:
        """The node that goes on from a node."""
        found = self._read(number)
        return None if found is None else found[1]

    def set_next(self, number: int, following: int | None) -> None:
        """Say which node goes on from a node."""
        forest.set_next(self._database, number, following)
        if (found := self._read(number)) is not None:
            self._nodes[number] = (found[0], following)


def key_rows(number: int, day: str, vector: Vector) -> list[forest.Key]:
    """The rows that let an article of a day be found."""
    weight = SHARED_KEYS if len(vector.keys) < 2 * SHARED_KEYS else 1
    return [(key, _number(day), number, weight) for key in vector.keys.tolist()]


def _number(day: str) -> int:
    """A number for each day, in the order of days; an article without a date comes after all."""
    if day == UNDATED_DAY:
        return _AFTER_ALL
    return ordinal(day) if day else 0
