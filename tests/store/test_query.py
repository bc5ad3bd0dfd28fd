import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.errors import UsageError
from variorum.store.database import Database
from variorum.store.query import expression


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("storm harbour", '("storm" AND "harbour")'),
        ('"high tide"', '("high tide")'),
        ("flood*", '("flood"*)'),
        ("ferry OR boat", '("ferry") OR ("boat")'),
        ("storm -film", '("storm") NOT "film"'),
        ("storm NOT film", '("storm") NOT "film"'),
        ('storm -"the film"', '("storm") NOT "the film"'),
        ("a AND b", '("a" AND "b")'),
        ("well-known", '("well-known")'),
        ("title:x", '("title:x")'),
        ('open "quote', '("open" AND "quote")'),
        ("or not", '("or" AND "not")'),
        ("NEAR(a b)", '("NEAR(a" AND "b)")'),
        ("--- storm ...", '("storm")'),
        ("OR storm OR", '("storm")'),
    ],
)
def test_what_is_typed_becomes_one_expression(words, expected):
    assert expression(words) == expected


@pytest.mark.parametrize("words", ["", "  ", '* - ""', "OR", "-film", "storm OR -film", "((("])
def test_searches_for_nothing_are_refused(words):
    with pytest.raises(UsageError):
        expression(words)


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    with Database(tmp_path_factory.mktemp("q") / "q.db", write=True, create=True) as opened:
        yield opened


@given(st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from('"*-^:(){}+ ORNOT\0'))))
def test_nothing_that_is_typed_is_a_wrong_query(empty, words):
    try:
        match = expression(words)
    except UsageError:
        return
    assert list(empty.rows("SELECT rowid FROM words WHERE words MATCH ?", (match,))) == []
