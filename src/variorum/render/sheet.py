"""The parts of the terminal view, one method a part, drawn on a rich console."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from variorum.model import Verdict
from variorum.render.clean import visible
from variorum.render.lines import FormLine, NamingLine, OmissionLine
from variorum.render.view import (
    Account,
    CaveatLine,
    Edition,
    OriginLine,
    PassageLine,
    Reading,
    SynopsisRow,
)

__all__ = ["Sheet"]

_TONE = {"contradict": "bold red", "compatible": "yellow", "agree": "green", "only": "blue"}
_SIGN = {"contradict": "≠", "compatible": "≈", "agree": "=", "only": "·"}
_SIGN_ASCII = {"contradict": "#", "compatible": "~", "agree": "=", "only": "."}
_FIRM = {"probable": "probable", "possible": "possible", "underspecified": "unstated"}
_SIDE_BY_SIDE = 36  # columns that one account needs to stand beside another
_WORDINGS = 6  # accounts of one row that are quoted; those beyond are named
_EACH = 3  # statements of one account that are quoted in one row; the number of others is told
QUIET = "dim"


class Sheet:
    """Draws the parts of a view; every text that comes in is already made visible."""

    def __init__(self, console: Console, accounts: Sequence[Account]) -> None:
        self._console = console
        self._plain = not console.is_terminal or console.is_dumb_terminal
        self._unicode = console.encoding.lower().replace("-", "").startswith("utf")
        self._signs = _SIGN if self._unicode else _SIGN_ASCII
        self._arrow = " › " if self._unicode else " > "
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
                (
                    a.published[:10] or "no date",
                    f"{a.words:,} {'word' if a.words == 1 else 'words'}",
                    a.annotation.article.id[:8],
                )
            )
            grid = self._grid()
            grid.add_row(
                self._siglum(a.siglum), Text.assemble((a.outlet, "bold"), (f"  {visible(facts)}", QUIET))
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
        lines: tuple[tuple[Verdict | Literal["only"], str, str], ...] = (
            ("contradict", "contested", "the wordings conflict, or one overtakes the other"),
            (
                "compatible",
                "compatible",
                "no conflict found: other precision, more detail, perhaps another fact",
            ),
            ("agree", "agreed", "the same statement"),
            ("only", "told by one", "found in no other account"),
        )
        self._console.print()
        grid = Table.grid(padding=(0, 1))
        grid.add_column(justify="right", width=4)
        for verdict, name, meaning in lines:
            count = len(shown.only) if verdict == "only" else shown.count(verdict)
            tone = _TONE[verdict]
            grid.add_row(
                Text(str(count), tone),
                Text(self._signs[verdict], tone),
                Text(name, tone),
                Text(meaning, QUIET),
            )
        self._console.print(grid)
        marked = "*so*" if self._plain else "so"
        hedged = "_so_" if self._plain else "so"
        note = Text("     What a verdict turns on is marked ", QUIET)
        note.append(marked, "bold underline")
        note.append("; hedges are marked ", QUIET)
        note.append(hedged, "italic")
        note.append(".\n     No line below a wording: the account says it itself, as a fact.", QUIET)
        self._console.print(note)

    def close(self) -> None:
        """The last line: what this is and is not."""
        self._console.print()
        self._console.print(
            Text("Quoted from the accounts, word for word. Nothing here says who is right.", QUIET)
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
        head.append(f"   {len(row.sigla)} accounts, {origins}", QUIET)
        self._console.print(head)
        self._because(row)
        self._sources(row)
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
                    self._console.print(Padding(Text(more, QUIET), (0, 0, 0, 4 + self._indent)))
        if len(row.sigla) > _WORDINGS:
            self._console.print(
                Padding(Text("also " + ", ".join(row.sigla[_WORDINGS:]), QUIET), (0, 0, 0, 4))
            )

    def _because(self, row: SynopsisRow) -> None:
        for reason in row.reasons[:_WORDINGS]:
            pairs = ", ".join(f"{a}:{b}" for a, b in reason.pairs[:3]) + (
                " …" if len(reason.pairs) > 3 else ""
            )
            grid = Table.grid(padding=(0, 2, 0, 0))
            grid.add_row(Text(pairs, QUIET), Text(reason.text, "italic"))
            self._console.print(Padding(grid, (0, 0, 0, 4)))

    def _sources(self, row: SynopsisRow) -> None:
        """Where a row comes from, where that is not the accounts themselves alone."""
        if all(s.kind == "outlet" for s in row.sources):
            return
        for source in row.sources[:_WORDINGS]:
            text = Text.assemble(("from ", QUIET), (source.name, "bold"), (f" ({source.kind}): ", QUIET))
            for n, (siglum, way) in enumerate(source.ways[:_WORDINGS]):
                text.append(", " if n else "", QUIET)
                text.append(siglum, "bold cyan")
                text.append(f" through {self._arrow.join(way)}" if way else "", QUIET)
            text.append(" …" if len(source.ways) > _WORDINGS else "", QUIET)
            self._console.print(Padding(text, (0, 0, 0, 4)))

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
                cell.add_row("", Text(more, QUIET))
            cells.append(cell)
        grid.add_row(*cells)
        self._console.print(Padding(grid, (0, 0, 0, 4)))

    def only(self, shown: Edition) -> None:
        """What one account alone tells, with what it bears."""
        if not shown.only:
            return
        self._heading("Told by one account only, the weightiest first", len(shown.only), _TONE["only"])
        for reading in shown.only:
            self._reading(reading, _TONE["only"])
            parts = [f"partly in row {n}" for n in shown.partly.get(reading.ref, ())]
            if notes := (*shown.bears.get(reading.ref, ()), *parts):
                self._console.print(Padding(Text(" · ".join(notes), QUIET), (0, 0, 0, self._indent)))

    def omissions(self, lines: Sequence[OmissionLine]) -> None:
        """What others tell and one account does not."""
        if not lines:
            return
        self._heading("Left out: what two others or more tell", sum(len(o.facts) + o.more for o in lines))
        for line in lines:
            self._console.print(Text.assemble((line.siglum, "bold cyan"), (" has nothing on", QUIET)))
            grid = self._grid()
            for fact in line.facts:
                words = self._words(fact.reading, _TONE["only"])
                told = " · ".join((" ".join(fact.sigla), *fact.bears))
                grid.add_row("", words.append(f"  {told}", QUIET))
            if line.more:
                grid.add_row("", Text(f"and {line.more} more", QUIET))
            self._console.print(grid)

    def caveats(self, lines: Sequence[CaveatLine]) -> None:
        """What the accounts say of their own knowledge."""
        if not lines:
            return
        self._heading("Caveats: what the accounts say of their own knowledge", len(lines))
        grid = self._grid()
        for line in lines:
            words = Text.assemble((f"{', '.join(line.kinds)}: ", "bold"), line.reading.words)
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
                    text.append(times if self._unicode else times.replace("×", "x"), QUIET)
                grid.add_row(self._siglum(siglum), text)
                if near := _near(forms):
                    grid.add_row("", Text(f"near: {near}", QUIET))
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
        table = Table(box=None, show_edge=False, pad_edge=False, header_style=QUIET)
        table.add_column("origin", ratio=1)
        table.add_column("kind")
        table.add_column("said", justify="right")
        table.add_column("accounts")
        for line in shared:
            table.add_row(
                Text(line.name), line.kind, str(len(line.readings)), Text(" ".join(line.sigla), "bold")
            )
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

    # small parts

    def _heading(self, text: str, count: int, style: str = "bold") -> None:
        self._console.print()
        title = Text.assemble((text, style if style != QUIET else ""), (f"  {count}", QUIET))
        self._console.print(Rule(title, align="left", style=QUIET, characters="─" if self._unicode else "-"))

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
        own = "in its own voice" if firm and not reading.tells_voice else ""
        parts = [reading.voice or own, *firm]
        text = " · ".join(p for p in parts if p)
        return Text(text, QUIET) if text else None


def _near(forms: Sequence[FormLine]) -> str:
    """The loaded words near some forms; those of somebody's speech stand in marks."""
    count = Counter(
        f"“{reading.words}”" if said_by else reading.words
        for reading, said_by in dict.fromkeys(word for form in forms for word in form.loaded)
    )
    return ", ".join(f"{word} ({n})" if n > 1 else word for word, n in count.items())


def _shown(row: SynopsisRow, siglum: str) -> tuple[list[Reading], str]:
    """The readings of one account that are quoted in a row, and what to say of the others."""
    held = [r for r in row.readings if r.siglum == siglum]
    left = len(held) - _EACH
    return held[:_EACH], f"and {left} more" if left > 0 else ""
