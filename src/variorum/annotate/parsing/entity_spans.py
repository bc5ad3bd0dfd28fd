"""Names found from left to right: the moves of spaCy's entity recogniser, read from a loaded pipeline.

A word begins, continues, ends or alone makes a name, or is in none (Lample et al. 2016). The scores of all
words outside names are computed in one product; only inside a name does a choice depend on the last.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from variorum.annotate.parsing.token_vectors import TokenVectors, read_token_vectors
from variorum.annotate.parsing.transitions import Floats, Scorer, read_scorer

if TYPE_CHECKING:
    from spacy.tokens import Doc

_INSIDE, _OUTSIDE, _BEGIN = 1, 2, 3  # spaCy's numbers for the place of a word in a name


@dataclass(frozen=True, slots=True)
class EntitySpans:
    """A component that sets a document's entities; `moves` are (kind, hash of the label) a move."""

    vectors: TokenVectors
    scorer: Scorer
    moves: tuple[tuple[str, int], ...]

    def __call__(self, doc: Doc) -> Doc:
        """Find the entities of a document that has none yet, and whose sentences are known."""
        if not len(doc):
            return doc
        flags = doc.to_array(["IS_SPACE", "SENT_START"])
        table = self.scorer.table(self.vectors(doc))
        places: Any = np.full((len(doc), 2), (_OUTSIDE, 0), np.uint64)
        for start, end, label in self._spans(table, flags[:, 0] != 0, flags[:, 1] == 1):
            places[start:end] = (_INSIDE, label)
            places[start, 0] = _BEGIN
        doc.from_array(["ENT_IOB", "ENT_TYPE"], places)
        return doc

    def _spans(self, table: Floats, space: Any, sentence: Any) -> list[tuple[int, int, int]]:
        n = len(space)
        last = np.append(sentence[1:], True)  # a name ends where its sentence does
        best = self._outside(table, space, last)
        inside = {label: self._following(label) for kind, label in self.moves if kind == "B"}
        spans, i = [], 0
        while i < n:
            kind, label = self.moves[best[i]]
            start, i = i, i + 1
            if kind == "O":
                continue
            if kind == "B":
                weight, bias = inside[label]
                while not last[i] and self._goes_on(table, start, i, weight, bias):
                    i += 1
                i += 1
            spans.append((start, i, label))
        return spans

    def _outside(self, table: Floats, space: Any, last: Any) -> list[int]:
        """The best move of each word, were it outside names."""
        scores = self.scorer.products(table[0, 1:] + table[1, 0] + table[2, 0]) + self.scorer.upper_bias
        kinds = np.array([kind if label or kind == "O" else "" for kind, label in self.moves])
        scores[:, ~np.isin(kinds, ("B", "U", "O"))] = -np.inf
        scores[np.ix_(space, np.isin(kinds, ("B", "U")))] = -np.inf
        scores[np.ix_(last, kinds == "B")] = -np.inf
        best: list[int] = scores.argmax(axis=1).tolist()
        return best

    def _following(self, label: int) -> tuple[Floats, Any]:
        """Weights and bias of how much better it is to continue a name than to end it here."""
        on, end = self.moves.index(("I", label)), self.moves.index(("L", label))
        upper, bias = self.scorer.upper, self.scorer.upper_bias
        return upper[:, on] - upper[:, end], bias[on] - bias[end]

    def _goes_on(self, table: Floats, start: int, i: int, weight: Floats, bias: Any) -> bool:
        sums = table[0, i + 1] + table[1, start + 1] + table[2, i]
        half = len(weight)
        return bool(np.maximum(sums[:half], sums[half:]) @ weight + bias > 0)


def read_entity_spans(component: Any) -> EntitySpans:
    """The same recogniser as spaCy's `ner` component."""
    names = [component.moves.get_class_name(k) for k in range(component.moves.n_moves)]
    strings = component.vocab.strings
    moves = tuple(
        (kind, strings[label] if label else 0) for kind, _, label in (n.partition("-") for n in names)
    )
    return EntitySpans(read_token_vectors(component.model), read_scorer(component.model), moves)
