"""A comparison as an edition with apparatus: what the terminal view and the HTML report both print.

Accounts get sigla (A, B, C, …) as manuscripts do, rows get numbers, and every statement carries its exact
words, who says it and how firmly. Nothing here is worded anew: texts are stretches of the accounts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from variorum.model import (
    Annotation,
    Aspect,
    Bearing,
    CaveatKind,
    Certainty,
    Claim,
    Comparison,
    Loaded,
    Origin,
    Polarity,
    Ref,
    RowVerdict,
    Span,
    Statement,
)
from variorum.render.clean import visible
from variorum.render.lines import (
    NamingLine,
    OmissionLine,
    SourceLine,
    between,
    kind_of,
    namings_of,
    omissions_of,
)
from variorum.render.pieces import Piece, pieces
from variorum.render.voices import voice

LOW_OVERLAP = 0.08  # below it, accounts of one event are rarely found: the reader is told so
_TITLE_LENGTH = 110  # characters of a text's first line that stand in for a missing title


@dataclass(frozen=True, slots=True)
class Account:
    """One article under its siglum; `title_is_opening` where the text's first words stand in for a title."""

    siglum: str
    annotation: Annotation
    outlet: str
    title: str
    title_is_opening: bool
    published: str
    address: str
    language: str
    words: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A stretch of one account as it is printed: exact words, voice, certainty.

    `voice` names who says it, with the cue's words; None where the account says it itself, and where
    `tells_voice` says that the words name the speaker themselves. `certainty` is None where no claim stands
    there.
    """

    ref: Ref
    siglum: str
    pieces: tuple[Piece, ...]
    voice: str | None = None
    certainty: Certainty | None = None
    polarity: Polarity = "positive"
    tells_voice: bool = False

    @property
    def anchor(self) -> str:
        """The name of the place in the account's full text that it is cut from."""
        return f"{self.siglum}.{self.ref.span.start}.{self.ref.span.end}"

    @property
    def words(self) -> str:
        """Its words without marks."""
        return "".join(p.text for p in self.pieces)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why readings of a row stand in a relation: one line, and the pairs of accounts that it holds for."""

    aspect: Aspect
    text: str
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SynopsisRow:
    """One fact as the accounts state it; `readings` in the order of the accounts.

    `origins` names those that are not the outlets themselves, `sources` tells by which way each came.
    """

    number: int
    verdict: RowVerdict
    aspects: tuple[Aspect, ...]
    reasons: tuple[Reason, ...]
    readings: tuple[Reading, ...]
    origins: tuple[str, ...]
    independent_origins: int
    sources: tuple[SourceLine, ...] = ()

    @property
    def sigla(self) -> tuple[str, ...]:
        """The accounts that speak, each once."""
        return tuple(dict.fromkeys(s.siglum for s in self.readings))

    def by_siglum(self) -> dict[str, list[Reading]]:
        """What each account that speaks says."""
        held: dict[str, list[Reading]] = {}
        for reading in self.readings:
            held.setdefault(reading.siglum, []).append(reading)
        return held


@dataclass(frozen=True, slots=True)
class CaveatLine:
    """What an account says of its own knowledge in one stretch: of which kinds it is, and the words."""

    kinds: tuple[CaveatKind, ...]
    reading: Reading


@dataclass(frozen=True, slots=True)
class OriginLine:
    """Where readings come from in the end, and the accounts that carry them."""

    name: str
    kind: str
    readings: tuple[Reading, ...]

    @property
    def sigla(self) -> tuple[str, ...]:
        """The accounts that go back to it, each once."""
        return tuple(dict.fromkeys(s.siglum for s in self.readings))


@dataclass(frozen=True, slots=True)
class PassageLine:
    """Text that two accounts share; the words that differ are marked."""

    a: Reading
    b: Reading
    similarity: float


class Desk:
    """The accounts by their ids, and how to cut readings out of them."""

    def __init__(self, annotations: Iterable[Annotation]) -> None:
        self.accounts = tuple(_account(i, a) for i, a in enumerate(annotations))
        self.by_id: dict[str, Account] = {}
        for account in self.accounts:
            self.by_id.setdefault(account.annotation.article.id, account)
        self._order = {a.siglum: i for i, a in enumerate(self.accounts)}
        self._claims = {(a.siglum, c.span): c for a in self.accounts for c in a.annotation.claims}
        self._in_order = {a.siglum: sorted(a.annotation.claims, key=lambda c: c.span) for a in self.accounts}

    def text(self, ref: Ref) -> str:
        """The whole text of the account that `ref` points into."""
        return self.by_id[ref.article].annotation.article.text

    def reading(self, ref: Ref, differs: Iterable[Span] = ()) -> Reading:
        """The words of `ref` with voice and certainty of the claim that stands there.

        Where `ref` is wider than any claim, the claim that fills most of it tells the certainty, and its
        voice is told only if the words of `ref` do not tell one themselves.
        """
        account = self.by_id[ref.article]
        inside = self._claims_at(account, ref.span)
        hedges = [h for c in inside for h in c.hedges]
        words = pieces(account.annotation.article.text, ref.span, differs, hedges)
        if not inside:
            return Reading(ref, account.siglum, words)
        claim = max(inside, key=lambda c: (c.span == ref.span, c.span.shared(ref.span)))
        by = (account.annotation.attributions[c.attribution] for c in inside if c.attribution is not None)
        tells = claim.span != ref.span and any(ref.span.holds(cue) for a in by for cue in a.cue)
        told = None if tells else voice(account.annotation, claim.attribution)
        return Reading(ref, account.siglum, words, told, claim.certainty, claim.polarity, tells)

    def _claims_at(self, account: Account, span: Span) -> list[Claim]:
        exact = self._claims.get((account.siglum, span))
        if exact:
            return [exact]
        claims = self._in_order[account.siglum]
        first = bisect_left(claims, span.start, key=lambda c: c.span.start)
        last = bisect_left(claims, span.end, key=lambda c: c.span.start)
        return [c for c in claims[first:last] if span.holds(c.span)]

    def attested(self, statement: Statement, origin: Origin) -> Reading:
        """The words of an origin's statement; its voice is the way it came, the outermost source first."""
        ref = Ref(statement.article, statement.span)
        return replace(self.excerpt(ref), voice=" › ".join(between(origin, statement.via)) or None)

    def excerpt(self, ref: Ref, differs: Iterable[Span] = ()) -> Reading:
        """The words of `ref` alone."""
        account = self.by_id[ref.article]
        return Reading(ref, account.siglum, pieces(account.annotation.article.text, ref.span, differs))

    def said_by(self, article: str, word: Loaded) -> str | None:
        """In whose speech a loaded word stands; None where the account says it itself."""
        return voice(self.by_id[article].annotation, word.attribution)

    def ordered(self, refs: Iterable[Ref]) -> list[Ref]:
        """Refs in the order of the accounts, then of their texts, each once."""
        return sorted(set(refs), key=lambda r: self.position(r.article, r.span))

    def position(self, article: str, span: Span) -> tuple[int, Span]:
        """Where a span stands among all: by its account, then in its text."""
        return self._order[self.by_id[article].siglum], span


