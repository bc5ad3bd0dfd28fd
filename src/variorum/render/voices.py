"""Who says a claim, as a line that a reader can check against the text."""

from __future__ import annotations

from variorum.model import Annotation, Attribution, Span
from variorum.render.clean import visible

__all__ = ["voice"]

_DEEPEST = 4  # attributions inside one another that are told; prose has two, seldom three


def voice(annotation: Annotation, index: int | None) -> str | None:
    """The chain of attribution from the one who says it outward: “the ministry, “said””.

    Args:
        annotation: the article.
        index: the innermost attribution, or None for the account's own voice.

    Returns:
        None where the account says it itself; else each speaker with the cue's exact words in quotation
        marks, joined by "via".
    """
    links: list[str] = []
    seen: set[int] = set()
    while index is not None and index not in seen and len(links) < _DEEPEST:
        seen.add(index)
        attribution = annotation.attributions[index]
        links.append(_link(annotation.article.text, attribution))
        index = attribution.parent
    return visible(", via ".join(links)) if links else None


def _link(text: str, attribution: Attribution) -> str:
    source = attribution.speaker or _words(text, attribution.source) or "source not named"
    cue = _words(text, attribution.cue)
    return f"{source} “{cue}”" if cue else source


def _words(text: str, spans: tuple[Span, ...]) -> str:
    return " … ".join(s.of(text) for s in spans if len(s))
