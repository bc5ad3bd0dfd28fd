"""The parts of the terminal view of one article alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from variorum.model import Annotation, Ref
from variorum.render.clean import visible
from variorum.render.sheet import QUIET, Sheet
from variorum.render.timeline import TimeLine
from variorum.render.view import Desk

__all__ = ["ArticleSheet"]


class ArticleSheet(Sheet):
    """Draws what was found in one article, one method a part."""

    def claims(self, annotation: Annotation, desk: Desk) -> None:
        """What one account claims, through whom and how firmly."""
        if not annotation.claims:
            return
        self._heading("Claims: through whom, how firmly", len(annotation.claims))
        grid = Table.grid(padding=(0, 1, 0, 0))
        for n, claim in enumerate(annotation.claims, 1):
            reading = desk.reading(Ref(annotation.article.id, claim.span))
            grid.add_row(Text(str(n), QUIET), self._words(reading, ""))
            if voice := self._voice(reading):
                grid.add_row("", voice)
        self._console.print(grid)

    def attributions(self, annotation: Annotation) -> None:
        """Who says what in which words, and what decided that: the tagger (`model`) or the rule named."""
        if not annotation.attributions:
            return
        self._heading("Attributions: who says what, and what decided it", len(annotation.attributions))
        text = annotation.article.text
        grid = Table.grid(padding=(0, 1, 0, 0))
        for n, a in enumerate(annotation.attributions, 1):
            who = a.speaker or f"({a.unresolved or 'source not named'})"
            cue, content = (" … ".join(s.of(text) for s in spans) for spans in (a.cue, a.content))
            held = "" if a.parent is None else f", inside {a.parent + 1}"
            line = Text(visible(who), "bold").append(f" {visible(cue)} ", QUIET).append(visible(content))
            grid.add_row(Text(str(n), QUIET), line)
            grid.add_row("", Text(f"{a.kind}, by {a.by}{held}", QUIET))
        self._console.print(grid)

    def quantities(self, annotation: Annotation) -> None:
        """Numbers as the ranges that they leave open."""
        if not annotation.quantities:
            return
        self._heading("Quantities", len(annotation.quantities))
        grid = Table.grid(padding=(0, 2))
        for q in annotation.quantities:
            low, high = ("…" if v is None else f"{v:,.10g}" for v in (q.min, q.max))
            bounds = low if low == high else f"{low} to {high}"
            what = " ".join(visible(w) for w in (q.unit, q.of) if w)
            grid.add_row(
                Text(visible(q.span.of(annotation.article.text)), "bold"),
                Text(("about " if q.approximate else "") + bounds),
                Text(what, QUIET),
            )
        self._console.print(grid)

    def times(self, lines: Sequence[TimeLine]) -> None:
        """Times in the order of the calendar."""
        if not lines:
            return
        self._heading("Times", len(lines))
        grid = Table.grid(padding=(0, 2))
        for line in lines:
            for reading in line.readings:
                grid.add_row(Text(line.label, "bold"), self._words(reading, ""))
        self._console.print(grid)

    def places(self, annotation: Annotation) -> None:
        """Toponyms and what they were resolved to."""
        if not annotation.places:
            return
        self._heading("Places", len(annotation.places))
        grid = Table.grid(padding=(0, 2))
        for p in annotation.places:
            at = "not resolved" if p.lat is None or p.lon is None else f"{p.lat:.2f}, {p.lon:.2f}"
            words = visible(p.span.of(annotation.article.text))
            grid.add_row(Text(words, "bold"), Text(visible(p.name)), Text(at), Text(p.precision, QUIET))
        self._console.print(grid)

    def names(self, annotation: Annotation) -> None:
        """Named parties, places and things, with the number of mentions."""
        if not annotation.entities:
            return
        count = Counter((e.name, e.label) for e in annotation.entities)
        self._heading("Names", len(count))
        grid = Table.grid(padding=(0, 2))
        for (name, label), mentions in count.items():
            grid.add_row(Text(visible(name), "bold"), Text(label, QUIET), Text(f"{mentions}", QUIET))
        self._console.print(grid)
