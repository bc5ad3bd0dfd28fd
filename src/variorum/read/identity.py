"""Ids that are unique in a batch."""

from __future__ import annotations

import dataclasses

from variorum.model import Article
from variorum.read.report import Notice, Report


class UniqueIds:
    """Gives an article another id where an earlier one of the batch has it already.

    Two accounts with one text are two accounts all the same: that is what a reprint is. The second becomes
    `ID-2`, the third `ID-3`, in the order of reading, and the notice says so.
    Memory grows by one id an article.
    """

    def __init__(self, report: Report) -> None:
        self._seen: dict[str, str] = {}
        self._report = report

    def distinct(self, article: Article) -> Article:
        """The article itself, or a copy under an id that no earlier one has."""
        first = self._seen.get(article.id)
        if first is None:
            self._seen[article.id] = article.sha256
            return article
        number = 2
        while (new := f"{article.id}-{number}") in self._seen:
            number += 1
        self._seen[new] = article.sha256
        same = "the same text" if first == article.sha256 else "another text"
        shown = article.id if len(article.id) <= 16 else article.id[:12] + "…"
        what = f"an earlier article with {same} has its id {shown}; it becomes …-{number}"
        self._report.notice(Notice(article.path or new, what))
        return dataclasses.replace(article, id=new)
