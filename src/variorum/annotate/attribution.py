"""Who says what: the rules' findings and the tagger's, joined, nested, with kinds and speakers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from variorum.annotate.attribution_rules import raw_findings
from variorum.annotate.attribution_rules.findings import to_attribution
from variorum.annotate.attribution_rules.quoted import with_quotations
from variorum.annotate.attribution_rules.reading import read
from variorum.annotate.contents import parents_of
from variorum.annotate.document import Document
from variorum.annotate.joining import joined
from variorum.annotate.nesting import nested
from variorum.annotate.speakers import with_speakers
from variorum.model import Attribution, Entity, Kind, Quotation, Span

if TYPE_CHECKING:
    from variorum.annotate.tagger import Tagged

Tagger = Callable[[str], "tuple[Tagged, ...]"]
"""Gives the attributions of a text, flat: no token is in two of them. Speakers and parents are open."""


def find_attributions(
    document: Document,
    quotations: tuple[Quotation, ...],
    entities: tuple[Entity, ...] = (),
    tagger: Tagger | None = None,
) -> tuple[Attribution, ...]:
    """Every attribution of an article, sorted by where its content begins, outer before inner.

    `by` is `model` where the tagger decided, else the rule's name. Where both found one statement, the
    tagger's spans stand, save for fixed phrases and layout; quotation marks decide how far a quoted content
    reaches. `parent` is the attribution whose content holds this one's cue. Linear in the length of the text.

    Args:
        document: the parsed article.
        quotations: what `find_quotations` finds in it.
        entities: what `find_entities` finds in it; the parser's own serve where there are none.
        tagger: the trained tagger; the one the package carries, if any, where None. `no_tagger` leaves all
            to the rules.
    """
    reading = read(document, quotations)
    findings = raw_findings(reading)
    tagged = (tagger or packaged_tagger())(document.article.text)
    if tagged:
        findings = joined(reading, findings, tagged)
    findings = nested(reading, with_quotations(reading, findings))
    kinds = _Kinds(document.article.text, quotations)
    attributions = tuple(to_attribution(f, kinds.of(f.content)) for f in findings)
    attributions = _with_parents(len(document.article.text), attributions)
    return with_speakers(reading, attributions, entities)


def no_tagger(text: str) -> tuple[Tagged, ...]:  # noqa: ARG001  (it stands where a tagger would)
    """A tagger that finds nothing: the rules decide alone."""
    return ()


@cache
def packaged_tagger() -> Tagger:
    """The trained tagger that the package carries; `no_tagger` where it carries none."""
    if not files("variorum").joinpath("models", "attribution.onnx").is_file():
        return no_tagger
    from variorum.annotate.tagger import load_tagger

    return load_tagger().tag_scored


def _with_parents(size: int, attributions: tuple[Attribution, ...]) -> tuple[Attribution, ...]:
    parents = parents_of(size, [(a.cue, a.content) for a in attributions])
    return tuple(
        replace(a, parent=p if p is not None and not _cyclic(parents, k) else None)
        for k, (a, p) in enumerate(zip(attributions, parents, strict=True))
    )


def _cyclic(parents: list[int | None], k: int) -> bool:
    seen = {k}
    here = parents[k]
    while here is not None and here not in seen:
        seen.add(here)
        here = parents[here]
    return here is not None


class _Kinds:
    """Tells direct, indirect and mixed contents apart by the quotation marks over them."""

    def __init__(self, text: str, quotations: tuple[Quotation, ...]) -> None:
        self.text = text
        self.outer, self.inner = bytearray(len(text)), bytearray(len(text))
        self.starts: set[int] = set()
        for q in quotations:
            mask = self.inner if q.depth else self.outer
            for p in q.spans:
                mask[p.start : p.end] = b"\1" * len(p)
                if not q.depth:
                    self.starts |= {p.start, p.start + 1, p.start + 2}

    def of(self, content: tuple[Span, ...]) -> Kind:
        """Direct where all words (but "that") are in quotation marks, indirect where none is, else mixed."""
        quoted = outside = 0
        for s in content:
            inside_another = self.outer[s.start] and s.start not in self.starts
            mask = self.inner if inside_another else self.outer
            for i in range(s.start, s.end):
                if self.text[i].isalnum():
                    quoted += mask[i]
                    outside += not mask[i]
        if not quoted:
            return "indirect"
        if self.text[content[0].start : content[0].end].casefold().startswith("that "):
            outside -= len("that")
        return "direct" if outside <= 0 else "mixed"
