"""The types that pass between stages: frozen, slotted, standard library only.

Reading makes `Article`s; annotating one article makes an `Annotation`; comparing the annotations of one
story makes a `Comparison`. All offsets are Unicode code points into `Article.text` exactly as given.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Literal
from urllib.parse import urlsplit

from variorum.errors import SpanError

Kind = Literal["direct", "indirect", "mixed"]
Certainty = Literal["certain", "probable", "possible", "underspecified"]
Polarity = Literal["positive", "negative", "underspecified"]
CaveatKind = Literal["unverified", "no-comment", "unclear", "anonymous-source", "secondhand"]
Verdict = Literal["agree", "compatible", "contradict"]
RowVerdict = Literal["agree", "compatible", "contradict", "single"]
Aspect = Literal[
    "number", "time", "place", "actor", "action", "cause", "quote", "polarity", "certainty", "other"
]
OriginKind = Literal[
    "person", "organisation", "group", "footage", "document", "agency", "outlet", "shared", "unnamed"
]
Bearing = Literal["verification", "number", "attribution", "place", "time"]
Precision = Literal["point", "settlement", "region", "country", "continent", "unresolved"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """`[start, end)` in code points of one article's text.

    Raises:
        SpanError: if `start` is negative or `end` lies before `start`.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if self.start < 0 or self.end < self.start:
            raise SpanError(f"no such span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The words the span points at; raises `SpanError` where the text is too short."""
        if self.end > len(text):
            raise SpanError(f"span [{self.start}, {self.end}) ends after the text ({len(text)} characters)")
        return text[self.start : self.end]

    def shared(self, other: Span) -> int:
        """How many characters both spans hold."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def overlaps(self, other: Span) -> bool:
        """Whether the spans share a character."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Whether `other` lies inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Article:
    """One account, immutable.

    `text` is what every span refers to. `id` is the SHA-256 of the text unless the input brought one.
    `published` is an ISO 8601 date or date-time, as far as it is known; `language` an ISO 639-1 code.
    `path` says where the article was read from (file, `file:line` or address), for messages and display.
    """

    text: str
    id: str = ""
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None
    path: str | None = None
    sha256: str = field(init=False, default="")

    def __post_init__(self) -> None:
        # surrogatepass: JSON input may carry lone surrogates, and every text must have a hash
        digest = hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
        object.__setattr__(self, "sha256", digest)
        if not self.id:
            object.__setattr__(self, "id", digest)

    @property
    def name(self) -> str:
        """What to call the account: its outlet, or else its host, its file, its title, its id."""
        return self.outlet or _host(self.url) or PurePath(self.path or "").name or self.title or self.id[:12]


def _host(url: str | None) -> str:
    try:
        return urlsplit(url or "").hostname or ""
    except ValueError:  # brackets of which one is missing
        return ""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch between quotation marks.

    `spans` are its parts with their marks: one for each paragraph where a quotation runs over several and
    opens each anew. `depth` is 0 for an outermost quotation, 1 for one inside another, and so on.
    `closed` is False where no closing mark was found before the quotation's paragraph ended.
    """

    spans: tuple[Span, ...]
    depth: int = 0
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what: source, cue and content (PARC3, Pareti 2016; PolNeAR, Newell et al. 2018).

    `speaker` is the source resolved to one name across the article, or None; `unresolved` then says why.
    `parent` is the index, in the same annotation, of the attribution whose content holds this one.
    `by` names the part that decided: `model`, or the rule's name.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: Kind
    speaker: str | None = None
    parent: int | None = None
    unresolved: str | None = None
    by: str = "model"


@dataclass(frozen=True, slots=True)
class Claim:
    """The smallest clause that states something, by the author or inside an attribution's content.

    `attribution` is the index of the innermost attribution whose content holds the claim, None for the
    author's own. `certainty` and `polarity` are those with which its source presents it (FactBank, Saurí
    and Pustejovsky 2009); `hedges` are the words that say so. `predicate`, `agent` and `patient` are the
    head words' spans: who did what to whom. `terms` are the lower-cased lemmas of the content words in
    order, `lemma` is the predicate's own, empty without a predicate.
    """

    span: Span
    attribution: int | None = None
    certainty: Certainty = "certain"
    polarity: Polarity = "positive"
    hedges: tuple[Span, ...] = ()
    predicate: Span | None = None
    agent: Span | None = None
    patient: Span | None = None
    terms: tuple[str, ...] = ()
    lemma: str = ""


@dataclass(frozen=True, slots=True)
class Caveat:
    """What the outlet says of its own knowledge; the span is the clause that says it."""

    kind: CaveatKind
    span: Span


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as the range it leaves open.

    `min` and `max` are inclusive bounds, None where open ("at least 12" is 12 to None). `unit` is a unit of
    measure or currency code ("km", "%", "USD", "year"), None for counts. `of` is the lemma of what is counted
    or measured ("soldier", "house"). `approximate` marks "about", "nearly", "some".
    """

    span: Span
    min: float | None
    max: float | None
    unit: str | None = None
    of: str | None = None
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A toponym and what it was resolved to; degrees, WGS 84.

    `precision` says how much the coordinates mean: those of a `region` are its centre. `associative` marks
    words that point to the place without being it: a people, an adjective, a part of a body's name ("Kenyan
    officials", "University of Nairobi"; Gritta et al. 2018).
    """

    span: Span
    name: str
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None
    precision: Precision = "unresolved"
    country: str | None = None
    associative: bool = False


@dataclass(frozen=True, slots=True)
class Time:
    """A TIMEX3 expression; what is not known of `value` stays X (`XXXX-02-24`)."""

    span: Span
    type: TimexType
    value: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A mention of a named party, place or thing.

    `label` is an OntoNotes label (PERSON, ORG, GPE, LOC, NORP, FAC, EVENT, …), or GROUP for a noun phrase
    that names people by nation, side or body ("Ukrainian soldiers"), or ROLE for one that names them by
    office ("the ministry's spokesperson"). `name` is the form shared by all mentions of one entity in the
    article. `head` is the lemma of the head noun; `nation` the ISO 3166 alpha-2 code that a GROUP or ROLE
    belongs to, where the words say so.
    """

    span: Span
    label: str
    name: str
    head: str = ""
    nation: str | None = None


