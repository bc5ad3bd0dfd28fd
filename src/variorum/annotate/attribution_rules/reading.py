"""One article as the attribution rules read it: the parse as lists, with the reach of every word."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from variorum.annotate.document import Document
from variorum.annotate.tree import Tree, tree_of
from variorum.model import Quotation, Span

Range = tuple[int, int]
"""Token indices `[start, end)`."""

_LONGEST_HEADLINE = 160
_LOOSE = frozenset((",", ".", ";", ":", "-", "--", "—", "–", "(", ")", "…", "..."))


@dataclass(frozen=True, slots=True)
class Reading:
    """A document's tree, the outermost tokens below each token, and where quotations and sentences lie.

    `headline` is the first line where it reads as one (short, no full stop, more lines follow), else empty.
    `left[i]` and `right[i]` are the first and the last token of the subtree of `i`. `quotations` are the
    outermost ones, `quote[i]` is the index of the one that token `i` lies in, or -1. `sentence[i]` numbers
    the parser's sentences.
    """

    document: Document
    tree: Tree
    left: list[int]
    right: list[int]
    all_quotations: tuple[Quotation, ...]
    quotations: tuple[Quotation, ...]
    quote: list[int]
    sentence: list[int]
    headline: Range

    @property
    def text(self) -> str:
        """The article's text."""
        return self.document.article.text

    def covered(self, i: int) -> Range:
        """The tokens from the first to the last below `i`."""
        return self.left[i], self.right[i] + 1

    def span(self, tokens: Range) -> Span | None:
        """The tokens' characters without white space and loose punctuation at the ends; None if empty."""
        start, end = self._tight(tokens)
        return Span(self.tree.start[start], self.tree.end[end - 1]) if end > start else None

    def _tight(self, tokens: Range) -> Range:
        start, end = tokens
        tree, text = self.tree, self.text
        while start < end and self._is_loose(text[tree.start[start] : tree.end[start]]):
            start += 1
        while end > start and self._is_loose(text[tree.start[end - 1] : tree.end[end - 1]]):
            end -= 1
        return start, end

    def _is_loose(self, word: str) -> bool:
        return word in _LOOSE or word.isspace()

    def tokens(self, span: Span) -> Range:
        """The tokens that share a character with the span."""
        return bisect_right(self.tree.end, span.start), bisect_left(self.tree.start, span.end)

    def sentence_range(self, i: int) -> Range:
        """The tokens of the sentence that holds token `i`."""
        return bisect_left(self.sentence, self.sentence[i]), bisect_right(self.sentence, self.sentence[i])


def read(document: Document, quotations: tuple[Quotation, ...]) -> Reading:
    """Prepare a document for the rules; linear in its length."""
    tree = tree_of(document.doc)
    left, right = _edges(tree)
    sentence = [0] * len(tree)
    for n, sent in enumerate(document.doc.sents):
        sentence[sent.start : sent.end] = [n] * (sent.end - sent.start)
    outermost = tuple(q for q in quotations if q.depth == 0)
    quote = quoted_tokens(tree, outermost)
    return Reading(
        document, tree, left, right, quotations, outermost, quote, sentence, _headline(document, tree)
    )


def _headline(document: Document, tree: Tree) -> Range:
    text, paragraphs = document.article.text, document.paragraphs
    if len(paragraphs) < 2 or len(paragraphs[0]) > _LONGEST_HEADLINE or text[paragraphs[0].end - 1] in ".:,;":
        return 0, 0
    return bisect_right(tree.end, paragraphs[0].start), bisect_left(tree.start, paragraphs[0].end)


def _edges(tree: Tree) -> tuple[list[int], list[int]]:
    left, right = list(range(len(tree))), list(range(len(tree)))
    order = [i for i in range(len(tree)) if tree.head[i] == i]
    for i in order:  # grows while it is read: heads before dependents
        order.extend(tree.children[i])
    for i in reversed(order):
        head = tree.head[i]
        left[head] = min(left[head], left[i])
        right[head] = max(right[head], right[i])
    return left, right


def quoted_tokens(tree: Tree, quotations: tuple[Quotation, ...]) -> list[int]:
    """For each token, the index of the first quotation that holds it, or -1."""
    quote = [-1] * len(tree)
    for n, quotation in enumerate(quotations):
        for part in quotation.spans:
            first = bisect_right(tree.end, part.start)
            last = bisect_left(tree.start, part.end)
            for i in range(first, last):
                if quote[i] < 0:
                    quote[i] = n
    return quote
