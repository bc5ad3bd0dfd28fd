"""Files and folders: which are read, in which order, and how they are opened."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from variorum.errors import ReadError
from variorum.read.registry import by_suffix, known_suffixes, suffix
from variorum.read.report import Notice, Report


def shown(path: Path | str) -> str:
    """A path as text that can be printed: bytes that are no UTF-8 and control characters are replaced."""
    name = os.fsencode(path).decode("utf-8", "replace")
    return "".join(c if c.isprintable() else "�" for c in name)


def files_under(folder: Path, report: Report) -> Iterator[Path]:
    """The files of a folder that can be read, in the order of their names, folders within it included.

    Hidden files and folders are passed over, as are folders that links lead to a second time. Files of a kind
    that is not read are counted and told in one notice.

    Raises:
        ReadError: if the folder cannot be listed or holds no file that is read.
    """
    passed: Counter[str] = Counter()
    found = False
    for path in _walk(folder, report):
        if by_suffix(path.name) is None:
            passed[suffix(path.name) or "no suffix"] += 1
        else:
            found = True
            yield path
    if passed:
        kinds = ", ".join(f"{n} {kind}" for kind, n in sorted(passed.items())[:5])
        kinds += ", …" if len(passed) > 5 else ""
        files = "file" if passed.total() == 1 else "files"
        report.notice(Notice(shown(folder), f"{passed.total()} {files} not read: {kinds}"))
    if not found:
        raise ReadError(shown(folder), "holds no file that is read", f"read are {known_suffixes()}")


def _walk(folder: Path, report: Report) -> Iterator[Path]:
    seen: set[tuple[int, int]] = set()
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        try:
            status = path.stat()
            if not stat.S_ISDIR(status.st_mode):
                yield path
                continue
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            names = sorted(name for name in os.listdir(path) if not name.startswith("."))
        except OSError as e:
            problem = unreadable(path, e)
            if path == folder:
                raise problem from e
            report.skip(problem)
            continue
        waiting.extend(path / name for name in reversed(names))


def open_file(path: Path) -> BinaryIO:
    """Open a regular file for reading.

    Raises:
        ReadError: if it is missing, a device, pipe or socket, or must not be read.
    """
    try:
        # before, for opening can wait or act on a device; after, for the file may have changed between
        _refuse_special(path, path.stat().st_mode)
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        stream = os.fdopen(descriptor, "rb")
        _refuse_special(path, os.fstat(descriptor).st_mode)
    except (OSError, ValueError) as e:
        raise unreadable(path, e) from e
    return stream


def _refuse_special(path: Path, mode: int) -> None:
    if not stat.S_ISREG(mode):
        raise ReadError(shown(path), "is not a regular file", "pipe its content into -")


def unreadable(path: Path, problem: OSError | ValueError) -> ReadError:
    """What to tell of a file that the system does not open."""
    where = shown(path)
    if isinstance(problem, FileNotFoundError):
        return ReadError(where, "does not exist", "check the path")
    if isinstance(problem, PermissionError):
        return ReadError(where, "may not be read", "change its permissions")
    if isinstance(problem, OSError):
        return ReadError(where, f"cannot be read: {problem.strerror or problem}", "check the path")
    return ReadError(where, "is not a valid path", "check the path")
