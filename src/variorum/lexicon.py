"""Reads the word lists under `data/`: one entry a line, columns parted by tabs, `#` begins a comment."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The lines of `data/NAME` in order, each as its columns; comments and empty lines are left out.

    Raises:
        FileNotFoundError: if the package has no such list.
    """
    text = files("variorum").joinpath("data", *name.split("/")).read_text("utf-8")
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return tuple(tuple(column.strip() for column in line.split("\t")) for line in lines if line)


@cache
def words(name: str) -> frozenset[str]:
    """The first column of `data/NAME`."""
    return frozenset(row[0] for row in rows(name))


@cache
def table(name: str) -> dict[str, tuple[str, ...]]:
    """`data/NAME` by its first column: its other columns. Do not change it."""
    return {row[0]: row[1:] for row in rows(name)}
