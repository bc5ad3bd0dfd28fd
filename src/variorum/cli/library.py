"""The commands on a library: `add`, `search`, `versions`, `show`, and those of `library`."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from variorum.cli.console import (
    AllowPrivate,
    Columns,
    FullText,
    Jobs,
    LibraryFile,
    NoPager,
    OfOutlet,
    Output,
    Pipeline,
    Published,
    Since,
    Sources,
    Until,
    annotate_options,
    counter,
    destination,
    notice,
    refuse_other_formats,
    say,
    skipped,
    tell_if_merged,
)
from variorum.errors import UsageError

if TYPE_CHECKING:
    from variorum.records import Added

OneOutlet = Annotated[
    str | None, typer.Option("--outlet", metavar="NAME", help="Outlet of the sources that do not say.")
]


class Summary(StrEnum):
    """How one answer is printed."""

    TEXT = "text"
    JSON = "json"


class Listing(StrEnum):
    """How many answers are printed."""

    TABLE = "table"
    JSONL = "jsonl"


AsSummary = Annotated[Summary, typer.Option("--format", "-f", help="For reading, or for programs.")]
AsListing = Annotated[Listing, typer.Option("--format", "-f", help="For reading, or a JSON line each.")]


def add(
    sources: Sources,
    library: LibraryFile = None,
    format_: AsSummary = Summary.TEXT,
    published: Published = None,
    outlet: OneOutlet = None,
    allow_private: AllowPrivate = False,
    full_text: FullText = False,
    columns: Columns = None,
) -> None:
    """Take articles into the library, each once; stop it at any moment, the same call goes on."""
    from variorum.library import Library
    from variorum.read import ReadOptions
    from variorum.read.options import parse_columns
    from variorum.records import Added

    options = ReadOptions(
        published=published,
        outlet=outlet,
        allow_private=allow_private,
        full_text=full_text,
        columns=parse_columns(columns),
    )
    done = Added()
    with Library(library) as opened, _stopped_by_terminate(), counter("added or known") as count:

        def progress(so_far: Added) -> None:
            nonlocal done
            done = so_far
            count(so_far.added + so_far.known)

        try:
            done = opened.add(sources, options, skipped, notice, progress)
        finally:
            _summary(done, format_)
    if done.skipped or not (done.added or done.known):
        raise typer.Exit(1)


def _summary(added: Added, kind: Summary) -> None:
    from variorum.render.json import dumps
    from variorum.render.records import added_json, show_added

    if kind is Summary.JSON:
        sys.stdout.write(dumps(added_json(added)) + "\n")
    else:
        show_added(added, sys.stdout)


@contextmanager
def _stopped_by_terminate() -> Iterator[None]:
    """A request to terminate stops as cleanly as a key press does."""
    former = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, former)


def search(
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS...", help='Words, "phrases", begin*, OR, -without.')
    ],
    library: LibraryFile = None,
    format_: AsListing = Listing.TABLE,
    outlet: OfOutlet = None,
    since: Since = None,
    until: Until = None,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="Show at most so many.")] = 20,
) -> None:
    """Find articles by their words, best first."""
    from variorum.library import Library
    from variorum.render.json import dumps
    from variorum.render.records import hit_json, show_hits

    with Library(library) as opened:
        hits = opened.search(" ".join(words), outlet=outlet, since=since, until=until, limit=limit)
    if format_ is Listing.JSONL:
        sys.stdout.writelines(dumps(hit_json(hit)) + "\n" for hit in hits)
    else:
        show_hits(hits, sys.stdout)
    if not hits:
        say("nothing was found")


def versions(
    url: Annotated[str, typer.Argument(metavar="URL", help="The address.", show_default=False)],
    library: LibraryFile = None,
    format_: AsListing = Listing.TABLE,
    compare: Annotated[bool, typer.Option("--compare", help="Lay two versions side by side.")] = False,
    pair: Annotated[
        str | None, typer.Option(metavar="M,N", help="Which two to compare; default: the last two.")
    ] = None,
    output: Output = None,
    jobs: Jobs = 1,
    spacy: Pipeline = None,
    no_pager: NoPager = False,
) -> None:
    """List the texts that an address had, or compare two of them."""
    from variorum.library import Library
    from variorum.render.json import dumps
    from variorum.render.records import show_versions, stored_json

    if compare or pair:
        from variorum.cli.accounts import COMPARISON_SUFFIXES, write_comparison

        refuse_other_formats(output, *COMPARISON_SUFFIXES)
    else:
        refuse_other_formats(output, ".jsonl", ".ndjson", ".txt")
    with Library(library) as opened:
        found = opened.versions(url)
        if not found:
            raise UsageError(f"the library has no article of {url}")
        if compare or pair:
            chosen = [found[n - 1].article.id for n in _pair(pair, len(found))]
            comparison = opened.compare_articles(chosen, annotate_options(spacy, jobs))
            write_comparison(comparison, None, output, page=not no_pager)
            return
    with destination(output) as out:
        if format_ is Listing.JSONL:
            out.writelines(dumps(stored_json(v, text=False)) + "\n" for v in found)
        else:
            show_versions(found, out)


def _pair(given: str | None, count: int) -> tuple[int, int]:
    """The numbers of two versions, from 1."""
    if count < 2:
        raise UsageError("the library has only one text of this address: there is nothing to compare")
    if given is None:
        return count - 1, count
    first, _, second = given.partition(",")
    numbers = [int(n) for n in (first, second) if n.isascii() and n.isdecimal() and len(n) < 10]
    if len(numbers) != 2 or numbers[0] == numbers[1] or not all(1 <= n <= count for n in numbers):
        raise UsageError(f"--pair takes two numbers from 1 to {count}, as in 1,{count}: not {given!r}")
    return numbers[0], numbers[1]


def show(
    handle: Annotated[
        str,
        typer.Argument(
            metavar="STORY|ARTICLE", help="An id or its beginning, or an address.", show_default=False
        ),
    ],
    library: LibraryFile = None,
    format_: AsSummary = Summary.TEXT,
) -> None:
    """Show one story with its articles, or one article."""
    from variorum.library import Library
    from variorum.render.json import dumps
    from variorum.render.records import show_article, show_story, stored_json, story_json

    with Library(library) as opened:
        found = opened.find(handle)
    if isinstance(found, tuple):
        tell_if_merged(handle, found[0])
        if format_ is Summary.JSON:
            sys.stdout.write(dumps(story_json(*found)) + "\n")
        else:
            show_story(*found, sys.stdout)
    elif format_ is Summary.JSON:
        sys.stdout.write(dumps(stored_json(found)) + "\n")
    else:
        show_article(found, sys.stdout)


def check(library: LibraryFile = None, format_: AsSummary = Summary.TEXT) -> None:
    """Read the whole library and compare every article with its hash; nothing is changed."""
    from variorum.library import Library
    from variorum.render.json import dumps
    from variorum.render.records import record_json, show_check

    with counter("checked") as count:
        outcome = Library(library).check(count)
    if format_ is Summary.JSON:
        sys.stdout.write(dumps(record_json(outcome)) + "\n")
    else:
        show_check(outcome, sys.stdout)
    if outcome.problems:
        raise typer.Exit(1)


def info(library: LibraryFile = None, format_: AsSummary = Summary.TEXT) -> None:
    """Say what the library holds, in figures."""
    from variorum.library import Library
    from variorum.render.json import dumps
    from variorum.render.records import record_json, show_info

    with Library(library) as opened:
        figures = opened.info()
    if format_ is Summary.JSON:
        sys.stdout.write(dumps(record_json(figures)) + "\n")
    else:
        show_info(figures, sys.stdout)


def rebuild(
    library: LibraryFile = None,
    all_: Annotated[bool, typer.Option("--all", help="What is up to date, too.")] = False,
    jobs: Jobs = 1,
    spacy: Pipeline = None,
) -> None:
    """Make again what an earlier version derived from the articles, and the index of words."""
    from variorum.library import Library

    with Library(library) as opened:
        count = opened.rebuild(all_, annotate_options(spacy, jobs))
    articles = "1 article was" if count == 1 else f"{count:,} articles were"
    say(f"the index of words was made again, {articles} annotated again")


Command: TypeAlias = Callable[..., None]
COMMANDS: tuple[Command, ...] = (add, search, versions, show)
"""What `variorum` offers on a library by itself."""

LIBRARY_COMMANDS: tuple[Command, ...] = (check, info, rebuild)
"""What `variorum library` offers."""
