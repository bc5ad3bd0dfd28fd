"""The commands that read accounts and say what is in them: `compare` and `annotate`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from variorum.cli.console import (
    AllowPrivate,
    Columns,
    Jobs,
    LibraryFile,
    MaybeSources,
    NoPager,
    Outlet,
    Output,
    Pipeline,
    Published,
    Sources,
    annotate_options,
    destination,
    notice,
    refuse_other_formats,
    say,
    skipped,
    tell_if_merged,
    with_progress,
)
from variorum.errors import SkipArticle, UsageError

if TYPE_CHECKING:
    from variorum.annotate.pipeline import AnnotateOptions
    from variorum.compare.pipeline import CompareOptions
    from variorum.model import Annotation, Article, Comparison


class CompareFormat(StrEnum):
    """What `compare` writes."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


class AnnotateFormat(StrEnum):
    """What `annotate` writes."""

    JSONL = "jsonl"
    TEXT = "text"


COMPARISON_SUFFIXES = (".html", ".htm", ".json", ".txt")
"""What the name of a file may end in that a comparison is written to."""


def compare(
    sources: MaybeSources = None,
    output: Output = None,
    format_: Annotated[CompareFormat | None, typer.Option("--format", "-f", help="Default: text.")] = None,
    published: Published = None,
    outlet: Outlet = None,
    allow_private: AllowPrivate = False,
    columns: Columns = None,
    jobs: Jobs = 1,
    spacy: Pipeline = None,
    no_pager: NoPager = False,
    story: Annotated[
        str | None, typer.Option(metavar="ID", help="Compare a story of the library instead of sources.")
    ] = None,
    library: LibraryFile = None,
    cross_encoder: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Your own inference model (ONNX), for what no rule decides."),
    ] = None,
) -> None:
    """Read accounts of one event and lay them side by side."""
    if (story is None) is not bool(sources):
        raise UsageError("give sources to compare, or --story ID of the library: one of the two")
    refuse_other_formats(output, *COMPARISON_SUFFIXES)
    options = _compare_options(cross_encoder)
    batch = Batch(sources or [], published, outlet or [], allow_private, columns)
    if story is not None:
        annotations = _of_story(story, library, annotate_options(spacy, jobs))
    else:
        annotations = list(_annotations(batch, spacy, jobs))
        if not annotations:
            batch.finish(nothing="no account is left to compare")
    from variorum.compare.pipeline import compare_annotations

    write_comparison(compare_annotations(annotations, options), format_, output, page=not no_pager)
    if story is None:
        batch.finish()


def _of_story(handle: str, library: Path | None, options: AnnotateOptions) -> list[Annotation]:
    """The accounts of a story of the library; what is left out of it is told."""
    from variorum.library import Library

    with Library(library) as opened:
        found, members, _ = opened.story(handle)
        tell_if_merged(handle, found)
        accounts = opened.accounts(found.id)
        if older := len(members) - len(accounts):
            texts = "1 older text" if older == 1 else f"{older:,} older texts"
            say(f"{texts} of the same addresses left out; variorum versions URL has them")
        return list(opened.annotations([article.id for article in accounts], options))


def _compare_options(cross_encoder: Path | None) -> CompareOptions | None:
    """How to compare; a model that cannot be used is told before anything is read."""
    if cross_encoder is None:
        return None
    from variorum.compare.cross_encoder import loaded
    from variorum.compare.pipeline import CompareOptions

    loaded(cross_encoder)
    return CompareOptions(cross_encoder=cross_encoder)


def annotate(
    sources: Sources,
    output: Output = None,
    format_: Annotated[
        AnnotateFormat, typer.Option("--format", "-f", help="For programs, or for reading.")
    ] = AnnotateFormat.JSONL,
    published: Published = None,
    outlet: Outlet = None,
    allow_private: AllowPrivate = False,
    columns: Columns = None,
    jobs: Jobs = 1,
    spacy: Pipeline = None,
    no_pager: NoPager = False,
) -> None:
    """Say what each article claims, through whom and how firmly: one JSON line an article."""
    refuse_other_formats(output, ".jsonl", ".ndjson", ".json", ".txt")
    batch = Batch(sources, published, outlet or [], allow_private, columns)
    annotations = _annotations(batch, spacy, jobs)
    if format_ is AnnotateFormat.TEXT:
        from variorum.render.terminal import show_annotation

        with destination(output) as out:
            for annotation in annotations:
                show_annotation(annotation, out, page=not no_pager)
    else:
        from variorum.render.json import annotation_json, dumps

        with destination(output) as out:
            for annotation in annotations:
                out.write(dumps(annotation_json(annotation)) + "\n")
    batch.finish()


