import hashlib
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.annotate.pipeline import annotate, annotate_all
from variorum.compare.encoder import WIDTH, Encoder, load_encoder
from variorum.errors import UsageError
from variorum.inference import MODELS
from variorum.model import Article, Span

SENTENCES = [
    "The ferry sank off the northern cape.",
    "A ferry went down near the cape in the north.",
    "The council raised parking fees.",
    "Twelve people drowned.",
    "",
    "Nobody was hurt, the harbour master said on Tuesday after the ferry had been towed to port.",
]


def test_vectors_have_length_one_and_tell_meanings_apart():
    vectors = load_encoder().encode(SENTENCES)
    assert vectors.shape == (len(SENTENCES), WIDTH)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > 0.6 > vectors[0] @ vectors[2]


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(len(SENTENCES))), st.integers(0, len(SENTENCES)))
def test_a_vector_depends_on_its_text_alone(order, cut):
    encoder = load_encoder()
    alone = np.concatenate([encoder.encode([s]) for s in SENTENCES])
    parts = [order[:cut], order[cut:]]
    mixed = np.concatenate([encoder.encode([SENTENCES[i] for i in part]) for part in parts])
    assert np.array_equal(mixed, alone[list(order)])


def test_no_texts_give_no_vectors():
    assert load_encoder().encode([]).shape == (0, WIDTH)


def test_annotations_do_not_depend_on_what_is_annotated_beside_them():
    articles = [Article(f"Police said {n} people drowned. The mayor denied it on Friday.") for n in range(4)]
    assert list(annotate_all(articles)) == [annotate(a) for a in articles]


def test_a_long_text_is_read_to_its_end():
    encoder = load_encoder()
    long = "The ferry sank. " * 300
    same, other = encoder.encode([long + "Nobody drowned.", long + "The council raised parking fees."])
    assert not np.array_equal(same, other)


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=400), st.data())
def test_parts_of_any_text_have_vectors(text, data):
    places = st.integers(0, len(text))
    parts = [Span(*sorted(data.draw(st.tuples(places, places)))) for _ in range(3)]
    vectors = load_encoder().encode_parts([text, "The ferry sank."], [parts, [Span(4, 9)]])
    assert vectors.shape == (4, WIDTH)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_part_is_read_within_its_text():
    ferry, plant = "The old plant sank off the cape.", "The old plant grew in the garden."
    part = Span(4, 13)
    vectors = load_encoder().encode_parts([ferry, plant, ferry], [[part], [part], [Span(0, 3), part]])
    assert np.array_equal(vectors[0], vectors[3])
    assert vectors[0] @ vectors[1] < 0.99


def test_a_part_that_spans_several_runs_of_the_model_does_not_depend_on_its_neighbours():
    long = " ".join(f"word{n}" for n in range(300))
    part = Span(10, len(long) - 10)
    alone = load_encoder().encode_parts([long], [[part]])
    beside = load_encoder().encode_parts([*SENTENCES, long], [[Span(0, 1)]] * len(SENTENCES) + [[part]])
    assert np.array_equal(alone[0], beside[-1])


def test_the_card_names_the_files_that_are_there():
    card = (MODELS / "encoder.md").read_text("utf8")
    for name in ("encoder.onnx", "tokenizer.json"):
        stated = re.search(rf"^- {re.escape(name)}: .*sha256 `([0-9a-f]+)`", card, re.MULTILINE)
        assert stated
        assert stated[1] == hashlib.sha256((MODELS / name).read_bytes()).hexdigest()
    assert (MODELS / "encoder.onnx").stat().st_size < 30_000_000


def test_missing_files_are_a_usage_error(tmp_path):
    with pytest.raises(UsageError, match="missing"):
        Encoder(tmp_path)


def test_a_damaged_model_is_a_usage_error(tmp_path):
    (tmp_path / "tokenizer.json").write_bytes((MODELS / "tokenizer.json").read_bytes())
    (tmp_path / "encoder.onnx").write_bytes(b"damaged")
    with pytest.raises(UsageError, match=r"encoder\.onnx: damaged"):
        Encoder(tmp_path)
