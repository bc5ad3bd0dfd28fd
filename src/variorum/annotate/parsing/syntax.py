"""Tags, heads and relations in one component: spaCy's `tok2vec`, `tagger` and `parser`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from variorum.annotate.parsing.arcs import ArcParser, read_arc_parser
from variorum.annotate.parsing.token_vectors import TokenVectors, read_token_vectors
from variorum.annotate.parsing.transitions import Floats

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Syntax:
    """A component that sets tags, heads, relations and sentences.

    `tag_weight` [width, tags] and `tag_bias` score the tags, whose hashes are `tags`. `relations` has the
    hash of the relation that each move of the parser gives; `root` is that of a word without a head.
    """

    vectors: TokenVectors
    tag_weight: Floats
    tag_bias: Floats
    tags: Any
    parser: ArcParser
    relations: Any
    root: int

    def __call__(self, doc: Doc) -> Doc:
        """Analyse a document in which only the starts of lines are known as starts of sentences."""
        from spacy.pipeline._parser_internals.nonproj import deprojectivize

        n = len(doc)
        if not n:
            return doc
        vectors = self.vectors(doc)
        starts = (doc.to_array("SENT_START") == 1).tolist()
        heads, moves = (np.array(values) for values in self.parser(vectors, starts))
        here = np.arange(n)
        roots = heads < 0
        values: Any = np.empty((n, 3), np.uint64)
        values[:, 0] = self.tags[(vectors @ self.tag_weight + self.tag_bias).argmax(axis=1)]
        values[:, 1] = np.where(roots, 0, heads - here).astype(np.uint64)
        values[:, 2] = np.where(roots, np.uint64(self.root), self.relations[moves])
        doc.from_array(["TAG", "HEAD", "DEP"], values)
        deprojectivize(doc)
        return doc


def read_syntax(tok2vec: Any, tagger: Any, parser: Any) -> Syntax:
    """The same analysis as spaCy's components of these names."""
    strings = parser.vocab.strings
    names = [parser.moves.get_class_name(k) for k in range(parser.moves.n_moves)]
    (output,) = (part for part in tagger.model.walk() if part.name == "softmax")
    return Syntax(
        read_token_vectors(tok2vec.model),
        np.ascontiguousarray(output.get_param("W").T),
        output.get_param("b"),
        np.array([strings[label] for label in tagger.labels], np.uint64),
        read_arc_parser(parser),
        np.array([strings[name.partition("-")[2]] for name in names], np.uint64),
        strings["ROOT"],
    )