class Batch:
    """The inputs of one run: yields the articles that can be read, names and counts those that cannot."""

    def __init__(
        self,
        sources: list[str],
        published: str | None,
        outlets: list[str],
        allow_private: bool,
        columns: str | None = None,
    ) -> None:
        general = [o for o in outlets if "=" not in o]
        if len(general) > 1:
            raise UsageError("--outlet without a source can be given once; write --outlet SOURCE=NAME")
        self._sources = sources
        self._published, self._allow_private, self._columns = published, allow_private, columns
        self._general = next(iter(general), None)
        self._by_source = dict(_of_source(o, sources) for o in outlets if "=" in o)
        self.read = self.skipped = 0

    def articles(self) -> Iterator[Article]:
        """What can be read, as a stream."""
        from variorum.read import ReadOptions, read_all
        from variorum.read.options import parse_columns

        options = ReadOptions(
            published=self._published,
            outlet=self._general,
            allow_private=self._allow_private,
            columns=parse_columns(self._columns),
        )
        source = ""

        def sources() -> Iterator[str]:
            nonlocal source
            for source in self._sources:  # noqa: UP028  (the closure sees which one is being read)
                yield source

        for article in read_all(sources(), options, self._skip, notice):
            self.read += 1
            name = self._by_source.get(article.path or "") or self._by_source.get(_plain(source))
            yield replace(article, outlet=name) if name else article

    def _skip(self, problem: SkipArticle) -> None:
        self.skipped += 1
        skipped(problem)

    def finish(self, nothing: str = "nothing could be read") -> None:
        """Say what was left out, and end the command with the exit code that is due."""
        if self.skipped:
            say(f"{self.skipped} skipped, {self.read} read")
        if not self.read:
            say(nothing)
        if self.skipped or not self.read:
            raise typer.Exit(1)


def _of_source(given: str, sources: list[str]) -> tuple[str, str]:
    """The source and the name of SOURCE=NAME; addresses hold equals signs too, and so may names."""
    known = {_plain(source) for source in sources}
    for at in (n for n in range(len(given) - 1, 0, -1) if given[n] == "="):
        source, name = _plain(given[:at]), given[at + 1 :]
        if source in known or (os.path.exists(source) and any(str(p) in known for p in Path(source).parents)):
            return source, name
    raise UsageError(f"--outlet {given}: there is no such source among those given")


def _plain(source: str) -> str:
    """A source as articles name it: `./a.txt` is `a.txt`."""
    return source if "://" in source else str(Path(source))


def _annotations(batch: Batch, spacy: str | None, jobs: int) -> Iterator[Annotation]:
    from variorum.annotate.pipeline import annotate_all

    return with_progress(annotate_all(batch.articles(), annotate_options(spacy, jobs)))


def _format_of(output: Path | None) -> CompareFormat:
    if output is None:
        return CompareFormat.TEXT
    by_suffix = {".html": CompareFormat.HTML, ".htm": CompareFormat.HTML, ".json": CompareFormat.JSON}
    return by_suffix.get(output.suffix.lower(), CompareFormat.TEXT)


def write_comparison(
    comparison: Comparison, kind: CompareFormat | None, output: Path | None, page: bool
) -> None:
    """Write a comparison in the format asked for, or else the one that the file's name says."""
    kind = kind or _format_of(output)
    if kind is CompareFormat.TEXT:
        from variorum.render.terminal import show_comparison

        with destination(output) as out:
            show_comparison(comparison, out, page=page)
        return
    if kind is CompareFormat.HTML:
        from variorum.render.html import report

        text = report(comparison)
    else:
        from variorum.render.json import comparison_json, dumps

        text = dumps(comparison_json(comparison), indent=True) + "\n"
    with destination(output) as out:
        out.write(text)
