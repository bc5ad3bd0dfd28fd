from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.model import Article
from variorum.passages import MIN_WORDS, find_passages

WIRE = (
    "The ferry left the harbour of Lund shortly before dawn with about ninety people on board, "
    "most of them pilgrims on their way home, the coast guard said in a statement."
)


def shared(a: str, b: str) -> list[tuple[str, str, float]]:
    first, second = Article(a, id="a"), Article(b, id="b")
    return [(p.a.span.of(a), p.b.span.of(b), p.similarity) for p in find_passages([first, second])]


def test_a_reprint_is_found_whole_with_exact_offsets():
    [(a, b, similarity)] = shared("Before it. " + WIRE, WIRE + " After it.")
    assert a == b == WIRE.rstrip(".")
    assert similarity == 1.0


def test_an_editor_s_change_is_bridged_and_counted():
    changed = WIRE.replace("about ninety people", "some ninety-four passengers")
    [(a, b, similarity)] = shared(WIRE, changed)
    assert a.startswith("The ferry")
    assert b.endswith("in a statement")
    assert 0.8 < similarity < 1.0


def test_case_and_kind_of_apostrophe_do_not_hide_a_reprint():
    a = "It wasn't the captain's first voyage through the strait that week, officials said on Monday."
    [(x, y, _)] = shared(a, a.upper().replace("'", "’"))
    assert y == x.upper().replace("'", "’")


def test_short_phrases_are_no_passage():
    assert (
        shared("A man was taken to hospital on Friday.", "Yes: a man was taken to hospital on Friday.") == []
    )


def test_one_article_shares_nothing_with_itself():
    assert find_passages([Article(WIRE + " " + WIRE)]) == ()


def test_text_that_repeats_itself_takes_linear_time():
    hostile = "a b " * 50_000
    assert len(shared(hostile, hostile)) >= 1


words = st.lists(
    st.sampled_from(["alpha", "beta", "gamma", "übung", "😀", "שלום", "one's\r\n", "\n"]), max_size=60
)


@given(words, words)
def test_passages_are_exact_disjoint_and_symmetric(x: list[str], y: list[str]):
    a, b = Article(" ".join(x), id="a"), Article(" ".join(y), id="b")
    there, back = find_passages([a, b]), find_passages([b, a])
    for p in there:
        words_a = p.a.span.of(a.text).split()
        assert len(words_a) >= MIN_WORDS // 2
        assert p.a.span.of(a.text).strip() == p.a.span.of(a.text)
    for one, two in pairwise(there):
        assert one.a.span.end <= two.a.span.start
    assert bool(there) == bool(back)


@pytest.mark.parametrize("text", ["", "\n", "one two"])
def test_short_texts_share_nothing(text: str):
    assert shared(text, WIRE) == []
