"""What a story is, and the words that its articles share."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_MOST_SHOWN = 6
_MOST_OF = 0.5  # share of the articles that have a word for it to be a reason


@dataclass(frozen=True, slots=True)
class Story:
    """Articles about one event.

    `id` comes from the story's earliest article and so stays while that article stays. `articles` are ids,
    by day and id. `confidence` is a margin, not a probability: h / (h + r), where h is the likeness at which
    the loosest part joined and r that of the closest story that stayed apart; it lies between 0.5 and 1.
    `because` names what the articles share. `first` and `last` are days (ISO 8601), None where unknown.
    """

    id: str
    articles: tuple[str, ...]
    confidence: float
    because: str
    first: str | None = None
    last: str | None = None


def story_id(earliest: str) -> str:
    """The id of the story that begins with an article."""
    return "s" + hashlib.sha256(earliest.encode("utf-8", "surrogatepass")).hexdigest()[:15]


def reason(words: Sequence[tuple[str, ...]]) -> str:
    """One line that names the words which tell most and which most of the articles have.

    Args:
        words: of each article, the heaviest first.
    """
    if len(words) < 2:
        return "no other article is like it"
    articles, ranks, forms = Counter[str](), Counter[str](), dict[str, Counter[str]]()
    for article in words:
        for rank, word in enumerate(article):
            key = word.casefold()
            articles[key] += 1
            ranks[key] += rank
            forms.setdefault(key, Counter())[word] += 1
    enough = max(2.0, _MOST_OF * len(words))
    shared = [key for key, count in articles.items() if count >= enough]
    shared.sort(key=lambda key: (-articles[key], ranks[key] / articles[key], key))
    shown = [max(sorted(forms[key]), key=lambda form, k=key: forms[k][form]) for key in shared]  # type: ignore[misc]
    kinds = (
        ("numbers", [word for word in shown if word[0].isdigit()]),
        ("names", [word for word in shown if word[0].isupper()]),
        ("words", [word for word in shown if not word[0].isdigit() and not word[0].isupper()]),
    )
    told = [f"{kind} {', '.join(found[:_MOST_SHOWN])}" for kind, found in sorted(kinds) if found]
    return "shared " + "; ".join(told) if told else "alike as a whole, with no one word in most of them"
