"""Chains, omissions and loaded words on the page and the terminal, from a whole comparison."""

import io
import re

import pytest

from variorum.annotate.pipeline import annotate
from variorum.compare.pipeline import compare_annotations
from variorum.model import Annotation, Article, Comparison
from variorum.render.html import report
from variorum.render.lines import omissions_of, sources_of
from variorum.render.terminal import show_comparison
from variorum.render.view import Desk, edition

ACCOUNTS = {
    "Courier": "The Danish defence ministry said nine boats sank on Monday. Rain fell.",
    "Globe": "State radio reported, citing the Danish defence ministry, that nine boats sank on Monday.",
    "Post": "The ruthless Danish defence ministry closed its doors. The Danish defence ministry is silent.",
}


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return compare_annotations([annotate(Article(text, id=o, outlet=o)) for o, text in ACCOUNTS.items()])


def test_a_row_names_its_origin_and_every_way(comparison: Comparison):
    desk = Desk(comparison.articles)
    row = next(r for r in comparison.rows if len({c.article for c in r.claims}) == 2)
    [source] = sources_of(row, comparison, desk)
    assert "ministry" in source.name
    assert dict(source.ways)["B"] == ("State radio",)


def test_an_account_has_one_name_everywhere():
    told = "The mayor resigned."
    articles = [
        Article(told, id="a", outlet="Globe", url="https://globe.example/x"),
        Article(told, id="b", title="A title", url="https://post.example/x"),
        Article(told, id="c", title="A title", path="notes/c.txt"),
        Article(told, id="d", title="A title"),
        Article(told, id="e"),
    ]
    names = ["Globe", "post.example", "c.txt", "A title", "e"]
    assert [a.name for a in articles] == names
    assert [a.outlet for a in Desk([Annotation(a) for a in articles]).accounts] == names


def test_what_two_tell_and_the_third_does_not_is_left_out(comparison: Comparison):
    lines = {o.siglum: o for o in omissions_of(comparison, Desk(comparison.articles))}
    assert set(lines) == {"C"}
    assert lines["C"].facts[0].sigla == ("A", "B")
    assert "number" in lines["C"].facts[0].bears


def test_the_page_shows_them_and_every_link_leads_somewhere(comparison: Comparison):
    page = report(comparison)
    assert "through <bdi>State radio</bdi>" in page
    assert 'id="h-omissions"' in page
    assert "near:" in page
    ids = set(re.findall(r'\bid="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= ids


def test_the_terminal_shows_them(comparison: Comparison):
    out = io.StringIO()
    show_comparison(comparison, out, page=False)
    shown = " ".join(out.getvalue().split())
    assert "from Danish defence ministry (organisation): A, B through State radio" in shown
    assert "C has nothing on" in shown
    assert "near: ruthless" in shown


def test_omissions_need_other_accounts(comparison: Comparison):
    assert edition(Comparison(comparison.articles[:1])).omissions == ()
