"""The command that watches feeds: `watch`."""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from variorum.cli.console import AllowPrivate, FullText, LibraryFile, notice, say

if TYPE_CHECKING:
    from variorum.errors import SkipArticle
    from variorum.model import Article


def watch(
    feeds: Annotated[
        list[str],
        typer.Argument(
            metavar="FEEDS...", help="OPML files, or http(s) addresses of feeds.", show_default=False
        ),
    ],
    every: Annotated[str, typer.Option(metavar="TIME", help="How often each is asked: 15m, 2h, 1d.")] = "15m",
    library: LibraryFile = None,
    once: Annotated[bool, typer.Option("--once", help="Ask each feed once, and end.")] = False,
    full_text: FullText = False,
    allow_private: AllowPrivate = False,
) -> None:
    """Ask feeds again and again, politely; what is new goes into the library, a line each on stdout."""
    from variorum.library import Library
    from variorum.read import ReadOptions
    from variorum.watch import Watcher, WatchOptions
    from variorum.watch.schedule import seconds

    reading = ReadOptions(full_text=full_text, allow_private=allow_private, unique_ids=False)
    options = WatchOptions(every=seconds(every), read=reading)
    problems = 0

    def skipped(problem: SkipArticle) -> None:
        nonlocal problems
        problems += 1
        say(str(problem))

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with Library(library) as opened:
        watcher = Watcher(opened, feeds, options, _tell, skipped, notice)
        try:
            watcher.poll(now=True)
            if not once:
                watcher.run()
        except KeyboardInterrupt:
            say("stopped; the same call goes on where it was")
            return  # being stopped is how a watch ends
    if problems:
        raise typer.Exit(1)


def _tell(article: Article, changed: bool) -> None:
    kind = "changed" if changed else "new"
    cells = (kind, article.published or "", article.outlet or "", article.title or "", article.url or "")
    sys.stdout.write("\t".join(cells) + "\n")
    sys.stdout.flush()
