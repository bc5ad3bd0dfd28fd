"""What all commands share: options, talk on stderr, progress, the file that output goes to."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, TypeVar

import typer

from variorum.errors import SkipArticle, UsageError

if TYPE_CHECKING:
    from variorum.annotate.pipeline import AnnotateOptions
    from variorum.read import Notice
    from variorum.records import Story

T = TypeVar("T")

_SOURCES = typer.Argument(
    metavar="SOURCE...",
    help="Files (text, pages, JSON, tables, feeds, web archives), folders, http(s) addresses, - for stdin.",
    show_default=False,
)
Sources = Annotated[list[str], _SOURCES]
MaybeSources = Annotated[list[str] | None, _SOURCES]
Published = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="Date of publication (ISO 8601) of the sources that do not say."),
]
Outlet = Annotated[
    list[str] | None,
    typer.Option(metavar="[SOURCE=]NAME", help="Outlet of the sources that do not say, or of one of them."),
]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Fetch addresses on private and loopback networks too.")
]
FullText = Annotated[
    bool,
    typer.Option("--full-text", help="Fetch the pages behind feeds and bare addresses, where allowed."),
]
Columns = Annotated[
    str | None,
    typer.Option(metavar="FIELD=NAME,...", help="Fields of tables and JSON: text=body,title=headline."),
]
LibraryFile = Annotated[
    Path | None,
    typer.Option("--library", metavar="FILE", help="The library; default: in your data folder."),
]
OfOutlet = Annotated[str | None, typer.Option("--outlet", metavar="NAME", help="Only of this outlet.")]
Since = Annotated[str | None, typer.Option(metavar="DAY", help="Only what was published from this day on.")]
Until = Annotated[str | None, typer.Option(metavar="DAY", help="Only what was published up to this day.")]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, metavar="N", help="Processes to annotate with.")]
Pipeline = Annotated[
    str | None, typer.Option("--spacy", metavar="NAME", help="Another installed English spaCy pipeline.")
]
NoPager = Annotated[bool, typer.Option("--no-pager", help="Do not page long output.")]


_OF_FORMATS = (
    ".bmp .bz2 .csv .doc .docx .epub .gif .gz .htm .html .jpeg .jpg .json .jsonl .md .ndjson .odt .ods"
    " .parquet .pdf .png .ppt .pptx .rtf .svg .tex .tsv .txt .webp .xls .xlsx .xml .xz .yaml .yml .zip .zst"
)
"""Suffixes whose format everybody expects of a file that has them."""


def refuse_other_formats(path: Path | None, *written: str) -> None:
    """Refuse, before any work, a file's name that promises a format which the command does not write.

    Args:
        path: where the output is to go; None for stdout.
        written: the suffixes that the command writes.

    Raises:
        UsageError: for a suffix of any other format that is known; what is no such suffix says nothing.
    """
    if path is None or (given := path.suffix.lower()) in written or given not in _OF_FORMATS.split():
        return
    *others, last = written
    possible = f"{', '.join(others)} or {last}"
    raise UsageError(
        f"{path}: {given} cannot be written here; name a file with {possible}, or with no suffix"
    )


def _writable(path: Path | None) -> Path | None:
    """Refuse before any work what could not take the output when it is done."""
    if path is None:
        return None
    if path.is_dir():
        raise UsageError(f"{path}: is a folder; name a file")
    if path.exists() and not path.is_file():
        raise UsageError(f"{path}: is no regular file; without --output the output goes to stdout")
    if not os.access(path.parent, os.W_OK):
        missing = "may not be written to" if path.parent.is_dir() else "is not a folder"
        raise UsageError(f"{path}: cannot be written, for {path.parent} {missing}")
    return path


Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        callback=_writable,
        help="Write here; for a comparison .html and .json, for stories .csv and .jsonl set the format.",
    ),
]


def annotate_options(spacy: str | None, jobs: int) -> AnnotateOptions:
    """How to annotate, from the options of a command."""
    from variorum.annotate.pipeline import AnnotateOptions

    return AnnotateOptions(jobs=jobs) if spacy is None else AnnotateOptions(pipeline=spacy, jobs=jobs)


@contextmanager
def counter(done: str) -> Iterator[Callable[[int], None]]:
    """Shows a growing number on stderr while a person watches; a pipe or a log sees nothing of it."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed:,.0f} " + done), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("")
        yield lambda count: progress.update(task, completed=count)


def with_progress(items: Iterable[T]) -> Iterator[T]:
    """Count items as they pass."""
    with counter("read") as count:
        for number, item in enumerate(items, 1):
            count(number)
            yield item


class destination:  # noqa: N801  (reads as the function it stands for)
    """stdout, or a file that takes its name only when whole: a stopped run leaves no half of it."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._part = path.with_name(f".{path.name}.part") if path else None
        self._out: IO[str] = sys.stdout

    def __enter__(self) -> IO[str]:
        if self._part:
            try:
                self._out = self._part.open("w", encoding="utf-8", newline="")
            except OSError as e:
                raise UsageError(f"{self._path}: cannot be written ({e.strerror})") from e
        return self._out

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if not (self._path and self._part):
            return
        self._out.close()
        if kind is None:
            os.replace(self._part, self._path)
        else:
            self._part.unlink(missing_ok=True)


def say(message: str) -> None:
    """One line of talk on stderr; what hostile names carry in control characters is shown, not run."""
    safe = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in message)
    print(f"variorum: {safe}", file=sys.stderr)


def skipped(problem: SkipArticle) -> None:
    """Name an input that is left out."""
    say(f"skipped {problem}")


def notice(told: Notice) -> None:
    """Tell what a user should know of an input that was read."""
    say(str(told))


def tell_if_merged(handle: str, found: Story) -> None:
    """Tell that a story asked for by its former id is now part of another."""
    if not found.id.startswith(handle):
        say(f"story {handle} was merged: its articles are now in {found.id}")