@dataclass(frozen=True, slots=True)
class Edition:
    """Everything that is printed of a comparison, in the order in which it is printed.

    `only` are by account the weightiest first; `bears` says what each of them bears, `partly` in which rows
    a part of its words stands.
    """

    accounts: tuple[Account, ...]
    rows: tuple[SynopsisRow, ...]
    only: tuple[Reading, ...]
    caveats: tuple[CaveatLine, ...]
    origins: tuple[OriginLine, ...]
    namings: tuple[NamingLine, ...]
    passages: tuple[PassageLine, ...]
    overlap: float
    omissions: tuple[OmissionLine, ...] = ()
    bears: Mapping[Ref, tuple[Bearing, ...]] = field(default_factory=dict)
    partly: Mapping[Ref, tuple[int, ...]] = field(default_factory=dict)

    @property
    def shares_little(self) -> bool:
        """Whether the accounts have so little in common that they may be about different events."""
        return len(self.accounts) > 1 and self.overlap < LOW_OVERLAP

    def count(self, verdict: RowVerdict) -> int:
        """How many rows have that verdict."""
        return sum(row.verdict == verdict for row in self.rows)


def edition(comparison: Comparison) -> Edition:
    """Set a comparison as an edition; a pure function of it."""
    from variorum.render.synopsis import partly_in, synopsis

    desk = Desk(comparison.articles)
    alone = {row.claims[0]: row for row in comparison.rows if row.verdict == "single"}
    weight = {ref: alone[ref].weight if ref in alone else 0.0 for ref in comparison.only}
    ranked = sorted(
        desk.ordered(comparison.only), key=lambda r: (desk.position(r.article, r.span)[0], -weight[r])
    )
    rows = synopsis(comparison, desk)
    return Edition(
        accounts=desk.accounts,
        rows=rows,
        only=tuple(desk.reading(r) for r in ranked),
        caveats=tuple(line for a in desk.accounts for line in _caveats(a.annotation, desk)),
        origins=_origins(comparison, desk),
        namings=namings_of(comparison, desk),
        passages=_passages(comparison, desk),
        overlap=comparison.overlap,
        omissions=omissions_of(comparison, desk),
        bears={ref: row.bears for ref, row in alone.items()},
        partly=partly_in(rows, ranked),
    )


