from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.stories.accounts import EVENTS, articles

from variorum.errors import UsageError
from variorum.model import Article
from variorum.stories import Clusterer, find_stories

DAYS = ("2031-05-05", "2031-05-06", "2031-05-07", None)
EVERY = [replace(a, published=DAYS[n % 4]) for event in EVENTS for n, a in enumerate(articles(event) * 1)]
SPREAD = [
    replace(a, id=f"{a.id}/{day}", published=day, text=f"{a.text} Report {k} of the day.")
    for k, day in enumerate(DAYS)
    for a in EVERY
]
WHOLE = find_stories(SPREAD)


def grouped(stories) -> set[frozenset[str]]:
    return {frozenset(story.articles) for story in stories}


def test_accounts_of_one_event_are_one_story_and_two_earthquakes_are_two():
    every = [a for event in EVENTS for a in articles(event, "2031-05-05")]
    assert grouped(find_stories(every)) == {frozenset(a.id for a in articles(event)) for event in EVENTS}


def test_dates_are_not_needed():
    every = [a for event in EVENTS for a in articles(event)]
    assert grouped(find_stories(every)) == {frozenset(a.id for a in articles(event)) for event in EVENTS}


@settings(max_examples=15, deadline=None)
@given(st.permutations(SPREAD))
def test_the_order_of_articles_does_not_matter(order):
    assert find_stories(order) == WHOLE


@settings(max_examples=15, deadline=None)
@given(st.permutations(SPREAD), st.lists(st.integers(1, 5), min_size=1, max_size=12), st.booleans())
def test_one_by_one_in_any_order_is_the_same_as_all_at_once(order, sizes, ask):
    clusterer, start = Clusterer(), 0
    for size in sizes:
        clusterer.add(order[start : start + size])
        start += size
        if ask:
            clusterer.stories()
    clusterer.add(order[start:])
    assert clusterer.stories() == WHOLE


def test_a_day_after_day_stream_asked_at_each_step_is_the_same():
    clusterer = Clusterer()
    for article in sorted(SPREAD, key=lambda a: (a.published or "9", a.id)):
        clusterer.add([article])
        story = clusterer.story_of(article.id)
        assert article.id in story.articles
        assert story in clusterer.stories()
    assert clusterer.stories() == WHOLE


def test_a_year_later_the_same_words_are_another_event():
    later = [replace(a, id=f"{a.id}-later") for a in articles("ferry", "2032-05-05")]
    found = find_stories([*articles("ferry", "2031-05-05"), *later])
    assert [len(story.articles) for story in found] == [3, 3]
    assert found[0].last == "2031-05-05"


def test_a_story_that_is_still_told_goes_on():
    days = ("2031-01-01", "2031-07-01", "2032-01-01")
    told = [replace(a, id=f"{a.id}-{day}") for day in days for a in articles("ferry", day)]
    (story,) = find_stories(told)
    assert (story.first, story.last) == (days[0], days[-1])


def test_the_id_stays_when_the_story_grows():
    first, *rest = articles("ferry", "2031-05-05")
    clusterer = Clusterer()
    clusterer.add([first])
    (before,) = clusterer.stories()
    clusterer.add(rest)
    (after,) = clusterer.stories()
    assert before.id == after.id
    assert len(after.articles) == 3


def test_the_reason_names_what_is_shared():
    (story,) = find_stories(articles("ferry", "2031-05-05"))
    assert "Sandpiper" in story.because
    assert "Tarnholm" in story.because
    assert 0.5 <= story.confidence <= 1


def test_an_article_that_is_too_old_is_refused_and_nothing_changes():
    clusterer = Clusterer()
    clusterer.add(articles("ferry", "2031-05-05"))
    with pytest.raises(UsageError, match="too old"):
        clusterer.add(articles("north", "2030-05-05"))
    assert len(clusterer.stories()) == 1


def test_articles_that_are_known_are_passed_over():
    clusterer = Clusterer()
    clusterer.add(articles("ferry", "2031-05-05"))
    clusterer.add(articles("ferry", "2031-05-06"))
    assert [len(story.articles) for story in clusterer.stories()] == [3]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.text(max_size=60), st.sampled_from([*DAYS, "31 May", "0001-01-01"])), max_size=8)
)
def test_any_text_is_in_just_one_story(given_texts):
    every = [Article(text, id=str(n), published=day) for n, (text, day) in enumerate(given_texts)]
    found = [identity for story in find_stories(every) for identity in story.articles]
    assert sorted(found) == sorted(a.id for a in every)
