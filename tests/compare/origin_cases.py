"""The written cases of origins (tests/cases/origins.jsonl), and what counts as right."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from variorum.compare.origins import Origins, Traced, find_origins
from variorum.model import Annotation, Article, Ref, Span
from variorum.passages import find_passages

LINES = Path(__file__).parents[1] / "cases" / "origins.jsonl"


@dataclass(frozen=True, slots=True)
class OriginCase:
    """Invented accounts, the words of each that state one fact, and the origins that must come out.

    An expected name or kind may list alternatives, parted by `|`; a name is met by an origin's name that
    holds it, an empty kind by any.
    """

    id: str
    split: str
    category: str
    accounts: tuple[Article, ...]
    words: tuple[tuple[int, str], ...]
    origins: tuple[tuple[str, str], ...]
    independent_origins: int


def load() -> Iterator[OriginCase]:
    """All cases."""
    for line in LINES.read_text("utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        yield OriginCase(
            row["id"],
            row["split"],
            row["category"],
            tuple(Article(a["text"], id=f"{n}", outlet=a["outlet"]) for n, a in enumerate(row["accounts"])),
            tuple((w["account"], w["words"]) for w in row["row"]),
            tuple((o["name"], o["kind"]) for o in row["origins"]),
            row["independent_origins"],
        )


def trace(case: OriginCase, annotations: Sequence[Annotation]) -> tuple[Origins, Traced]:
    """The origins of the case's accounts, and those of its row."""
    found = find_origins(annotations, find_passages([a.article for a in annotations]))
    return found, found.trace([claim_at(annotations[n], words) for n, words in case.words])


def names_of(found: Origins, row: Traced) -> list[tuple[str, str]]:
    """The row's origins as names and kinds."""
    return [(found.origins[n].name, found.origins[n].kind) for n in row.origins]


def right(case: OriginCase, names: Sequence[tuple[str, str]]) -> bool:
    """Whether every expected origin, and no other, came out."""
    rest = list(names)
    for name, kind in case.origins:
        forms, kinds = name.casefold().split("|"), {*kind.split("|")}
        fits = (n for n in rest if any(f in n[0].casefold() for f in forms) and kinds & {n[1], ""})
        found = next(fits, None)
        if found is None:
            return False
        rest.remove(found)
    return not rest


def claim_at(annotation: Annotation, words: str) -> Ref:
    """The claim that is most like a stretch of words: intersection over union."""
    start = annotation.article.text.index(words)
    span = Span(start, start + len(words))

    def likeness(other: Span) -> float:
        return other.shared(span) / (len(other) + len(span) - other.shared(span))

    best = max(annotation.claims, key=lambda c: (likeness(c.span), -c.span.start))
    return Ref(annotation.article.id, best.span)
