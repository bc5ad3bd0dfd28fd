"""The markup that occurs thousands of times in a report, built here because a template would be slow at it.

Every word of an article goes through `escape`.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from variorum.render.fulltext import Token
from variorum.render.view import Reading

__all__ = ["paragraph", "quote", "said"]

_FIRM = {
    "certain": "● certain",
    "probable": "◐ probable",
    "possible": "○ possible",
    "underspecified": "◌ unstated",
}


def quote(reading: Reading) -> Markup:
    """A reading's words, marked, as a link to their place in the full text."""
    parts = [f'<a class="quote" href="#{reading.anchor}"><bdi>']
    for piece in reading.pieces:
        words = str(escape(piece.text))
        if piece.hedge:
            words = f'<i class="hedge">{words}</i>'
        if piece.differs:
            words = f'<b class="differs">{words}</b>'
        parts.append(words)
    parts.append("</bdi></a>")
    return Markup("".join(parts))


def said(reading: Reading) -> Markup:
    """Who says it and how firmly; nothing where no claim stands."""
    if reading.certainty is None:
        return Markup("")
    voice = f"<bdi>{escape(reading.voice)}</bdi> " if reading.voice else "<span>in its own voice</span> "
    voice = "" if reading.tells_voice else voice
    sign, word = _FIRM[reading.certainty].split()
    firm = f'<span class="firm c-{reading.certainty}"><span aria-hidden="true">{sign}</span> {word}</span>'
    if reading.polarity == "negative":
        firm += ' <span class="firm negated"><span aria-hidden="true">¬</span> negated</span>'
    return Markup(f'<span class="said">{voice}{firm}</span>')


def paragraph(tokens: Iterable[Token], siglum: str) -> Markup:
    """A paragraph of a full text: places with their names, claims with the numbers of their entries."""
    parts: list[str] = []
    for token in tokens:
        mark = token.mark
        if token.type == "text":
            parts.append(str(escape(token.text)))
        elif token.type == "open":
            name = f' id="{siglum}.{token.span.start}.{token.span.end}"' if token.first else ""
            kind = f"claim {mark.kind}" if mark.kind else "at"
            to = f' data-to="{mark.target}"' if mark.target else ""
            parts.append(f'<span{name} class="{kind}"{to}>')
        else:
            if token.last and mark.label:
                label = f'aria-label="Entry {mark.label}"'
                parts.append(f'<a class="ref" href="#{mark.target}" {label}>{mark.label}</a>')
            parts.append("</span>")
    return Markup("".join(parts))
