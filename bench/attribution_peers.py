"""What others find on the same parse: textacy's direct quotations, and a plain dependency rule.

textacy is optional (`pip install -r bench/requirements.txt`); it raises where an article has an odd number of
quotation marks, and such an article counts as one without attributions.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec

from spacy.tokens import Token

from variorum.annotate.document import Document
from variorum.model import Attribution, Span

#: The commonest verbs of saying (Krestel, Bergler and Witte 2008), as a first program would list them.
VERBS = frozenset(
    (
        *("say", "tell", "add", "announce", "claim", "argue", "believe", "think", "state", "note", "explain"),
        *("report", "suggest", "warn", "insist", "deny", "admit", "acknowledge", "confirm", "declare"),
        *("promise", "predict", "ask", "write"),
    )
)


def has_textacy() -> bool:
    """Whether textacy is installed."""
    return find_spec("textacy") is not None


class Textacy:
    """`textacy.extract.direct_quotations`, with a count of the articles where it raises."""

    def __init__(self) -> None:
        self.raised = 0

    def __call__(self, document: Document) -> tuple[Attribution, ...]:
        """The quotations of one article, none where textacy raises."""
        from textacy.extract import direct_quotations

        try:
            triples = list(direct_quotations(document.doc))
        except ValueError:
            self.raised += 1
            return ()
        return tuple(
            Attribution(_span(t.speaker), _span(t.cue), _span(t.content), "direct", by="textacy")
            for t in triples
        )


def dependency_rule(document: Document) -> tuple[Attribution, ...]:
    """A verb of saying with its subject and its clausal complement, and nothing else."""
    found = []
    for verb in document.doc:
        if verb.pos_ != "VERB" or verb.lemma_ not in VERBS:
            continue
        subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        complement = next((c for c in verb.children if c.dep_ == "ccomp"), None)
        if subject is None or complement is None:
            continue
        source, cue = _span(subject.subtree), _span([verb])
        found.append(Attribution(source, cue, _span(complement.subtree), "indirect", by="dependency"))
    return tuple(found)


def _span(tokens: Iterable[Token]) -> tuple[Span, ...]:
    """From the first to the last token, without white space."""
    told = sorted((t for t in tokens if not t.is_space), key=lambda t: t.i)
    return (Span(told[0].idx, told[-1].idx + len(told[-1].text)),) if told else ()
