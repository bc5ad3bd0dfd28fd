"""Makes articles out of real ones, with known truth: edited, cut, merged and re-headlined copies.

Every source article gets copies of four kinds. A copy keeps whole sentences of its source, so that what is
shared is known to the character: `truth` holds the pairs, `passages` where each stretch of a copy comes from.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from variorum import Article

_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+[\"”')]*|\n|$)\s*")
_FIRST_DAY = date(2031, 1, 1)
KINDS = ("edited", "cut", "merged", "headlined")


@dataclass(frozen=True)
class Shared:
    """Characters `start` to `end` of a copy were taken from its source, from `origin` on."""

    copy: str
    source: str
    start: int
    end: int
    origin: int


@dataclass(frozen=True)
class Corpus:
    """Articles, the pairs that share text (ids in order), and where the shared text stands."""

    articles: list[Article]
    truth: set[tuple[str, str]]
    passages: list[Shared]


def copies(sources: Sequence[Article], seed: int = 1) -> Corpus:
    """The sources, and one copy of each kind for each; merged copies join two sources."""
    draw = random.Random(seed)
    long = [a for a in sources if len(a.text) > 600]
    articles, truth, passages = list(long), set[tuple[str, str]](), list[Shared]()
    for n, source in enumerate(long):
        family = [source.id]
        for kind in KINDS:
            identity = f"{source.id}+{kind}"
            parts = [source]
            if kind == "merged":
                parts.append(long[(n + len(long) // 2) % len(long)])
            article, shared = _copy(identity, kind, parts, draw)
            articles.append(article)
            passages += shared
            family.append(identity)
            truth.update(tuple(sorted((identity, part.id))) for part in parts)  # type: ignore[misc]
    draw.shuffle(articles)
    return Corpus(articles, truth, passages)


def _copy(
    identity: str, kind: str, parts: Sequence[Article], draw: random.Random
) -> tuple[Article, list[Shared]]:
    text, shared = "", list[Shared]()
    for part in parts:
        sentences = [m.span() for m in _SENTENCE.finditer(part.text) if m.group().strip()]
        if kind == "cut":
            count = max(3, len(sentences) // 3)
            first = draw.randrange(max(1, len(sentences) - count + 1))
            sentences = sentences[first : first + count]
        elif kind == "edited":
            sentences = [s for s in sentences if draw.random() > 0.12]
        elif kind == "merged":
            sentences = sentences[: max(4, len(sentences) // 2)]
        for start, end in sentences:
            piece = part.text[start:end]
            if kind == "edited" and draw.random() < 0.3:
                words = piece.split(" ")
                at = draw.randrange(len(words))
                before, after = " ".join(words[:at]), " ".join(words[at + 1 :])
                shared.append(Shared(identity, part.id, len(text), len(text) + len(before), start))
                text += before + draw.choice((" reportedly ", " now ", " however ", " officials "))
                shared.append(Shared(identity, part.id, len(text), len(text) + len(after), end - len(after)))
                text += after
                continue
            last = shared[-1] if shared else None
            follows = last and last.end == len(text) and last.origin + (last.end - last.start) == start
            if last and follows and last.source == part.id:
                shared[-1] = Shared(identity, part.id, last.start, len(text) + len(piece), last.origin)
            else:
                shared.append(Shared(identity, part.id, len(text), len(text) + len(piece), start))
            text += piece
        text = text.rstrip() + "\n"
    title = "Latest: " + " ".join(parts[0].text.split()[5:12]) if kind == "headlined" else parts[0].title
    return Article(text, id=identity, title=title, published=parts[0].published), shared


def stories(sources: Sequence[Article], count: int, seed: int = 1) -> list[Article]:
    """`count` articles in stories of 1 to 12, over a year: real sentences with names and words of their own.

    Each story takes the sentences of one source and puts invented words, always the same ones, for all its
    names and most of its longer words: two stories of one source share what two events of one kind share.
    """
    draw, articles = random.Random(seed), list[Article]()
    syllables = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "or")]
    number = 0
    while len(articles) < count:
        source = sources[number % len(sources)]
        words = sorted(set(re.findall(r"\b(?:[A-Z]\w+|\w{5,})", source.text)))
        invented = {
            w: "".join(draw.choices(syllables, k=3)) for w in words if w[0].isupper() or draw.random() < 0.7
        }
        invented = {w: i.title() if w[0].isupper() else i for w, i in invented.items()}
        text = re.sub(r"\b(?:[A-Z]\w+|\w{5,})", lambda m, n=invented: n.get(m[0], m[0]), source.text)  # type: ignore[misc]
        sentences = [m.group().strip() for m in _SENTENCE.finditer(text) if m.group().strip()]
        day = _FIRST_DAY + timedelta(draw.randrange(365))
        for k in range(min(draw.choice((1, 1, 2, 3, 5, 12)), count - len(articles))):
            kept = [s for s in sentences if draw.random() < 0.7] or sentences
            published = (day + timedelta(k // 4)).isoformat()
            articles.append(Article(" ".join(kept), id=f"{number}-{k}", published=published))
        number += 1
    return articles
