"""An open library file: what may be opened, and what goes wrong in words a user can act on.

A file that is damaged, foreign or newer than this program is refused before anything is written: first by its
header, read as plain bytes, then by SQLite without the checkpoint that closing would make.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import quote

import apsw

from variorum.errors import LibraryError
from variorum.store.schema import APPLICATION_ID, STEPS

Row: TypeAlias = tuple[Any, ...]
"""What SQLite gives: text, whole numbers, floats, bytes, None."""

_BUSY_MS = 10_000
_MAGIC = b"SQLite format 3\0"
_HEADER = 100
_WRITER_CACHE_KB = 32_000
_LARGEST_WAL = 64_000_000


class Database:
    """One connection to one library file. Close it, or use it in a `with` block.

    Args:
        path: the file.
        write: open it for writing; otherwise nothing can be written through this connection.
        create: make the file, and its folder, where there is none.

    Raises:
        LibraryError: if there is no such file, or it is damaged, of another program, or of a newer version.
    """

    def __init__(self, path: Path, *, write: bool = False, create: bool = False) -> None:
        self.path, self.writable = Path(os.path.abspath(path)), write
        if _is_missing(self.path):
            if not create:
                raise LibraryError(f"{self.path}: there is no library; variorum add makes one")
            with _in_words(self.path):
                _make(self.path)
        _refuse_header(self.path)
        with _in_words(self.path):
            self._connection = _connect(self.path, write)
        try:
            self._take_over(write)
        except BaseException:
            self.close()
            raise

    def _take_over(self, write: bool) -> None:
        """Refuse what the header alone could not tell, bring the tables up to date, allow checkpoints."""
        with _in_words(self.path):
            version = self._connection.pragma("user_version")
            _refuse_version(self.path, int(version))
            if version < len(STEPS):
                if write:
                    _migrate(self._connection)
                else:
                    with Database(self.path, write=True):
                        pass
            self._connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0)

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection; closing twice does nothing."""
        with _in_words(self.path):
            self._connection.close()

    def keep_as_found(self) -> None:
        """Close later without copying the write-ahead log into the file: for files found to be damaged."""
        self._connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)

    def rows(self, sql: str, bindings: Sequence[object] = ()) -> Iterator[Row]:
        """The rows of a query, as they are asked for."""
        with _in_words(self.path):
            yield from self._connection.execute(sql, bindings)

    def one(self, sql: str, bindings: Sequence[object] = ()) -> Row | None:
        """The first row of a query, or None."""
        with _in_words(self.path):
            return self._connection.execute(sql, bindings).fetchone()

    def value(self, sql: str, bindings: Sequence[object] = ()) -> Any:
        """The first column of the first row of a query, or None."""
        row = self.one(sql, bindings)
        return row[0] if row else None

    def run(self, sql: str, bindings: Sequence[object] = ()) -> int:
        """Run a statement; the number of rows that it changed itself, without those of its triggers."""
        with _in_words(self.path):
            before = self._connection.total_changes()
            self._connection.execute(sql, bindings)
            return self._connection.changes() if self._connection.total_changes() > before else 0

    def run_many(self, sql: str, bindings: Iterable[Sequence[object]]) -> None:
        """Run a statement once for each of the bindings."""
        with _in_words(self.path):
            self._connection.executemany(sql, bindings)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is done within is done as one, or not at all; the only writer from its first line on."""
        with _in_words(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise


def _is_missing(path: Path) -> bool:
    try:
        return path.stat().st_size == 0
    except FileNotFoundError:
        return True
    except OSError as e:
        raise LibraryError(f"{path}: cannot be opened ({e.strerror})") from e


def _make(path: Path) -> None:
    """Write a whole new library under its name, in one step of the rollback journal.

    Write-ahead logging is turned on last, so that a file which is there at all has its tables and its mark.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as e:
        raise LibraryError(f"{path.parent}: cannot be made ({e.strerror})") from e
    with contextlib.closing(
        apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE)
    ) as connection:
        connection.set_busy_timeout(_BUSY_MS)
        _migrate(connection)
        connection.pragma("journal_mode", "wal")


def _refuse_header(path: Path) -> None:
    """Read the first bytes as they are: SQLite does not get to see a file that is not ours."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEADER)
    except OSError as e:
        raise LibraryError(f"{path}: cannot be read ({e.strerror})") from e
    if not head.startswith(_MAGIC) or len(head) < _HEADER:
        raise LibraryError(f"{path}: is not a library, or its first page is damaged")
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise LibraryError(f"{path}: is a database of another program, or its first page is damaged")
    _refuse_version(path, int.from_bytes(head[60:64], "big"))


def _refuse_version(path: Path, version: int) -> None:
    if version > len(STEPS):
        raise LibraryError(
            f"{path}: was written by a newer variorum (its tables are of version {version}, "
            f"this program knows {len(STEPS)}); upgrade variorum"
        )


def _connect(path: Path, write: bool) -> apsw.Connection:
    if write:
        connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
    elif _is_frozen(path):
        uri = f"file:{quote(path.as_posix())}?immutable=1"
        connection = apsw.Connection(uri, flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI)
    else:
        connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    connection.set_busy_timeout(_BUSY_MS)
    connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
    connection.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
    connection.config(apsw.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
    connection.config(apsw.SQLITE_DBCONFIG_ENABLE_FKEY, 1)
    connection.pragma("cell_size_check", True)
    if write:
        connection.pragma("journal_size_limit", _LARGEST_WAL)
        connection.pragma("cache_size", -_WRITER_CACHE_KB)
    return connection


def _is_frozen(path: Path) -> bool:
    """Whether nobody here can write beside the file, as on read-only media: SQLite must not try to either."""
    return not os.access(path.parent, os.W_OK) and not path.with_name(path.name + "-wal").exists()


def _migrate(connection: apsw.Connection) -> None:
    """Take a file through the steps it lacks, all or none; another program may do it at the same moment."""
    connection.execute("BEGIN EXCLUSIVE")
    try:
        for step in STEPS[int(connection.pragma("user_version")) :]:
            connection.execute(step)
        connection.pragma("application_id", APPLICATION_ID)
        connection.pragma("user_version", len(STEPS))
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


@contextlib.contextmanager
def _in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except (apsw.CorruptError, apsw.NotADBError, apsw.FormatError) as e:
        raise LibraryError(
            f"{path}: is damaged ({e}); nothing was written. Restore a copy; variorum library check says more"
        ) from e
    except (apsw.BusyError, apsw.LockedError) as e:
        raise LibraryError(f"{path}: another program is writing to it; try again when it is done") from e
    except (apsw.ReadOnlyError, apsw.PermissionsError) as e:
        raise LibraryError(f"{path}: must not be written to; change its permissions or copy it") from e
    except apsw.FullError as e:
        raise LibraryError(f"{path}: the disk is full; what was committed before is kept") from e
    except (apsw.CantOpenError, apsw.IOError) as e:
        raise LibraryError(f"{path}: cannot be opened or read ({e})") from e
