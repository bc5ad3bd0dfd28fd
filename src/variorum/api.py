"""The library's three verbs; the command line is a thin printing layer over them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import variorum.compare  # noqa: F401  (bound now: a later import would hide the function of the package's name)
from variorum.annotate.pipeline import AnnotateOptions, annotate, annotate_all
from variorum.model import Annotation, Article, Comparison
from variorum.read import ReadOptions

__all__ = ["AnnotateOptions", "annotate", "annotate_all", "compare", "read"]


def read(path: str | Path, options: ReadOptions | None = None) -> list[Article]:
    """Read the articles of one file, folder, address or (`-`) standard input.

    Args:
        path: where they are.
        options: limits, and what to take for known where the input does not say.

    Raises:
        SkipArticle: at the first input that cannot be used.
    """
    from variorum.read.cascade import read as read_articles

    return read_articles(path, options)


def compare(
    accounts: Iterable[Article | Annotation | str | Path], options: AnnotateOptions | None = None
) -> Comparison:
    """Lay accounts of one event side by side.

    Args:
        accounts: articles, annotations made before (they are not made again), or paths and addresses, in
            the order in which they are to be shown. What is given twice counts once; another article with
            the id `x` becomes `x-2`: two outlets with one text are two accounts.
        options: how to annotate what is not annotated yet.

    Returns:
        the comparison. One account works: there is then nothing to relate, and all the rest.

    Raises:
        SkipArticle: if a path cannot be read. To leave such inputs out instead, call `read` on each.
        UsageError: if there is no account at all.
    """
    from variorum.compare.pipeline import compare_annotations

    given = _distinct(accounts)
    made = annotate_all((g for g in given if isinstance(g, Article)), options)
    return compare_annotations([g if isinstance(g, Annotation) else next(made) for g in given])


def _distinct(accounts: Iterable[Article | Annotation | str | Path]) -> list[Article | Annotation]:
    """All accounts in the order given, each once and under an id of its own."""
    from variorum.read.cascade import read_all
    from variorum.read.identity import UniqueIds
    from variorum.read.report import Report

    ids = UniqueIds(Report())
    found: dict[Article, Article | Annotation] = {}

    def take(account: Article | Annotation) -> None:
        article = account.article if isinstance(account, Annotation) else account
        if article not in found:
            named = ids.distinct(article)
            found[article] = replace(account, article=named) if isinstance(account, Annotation) else named

    def sources() -> Iterator[str | Path]:
        for account in accounts:
            if isinstance(account, Article | Annotation):
                take(account)
            else:
                yield account

    # reading asks for the next source only when the one before is read, which keeps the order
    for article in read_all(sources(), ReadOptions(unique_ids=False)):
        take(article)
    return list(found.values())
