"""The parts of the terminal view, one method a part, drawn on a rich console."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from variorum.model import Annotation, Ref
from variorum.render.clean import visible
from variorum.render.timeline import TimeLine
from variorum.render.view import (
    Account,
    CaveatLine,
    Desk,
    Edition,
    NamingLine,
    OriginLine,
    PassageLine,
    Reading,
    SynopsisRow,
)

__all__ = ["Sheet"]

_TONE = {"contradict": "bold red", "compatible": "yellow", "agree": "green", "only": "blue"}
_SIGN = {"contradict": "≠", "compatible": "≈", "agree": "=", "single": "·"}
_SIGN_ASCII = {"contradict": "#", "compatible": "~", "agree": "=", "single": "."}
_FIRM = {"probable": "probable", "possible": "possible", "underspecified": "unstated"}
_SIDE_BY_SIDE = 36  # columns that one account needs to stand beside another
_WORDINGS = 6  # accounts of one row that are quoted; those beyond are named
_EACH = 3  # statements of one account that are quoted in one row; the number of others is told
_QUIET = "dim"


class Sheet:
    """Draws the parts of a view; every text that comes in is already made visible."""

    def __init__(self, console: Console, accounts: Sequence[Account]) -> None:
        self._console = console
        self._plain = not console.is_terminal or console.is_dumb_terminal
        self._unicode = console.encoding.lower().replace("-", "").startswith("utf")
        self._signs = _SIGN if self._unicode else _SIGN_ASCII
        self._indent = max((len(a.siglum) for a in accounts), default=1) + 2

    # the head

    def masthead(self, shown: Edition) -> None:
        """Who is laid side by side."""
        n = len(shown.accounts)
        title = "One account" if n == 1 else f"{n} accounts, side by side"
        self._console.print(Text.assemble(("VARIORUM", "bold"), f"  {title}"))
        self._console.print()
        for a in shown.accounts:
            facts = " · ".join(
                (a.published[:10] or "no date", f"{a.words} words", a.annotation.article.id[:8])
            )
            grid = self._grid()
            grid.add_row(
                self._siglum(a.siglum), Text.assemble((a.outlet, "bold"), (f"  {visible(facts)}", _QUIET))
            )
            grid.add_row("", Text(a.title, "italic" if a.title_is_opening else ""))
            self._console.print(grid)
        if shown.shares_little:
            self._console.print()
            share = f"{shown.overlap:.0%}"
            self._console.print(
                Text(
                    f"These accounts share little: another account states only {share} of what they say. "
                    "They may be about different events.",
                    "bold yellow",
                )
            )

    def legend(self, shown: Edition) -> None:
        """What the signs mean, with the number of each."""
        lines = (
            ("contradict", shown.count("contradict"), "contested", "both cannot be true as stated"),
            (
                "compatible",
                shown.count("compatible"),
                "compatible",
                "one fact, told with other precision or detail",
            ),
            ("agree", shown.count("agree"), "agreed", "the same statement"),
            ("single", len(shown.only), "told by one", "no other account has it"),
        )
        self._console.print()
        grid = Table.grid(padding=(0, 1))
        grid.add_column(justify="right", width=4)
        for verdict, count, name, meaning in lines:
            tone = _TONE.get(verdict, _TONE["only"])
            grid.add_row(
                Text(str(count), tone),
                Text(self._signs[verdict], tone),
                Text(name, tone),
                Text(meaning, _QUIET),
            )
        self._console.print(grid)
        marked = "*so*" if self._plain else "so"
        hedged = "_so_" if self._plain else "so"
        note = Text("     What a verdict turns on is marked ", _QUIET)
        note.append(marked, "bold underline")
        note.append("; hedges are marked ", _QUIET)
        note.append(hedged, "italic")
        note.append(".\n     No line below a wording: the account says it itself, as a fact.", _QUIET)
        self._console.print(note)

    def close(self) -> None:
        """The last line: what this is and is not."""
        self._console.print()
        self._console.print(
            Text("Quoted from the accounts, word for word. Nothing here says who is right.", _QUIET)
        )

    # between accounts

    def rows(self, heading: str, rows: Sequence[SynopsisRow], verdict: str) -> None:
        """Facts that several accounts state, all of one verdict."""
        if not rows:
            return
        self._heading(heading, len(rows), _TONE[verdict])
        for i, row in enumerate(rows):
            if i:
                self._console.print()
            self._row(row, _TONE[verdict])

    def _row(self, row: SynopsisRow, tone: str) -> None:
        origins = f"{row.independent_origins} independent origin{'s' if row.independent_origins != 1 else ''}"
        head = Text.assemble((f"{row.number:>3} ", "bold"), (self._signs[row.verdict], tone))
        head.append(
            f" {', '.join(row.aspects[:3])}{', …' if len(row.aspects) > 3 else ''}" if row.aspects else "",
            tone,
        )
        head.append(f"   {len(row.sigla)} accounts, {origins}", _QUIET)
        self._console.print(head)
        self._because(row)
        held = row.sigla[:_WORDINGS]
        width = self._console.width - 4
        if 1 < len(held) <= 3 and width // len(held) >= _SIDE_BY_SIDE:
            self._side_by_side(row, held, tone)
        else:
            for siglum in held:
                readings, more = _shown(row, siglum)
                for reading in readings:
                    self._reading(reading, tone, indent=4)
                if more:
                    self._console.print(Padding(Text(more, _QUIET), (0, 0, 0, 4 + self._indent)))
        if len(row.sigla) > _WORDINGS:
            self._console.print(
                Padding(Text("also " + ", ".join(row.sigla[_WORDINGS:]), _QUIET), (0, 0, 0, 4))
            )

    def _because(self, row: SynopsisRow) -> None:
        for reason in row.reasons[:_WORDINGS]:
            pairs = ", ".join(f"{a}:{b}" for a, b in reason.pairs[:3]) + (
                " …" if len(reason.pairs) > 3 else ""
            )
            grid = Table.grid(padding=(0, 2, 0, 0))
            grid.add_row(Text(pairs, _QUIET), Text(reason.text, "italic"))
            self._console.print(Padding(grid, (0, 0, 0, 4)))

    def _side_by_side(self, row: SynopsisRow, sigla: Sequence[str], tone: str) -> None:
        grid = Table.grid(padding=(0, 3, 0, 0), expand=True)
        for _ in sigla:
            grid.add_column(ratio=1)
        cells = []
        for siglum in sigla:
            cell = Table.grid(padding=(0, 1, 0, 0))
            cell.add_column(width=self._indent - 2)
            readings, more = _shown(row, siglum)
            for reading in readings:
                cell.add_row(self._siglum(siglum), self._words(reading, tone))
                if voice := self._voice(reading):
                    cell.add_row("", voice)
            if more:
                cell.add_row("", Text(more, _QUIET))
            cells.append(cell)
        grid.add_row(*cells)
        self._console.print(Padding(grid, (0, 0, 0, 4)))

    def only(self, readings: Sequence[Reading]) -> None:
        """What one account alone tells."""
        if not readings:
            return
        self._heading("Told by one account only", len(readings), _TONE["only"])
        for reading in readings:
            self._reading(reading, _TONE["only"])

    def caveats(self, lines: Sequence[CaveatLine]) -> None:
        """What the accounts say of their own knowledge."""
        if not lines:
            return
        self._heading("Caveats: what the accounts say of their own knowledge", len(lines))
        grid = self._grid()
        for line in lines:
            words = Text.assemble((f"{line.kind}: ", "bold"), line.reading.words)
            grid.add_row(self._siglum(line.reading.siglum), words)
        self._console.print(grid)

    def namings(self, lines: Sequence[NamingLine]) -> None:
        """How each account calls the parties."""
        if not lines:
            return
        self._heading("Namings: how each account calls the parties", len(lines))
        for line in (n for n in lines if not n.alike):
            self._console.print(Text(line.name, "bold"))
            grid = self._grid()
            for siglum in line.sigla:
                forms = [f for f in line.forms if f.siglum == siglum]
                text = Text()
                for i, form in enumerate(forms):
                    times = f" ×{len(form.readings)}" if len(form.readings) > 1 else ""
                    text.append(("" if i == 0 else " · ") + form.text)
                    text.append(times if self._unicode else times.replace("×", "x"), _QUIET)
                grid.add_row(self._siglum(siglum), text)
            self._console.print(Padding(grid, (0, 0, 0, 2)))
        self._run("Named alike", [(n.forms[0].text, n.sigla) for n in lines if n.alike])

    def _run(self, head: str, items: Sequence[tuple[str, Sequence[str]]]) -> None:
        """Names in running text, each with the accounts that have it."""
        if not items:
            return
        text = Text.assemble((f"{head}: ", "bold"))
        for i, (name, sigla) in enumerate(items):
            text.append(" · " if i else "")
            text.append(name)
            text.append(" " + " ".join(sigla), "bold cyan")
        self._console.print(text)

    def origins(self, lines: Sequence[OriginLine]) -> None:
        """Where statements come from in the end."""
        if not lines:
            return
        self._heading("Origins: where statements come from in the end", len(lines))
        shared = [o for o in lines if len(o.sigla) > 1] or list(lines)
        table = Table(box=None, show_edge=False, pad_edge=False, header_style=_QUIET)
        table.add_column("origin", ratio=1)
        table.add_column("kind")
        table.add_column("said", justify="right")
        table.add_column("accounts")
        for line in shared:
            kind = "shared text" if line.kind == "shared" else line.kind
            table.add_row(Text(line.name), kind, str(len(line.readings)), Text(" ".join(line.sigla), "bold"))
        self._console.print(table)
        alone = [o for o in lines if o not in shared]
        self._run("In one account only", [(o.name, o.sigla) for o in alone])

    def passages(self, lines: Sequence[PassageLine]) -> None:
        """Text that two accounts share; equal passages are printed once."""
        if not lines:
            return
        self._heading("Shared text", len(lines))
        for line in lines:
            same = line.a.words == line.b.words
            head = f"{line.a.siglum} and {line.b.siglum}: {line.similarity:.0%} equal words"
            self._console.print(Text(head, "bold"))
            grid = self._grid()
            for reading in (line.a,) if same else (line.a, line.b):
                mark = Text() if same else self._siglum(reading.siglum)
                grid.add_row(mark, self._words(reading, _TONE["contradict"]))
            self._console.print(grid)

    # in one account

    def claims(self, annotation: Annotation, desk: Desk) -> None:
        """What one account claims, through whom and how firmly."""
        if not annotation.claims:
            return
        self._heading("Claims: through whom, how firmly", len(annotation.claims))
        grid = Table.grid(padding=(0, 1, 0, 0))
        for n, claim in enumerate(annotation.claims, 1):
            reading = desk.reading(Ref(annotation.article.id, claim.span))
            grid.add_row(Text(str(n), _QUIET), self._words(reading, ""))
            if voice := self._voice(reading):
                grid.add_row("", voice)
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
                Text(what, _QUIET),
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
                grid.add_row(Text(line.value, "bold"), self._words(reading, ""))
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
            grid.add_row(Text(words, "bold"), Text(visible(p.name)), Text(at), Text(p.precision, _QUIET))
        self._console.print(grid)

    def names(self, annotation: Annotation) -> None:
        """Named parties, places and things, with the number of mentions."""
        if not annotation.entities:
            return
        count = Counter((e.name, e.label) for e in annotation.entities)
        self._heading("Names", len(count))
        grid = Table.grid(padding=(0, 2))
        for (name, label), mentions in count.items():
            grid.add_row(Text(visible(name), "bold"), Text(label, _QUIET), Text(f"{mentions}", _QUIET))
        self._console.print(grid)

    # small parts

    def _heading(self, text: str, count: int, style: str = "bold") -> None:
        self._console.print()
        title = Text.assemble((text, style if style != _QUIET else ""), (f"  {count}", _QUIET))
        self._console.print(Rule(title, align="left", style=_QUIET, characters="─" if self._unicode else "-"))

    def _grid(self) -> Table:
        grid = Table.grid(padding=(0, 1, 0, 0))
        grid.add_column(width=self._indent - 1)
        grid.add_column(ratio=1)
        return grid

    def _siglum(self, siglum: str) -> Text:
        return Text(siglum, "bold cyan")

    def _reading(self, reading: Reading, tone: str, indent: int = 0) -> None:
        grid = self._grid()
        grid.add_row(self._siglum(reading.siglum), self._words(reading, tone))
        if voice := self._voice(reading):
            grid.add_row("", voice)
        self._console.print(Padding(grid, (0, 0, 0, indent)))

    def _words(self, reading: Reading, tone: str) -> Text:
        text = Text()
        for piece in reading.pieces:
            style = " ".join(
                s
                for s in (f"bold underline {tone}" if piece.differs else "", "italic" if piece.hedge else "")
                if s
            )
            before = after = ""
            if self._plain:
                before = after = ("*" if piece.differs else "") + ("_" if piece.hedge else "")
            text.append(before + piece.text + after[::-1], style.replace("bold bold", "bold"))
        return text

    def _voice(self, reading: Reading) -> Text | None:
        """Who says it and how firmly; None for what the account itself says as a fact."""
        firm = [_FIRM[reading.certainty]] if reading.certainty in _FIRM else []
        firm += ["negated"] if reading.polarity == "negative" else []
        parts = [reading.voice or ("in its own voice" if firm else ""), *firm]
        text = " · ".join(p for p in parts if p)
        return Text(text, _QUIET) if text else None


def _shown(row: SynopsisRow, siglum: str) -> tuple[list[Reading], str]:
    """The readings of one account that are quoted in a row, and what to say of the others."""
    held = [r for r in row.readings if r.siglum == siglum]
    left = len(held) - _EACH
    return held[:_EACH], f"and {left} more" if left > 0 else ""
