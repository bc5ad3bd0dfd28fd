"""Stories of a library: what is added later goes on with what was formed, with the outcome of forming all."""

import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.stories.accounts import EVENTS, articles

from variorum import Article, Library
from variorum.library import forming
from variorum.stories import find_stories

DAYS = ("2031-05-05", "2031-05-06", "2031-05-09", "2031-09-01", "2032-05-06", None)
EVERY = [
    replace(a, id=f"{a.id}/{day}", published=day, outlet=f"O{k}", text=f"{a.text} {extra}")
    for k, day in enumerate(DAYS)
    for event in EVENTS
    for a, extra in zip(
        articles(event), ("Report of the day.", "It was the tug Halcyon.", "Norland wept."), strict=False
    )
]


def outcome(library: Library) -> set[tuple[str, float, frozenset[str]]]:
    return {
        (story.id, story.confidence, frozenset(m.article.id for m in library.story(story.id)[1]))
        for story in library.stories(size=1)
    }


def formed(path, every) -> set[tuple[str, float, frozenset[str]]]:
    with Library(path) as library:
        library.add(every)
        library.form_stories()
        return outcome(library)


@pytest.mark.parametrize("seed", range(4))
def test_one_by_one_in_any_order_is_the_same_as_all_at_once(tmp_path, seed):
    draw = random.Random(seed)
    every = draw.sample(EVERY, len(EVERY))
    wanted = formed(tmp_path / "whole.db", every)
    path = tmp_path / "grown.db"
    while every:
        size = draw.randint(1, 5)
        with Library(path) as library:  # each time as a new program
            library.add(every[:size])
            library.form_stories()
        every = every[size:]
    with Library(path) as library:
        assert outcome(library) == wanted
        assert library.check().problems == ()


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(0, len(EVERY) - 1), st.sampled_from(DAYS)), max_size=14),
    st.integers(0, 14),
)
def test_a_later_part_goes_on_with_the_first(tmp_path_factory, drawn, cut):
    folder = tmp_path_factory.mktemp("forming")
    every = [replace(EVERY[n], published=day, id="", outlet=f"Q{k}") for k, (n, day) in enumerate(drawn)]
    with Library(folder / "grown.db") as library:
        library.add(every[:cut] or [Article("Nothing of it.")])
        library.form_stories()
        library.add([*every[cut:], Article("Nothing of it.")])
        library.form_stories()
        assert outcome(library) == formed(folder / "whole.db", [*every, Article("Nothing of it.")])


def test_going_on_takes_no_article_apart_twice(tmp_path, monkeypatch):
    with Library(tmp_path / "desk.db") as library:
        library.add([a for a in EVERY if a.published])
        library.form_stories()
        seen = []
        real = forming.terms
        monkeypatch.setattr(forming, "terms", lambda article: (seen.append(article), real(article))[1])
        monkeypatch.setattr(forming, "Clusterer", None)
        library.add([replace(EVERY[0], text=EVERY[0].text + " Again.", id="")])
        library.form_stories()
        assert len(seen) == 1
        assert library.article(seen[0].id).story


def test_another_method_forms_all_anew(tmp_path, monkeypatch):
    with Library(tmp_path / "desk.db") as library:
        library.add(EVERY)
        library.form_stories()
        wanted = outcome(library)
        assert library.form_stories() == ()
        monkeypatch.setattr(forming, "METHOD", "another")
        library.form_stories()
        assert outcome(library) == wanted
        assert library.form_stories() == ()


def test_what_was_half_kept_is_made_anew(tmp_path, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    with Library(tmp_path / "desk.db") as library:
        library.add(EVERY)
        monkeypatch.setattr(forming, "_plant", stop)
        with pytest.raises(KeyboardInterrupt):
            library.form_stories()
        monkeypatch.undo()
        library.form_stories()
        found = outcome(library)
    assert found == formed(tmp_path / "other.db", EVERY)


def test_a_library_has_the_stories_of_its_files(tmp_path):
    sizes = sorted(len(story.articles) for story in find_stories(EVERY))
    formed(tmp_path / "desk.db", EVERY)
    with Library(tmp_path / "desk.db") as library:
        assert sorted(story.articles for story in library.stories(size=1)) == sizes
        assert len(sizes) == 3
