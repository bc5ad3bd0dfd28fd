"""Polling feeds into a library: what is new is added and told, what is wrong is told and asked less often."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from variorum.errors import FetchError, ReadError, SkipArticle, UsageError
from variorum.library import Library
from variorum.model import Article
from variorum.read import Notice, ReadOptions
from variorum.read.checked import checked
from variorum.read.fetch import Answer, Validators, ask, fetch
from variorum.read.files import open_file, shown
from variorum.read.fulltext import FullTexts
from variorum.read.opml import Listed, feeds, parse_feed
from variorum.read.pacer import Pacer
from variorum.read.report import Report
from variorum.read.source import Source
from variorum.watch import schedule, state
from variorum.watch.state import FeedState

_SAVE_SECONDS = 5.0
_LONGEST_SLEEP = 3600.0


@dataclass(frozen=True, slots=True)
class WatchOptions:
    """How to watch.

    `every` is the seconds between two polls of a feed that answers; `read` the limits, and whether full texts
    are fetched; `delay` the least seconds between two requests to one host.
    """

    every: float = 900.0
    delay: float = 1.0
    read: ReadOptions = field(default_factory=lambda: ReadOptions(unique_ids=False))


class Watcher:
    """Watches the feeds that lists name, or that are given by address, and adds what is new to a library.

    Each new article is committed by itself before it is told, and what is known of a feed is kept only after
    its articles: whatever stops the run, nothing is lost and nothing is told twice.

    Args:
        library: where articles go.
        sources: OPML files, addresses of OPML files (that end in `.opml`), or addresses of feeds.
        options: how to watch.
        on_item: called with each article that is new, and whether it is a new text of a known address.
        on_skip: called with what is wrong: with a feed, an entry, a list.
        on_notice: called with what a user should know.
    """

    def __init__(
        self,
        library: Library,
        sources: Sequence[str],
        options: WatchOptions,
        on_item: Callable[[Article, bool], None],
        on_skip: Callable[[SkipArticle], None] = lambda _: None,
        on_notice: Callable[[Notice], None] = lambda _: None,
    ) -> None:
        self._library, self._sources, self._options = library, sources, options
        self._on_item, self._report = on_item, Report(on_skip, on_notice)
        self._pacer = Pacer(options.delay)
        self._full = FullTexts(options.read, self._report, self._pacer) if options.read.full_text else None
        self._path = state.beside(library.path)
        self._states = state.load(self._path)
        self._feeds: dict[str, list[Listed]] = {}

    def run(self) -> None:
        """Poll for ever; ends by an exception such as `KeyboardInterrupt`, the states then saved.

        Raises:
            UsageError: if no source names a feed.
        """
        while True:
            self.poll()
            due = [self._states[f.url].due for f in self._listed() if f.url in self._states]
            left = min(due, default=time.time() + self._options.every) - time.time()
            time.sleep(min(max(left, self._options.delay), _LONGEST_SLEEP))
            self._feeds.clear()  # lists may have been edited meanwhile

    def poll(self, now: bool = False) -> None:
        """Ask each feed that is due, one after another; with `now`, all but those that failed lately.

        Raises:
            UsageError: if no source names a feed.
        """
        saved = time.monotonic()
        try:
            for listed in self._listed():
                known = self._states.get(listed.url, FeedState())
                if time.time() >= known.due or (now and not known.failures):
                    self._states[listed.url] = self._polled(listed, known)
                if time.monotonic() - saved > _SAVE_SECONDS:
                    state.save(self._path, self._states)
                    saved = time.monotonic()
        finally:
            if self._states:
                state.save(self._path, self._states)

    def _listed(self) -> Iterable[Listed]:
        for source in self._sources:
            if source not in self._feeds:
                try:
                    self._feeds[source] = self._read_list(source)
                except SkipArticle as problem:
                    self._report.skip(problem)
                    self._feeds[source] = []
        found = {listed.url: listed for each in self._feeds.values() for listed in each}
        if not found and not self._states:
            raise UsageError("no feed to watch: give an OPML file or addresses of feeds")
        return list(found.values())

    def _read_list(self, source: str) -> list[Listed]:
        if "://" in source and not source.lower().partition("?")[0].endswith(".opml"):
            return [Listed(source)]
        if "://" in source:
            return feeds(fetch(source, self._options.read), self._options.read, self._report)
        with open_file(Path(source)) as stream:
            return feeds(Source(shown(source), stream), self._options.read, self._report)

    def _polled(self, listed: Listed, known: FeedState) -> FeedState:
        """Ask one feed, add what is new in it, and say when it is to be asked again."""
        every = self._options.every
        try:
            self._pacer.wait(listed.url)
            answer = ask(listed.url, self._options.read, Validators(known.etag, known.last_modified))
            if answer.source is None:
                return replace(known, failures=0, due=time.time() + every)
            return self._taken(listed, known, answer, answer.source)
        except SkipArticle as problem:
            failures = known.failures + 1
            asked = problem.retry_after if isinstance(problem, FetchError) else None
            left = schedule.wait(every, failures, asked)
            self._report.skip(type(problem)(problem.where, problem.what, f"asked again in {_shown(left)}"))
            return replace(known, failures=failures, due=time.time() + left)

    def _taken(self, listed: Listed, known: FeedState, answer: Answer, source: Source) -> FeedState:
        before, seen, whole = set(known.seen), list[str](), True
        for article in list(parse_feed(source, self._options.read, self._report)):
            digest = _digest(article)
            if digest in before or self._add(article, listed):
                seen.append(digest)
            else:
                whole = False
        # asked again in full where a page behind an entry could not be had this time
        validators = answer.validators if whole else Validators()
        due = time.time() + self._options.every
        return FeedState(validators.etag, validators.last_modified, tuple(dict.fromkeys(seen)), 0, due)

    def _add(self, article: Article, listed: Listed) -> bool:
        """Add one entry; False where it is worth another try."""
        try:
            if self._full and article.url:
                article = self._full.full(article)
            if not article.text.strip():
                what = f"has no text, only an address ({(article.url or 'not even that')[:200]})"
                raise ReadError(article.path or listed.url, what, "watch with --full-text")
            if not article.outlet:
                article = replace(article, outlet=listed.title)
            ready = checked(article, self._options.read)
        except SkipArticle as problem:
            self._report.skip(problem)
            passing = isinstance(problem, FetchError) and not 400 <= (problem.status or 0) < 500
            return not passing
        added = self._library.add([ready], self._options.read, self._report.skip, self._report.notice)
        if added.added:
            self._on_item(ready, bool(added.versions))
        return True


def _digest(article: Article) -> str:
    parts = (article.url, article.title, article.published, article.sha256)
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _shown(seconds: float) -> str:
    minutes = max(1, round(seconds / 60))
    return f"{minutes} min" if minutes < 120 else f"{round(minutes / 60)} h"
