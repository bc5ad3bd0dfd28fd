"""Finds the statements that one account alone makes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from variorum.compare.comparators.finding import content
from variorum.compare.views import View
from variorum.model import Ref, Span

_LEAST_WORDS = 2  # meaningful words that make a statement; fewer are mere frames ("he said")


def only(views: Sequence[View], sentences: Sequence[Span], matched: Sequence[bool]) -> tuple[Ref, ...]:
    """What no other account has, in the order of the text; no two of them overlap.

    A sentence without any matched claim is one statement; of a sentence that is matched in part, the longest
    claims that share no word with a matched one.

    Args:
        views: the claims of one account.
        sentences: the account's sentences.
        matched: for each claim, whether some other account states it.
    """
    by_sentence: defaultdict[int, list[int]] = defaultdict(list)
    for n, view in enumerate(views):
        by_sentence[view.sentence].append(n)
    found: list[Ref] = []
    for number, claims in sorted(by_sentence.items()):
        telling = [n for n in claims if len(content(views[n].words)) >= _LEAST_WORDS]
        if not telling:
            continue
        if not any(matched[n] for n in claims):
            whole = sentences[number] if sentences else views[telling[0]].ref.span
            found.append(Ref(views[telling[0]].ref.article, whole))
            continue
        found += _rest(views, telling, [views[n].ref.span for n in claims if matched[n]], matched)
    return tuple(sorted(found))


def _rest(
    views: Sequence[View], claims: Sequence[int], taken: list[Span], matched: Sequence[bool]
) -> list[Ref]:
    found = []
    for n in sorted(claims, key=lambda n: (-len(views[n].ref.span), views[n].ref)):
        span = views[n].ref.span
        if not matched[n] and not any(span.overlaps(t) for t in taken):
            taken.append(span)
            found.append(views[n].ref)
    return found
