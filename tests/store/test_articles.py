import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from variorum.errors import UsageError
from variorum.model import Article
from variorum.store.articles import add_batch, articles, number_of, stored, versions
from variorum.store.database import Database
from variorum.store.identity import key_of


def test_an_article_comes_back_as_it_went_in(database):
    given = Article(
        "Texte: «é»\r\n\ttwo 😀", "x1", "T", "O", "https://n.example/a?q=1#z", "2031-05-17", "en", "f:3"
    )
    add_batch(database, [given])
    found = stored(database, number_of(database, "x1"))
    assert found.article == Article(given.text, key_of(given), "T", "O", given.url, "2031-05-17", "en", "f:3")
    assert found.names == ("x1",)
    assert (found.version, found.versions, found.story) == (1, 1, None)


def test_adding_again_changes_nothing(database, make):
    batch = [make("One.", outlet="A"), make("One.", outlet="B"), make("Two.", url="https://n.example/2")]
    first = add_batch(database, batch)
    assert (first.added, first.known) == (3, 0)
    before = list(articles(database))
    again = add_batch(database, [*reversed(batch), *batch])
    assert (again.added, again.known, again.versions, again.completed) == (0, 6, 0, 0)
    assert list(articles(database)) == before


def test_a_changed_text_of_an_address_is_a_new_version(database, make):
    add_batch(database, [make("First.", url="https://n.example/a")])
    outcome = add_batch(
        database, [make("Second.", url="http://n.example/a#top"), make("Other.", url="https://n.example/b")]
    )
    assert (outcome.added, outcome.versions) == (2, 1)
    found = versions(database, "https://n.example/a?utm_source=x")
    assert [(v.version, v.versions, v.article.text) for v in found] == [(1, 2, "First."), (2, 2, "Second.")]
    assert versions(database, "https://n.example/none") == ()


def test_what_was_unknown_is_filled_in_and_what_was_derived_without_it_goes(database, make):
    add_batch(database, [make("One.", url="https://n.example/a", outlet="A")])
    number = number_of(database, "n.example/a")
    database.run("INSERT INTO derived VALUES (?, 'layer', '1', x'00')", (number,))
    outcome = add_batch(
        database, [make("One.", url="https://n.example/a", outlet="B", published="2031-05-17", title="Tides")]
    )
    assert (outcome.known, outcome.completed) == (1, 1)
    found = stored(database, number).article
    assert (found.outlet, found.published, found.title) == ("A", "2031-05-17", "Tides")
    assert database.value("SELECT count(*) FROM derived") == 0
    assert database.value("SELECT count(*) FROM words WHERE words MATCH 'tides'") == 1


def test_articles_are_found_by_all_their_names(database, make):
    add_batch(
        database,
        [make("One.", id="x1", url="https://n.example/a"), make("Two.", id="x2", url="https://n.example/a")],
    )
    key = key_of(make("One.", url="https://n.example/a"))
    for handle, text in ((key, "One."), (key[:8], "One."), ("x2", "Two."), ("https://n.example/a", "Two.")):
        assert stored(database, number_of(database, handle)).article.text == text
    for handle in ("x3", "", key[:2], "n.example/b"):
        with pytest.raises(UsageError, match="has no article"):
            number_of(database, handle)


def test_a_name_of_several_articles_is_told(database, make):
    add_batch(database, [make("One.", id="x"), make("Two.", id="x")])
    with pytest.raises(UsageError, match="could be 2 articles"):
        number_of(database, "x")


def test_the_order_of_articles_does_not_depend_on_arrival(tmp_path, make):
    days = [None, "2031-02-01", "2031-01-01T10:00", "2031-01-01"]
    batch = [make(f"{n}.", published=day) for n, day in enumerate(days)]
    orders = []
    for name, given in (("a", batch), ("b", batch[::-1])):
        with Database(tmp_path / name, write=True, create=True) as opened:
            add_batch(opened, given)
            orders.append([a.id for a in articles(opened)])
            assert [a.text for a in articles(opened, "2031-01-02", "2031-02-01")] == ["1."]
    assert orders[0] == orders[1]
    assert orders[0][-1] == key_of(batch[0])


_names = st.one_of(st.none(), st.sampled_from(["a", "b"]))
_urls = st.one_of(st.none(), st.sampled_from(["https://n.example/1", "http://n.example/2"]))
_articles = st.builds(
    lambda t, o, u, i: Article(t, i or "", outlet=o, url=u), st.sampled_from("xyz"), _names, _urls, _names
)


@settings(max_examples=12, deadline=None)
@drawn(st.lists(_articles, max_size=12), st.integers(0, 12))
def test_any_grouping_gives_the_same_library(tmp_path_factory, batch, cut):
    results = []
    for groups in ([batch], [batch[:cut], batch[cut:], batch[::-1]]):
        with Database(tmp_path_factory.mktemp("l") / "l.db", write=True, create=True) as opened:
            outcomes = [add_batch(opened, group) for group in groups]
            results.append((sum(o.added for o in outcomes), sorted(a.id for a in articles(opened))))
    assert results[0] == results[1]
    assert results[0][0] == len({key_of(a) for a in batch})
