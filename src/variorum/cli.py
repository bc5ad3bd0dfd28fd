"""The command line: arguments in, one library call, printing out.

stdout carries data, stderr talk. Exit codes: 0 all went well, 1 some input was skipped, 2 wrong usage,
130 stopped by the user. Heavy modules are imported inside the commands that need them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, NoReturn, TypeVar

import typer

from variorum.errors import SkipArticle, UsageError, VariorumError

if TYPE_CHECKING:
    from variorum.model import Annotation, Article, Comparison
    from variorum.read import Notice

T = TypeVar("T")

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Lay the accounts of one event side by side: who claims what, how firmly, and where they differ.",
)


class CompareFormat(StrEnum):
    """What `compare` writes."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


class AnnotateFormat(StrEnum):
    """What `annotate` writes."""

    JSONL = "jsonl"
    TEXT = "text"


Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE...",
        help="Files (.txt .md .html .json .jsonl, also .gz), folders, http(s) addresses, - for stdin.",
        show_default=False,
    ),
]
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
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, metavar="N", help="Processes to annotate with.")]
Pipeline = Annotated[
    str | None, typer.Option("--spacy", metavar="NAME", help="Another installed English spaCy pipeline.")
]
NoPager = Annotated[bool, typer.Option("--no-pager", help="Do not page long output.")]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write here; .html and .json set the format."),
]


def _version(value: bool) -> None:
    if value:
        from importlib.metadata import version

        typer.echo(f"variorum {version('variorum')}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None: ...


@app.command()
def compare(
    sources: Sources,
    output: Output = None,
    format_: Annotated[CompareFormat | None, typer.Option("--format", "-f", help="Default: text.")] = None,
    published: Published = None,
    outlet: Outlet = None,
    allow_private: AllowPrivate = False,
    jobs: Jobs = 1,
    spacy: Pipeline = None,
    no_pager: NoPager = False,
) -> None:
    """Read accounts of one event and lay them side by side."""
    kind = format_ or _format_of(output)
    batch = _Batch(sources, published, outlet or [], allow_private)
    annotations = list(_annotations(batch, spacy, jobs))
    if not annotations:
        batch.finish(nothing="no account is left to compare")
    from variorum.compare.pipeline import compare_annotations

    _write_comparison(compare_annotations(annotations), kind, output, page=not no_pager)
    batch.finish()


@app.command()
def annotate(
    sources: Sources,
    output: Output = None,
    format_: Annotated[
        AnnotateFormat, typer.Option("--format", "-f", help="For programs, or for reading.")
    ] = AnnotateFormat.JSONL,
    published: Published = None,
    outlet: Outlet = None,
    allow_private: AllowPrivate = False,
    jobs: Jobs = 1,
    spacy: Pipeline = None,
    no_pager: NoPager = False,
) -> None:
    """Say what each article claims, through whom and how firmly: one JSON line an article."""
    batch = _Batch(sources, published, outlet or [], allow_private)
    annotations = _annotations(batch, spacy, jobs)
    if format_ is AnnotateFormat.TEXT:
        from variorum.render.terminal import show_annotation

        with _destination(output) as out:
            for annotation in annotations:
                show_annotation(annotation, out, page=not no_pager)
    else:
        from variorum.render.json import annotation_json, dumps

        with _destination(output) as out:
            for annotation in annotations:
                out.write(dumps(annotation_json(annotation)) + "\n")
    batch.finish()


class _Batch:
    """The inputs of one run: yields the articles that can be read, names and counts those that cannot."""

    def __init__(
        self, sources: list[str], published: str | None, outlets: list[str], allow_private: bool
    ) -> None:
        by_source = dict(o.split("=", 1) for o in outlets if o.split("=", 1)[0] in sources and "=" in o)
        general = [o for o in outlets if o.split("=", 1)[0] not in sources]
        if len(general) > 1:
            raise UsageError("--outlet without a source can be given once; write --outlet SOURCE=NAME")
        self._sources = sources
        self._published, self._allow_private = published, allow_private
        self._general, self._by_source = next(iter(general), None), by_source
        self.read = self.skipped = 0

    def articles(self) -> Iterator[Article]:
        from variorum.read import ReadOptions, read_all

        options = ReadOptions(
            published=self._published, outlet=self._general, allow_private=self._allow_private
        )
        for article in read_all(self._sources, options, self._skip, self._notice):
            self.read += 1
            yield self._named(article)

    def _named(self, article: Article) -> Article:
        name = self._by_source.get(article.path or "")
        return replace(article, outlet=name) if name else article

    def _skip(self, skipped: SkipArticle) -> None:
        self.skipped += 1
        say(f"skipped {skipped}")

    def _notice(self, notice: Notice) -> None:
        say(f"{notice.where}: {notice.what}" + (f" ({notice.advice})" if notice.advice else ""))

    def finish(self, nothing: str = "nothing could be read") -> None:
        """Say what was left out, and end the command with the exit code that is due."""
        if self.skipped:
            say(f"{self.skipped} skipped, {self.read} read")
        if not self.read:
            say(nothing)
        if self.skipped or not self.read:
            raise typer.Exit(1)


def _annotations(batch: _Batch, spacy: str | None, jobs: int) -> Iterator[Annotation]:
    from variorum.annotate.pipeline import AnnotateOptions, annotate_all

    options = AnnotateOptions(jobs=jobs) if spacy is None else AnnotateOptions(pipeline=spacy, jobs=jobs)
    return _with_progress(annotate_all(batch.articles(), options))


def _with_progress(items: Iterable[T]) -> Iterator[T]:
    """Count on stderr while a person watches; a pipe or a log sees nothing of it."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed:.0f} read"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("")
        for item in items:
            progress.advance(task)
            yield item


def _format_of(output: Path | None) -> CompareFormat:
    if output is None:
        return CompareFormat.TEXT
    by_suffix = {".html": CompareFormat.HTML, ".htm": CompareFormat.HTML, ".json": CompareFormat.JSON}
    return by_suffix.get(output.suffix.lower(), CompareFormat.TEXT)


def _write_comparison(comparison: Comparison, kind: CompareFormat, output: Path | None, page: bool) -> None:
    if kind is CompareFormat.TEXT:
        from variorum.render.terminal import show_comparison

        with _destination(output) as out:
            show_comparison(comparison, out, page=page)
        return
    if kind is CompareFormat.HTML:
        from variorum.render.html import report

        text = report(comparison)
    else:
        from variorum.render.json import comparison_json, dumps

        text = dumps(comparison_json(comparison), indent=True) + "\n"
    with _destination(output) as out:
        out.write(text)


class _destination:  # noqa: N801  (reads as the function it stands for)
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


def main() -> NoReturn:
    """Run the command line and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Callable[..., None] | None = getattr(stream, "reconfigure", None)
        if reconfigure:  # article text may hold lone surrogates, and terminals other encodings than UTF-8
            reconfigure(errors="backslashreplace")
    try:
        app()
    except VariorumError as e:
        say(str(e))
        sys.exit(1 if isinstance(e, SkipArticle) else 2)
    except KeyboardInterrupt:
        say("stopped")
        sys.exit(130)
    except BrokenPipeError:
        # the reader has what it wanted; without this the interpreter complains again when it flushes at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
    sys.exit(0)
