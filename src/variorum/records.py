"""What a library answers: frozen records that the store makes and the views print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from variorum.model import Article, Span

ChangeKind = Literal["merge", "split"]


@dataclass(frozen=True, slots=True)
class Added:
    """What became of the articles of one `add`.

    `added` are new to the library; `versions` of them are a changed text of an address that it had. `known`
    were there before; of these, `completed` now have a date, language, title or outlet that was unknown.
    `skipped` counts the inputs left out, `reasons` the same by what was wrong, most frequent first.
    """

    added: int = 0
    known: int = 0
    versions: int = 0
    completed: int = 0
    skipped: int = 0
    reasons: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Stored:
    """An article as the library holds it.

    `article.id` is the library's own: the hash of the address (or outlet and title) and the text. `names` are
    the ids that inputs gave it, in alphabetical order. `version` counts the texts of its address from 1, in
    the order of their arrival, and `versions` how many there are. `added` is the time of arrival (UTC, ISO
    8601). `story` is the id of its story, None before stories were formed.
    """

    article: Article
    names: tuple[str, ...]
    version: int
    versions: int
    added: str
    story: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """An article found by its words.

    `spans` are the words and phrases searched for, in `article.text`, in their order; empty where only the
    title has them. `excerpt` is the stretch of the text that holds most of them.
    """

    article: Article
    spans: tuple[Span, ...]
    excerpt: Span


@dataclass(frozen=True, slots=True)
class Member:
    """An article in a story: how sure it is that it belongs there, 0 to 1, and why, in one line.

    `names` are the ids that inputs gave it, in alphabetical order.
    """

    article: Article
    confidence: float
    reason: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoryChange:
    """One step in a story's history: `articles` of `story` went `into` another.

    A `merge` took all of them, so that `story` is no more; a `split` took a part.
    """

    at: str
    kind: ChangeKind
    story: str
    into: str
    articles: int
    method: str


@dataclass(frozen=True, slots=True)
class Story:
    """A story as the library lists it.

    `title` is that of its earliest article that has one, or else how its earliest article begins; `first` and
    `last` are the days (ISO 8601) of its earliest and latest dated article.
    """

    id: str
    title: str
    articles: int
    outlets: tuple[str, ...]
    first: str | None
    last: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome of `library check`: how many articles were hashed, and what is wrong, one line each."""

    articles: int
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Info:
    """A library in figures.

    `versions` are the articles that are a later text of an address; `annotated` those whose annotation is
    stored, `outdated` of them were made by another method than this program's. `size` is in bytes.
    """

    path: str
    size: int
    schema: int
    articles: int
    versions: int
    outlets: int
    first: str | None
    last: str | None
    annotated: int
    outdated: int
    stories: int
