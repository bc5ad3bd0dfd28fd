"""What a library answers, in words."""

from __future__ import annotations

import io

import pytest

from variorum.model import Article, Span
from variorum.records import Check, Hit, Story
from variorum.render.records import show_check, show_hits, show_stories


@pytest.mark.parametrize(
    ("check", "told"),
    [
        (Check(1, ()), "1 article, 0 problems\n"),
        (Check(2000, ("a hash",)), "2,000 articles, 1 problem\n  a hash\n"),
    ],
)
def test_one_is_not_many(check: Check, told: str) -> None:
    out = io.StringIO()
    show_check(check, out)
    assert out.getvalue() == told


@pytest.mark.parametrize(
    ("article", "head"),
    [
        (Article("Boats sailed.", id="a1", title="Boats", path="in/one.txt"), "Boats"),
        (Article("Boats sailed.", id="a1", path="in/one.txt"), "one.txt"),
        (Article("\n\nBoats sailed\n\nVELL, May 3 - Ten boats.", id="a1"), "Boats sailed"),
    ],
)
def test_a_hit_is_never_without_a_name(article: Article, head: str) -> None:
    out = io.StringIO()
    show_hits([Hit(article, (), Span(0, 0))], out)
    assert out.getvalue().splitlines()[0] == f"a1  undated     outlet unknown  {head}"


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Boats sail", "Boats sail"),
        ("Boats sail\r\n\r\nVELL, May 3 - Ten boats", "Boats sail"),
        ("\nBoats sail\nVELL, May 3 - Ten boats", "Boats sail"),
        ("Ten boats sailed out of\nthe harbour of Vell", "Ten boats sailed out of the harbour of Vell"),
        ("", ""),
    ],
)
def test_a_story_is_called_by_its_title_line(title: str, shown: str) -> None:
    out = io.StringIO()
    show_stories([Story("s1", title, 2, ("A",), None, None, 1.0)], out)
    assert out.getvalue() == f"s1  undated  2 articles, A  1.00  {shown}\n"


@pytest.mark.parametrize(
    ("outlets", "shown"),
    [((), "2 articles"), (("A",), "2 articles, A"), (("A", "B"), "2 articles, 2 outlets")],
)
def test_a_story_tells_the_outlets_that_are_known(outlets: tuple[str, ...], shown: str) -> None:
    out = io.StringIO()
    show_stories([Story("s1", "Boats sail", 2, outlets, None, None, 1.0)], out)
    assert out.getvalue() == f"s1  undated  {shown}  1.00  Boats sail\n"
