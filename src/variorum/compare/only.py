"""Finds the statements that one account alone makes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Sequence

from variorum.compare.comparators.finding import content
from variorum.compare.views import View
from variorum.model import Ref, Span

_LEAST_WORDS = 1  # meaningful words that make a statement of a whole sentence
_LEAST_WORDS_OF_PART = 7  # the same for a clause of a sentence that is matched otherwise
_MINOR_PART = 0.5  # share of a sentence that may be told elsewhere with the sentence still standing alone
_MAIN_PART = 0.7  # share of a sentence that may stand in rows with the sentence still standing alone, too


def only(
    views: Sequence[View], sentences: Sequence[Span], told: Container[Ref], related: Container[Ref]
) -> tuple[Ref, ...]:
    """What was found in no other account, in the order of the text; no two of them overlap.

    A sentence of which told claims make up no more than half, and related ones not the main part, is one
    statement; of another, the longest claims that share no word with a told or related one.

    Args:
        views: the claims of one account.
        sentences: the account's sentences.
        told: the claims that some other account states, be it not clearly enough for a relation.
        related: the claims that stand in a relation, and so in a row.
    """
    by_sentence: defaultdict[int, list[int]] = defaultdict(list)
    for n, view in enumerate(views):
        by_sentence[view.sentence].append(n)
    found: list[Ref] = []
    for number, claims in sorted(by_sentence.items()):
        telling = [n for n in claims if len(content(views[n].words)) >= _LEAST_WORDS]
        if not telling:
            continue
        taken = [views[n].ref.span for n in claims if views[n].ref in told]
        whole = sentences[number] if number < len(sentences) else views[telling[0]].ref.span
        shown = [views[n].ref.span for n in claims if views[n].ref in related]
        if _covered(taken) <= _MINOR_PART * len(whole) and _covered(shown) <= _MAIN_PART * len(whole):
            found.append(Ref(views[telling[0]].ref.article, whole))
        else:
            found += _rest(views, telling, taken + shown)
    return tuple(sorted(found))


def _covered(spans: Sequence[Span]) -> int:
    """Characters that the spans hold, each counted once."""
    reached = total = 0
    for span in sorted(spans):
        total += max(0, span.end - max(reached, span.start))
        reached = max(reached, span.end)
    return total


def _rest(views: Sequence[View], claims: Sequence[int], taken: list[Span]) -> list[Ref]:
    found = []
    for n in sorted(claims, key=lambda n: (-len(views[n].ref.span), views[n].ref)):
        span = views[n].ref.span
        if len(content(views[n].words)) < _LEAST_WORDS_OF_PART:
            continue
        if not any(span.overlaps(t) for t in taken):
            taken.append(span)
            found.append(views[n].ref)
    return found
