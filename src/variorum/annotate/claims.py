"""Finds the claims of an article: its clauses, with whose they are and how firmly each is stated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from variorum.annotate.boilerplate import outside
from variorum.annotate.certainty import Stance, stances
from variorum.annotate.clauses import NESTED, Clause, segment
from variorum.annotate.document import Document
from variorum.annotate.exempted import exempted
from variorum.annotate.roles import Roles, roles_of
from variorum.annotate.tree import CONTENT_POS, VERBAL_POS, Tree, tree_of
from variorum.model import Attribution, Claim, Span

_KEPT_IN_FRONT = frozenset("$£€¥#@+-−(")
_KEPT_BEHIND = frozenset("%°$€£")


@dataclass(frozen=True, slots=True)
class _Piece:
    """The part of a clause that one voice utters: token bounds, the clause's number, the attribution's."""

    first: int
    last: int
    clause: int
    attribution: int | None
    holds_head: bool


def find_claims(document: Document, attributions: Sequence[Attribution] = ()) -> tuple[Claim, ...]:
    """The claims of an article in order of the text, outer before inner; linear in its length.

    A claim is the smallest clause that states something. Where an attribution's content is a clause, the
    words that attribute it are left out of it and are a claim of their own ("the minister said"). Where the
    content is only part of the clause ("accused the army of looting"), both the whole and the content are
    claims. Every content word of the article lies in some claim, save those of boilerplate and of lines of
    one word.

    Args:
        document: the parsed article.
        attributions: those found in it; a claim names the innermost whose content holds it.
    """
    tree = tree_of(document.doc)
    clauses = segment(tree)
    voice = _voices(tree, attributions)
    judged = stances(tree, clauses)
    stated = _stated(clauses)
    found: dict[Span, Claim] = {}
    for piece in _pieces(tree, clauses, voice):
        span = _within(document, tree, piece.first, piece.last)
        if span is None or span in found or _is_label(tree, clauses[piece.clause]):
            continue
        found[span] = _claim(
            tree, clauses[piece.clause], piece, span, judged[piece.clause], stated[piece.clause]
        )
    for event in exempted(tree, clauses, judged):
        if len({voice[i] for i in range(event.first, event.last + 1)}) > 1:
            continue
        span = _within(document, tree, event.first, event.last)
        if span is not None and span not in found:
            piece = _Piece(event.first, event.last, event.clause, voice[event.first], False)
            found[span] = _claim(
                tree, clauses[event.clause], piece, span, event.stance, range(event.first, event.last + 1)
            )
    return tuple(sorted(found.values(), key=lambda c: (c.span.start, -c.span.end)))


def _within(document: Document, tree: Tree, first: int, last: int) -> Span | None:
    """The span of these tokens, trimmed; None where nothing is left of it that belongs to the account."""
    while first > 1 and _is_hyphen(tree, first - 1):
        first -= 2
    while last < len(tree) - 2 and _is_hyphen(tree, last + 1):
        last += 2
    start, end = outside(document.boilerplate, tree.start[first], tree.end[last])
    return trimmed(document.article.text, start, end)


def _is_hyphen(tree: Tree, i: int) -> bool:
    """Whether a token joins two words into one, as in "re-opened": a parser may see two predicates there."""
    whole = tree.end[i - 1] == tree.start[i] and tree.end[i] == tree.start[i + 1]
    return whole and tree.lower[i] in ("-", "‑") and tree.word[i - 1] and tree.word[i + 1]


def _is_label(tree: Tree, clause: Clause) -> bool:
    """Whether a line is one word that states nothing: a name, a heading."""
    return clause.kind == "root" and len(clause.own) == 1 and tree.pos[clause.head] not in VERBAL_POS


def _voices(tree: Tree, attributions: Sequence[Attribution]) -> list[int | None]:
    """For each token the innermost attribution whose content holds it."""
    voice: list[int | None] = [None] * len(tree)
    at = {s: i for i, s in enumerate(tree.start)}
    by_size = sorted(range(len(attributions)), key=lambda n: -sum(map(len, attributions[n].content)))
    for n in by_size:
        for part in attributions[n].content:
            for i in _tokens(tree, at, part):
                voice[i] = n
    return voice


def _tokens(tree: Tree, at: dict[int, int], part: Span) -> range:
    """The tokens that lie in a span, found from where it begins."""
    first = part.start
    while first < part.end and first not in at:
        first += 1
    if first >= part.end:
        return range(0)
    i = j = at[first]
    while j < len(tree) and tree.start[j] < part.end:
        j += 1
    return range(i, j)


def _pieces(tree: Tree, clauses: Sequence[Clause], voice: list[int | None]) -> list[_Piece]:
    pieces = []
    for n, clause in enumerate(clauses):
        if not clause.own:
            continue
        mine = voice[clause.head]
        if all(voice[i] == mine for i in range(clause.first, clause.last + 1)):
            pieces.append(_Piece(clause.first, clause.last, n, mine, True))
            continue
        pieces.extend(_split(tree, clauses, n, voice))
    return pieces


def _split(tree: Tree, clauses: Sequence[Clause], n: int, voice: list[int | None]) -> list[_Piece]:
    """The pieces of a clause that begins in one voice and goes on in another."""
    clause = clauses[n]
    mine = voice[clause.head]
    runs: dict[int | None, list[int]] = {}
    for i in clause.own:
        if clause.first <= i <= clause.last:
            runs.setdefault(voice[i], []).append(i)
    first, last = clause.first, clause.last
    if mine is not None and mine in runs:  # the words that attribute a content are no part of it
        first = first if voice[first] == mine else runs[mine][0]
        last = last if voice[last] == mine else runs[mine][-1]
    pieces = [_Piece(first, last, n, mine, True)]
    for v, run in runs.items():
        weight = sum(tree.pos[i] in CONTENT_POS for i in run)
        inside = first <= run[0] and run[-1] <= last
        if v != mine and (weight >= 2 if inside else weight >= 1) and not (inside and v is None):
            pieces.append(_Piece(run[0], run[-1], n, v, False))
    return pieces


def _claim(
    tree: Tree, clause: Clause, piece: _Piece, span: Span, stance: Stance, stated: Sequence[int]
) -> Claim:
    roles = roles_of(tree, clause.head) if piece.holds_head else Roles(None, None, None)
    return Claim(
        span=span,
        attribution=piece.attribution,
        certainty=stance.certainty,
        polarity=stance.polarity,
        hedges=tuple(Span(tree.start[i], tree.end[i]) for i in stance.hedges),
        predicate=_span(tree, roles.predicate),
        agent=_span(tree, roles.agent),
        patient=_span(tree, roles.patient),
        terms=tuple(
            tree.lemma[i]
            for i in stated
            if piece.first <= i <= piece.last and tree.pos[i] in CONTENT_POS and tree.word[i]
        ),
        lemma="" if roles.predicate is None else tree.lemma[roles.predicate],
    )


def _stated(clauses: Sequence[Clause]) -> list[list[int]]:
    """The words that each clause states: its own and those of the clauses nested in it."""
    stated = [list(c.own) for c in clauses]
    for clause in clauses:
        up, inner = clause.parent, clause
        while up is not None and inner.kind in NESTED:
            stated[up].extend(clause.own)
            inner = clauses[up]
            up = inner.parent
    for words_of in stated:
        words_of.sort()
    return stated


def _span(tree: Tree, i: int | None) -> Span | None:
    return None if i is None else Span(tree.start[i], tree.end[i])


def trimmed(text: str, start: int, end: int) -> Span | None:
    """The span without punctuation, quotation marks and white space at its ends, with its last unit."""
    while start < end and not (text[start].isalnum() or text[start] in _KEPT_IN_FRONT):
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in _KEPT_BEHIND):
        if text[end - 1] == ")" and "(" in text[start:end]:
            break
        end -= 1
    if start < end < len(text) and text[end] in _KEPT_BEHIND:
        end += 1
    if text[start : start + 1] == "(" and ")" not in text[start:end]:
        start += 1
    return Span(start, end) if end > start else None
