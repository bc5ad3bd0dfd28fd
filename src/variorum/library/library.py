"""A library of articles that grows: what `variorum add`, `search`, `versions` and `show` call."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from variorum.errors import SkipArticle, UsageError
from variorum.model import Annotation, Article, Comparison

if TYPE_CHECKING:
    from variorum.annotate.pipeline import AnnotateOptions
    from variorum.read import Notice, ReadOptions
    from variorum.records import Added, Check, Hit, Info, Member, Stored, Story, StoryChange
    from variorum.store.database import Database

_LAYER = "annotation"


class Library:
    """Articles kept in one file, with their versions, words, annotations and stories.

    Any number of programs may read the file while one adds to it. Use it in a `with` block, or `close` it.

        with variorum.Library("desk.db") as library:
            library.add(["feeds/", "archive.jsonl.gz"])
            for hit in library.search('"high tide" ferry'):
                print(hit.article.outlet, hit.excerpt.of(hit.article.text))

    Args:
        path: the file; the one in the user's data folder where None. It is made by the first `add`.

    Every method raises `LibraryError` where the file is missing, damaged, or of a newer version.
    """

    def __init__(self, path: str | os.PathLike[str] | None = None) -> None:
        from variorum.store.location import default_path

        self.path = Path(path) if path is not None else default_path()
        self._reading: Database | None = None
        self._writing: Database | None = None

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; a later call of any method opens it again."""
        for database in (self._reading, self._writing):
            if database is not None:
                database.close()
        self._reading = self._writing = None

    def _reader(self) -> Database:
        from variorum.store.database import Database

        if self._reading is None:
            self._reading = Database(self.path)
        return self._reading

    def _writer(self, create: bool = False) -> Database:
        from variorum.store.database import Database

        if self._writing is None:
            self._writing = Database(self.path, write=True, create=create)
        return self._writing

    def add(
        self,
        sources: Iterable[str | os.PathLike[str] | Article],
        options: ReadOptions | None = None,
        on_skip: Callable[[SkipArticle], None] = lambda _: None,
        on_notice: Callable[[Notice], None] = lambda _: None,
        on_progress: Callable[[Added], None] = lambda _: None,
    ) -> Added:
        """Take articles in, each once, as a stream: memory does not grow with their number.

        Articles are committed in batches. Whatever stops the run, what was committed is kept, nothing is kept
        by half, and the same call again goes on: what is known is not added twice.

        Args:
            sources: files, folders, addresses, `-`, or articles.
            options: how to read; the defaults where None. Ids are kept as the inputs give them.
            on_skip: called for each input that is left out.
            on_notice: called with what a user should know of inputs that were read.
            on_progress: called after each batch, with what was done so far.

        Returns:
            what became of the articles.

        Raises:
            KeyboardInterrupt: after the articles that were read are committed.
        """
        from variorum.library.intake import Tally, batches, read_sources
        from variorum.read import ReadOptions

        database = self._writer(create=True)
        tally = Tally()

        def skip(problem: SkipArticle) -> None:
            tally.skip(problem)
            on_skip(problem)

        def commit(batch: Sequence[Article]) -> None:
            from variorum.store.articles import add_batch

            tally.count(add_batch(database, batch))
            on_progress(tally.added())

        def is_known(article: Article) -> bool:
            from variorum.store.articles import has_page

            known = has_page(database, article.url or "", article.text)
            if known:
                tally.know()
            return known

        options = replace(options or ReadOptions(), is_known=is_known)
        pending: list[Article] = []
        try:
            for full in batches(read_sources(sources, options, skip, on_notice), pending):
                commit(full)
        except KeyboardInterrupt:
            commit(pending)
            raise
        return tally.added()

    def search(
        self,
        words: str,
        *,
        outlet: str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int = 20,
    ) -> list[Hit]:
        """The articles that hold the words, best first; `docs/library.md` says what may be asked.

        Args:
            words: what to search for.
            outlet: only of this outlet: its whole name, in any case.
            since: only what was published from this day on (ISO 8601).
            until: only what was published up to this day, it included.
            limit: how many at most.

        Raises:
            UsageError: if there is no word to search for, or a day is none.
        """
        from variorum.store.search import SearchOptions, search

        return list(search(self._reader(), words, SearchOptions(outlet, since, until, limit)))

    def article(self, handle: str) -> Stored:
        """One article by its id, the beginning of it, the id that its input gave, or its address.

        Raises:
            UsageError: if it is none, or could be several.
        """
        from variorum.store.articles import number_of, stored

        return stored(self._reader(), number_of(self._reader(), handle))

    def articles(self, since: str | None = None, until: str | None = None) -> Iterator[Article]:
        """All articles, or those of some days (ISO 8601, inclusive), by day and id, as a stream."""
        from variorum.store.articles import articles
        from variorum.store.days import day_of

        return articles(self._reader(), day_of(since), day_of(until))

    def versions(self, url: str) -> tuple[Stored, ...]:
        """The texts that an address had, in the order of their arrival; none where it is not known."""
        from variorum.store.articles import versions

        return versions(self._reader(), url)

    def stories(
        self,
        *,
        since: str | None = None,
        until: str | None = None,
        outlet: str | None = None,
        place: str | None = None,
        size: int = 2,
    ) -> list[Story]:
        """The stories that were formed, newest first.

        Args:
            since: only stories with an article of this day (ISO 8601) or a later one.
            until: only stories with an article of this day or an earlier one.
            outlet: only stories with an article of this outlet: its whole name, in any case.
            place: only stories most of whose articles have this name, in any case, in title or text.
            size: only stories of so many articles or more.

        Raises:
            UsageError: if a day is none, or a place has no word in it.
        """
        from variorum.store.stories import StoryFilter, stories

        return list(stories(self._reader(), StoryFilter(since, until, outlet, place, size)))

    def form_stories(self, all_: bool = False) -> tuple[StoryChange, ...]:
        """Put every article into a story, where some are in none or an earlier method put them there.

        Args:
            all_: do it all the same.

        Returns:
            the stories that merged or split.
        """
        from variorum.library.forming import form

        return form(self._reader(), self._writer, all_)

    def story(self, handle: str) -> tuple[Story, tuple[Member, ...], tuple[StoryChange, ...]]:
        """A story by its id or the beginning of it, its articles, and what merged into it or split from it.

        The whole id of a story that is no more leads to the one that it was merged into: the story that is
        returned then has another id.

        Raises:
            UsageError: if there is none, or could be several.
        """
        from variorum.library.present import present
        from variorum.store.stories import history, members

        found = present(self._reader(), handle)
        if found is None:
            raise UsageError(f"the library has no story {handle!r}, or several that begin so")
        return found, members(self._reader(), found.id), history(self._reader(), found.id)

    def find(self, handle: str) -> Stored | tuple[Story, tuple[Member, ...], tuple[StoryChange, ...]]:
        """A story, or else an article, by whatever `story` and `article` know it by.

        Raises:
            UsageError: if it is neither, or could be several.
        """
        from variorum.library.present import present

        return self.article(handle) if present(self._reader(), handle) is None else self.story(handle)

    def accounts(self, story: str) -> tuple[Article, ...]:
        """The articles of a story that are laid side by side: of each address the newest text it has there.

        The order is that of the story's articles. Earlier texts of an address are no accounts of their own;
        `versions` has them.

        Raises:
            UsageError: if there is no such story, or could be several.
        """
        from variorum.library.present import newest_texts

        _, members, _ = self.story(story)
        return newest_texts(self._reader(), [member.article for member in members])

    def compare(self, story: str, options: AnnotateOptions | None = None) -> Comparison:
        """Lay the `accounts` of one story side by side; what was annotated before is not annotated again."""
        return self.compare_articles([article.id for article in self.accounts(story)], options)

    def compare_articles(self, handles: Iterable[str], options: AnnotateOptions | None = None) -> Comparison:
        """Lay articles side by side that need not be of one story, such as two versions of one address.

        Raises:
            UsageError: if one of them is not in the library.
        """
        from variorum.compare.pipeline import compare_annotations

        return compare_annotations(list(self.annotations(handles, options)))

    def annotations(
        self, handles: Iterable[str], options: AnnotateOptions | None = None
    ) -> Iterator[Annotation]:
        """The annotations of articles, each once, in their order; what is missing or outdated is made."""
        from variorum.store.articles import number_of

        return self._annotated([number_of(self._reader(), handle) for handle in handles], options)

    def _annotated(self, numbers: Sequence[int], options: AnnotateOptions | None) -> Iterator[Annotation]:
        from variorum.annotate.pipeline import AnnotateOptions, annotate_all
        from variorum.store import derived
        from variorum.store.articles import stored
        from variorum.store.codec import decode, encode

        options = options or AnnotateOptions()
        method = method_of(options)
        numbers = tuple(dict.fromkeys(numbers))
        missing = {n for n in numbers if derived.get(self._reader(), _LAYER, method, n) is None}
        fresh = annotate_all((stored(self._reader(), n).article for n in numbers if n in missing), options)
        for number in numbers:
            if number in missing:
                annotation = next(fresh)
                self._keep(method, number, encode(annotation))
                yield annotation
            elif body := derived.get(self._reader(), _LAYER, method, number):
                yield decode(body, stored(self._reader(), number).article)

    def _keep(self, method: str, number: int, body: bytes) -> None:
        from variorum.store import derived

        if self._may_write():
            derived.put(self._writer(), _LAYER, method, [(number, body)])

    def _may_write(self) -> bool:
        return os.access(self.path, os.W_OK) and os.access(self.path.parent, os.W_OK)

    def check(self, on_progress: Callable[[int], None] = lambda _: None) -> Check:
        """Read the whole file and compare every article with its hash; nothing is changed."""
        from variorum.store.check import check

        try:
            return check(self._writer() if self._may_write() else self._reader(), on_progress)
        finally:
            self.close()

    def info(self) -> Info:
        """The library in figures."""
        from variorum.annotate.pipeline import AnnotateOptions
        from variorum.store.check import info

        return info(self._reader(), _LAYER, method_of(AnnotateOptions()))

    def rebuild(self, all_: bool = False, options: AnnotateOptions | None = None) -> int:
        """Make again what was derived by an earlier method, stories too, and the index of words.

        Args:
            all_: make everything again that was derived, whatever made it.
            options: how to annotate.

        Returns:
            how many articles were annotated again.
        """
        from variorum.annotate.pipeline import AnnotateOptions
        from variorum.store import derived
        from variorum.store.check import rebuild_words
        from variorum.store.stories import methods

        rebuild_words(self._writer())
        if all_:
            derived.outdate(self._writer(), _LAYER)
        if methods(self._reader()):
            self.form_stories(all_)
        method = method_of(options or AnnotateOptions())
        numbers = list(derived.outdated(self._reader(), _LAYER, method))
        return sum(1 for _ in self._annotated(numbers, options))


def method_of(options: AnnotateOptions) -> str:
    """What annotations are stamped with: the version of the method, and the pipeline it ran on."""
    from variorum.annotate.pipeline import METHOD

    return f"{METHOD} {options.pipeline}"
