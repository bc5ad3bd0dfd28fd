from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.stories.accounts import articles

from variorum.model import Article
from variorum.stories.reuse import ReuseOptions, find_copies, find_reuse

LONG = " ".join(
    f"On day {n} the crew of the tug Halcyon hauled crate {n * 7} up to pier {n % 5} and weighed it."
    for n in range(40)
)
OTHER = " ".join(
    f"Voter {n} of Lower Brask told clerk {n % 7} that ballot {n * 3} had no stamp and asked for a new sheet."
    for n in range(40)
)


def pairs(copies) -> set[tuple[str, str]]:
    return {(copy.earlier, copy.later) for copy in copies}


def test_a_cut_excerpt_is_found_in_its_source():
    cut = LONG[len(LONG) // 2 : len(LONG) // 2 + 400]
    (copy,) = find_copies([Article(LONG, id="a"), Article(OTHER, id="b"), Article(cut, id="c")])
    assert (copy.earlier, copy.later) == ("a", "c")
    assert copy.contained > 0.8


def test_a_merged_copy_belongs_to_both_its_sources():
    merged = LONG[: len(LONG) // 2] + "\n" + OTHER[: len(OTHER) // 2]
    found = find_copies([Article(LONG, id="a"), Article(OTHER, id="b"), Article(merged, id="m")])
    assert pairs(found) == {("a", "m"), ("b", "m")}


def test_who_was_first_is_told_by_the_dates():
    a, b = Article(LONG, id="a", published="2031-05-06"), Article(LONG, id="b", published="2031-05-05")
    (copy,) = find_copies([a, b])
    assert (copy.earlier, copy.later, copy.dated) == ("b", "a", True)
    (copy,) = find_copies([a, replace(b, published=None)])
    assert not copy.dated


def test_lines_that_very_many_articles_have_are_no_evidence():
    line = " Sign up here for our evening letter with the best of the day from every desk of the house."
    every = [
        Article(" ".join(a.text.split()[: 20 + n]) + line, id=f"{a.id}{n}")
        for a in articles("ferry")
        for n in (1,)
    ]
    distinct = [
        Article(f"Unlike {n} is unit {n * n} and so on to {n * 3}." + line, id=str(n)) for n in range(30)
    ]
    assert pairs(find_copies(distinct)) != set()
    assert find_copies([*distinct, *every], ReuseOptions(boilerplate=20)) == []


def test_passages_stand_where_they_are_said_to_and_begin_with_the_earlier_article():
    merged = "Something new of our own. " + LONG[200:900]
    every = [Article(merged, id="m", published="2031-05-06"), Article(LONG, id="z", published="2031-05-05")]
    ((copy, passages),) = find_reuse(every)
    assert copy.earlier == "z"
    for passage in passages:
        assert passage.a.article == "z"
        assert passage.a.span.of(LONG) == passage.b.span.of(merged)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(max_size=200), max_size=6))
def test_any_text_is_taken(texts):
    every = [Article(text, id=str(n)) for n, text in enumerate(texts)]
    for copy, passages in find_reuse(every):
        assert 0 < copy.contained <= 1
        assert passages
