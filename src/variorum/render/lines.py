"""Small records of an edition: where a row comes from, and what an account leaves out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from variorum.model import Bearing, Comparison, OriginKind, Row
from variorum.render.clean import visible

if TYPE_CHECKING:
    from variorum.render.view import Desk, Reading

_SHOWN = 8  # omissions of one account that are quoted; the number of others is told


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One origin of a row, and by which way each account has it; a way may be empty.

    `ways` are a siglum with the sources on the way, as the account words them, the outermost first.
    """

    name: str
    kind: OriginKind
    ways: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class OmittedLine:
    """A fact that an account has nothing on: how one of the others tells it, and who does."""

    reading: Reading
    sigla: tuple[str, ...]
    bears: tuple[Bearing, ...]


@dataclass(frozen=True, slots=True)
class OmissionLine:
    """What one account leaves out of what two others or more tell, the weightiest first.

    `more` are as many again that are not quoted.
    """

    siglum: str
    facts: tuple[OmittedLine, ...]
    more: int


def sources_of(row: Row, comparison: Comparison, desk: Desk) -> tuple[SourceLine, ...]:
    """Where a row comes from: the origins in their order, each with the accounts that have it."""
    lines = []
    for index in row.origins:
        origin = comparison.origins[index]
        ways = dict.fromkeys(
            (desk.by_id[c.claim.article].siglum, tuple(visible(v) for v in c.via))
            for c in row.chains
            if c.origin == index
        )
        if ways:
            lines.append(SourceLine(visible(origin.name), origin.kind, tuple(ways)))
    return tuple(lines)


def omissions_of(comparison: Comparison, desk: Desk) -> tuple[OmissionLine, ...]:
    """What each account leaves out of what at least two others tell."""
    lines = []
    for omission in comparison.omissions:
        rows = [comparison.rows[n] for n in omission.rows]
        rows = [row for row in rows if len({c.article for c in row.claims}) > 1]
        facts = []
        for row in rows[:_SHOWN]:
            claims = desk.ordered(row.claims)
            sigla = tuple(dict.fromkeys(desk.by_id[c.article].siglum for c in claims))
            facts.append(OmittedLine(desk.reading(claims[0]), sigla, row.bears))
        if facts:
            siglum = desk.by_id[omission.article].siglum
            lines.append(OmissionLine(siglum, tuple(facts), max(0, len(rows) - _SHOWN)))
    return tuple(lines)