@dataclass(frozen=True, slots=True)
class Annotation:
    """All that was found in one article; a pure function of the article."""

    article: Article
    paragraphs: tuple[Span, ...] = ()
    sentences: tuple[Span, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    claims: tuple[Claim, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    places: tuple[Place, ...] = ()
    times: tuple[Time, ...] = ()
    entities: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """A span in one of several articles; `article` is the article's id."""

    article: str
    span: Span


@dataclass(frozen=True, slots=True)
class Relation:
    """What two claims of different accounts say about one fact.

    `aspect` is what the verdict turns on; `because` one line that names both values. `score` is the
    confidence that both state the same fact, 0 to 1.
    """

    a: Ref
    b: Ref
    verdict: Verdict
    aspect: Aspect
    score: float
    because: str


@dataclass(frozen=True, slots=True)
class Chain:
    """The way by which one claim came to its account.

    `origin` is where it comes from in the end, an index into `Comparison.origins`. `via` are the sources on
    the way, as the accounts word them, the outermost first and whoever began it last; empty where the account
    says it itself.
    """

    claim: Ref
    origin: int
    via: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """The claims of all accounts that state one fact.

    `origins` are indices into `Comparison.origins`; `independent_origins` counts those that do not repeat
    one another. `chains` says for each claim how it came. `bears` is what some of the claims carry, and
    `weight`, 0 to 1, how much the row matters: how many accounts tell it, and what it bears.
    """

    claims: tuple[Ref, ...]
    verdict: RowVerdict
    origins: tuple[int, ...] = ()
    independent_origins: int = 1
    chains: tuple[Chain, ...] = ()
    bears: tuple[Bearing, ...] = ()
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Omission:
    """What one account has nothing on: indices into `Comparison.rows`, the weightiest first."""

    article: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A stretch of one article that goes back to an origin.

    `via` are the sources as the article words them, the outermost first; empty for the outlet's own words.
    """

    article: str
    span: Span
    via: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where statements come from in the end.

    `agency` is a news agency that a credit or an attribution names, `shared` a text that several outlets
    carry without a credit, `unnamed` a source that its article leaves unnamed.
    """

    name: str
    kind: OriginKind
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A word that carries a judgement or an emotion.

    `attribution` is an index into the article's attributions, None where the account says it itself.
    """

    span: Span
    attribution: int | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """One wording by which one account names a party, and where; `loaded` are loaded words in it or near."""

    article: str
    text: str
    spans: tuple[Span, ...]
    loaded: tuple[Loaded, ...] = ()


@dataclass(frozen=True, slots=True)
class Naming:
    """The forms by which the accounts name one party."""

    name: str
    forms: tuple[Form, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Text that two articles share; `similarity` is the share of equal words, 0 to 1."""

    a: Ref
    b: Ref
    similarity: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """The accounts of one story laid side by side.

    `overlap` is the share of claims, 0 to 1, that some other account states too; a low one says that the
    articles are hardly about one event.
    """

    articles: tuple[Annotation, ...]
    relations: tuple[Relation, ...] = ()
    only: tuple[Ref, ...] = ()
    rows: tuple[Row, ...] = ()
    origins: tuple[Origin, ...] = ()
    namings: tuple[Naming, ...] = ()
    passages: tuple[Passage, ...] = ()
    overlap: float = 0.0
    omissions: tuple[Omission, ...] = ()
