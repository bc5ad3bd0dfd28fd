"""Where a user's library is."""

from __future__ import annotations

from pathlib import Path


def default_path() -> Path:
    """`library.db` in the folder that the platform keeps for a user's data; nothing is made there yet."""
    from platformdirs import user_data_path

    return user_data_path("variorum", appauthor=False) / "library.db"
