import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from variorum.errors import UsageError
from variorum.model import Article
from variorum.store.articles import add_batch
from variorum.store.database import Database
from variorum.store.search import SearchOptions, search


@pytest.fixture
def full(database, make):
    add_batch(
        database,
        [
            make(
                "The ferry left at high tide. The tide was high.",
                title="Ferry",
                outlet="The Courier",
                published="2031-05-17",
            ),
            make(
                "A boat waited for the tide, Zoë said.",
                title="Boat",
                outlet="Harbour Post",
                published="2031-05-19",
            ),
            make("Attacks on the film of the tide.", outlet="Harbour Post"),
        ],
    )
    return database


def texts(database, words, **options):
    return [hit.article.text[:6] for hit in search(database, words, SearchOptions(**options))]


def test_words_phrases_beginnings_and_exclusions(full):
    assert set(texts(full, "tide")) == {"The fe", "A boat", "Attack"}
    assert texts(full, '"high tide"') == ["The fe"]
    assert texts(full, "attack") == []
    assert texts(full, "attack*") == ["Attack"]
    assert texts(full, "zoe") == ["A boat"]
    assert set(texts(full, "tide -film")) == {"The fe", "A boat"}
    assert set(texts(full, "ferry OR film")) == {"The fe", "Attack"}


def test_filters(full):
    assert texts(full, "tide", outlet="harbour post", since="2031-01-01") == ["A boat"]
    assert texts(full, "tide", until="2031-05-17") == ["The fe"]
    assert texts(full, "tide", since="2031-05-17", until="2031-05-18") == ["The fe"]
    assert len(texts(full, "tide", limit=2)) == 2
    with pytest.raises(UsageError, match="not a day"):
        SearchOptions(since="last week")


def test_spans_are_the_words_that_were_found(full):
    (hit,) = search(full, '"high tide" left', SearchOptions())
    assert [s.of(hit.article.text) for s in hit.spans] == ["left", "high tide"]


def test_a_word_of_the_title_alone_has_no_spans(full):
    add_batch(full, [Article("The lock was shut.", title="Barge")])
    (hit,) = search(full, "barge", SearchOptions())
    assert hit.spans == ()
    assert hit.excerpt.of(hit.article.text) == "The lock was shut."


def test_the_excerpt_holds_the_densest_part_and_ends_between_words(database, make):
    filler = "nothing of note happened there " * 40
    text = f"{filler}tide {filler}high tide at the quay, tide again {filler}"
    add_batch(database, [make(text)])
    (hit,) = search(database, "tide", SearchOptions())
    excerpt = hit.excerpt.of(text)
    assert "high tide at the quay, tide again" in excerpt
    assert len(excerpt) <= 240
    assert excerpt == excerpt.strip()
    assert f" {excerpt} " in text


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    with Database(tmp_path_factory.mktemp("s") / "s.db", write=True, create=True) as opened:
        yield opened


@settings(max_examples=40, deadline=None)
@drawn(st.text(st.sampled_from("tide Tïde\U000f0000\U000f0001\n.,é😀"), max_size=60))
def test_spans_hold_in_any_text(shared, text):
    article = Article(f"{text} tide", outlet=Article(text).sha256)
    add_batch(shared, [article])
    (hit,) = search(shared, "tide", SearchOptions(outlet=article.outlet))
    assert hit.spans
    assert {s.of(article.text).lower().replace("ï", "i") for s in hit.spans} == {"tide"}
    assert hit.excerpt.end <= len(article.text)


def test_equal_ranks_do_not_depend_on_arrival(tmp_path, make):
    batch = [make("The tide rose.", outlet=f"O{n}") for n in range(6)]
    orders = []
    for name, given in (("a", batch), ("b", batch[::-1])):
        with Database(tmp_path / name, write=True, create=True) as opened:
            add_batch(opened, given)
            orders.append([hit.article.id for hit in search(opened, "tide", SearchOptions())])
    assert orders[0] == orders[1]