def siglum(index: int) -> str:
    """A to Z for the first 26 accounts, then AA, AB and so on."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _account(index: int, annotation: Annotation) -> Account:
    article = annotation.article
    title, opening = article.title, False
    if not (title and title.strip()):
        first = next((line for line in article.text.splitlines() if line.strip()), "")
        title, opening = _cut(first.strip(), _TITLE_LENGTH), True
    return Account(
        siglum=siglum(index),
        annotation=annotation,
        outlet=visible(article.name),
        title=visible(title),
        title_is_opening=opening,
        published=visible(article.published or ""),
        address=visible(article.url or ""),
        language=visible(article.language or "en"),
        words=len(article.text.split()),
    )


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + " …"


def _caveats(annotation: Annotation, desk: Desk) -> list[CaveatLine]:
    kinds: dict[Span, dict[CaveatKind, None]] = {}
    for caveat in annotation.caveats:
        kinds.setdefault(caveat.span, {})[caveat.kind] = None
    article = annotation.article.id
    return [CaveatLine(tuple(found), desk.excerpt(Ref(article, span))) for span, found in kinds.items()]


def _origins(comparison: Comparison, desk: Desk) -> tuple[OriginLine, ...]:
    lines = []
    for origin in comparison.origins:
        statements = sorted(set(origin.statements), key=lambda s: desk.position(s.article, s.span))
        lines.append(
            OriginLine(
                visible(origin.name), kind_of(origin), tuple(desk.attested(s, origin) for s in statements)
            )
        )
    return tuple(sorted(lines, key=lambda o: (-len(o.sigla), -len(o.readings))))


def _passages(comparison: Comparison, desk: Desk) -> tuple[PassageLine, ...]:
    from variorum.render.diff import differences

    lines = []
    for passage in comparison.passages:
        a, b = desk.text(passage.a), desk.text(passage.b)
        found = differences(passage.a.span.of(a), passage.b.span.of(b))
        lines.append(
            PassageLine(
                desk.excerpt(passage.a, shifted(found.a, passage.a.span.start)),
                desk.excerpt(passage.b, shifted(found.b, passage.b.span.start)),
                passage.similarity,
            )
        )
    return tuple(lines)


def shifted(spans: Iterable[Span], by: int) -> tuple[Span, ...]:
    """Spans of a stretch as spans of the text that it begins in at `by`."""
    return tuple(Span(s.start + by, s.end + by) for s in spans)
