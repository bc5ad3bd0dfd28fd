"""Small records of an edition: where a row comes from, what is left out, how parties are named."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from variorum.model import Bearing, Comparison, Origin, Ref, Row, Span
from variorum.render.clean import visible

if TYPE_CHECKING:
    from variorum.render.view import Desk, Reading

_SHOWN = 8  # omissions of one account that are quoted; the number of others is told
_ARTICLE = re.compile(r"(?:the|an?) ")


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One origin of a row, and by which way each account has it; a way may be empty.

    `ways` are a siglum with those between, as the account words them, the outermost first.
    """

    name: str
    kind: str
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


@dataclass(frozen=True, slots=True)
class FormLine:
    """One wording for a party, in one account, with each place where it stands.

    `loaded` are the loaded words near it, each with whose words they are: None where the account says them.
    """

    siglum: str
    text: str
    readings: tuple[Reading, ...]
    loaded: tuple[tuple[Reading, str | None], ...] = ()


@dataclass(frozen=True, slots=True)
class NamingLine:
    """How the accounts name one party; forms in the order of accounts, the most frequent first."""

    name: str
    forms: tuple[FormLine, ...]

    @property
    def alike(self) -> bool:
        """Whether all who name it use one form, letter case aside."""
        return len({f.text.casefold() for f in self.forms}) == 1

    @property
    def sigla(self) -> tuple[str, ...]:
        """The accounts that name it, each once."""
        return tuple(dict.fromkeys(f.siglum for f in self.forms))


def sources_of(row: Row, comparison: Comparison, desk: Desk) -> tuple[SourceLine, ...]:
    """Where a row comes from: each origin with the accounts that have it, in the order of the accounts."""
    ways: dict[int, dict[tuple[str, tuple[str, ...]], None]] = {}
    for chain in row.chains:
        siglum = desk.by_id[chain.claim.article].siglum
        way = between(comparison.origins[chain.origin], chain.via)
        ways.setdefault(chain.origin, {})[siglum, way] = None
    origins = ((comparison.origins[index], tuple(found)) for index, found in ways.items())
    return tuple(SourceLine(visible(origin.name), kind_of(origin), found) for origin, found in origins)


def kind_of(origin: Origin) -> str:
    """What an origin is, as it is printed."""
    return "shared text" if origin.kind == "shared" else origin.kind


def between(origin: Origin, via: tuple[str, ...]) -> tuple[str, ...]:
    """The sources on a way without the origin, in which it ends: "from the mayor through her" says nothing.

    The words for an origin that stays unnamed may be missing from the way.
    """
    links = via if origin.kind == "unnamed" else via[:-1]
    end = _bare(origin.name)
    return tuple(visible(source) for source in links if _bare(source) != end)


def _bare(name: str) -> str:
    return _ARTICLE.sub("", " ".join(name.split()).casefold(), count=1)


def omissions_of(comparison: Comparison, desk: Desk) -> tuple[OmissionLine, ...]:
    """What each account leaves out of what at least two others tell."""
    lines = []
    for omission in comparison.omissions:
        rows = [comparison.rows[n] for n in omission.rows]
        rows = [row for row in rows if len({c.article for c in row.claims}) > 1]
        facts: list[OmittedLine] = []
        quoted: set[tuple[str, Span]] = set()
        for row in rows:
            claims = desk.ordered(row.claims)
            sentences = {(c.article, _sentence(c, desk)) for c in claims}
            if sentences & quoted:
                continue  # another clause of a sentence that stands here already
            quoted |= sentences
            sigla = tuple(dict.fromkeys(desk.by_id[c.article].siglum for c in claims))
            longest = max(claims, key=lambda c: len(c.span))
            facts.append(OmittedLine(desk.reading(longest), sigla, row.bears))
        if facts:
            siglum = desk.by_id[omission.article].siglum
            lines.append(OmissionLine(siglum, tuple(facts[:_SHOWN]), max(0, len(facts) - _SHOWN)))
    return tuple(lines)


def _sentence(claim: Ref, desk: Desk) -> Span:
    sentences = desk.by_id[claim.article].annotation.sentences
    n = bisect_right(sentences, claim.span.start, key=lambda s: s.start) - 1
    return sentences[n] if n >= 0 else claim.span


def namings_of(comparison: Comparison, desk: Desk) -> tuple[NamingLine, ...]:
    """How the accounts name the parties; those that all name alike come last."""
    order = {a.annotation.article.id: i for i, a in reversed(list(enumerate(desk.accounts)))}
    lines = []
    for naming in comparison.namings:
        forms = sorted(naming.forms, key=lambda f: (order[f.article], -len(f.spans), f.text))
        lines.append(
            NamingLine(
                visible(naming.name),
                tuple(
                    FormLine(
                        desk.by_id[f.article].siglum,
                        visible(f.text),
                        tuple(desk.excerpt(Ref(f.article, s)) for s in f.spans),
                        tuple(
                            (desk.excerpt(Ref(f.article, w.span)), desk.said_by(f.article, w))
                            for w in f.loaded
                        ),
                    )
                    for f in forms
                ),
            )
        )
    return tuple(
        sorted(lines, key=lambda n: (n.alike, -len(n.sigla), -sum(len(f.readings) for f in n.forms)))
    )
