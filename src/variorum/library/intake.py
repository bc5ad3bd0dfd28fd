"""The way into a library: sources to checked articles, articles to batches, outcomes to counts."""

from __future__ import annotations

import os
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from variorum.errors import SkipArticle
from variorum.model import Article
from variorum.records import Added

if TYPE_CHECKING:
    from variorum.read import Notice, ReadOptions
    from variorum.store.articles import BatchOutcome

# A batch ends at whichever comes first: it bounds memory, and what a kill can cost.
_BATCH_ARTICLES = 500
_BATCH_CHARS = 4_000_000
_BATCH_SECONDS = 2.0
_MOST_REASONS = 40
_LONGEST_REASON = 200
_DETAIL = re.compile(r"\([^)]*\)|'[^']*'|:.*$")
_NUMBER = re.compile(r"\d[\d,.]*")


def read_sources(
    sources: Iterable[str | os.PathLike[str] | Article],
    options: ReadOptions | None,
    on_skip: Callable[[SkipArticle], None],
    on_notice: Callable[[Notice], None],
) -> Iterator[Article]:
    """Articles as they are given, checked like those that are read."""
    from variorum.read import ReadOptions, read_all
    from variorum.read.checked import checked

    options = replace(options or ReadOptions(), unique_ids=False)
    for given, run in groupby(sources, lambda source: isinstance(source, Article)):
        if not given:
            paths = (s if isinstance(s, str) else Path(s) for s in run if not isinstance(s, Article))
            yield from read_all(paths, options, on_skip, on_notice)
            continue
        for article in run:
            try:
                if isinstance(article, Article):
                    yield checked(article, options)
            except SkipArticle as problem:
                on_skip(problem)


def batches(articles: Iterable[Article], pending: list[Article]) -> Iterator[list[Article]]:
    """Batches of articles; what is read of one that is not full is in `pending`, where a stop finds it."""
    chars, began = 0, time.monotonic()
    for article in articles:
        if not pending:
            chars, began = 0, time.monotonic()
        pending.append(article)
        chars += len(article.text)
        waited = time.monotonic() - began
        if len(pending) >= _BATCH_ARTICLES or chars >= _BATCH_CHARS or waited >= _BATCH_SECONDS:
            yield pending
            pending.clear()
    if pending:
        yield pending
        pending.clear()


class Tally:
    """Counts what becomes of the articles of one `add`."""

    def __init__(self) -> None:
        self._done = Added()
        self._reasons = Counter[str]()

    def count(self, outcome: BatchOutcome) -> None:
        """Count a batch that was committed."""
        done = self._done
        self._done = Added(
            done.added + outcome.added,
            done.known + outcome.known,
            done.versions + outcome.versions,
            done.completed + outcome.completed,
        )

    def know(self) -> None:
        """Count an article that is known without being read."""
        self._done = replace(self._done, known=self._done.known + 1)

    def skip(self, problem: SkipArticle) -> None:
        """Count an input that was left out, under its reason without names and figures."""
        reason = _NUMBER.sub("…", _DETAIL.sub("", problem.what[:_LONGEST_REASON])).strip()
        if reason not in self._reasons and len(self._reasons) >= _MOST_REASONS:
            reason = "other reasons"
        self._reasons[reason] += 1

    def added(self) -> Added:
        """What was counted so far."""
        reasons = sorted(self._reasons.items(), key=lambda item: (-item[1], item[0]))
        return replace(self._done, skipped=self._reasons.total(), reasons=tuple(reasons))
