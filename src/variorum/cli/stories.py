"""The command that tells which articles are about one event: `stories`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from variorum.cli.console import (
    AllowPrivate,
    Columns,
    LibraryFile,
    MaybeSources,
    OfOutlet,
    Output,
    Published,
    Since,
    Until,
    counter,
    destination,
    notice,
    refuse_other_formats,
    skipped,
)

if TYPE_CHECKING:
    from variorum.library import Library
    from variorum.records import Member, Story


class StoriesFormat(StrEnum):
    """What `stories` writes."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"


class Order(StrEnum):
    """What stories are sorted by."""

    DATE = "date"
    SIZE = "size"


def stories(
    sources: MaybeSources = None,
    library: LibraryFile = None,
    format_: Annotated[
        StoriesFormat | None,
        typer.Option("--format", "-f", help="A table of stories (default), or a line an article."),
    ] = None,
    by: Annotated[Order, typer.Option(help="The newest first, or the largest.")] = Order.DATE,
    size: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Of at least N articles; in a table 2, else 1.")
    ] = None,
    outlet: OfOutlet = None,
    since: Since = None,
    until: Until = None,
    published: Published = None,
    place: Annotated[
        str | None, typer.Option(metavar="NAME", help="Whose articles mostly name this place.")
    ] = None,
    allow_private: AllowPrivate = False,
    columns: Columns = None,
    output: Output = None,
) -> None:
    """Say which articles, of the library or of the sources given, are about one event, and why."""
    from variorum.library import Library

    refuse_other_formats(output, ".csv", ".jsonl", ".ndjson", ".txt")
    format_ = format_ or _format_of(output)
    size = size or (2 if format_ is StoriesFormat.TABLE else 1)
    complete = True
    with ExitStack() as stack:
        if sources:
            # a library for this one call: the same way, and the same stories, for files as for a library
            library = Path(stack.enter_context(TemporaryDirectory(prefix="variorum-"))) / "library.db"
        opened = stack.enter_context(Library(library))
        if sources:
            complete = _add(opened, sources, published, allow_private, columns)
        opened.form_stories()
        found = opened.stories(since=since, until=until, outlet=outlet, place=place, size=size)
        if by is Order.SIZE:
            found.sort(key=lambda story: -story.articles)
        with destination(output) as out:
            if format_ is StoriesFormat.TABLE:
                from variorum.render.records import show_stories

                show_stories(found, out)
            else:
                from variorum.render.records import write_members

                write_members(_members(opened, found), out, as_csv=format_ is StoriesFormat.CSV)
    if not complete:
        raise typer.Exit(1)


def _format_of(output: Path | None) -> StoriesFormat:
    by_suffix = {".csv": StoriesFormat.CSV, ".jsonl": StoriesFormat.JSONL, ".ndjson": StoriesFormat.JSONL}
    return by_suffix.get(output.suffix.lower(), StoriesFormat.TABLE) if output else StoriesFormat.TABLE


def _add(
    library: Library, sources: list[str], published: str | None, allow_private: bool, columns: str | None
) -> bool:
    """Whether everything could be read, and there was something."""
    from variorum.read import ReadOptions
    from variorum.read.options import parse_columns

    options = ReadOptions(published=published, allow_private=allow_private, columns=parse_columns(columns))
    with counter("read") as count:
        done = library.add(sources, options, skipped, notice, lambda so_far: count(so_far.added))
    return done.added > 0 and not done.skipped


def _members(library: Library, found: list[Story]) -> Iterator[tuple[Story, tuple[Member, ...]]]:
    for story in found:
        _, members, _ = library.story(story.id)
        yield story, members
