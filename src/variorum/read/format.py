"""What a format is: the names it goes by, how to recognise it, and how to read it.

A new format is one module that defines `FORMAT` and one line in `registry.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from variorum.model import Article
from variorum.read.options import ReadOptions
from variorum.read.report import Report
from variorum.read.source import Source

Parse = Callable[[Source, ReadOptions, Report], Iterator[Article]]


def never(head: str) -> bool:  # noqa: ARG001  (a format that content alone does not give away)
    """Recognise nothing."""
    return False


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of input.

    `suffixes` are lower case with their dot. `looks_like` is asked of inputs without a name, with up to 64 kB
    of their text without leading white space. `parse` yields articles with `path` set; it tells `report` of
    single articles that it leaves out and raises `SkipArticle` where the whole input is of no use. An article
    that it yields without text, but with an address, is fetched where full texts are asked for; one of a
    format that holds `excerpts`, as feeds do, even with text. `binary` formats are not text at all.
    """

    name: str
    suffixes: tuple[str, ...]
    media_types: tuple[str, ...]
    parse: Parse
    looks_like: Callable[[str], bool] = never
    excerpts: bool = False
    binary: bool = False
