"""What is known of each feed between two polls and two runs, kept in a small file beside the library.

It is only a memory: where it is lost, feeds are fetched once more, and the library knows what it has.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from variorum.errors import LibraryError

_VERSION = 1
_MOST_SEEN = 50_000


@dataclass(frozen=True, slots=True)
class FeedState:
    """One feed: what to ask with, which entries it had, when it may be asked again.

    `etag` and `last_modified` are as the server wrote them; `seen` are digests of the entries of the last
    poll; `failures` counts polls that failed since the last that did not; `due` is in seconds since 1970.
    """

    etag: str | None = None
    last_modified: str | None = None
    seen: tuple[str, ...] = ()
    failures: int = 0
    due: float = 0.0


def beside(library: Path) -> Path:
    """The file that keeps the states of the feeds of a library."""
    return library.with_name(library.name + ".feeds.json")


def load(path: Path) -> dict[str, FeedState]:
    """The states by the addresses of their feeds; none where the file is missing or damaged."""
    try:
        kept = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if (
        not isinstance(kept, dict)
        or kept.get("version") != _VERSION
        or not isinstance(kept.get("feeds"), dict)
    ):
        return {}
    return {url: state for url, value in kept["feeds"].items() if (state := _state(value)) is not None}


def _state(value: object) -> FeedState | None:
    if not isinstance(value, dict):
        return None
    etag, modified, seen = value.get("etag"), value.get("last_modified"), value.get("seen")
    failures, due = value.get("failures"), value.get("due")
    if not isinstance(seen, list) or not isinstance(failures, int) or not isinstance(due, int | float):
        return None
    return FeedState(
        etag if isinstance(etag, str) else None,
        modified if isinstance(modified, str) else None,
        tuple(str(digest) for digest in seen[:_MOST_SEEN]),
        max(0, failures),
        float(due),
    )


def save(path: Path, states: Mapping[str, FeedState]) -> None:
    """Write the states, whole or not at all.

    Raises:
        LibraryError: if the file cannot be written.
    """
    kept = {"version": _VERSION, "feeds": {url: asdict(state) for url, state in states.items()}}
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_text(json.dumps(kept), "utf-8")
        os.replace(part, path)
    except OSError as e:
        with contextlib.suppress(OSError):
            part.unlink()
        raise LibraryError(f"{path}: cannot be written ({e.strerror})") from e
