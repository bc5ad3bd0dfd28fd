"""The report: one HTML file that needs nothing else, and in which nothing of an article can act.

Three things keep hostile text inert. Every word goes through Jinja's escaping. The content security policy
allows the one script and the one style sheet in the file, by their hashes, and nothing from elsewhere.
Addresses are printed, never linked.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from itertools import chain
from typing import TYPE_CHECKING

from variorum.model import Comparison, Span
from variorum.render.atlas import PlaceLine, atlas
from variorum.render.chart import chart
from variorum.render.fulltext import Mark, Token, full_text
from variorum.render.timeline import TimeLine, timeline
from variorum.render.view import Account, Desk, Edition, Reading, edition

if TYPE_CHECKING:
    from jinja2 import Template

__all__ = ["report"]

_WIDE = 4  # accounts that a table's columns hold on a screen; more begin as cards


@dataclass(frozen=True, slots=True)
class _Text:
    """One account's text, laid out: a list of tokens a paragraph."""

    account: Account
    paragraphs: list[list[Token]]


def report(comparison: Comparison) -> str:
    """The comparison as one self-contained HTML document; the same text for the same comparison, always.

    It carries the texts of all accounts, opens no connection, and reads without JavaScript.
    """
    desk = Desk(comparison.articles)
    shown, times, places = edition(comparison), timeline(desk), atlas(desk)
    marks = _marks(shown, times, places)
    style, script = _style(), _asset("report.js")
    return _template().render(
        edition=shown,
        by_siglum={a.siglum: a for a in shown.accounts},
        only=_by_account(shown.only),
        texts=[_Text(a, full_text(a.annotation.article.text, marks[a.siglum])) for a in desk.accounts],
        times=times,
        places=places,
        chart=chart(places),
        as_cards=len(shown.accounts) > _WIDE,
        style=style,
        script=script,
        policy=_policy(style, script),
        version=version("variorum"),
    )


def _by_account(readings: Iterable[Reading]) -> dict[str, list[Reading]]:
    grouped: dict[str, list[Reading]] = {}
    for reading in readings:
        grouped.setdefault(reading.siglum, []).append(reading)
    return grouped


def _marks(
    shown: Edition, times: tuple[TimeLine, ...], places: tuple[PlaceLine, ...]
) -> dict[str, dict[Span, Mark]]:
    """What is marked in each account's text, and every place that some table leads to.

    The first to claim a span wins: rows, then what one account alone says, then caveats.
    """
    marks: dict[str, dict[Span, Mark]] = {a.siglum: {} for a in shown.accounts}
    plain = Mark()

    def lay(reading: Reading, mark: Mark = plain) -> None:
        marks[reading.siglum].setdefault(reading.ref.span, mark)

    for row in shown.rows:
        for reading in row.readings:
            lay(reading, Mark(row.verdict, str(row.number), f"r{row.number}"))
    for siglum, alone in _by_account(shown.only).items():
        for n, reading in enumerate(alone, 1):
            lay(reading, Mark("only", f"{siglum}{n}", f"o-{siglum}{n}"))
    for caveat in shown.caveats:
        lay(caveat.reading, Mark("caveat", "※", f"v.{caveat.reading.anchor}"))
    for passage in shown.passages:
        lay(passage.a, Mark("passage"))
        lay(passage.b, Mark("passage"))
    forms = ((*f.readings, *(word for word, _ in f.loaded)) for n in shown.namings for f in n.forms)
    others = (line.readings for lines in (shown.origins, times, places) for line in lines)
    for reading in chain.from_iterable(chain(others, forms)):
        lay(reading)
    return marks


def _policy(style: str, script: str) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_hash(style)}'",
            f"script-src '{_hash(script)}'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(source: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()


@cache
def _style() -> str:
    """The style sheet: the dark palette and the card layout each stand in it wherever they apply."""
    dark, cards = _asset("dark.css"), _asset("cards.css")
    return "\n".join(
        (
            _asset("report.css"),
            f"@media (prefers-color-scheme: dark) {{ :root:not([data-theme=light]) {{\n{dark}}} }}",
            f":root[data-theme=dark] {{\n{dark}}}",
            f"@media screen and (max-width: 52rem) {{ .synopsis {{\n{cards}}} }}",
            f".synopsis.cards {{\n{cards}}}",
            f"@media print {{ .synopsis {{\n{cards}}} }}",
            _asset("print.css"),
        )
    )


@cache
def _asset(name: str) -> str:
    return files("variorum.render").joinpath("templates", name).read_text("utf-8")


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    from variorum.render.markup import paragraph, quote, said

    environment = Environment(
        loader=PackageLoader("variorum.render"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.globals |= {"quote": quote, "said": said, "paragraph": paragraph}
    return environment.get_template("report.html")
