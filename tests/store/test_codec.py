import dataclasses
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum import model
from variorum.model import Annotation, Article, Attribution, Claim, Entity, Place, Quantity, Quotation, Span
from variorum.store.codec import decode, encode

ARTICLE = Article("x" * 1000)

spans = st.builds(lambda a, n: Span(a, a + n), st.integers(0, 500), st.integers(0, 500))
many = st.lists(spans, max_size=3).map(tuple)
floats = st.one_of(st.none(), st.floats(allow_nan=False))
annotations = st.builds(
    Annotation,
    article=st.just(ARTICLE),
    paragraphs=many,
    quotations=st.lists(st.builds(Quotation, spans=many), max_size=2).map(tuple),
    attributions=st.lists(
        st.builds(Attribution, source=many, cue=many, content=many, speaker=st.one_of(st.none(), st.text())),
        max_size=2,
    ).map(tuple),
    claims=st.lists(
        st.builds(Claim, span=spans, hedges=many, terms=st.lists(st.text()).map(tuple), lemma=st.text()),
        max_size=2,
    ).map(tuple),
    quantities=st.lists(st.builds(Quantity, span=spans, min=floats, max=floats), max_size=2).map(tuple),
    places=st.lists(st.builds(Place, span=spans, lat=floats, associative=st.booleans()), max_size=2).map(
        tuple
    ),
    entities=st.lists(st.builds(Entity, span=spans), max_size=2).map(tuple),
)


@given(annotations)
def test_what_went_in_comes_out(annotation):
    assert decode(encode(annotation), ARTICLE) == annotation


def test_every_type_of_an_annotation_can_be_stored():
    from variorum.store.codec import _decoders

    names = [f.name for f in dataclasses.fields(Annotation) if f.name != "article"]
    assert list(_decoders(Annotation)) == names
    for name in names:
        kind = getattr(model, str(Annotation.__annotations__[name]).removeprefix("tuple[").partition(",")[0])
        assert kind is Span or set(_decoders(kind)) == {f.name for f in dataclasses.fields(kind)}


def test_a_claim_without_a_lemma_is_read_as_such():
    body = zlib.compress(b'{"claims": [{"span": [0, 5], "predicate": [2, 4]}]}')
    assert decode(body, ARTICLE).claims == (Claim(Span(0, 5), predicate=Span(2, 4), lemma=""),)


def test_the_article_is_not_stored_twice():
    assert len(encode(Annotation(ARTICLE))) < 20


@pytest.mark.parametrize("text", ["[]", '{"none": 1}', "{", '{"claims": [{"span": "x"}]}'])
def test_other_bytes_are_refused(text):
    for body in (text.encode(), zlib.compress(text.encode())):
        with pytest.raises(ValueError):  # noqa: PT011  (whichever: it is no annotation)
            decode(body, ARTICLE)
