import pytest

from variorum.errors import UsageError
from variorum.store import derived
from variorum.store.articles import add_batch, articles, number_of, stored
from variorum.store.stories import (
    Assignment,
    StoryFilter,
    assign,
    clear,
    history,
    members,
    methods,
    stories,
    story,
    unassigned,
)


@pytest.fixture
def ids(database, make):
    days = ["2031-05-17", "2031-05-18", None, "2031-06-01"]
    add_batch(
        database,
        [make(f"Text {n}.", title=f"Title {n}", outlet=f"O{n % 2}", published=d) for n, d in enumerate(days)],
    )
    by_text = {a.text: a.id for a in articles(database)}
    return [by_text[f"Text {n}."] for n in range(4)]


def put(database, ids, names, method="1", **more):
    placed = [
        Assignment(i, s, 0.5 + n / 10, f"why {n}") for n, (i, s) in enumerate(zip(ids, names, strict=True))
    ]
    with database.transaction():
        changes = assign(database, placed, method, **more)
    return [(c.kind, c.story, c.into, c.articles) for c in changes]


def test_articles_get_their_stories(database, ids):
    assert list(unassigned(database)) == [ids[0], ids[1], ids[3], ids[2]]
    assert put(database, ids[:3], "ssu") == []
    assert list(unassigned(database)) == [ids[3]]
    assert stored(database, number_of(database, ids[0])).story == "s"
    (found,) = stories(database, StoryFilter())
    assert (found.id, found.title, found.articles, found.outlets) == ("s", "Title 0", 2, ("O0", "O1"))
    assert (found.first, found.last) == ("2031-05-17", "2031-05-18")
    assert found.confidence == pytest.approx(0.55)
    assert [(m.article.id, m.reason) for m in members(database, "s")] == [
        (ids[0], "why 0"),
        (ids[1], "why 1"),
    ]


def test_filters(database, ids):
    put(database, ids, "sstt", confidence={"s": 0.9})
    assert [s.id for s in stories(database, StoryFilter())] == ["t", "s"]
    assert [s.id for s in stories(database, StoryFilter(since="2031-05-18"))] == ["t", "s"]
    assert [s.id for s in stories(database, StoryFilter(until="2031-05-17"))] == ["s"]
    assert [s.id for s in stories(database, StoryFilter(outlet="o1"))] == ["t", "s"]
    assert list(stories(database, StoryFilter(size=3))) == []
    assert [s.id for s in stories(database, StoryFilter(place="text 0"))] == ["s"]
    assert [s.id for s in stories(database, StoryFilter(place="TEXT"))] == ["t", "s"]
    assert list(stories(database, StoryFilter(place='te"xt OR'))) == []
    with pytest.raises(UsageError, match="place"):
        StoryFilter(place="- ")
    assert story(database, "s").confidence == 0.9


def test_merges_and_splits_are_kept(database, ids):
    put(database, ids, "sstt")
    assert put(database, ids[:2], "tt") == [("merge", "s", "t", 2)]
    assert story(database, "s") is None
    assert put(database, ids[2:], "tu") == [("split", "t", "u", 1)]
    assert [(c.kind, c.story, c.into) for c in history(database, "t")] == [
        ("merge", "s", "t"),
        ("split", "t", "u"),
    ]
    clear(database)
    assert list(stories(database, StoryFilter(size=1))) == []
    assert len(history(database, "t")) == 2


def test_the_same_outcome_again_changes_no_history(database, ids):
    put(database, ids, "sstt")
    assert put(database, ids, "sstt", method="2") == []
    assert methods(database) == ("2",)


def test_an_unknown_article_changes_nothing(database, ids):
    with pytest.raises(UsageError, match="has no article"):
        put(database, [ids[0], "none"], "st")
    assert list(stories(database, StoryFilter(size=1))) == []


def test_a_story_is_found_by_its_beginning_if_only_one_begins_so(database, ids):
    put(database, ids, ["ab1", "ab1", "ab2", "ab"])
    assert story(database, "ab1").id == "ab1"
    assert story(database, "ab").id == "ab"
    assert story(database, "a") is None
    assert story(database, "ab3") is None


def test_derived_bodies_are_given_to_the_method_that_made_them(database, ids):
    number = number_of(database, ids[0])
    derived.put(database, "layer", "1", [(number, b"one")])
    assert derived.get(database, "layer", "1", number) == b"one"
    assert derived.get(database, "layer", "2", number) is None
    assert derived.get(database, "other", "1", number) is None
    assert list(derived.outdated(database, "layer", "2")) == [number]
    derived.put(database, "layer", "2", [(number, b"two")])
    assert derived.get(database, "layer", "2", number) == b"two"
    assert derived.made(database, "layer") == 1
    derived.outdate(database, "layer")
    assert list(derived.outdated(database, "layer", "2")) == [number]
