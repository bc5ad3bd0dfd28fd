"""The terminal view: contested facts first, every wording exact, readable without colour at 80 columns."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from typing import IO, TYPE_CHECKING

from variorum.model import Annotation, Comparison
from variorum.render.clean import for_encoding
from variorum.render.timeline import timeline
from variorum.render.view import Desk, edition

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["print_annotation", "print_comparison", "show_annotation", "show_comparison"]

_TRAILING = re.compile(r"(?<! ) +$", re.MULTILINE)


def show_comparison(comparison: Comparison, out: IO[str], page: bool = True) -> None:
    """Write the view to a stream; a terminal shows it through the pager where it is longer than the screen.

    The stream's own encoding is kept to: what it lacks is written as an escape.

    Args:
        comparison: what to show.
        out: a text stream, usually `sys.stdout`.
        page: whether a pager may be used; it never is where `out` is no terminal.
    """
    _show(lambda console: print_comparison(comparison, console), out, page)


def show_annotation(annotation: Annotation, out: IO[str], page: bool = True) -> None:
    """Write one article's view to a stream, as `show_comparison` does."""
    _show(lambda console: print_annotation(annotation, console), out, page)


def print_comparison(comparison: Comparison, console: Console) -> None:
    """Print accounts side by side on a rich console, as wide as it is, without a pager."""
    from variorum.render.sheet import Sheet

    shown = edition(comparison)
    sheet = Sheet(console, shown.accounts)
    sheet.masthead(shown)
    if len(shown.accounts) > 1:
        sheet.legend(shown)
        sheet.rows("Contested", [r for r in shown.rows if r.verdict == "contradict"], "contradict")
        sheet.rows("Compatible", [r for r in shown.rows if r.verdict == "compatible"], "compatible")
        sheet.rows("Agreed", [r for r in shown.rows if r.verdict == "agree"], "agree")
        sheet.omissions(shown.omissions)
        sheet.only(shown)
    sheet.caveats(shown.caveats)
    sheet.namings(shown.namings)
    sheet.origins(shown.origins)
    sheet.passages(shown.passages)
    sheet.close()


def print_annotation(annotation: Annotation, console: Console) -> None:
    """Print what was found in one article on a rich console."""
    from variorum.render.article_sheet import ArticleSheet

    shown = edition(Comparison((annotation,)))
    desk = Desk((annotation,))
    sheet = ArticleSheet(console, shown.accounts)
    sheet.masthead(shown)
    sheet.claims(annotation, desk)
    sheet.attributions(annotation)
    sheet.caveats(shown.caveats)
    sheet.quantities(annotation)
    sheet.times(timeline(desk))
    sheet.places(annotation)
    sheet.names(annotation)


def _show(print_on: Callable[[Console], None], out: IO[str], page: bool) -> None:
    from rich.console import Console

    console = Console(file=out, highlight=False, emoji=False, markup=False, soft_wrap=False)
    with console.capture() as captured:
        print_on(console)
    text = _TRAILING.sub("", captured.get())
    text = for_encoding(text, getattr(out, "encoding", None) or "utf-8")
    if page and console.is_terminal and text.count("\n") >= console.height and _paged(text):
        return
    out.write(text)


def _paged(text: str) -> bool:
    """Show the text in `$PAGER`, or in less where there is one; False where neither runs."""
    chosen = os.environ.get("PAGER")
    try:
        command = shlex.split(chosen) if chosen is not None else ["less"]
    except ValueError:  # a quotation mark that is never closed
        return False
    if not command or not shutil.which(command[0]):
        return False
    # less shows colours only when told to, and must leave the text on the screen when it ends
    environment = {"LESS": "FRX"} | os.environ
    try:
        subprocess.run(command, input=text.encode("utf-8", "replace"), env=environment, check=False)
    except (OSError, BrokenPipeError):
        return False
    return True
