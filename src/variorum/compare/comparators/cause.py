"""Why it happened."""

from __future__ import annotations

from dataclasses import dataclass

from variorum.compare.comparators.finding import Finding, about, content, likeness, marked, per_view
from variorum.compare.views import View, word_spans
from variorum.lexicon import table

_SHARED = 2


@dataclass(frozen=True, slots=True)
class _Cause:
    """Where a claim gives a cause: its words from the one that brings it in, and the stems on either side.

    `sure` is False where that word may say no more than that one thing came after another.
    """

    said: str
    after: frozenset[str]
    before: frozenset[str]
    sure: bool


@per_view
def _causal(view: View) -> _Cause | None:
    said = view.words
    found = [n for n in range(len(said)) if _brings_in(said, n)]
    if not found:
        return None
    at = min(found, key=lambda n: (_is_temporal(said[n]), n))
    after = content(said[at + 1 :])
    # "ice was the cause": what it is stands before
    whole = view.text[word_spans(view.text)[at].start :] if after else view.text
    return _Cause(whole, after, content(said[:at]), not _is_temporal(said[at]))


def _brings_in(said: tuple[str, ...], n: int) -> bool:
    how = table("causal-words.txt").get(said[n])
    return how is not None and (how != ("to",) or said[n + 1 : n + 2] == ("to",))


def _is_temporal(word: str) -> bool:
    return table("causal-words.txt")[word] == ("after",)


def compare(a: View, b: View) -> Finding | None:
    """Clauses that perhaps give one cause agree; a cause that one leaves out, or two causes, are compatible.

    A thing may have several causes, so two of them do not contradict. What only follows something is no cause
    by itself.
    """
    x, y = _causal(a), _causal(b)
    if x is None or y is None:
        return _one_sided(a, b, x or y)
    if not (x.sure or y.sure):
        return None
    said = f"{marked(x.said)} / {marked(y.said)}"
    if likeness(x.after, y.after) or likeness(x.after, y.before) or likeness(x.before, y.after):
        return Finding("agree", "cause", f"{said}: perhaps the same cause", 0.45)
    return Finding("compatible", "cause", f"{said}: perhaps two causes of one thing", 0.3)


def _one_sided(a: View, b: View, told: _Cause | None) -> Finding | None:
    if told is None or not told.sure or len(about(a) & about(b)) < _SHARED:
        return None
    return Finding(
        "compatible", "cause", f"{marked(told.said)}: perhaps a cause, not in the other wording", 0.1
    )
