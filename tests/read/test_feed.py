"""Feeds: what becomes of their entries, and what hostile ones must not do."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.read import ReadOptions

from .archives import LOL, item, rss
from .conftest import PAGE, PARAGRAPHS, Told, collect

WORDS = PARAGRAPHS[0]
LOCAL = ReadOptions(allow_private=True, timeout=0.5, total_timeout=1.0, unique_ids=False)


def told(tmp_path: Path, text: str | bytes, name: str = "a.rss", options: ReadOptions | None = None) -> Told:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return collect([path], options)


def test_an_entry_becomes_an_article(tmp_path: Path) -> None:
    more = (
        "<media:title>A picture</media:title><pubDate>Sat, 17 May 2031 08:30:00 +0100</pubDate>"
        f"<content:encoded><![CDATA[<p>{WORDS}</p><script>track()</script><p>{PARAGRAPHS[1]}</p>]]></content:encoded>"
    )
    (article,) = told(
        tmp_path, rss(item("Ferry &amp;amp; sand&nbsp;bank", "/news/1", "Short.", more))
    ).articles
    assert article.text == f"{WORDS}\n{PARAGRAPHS[1]}"
    assert (article.title, article.outlet) == ("Ferry & sand bank", "The Tern Post")
    assert article.url == "https://ternpost.example/news/1"
    assert article.published == "2031-05-17T08:30:00+01:00"
    assert str(article.path).endswith("a.rss#1")


ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://ternpost.example/" xml:lang="en">
<title type="html">Tern &lt;b&gt;Post&lt;/b&gt;</title>
<entry><title>Ferry</title><link rel="self" href="no"/><link href="news/1"/><link rel="enclosure" href="no"/>
<updated>2031-05-18T00:00:00Z</updated><published>2031-05-17T08:30:00.123+01:00</published>
<source><title>The Gull</title></source>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{WORDS}</p><p>More &amp; more.</p>
</div></content></entry></feed>"""


def test_an_atom_entry_becomes_an_article(tmp_path: Path) -> None:
    (article,) = told(tmp_path, ATOM, "a.atom").articles
    assert article.text == f"{WORDS}\nMore & more."
    assert (article.title, article.outlet) == ("Ferry", "The Gull")
    assert (article.url, article.published) == (
        "https://ternpost.example/news/1",
        "2031-05-17T08:30:00+01:00",
    )


def test_rdf_and_json_feeds_are_read(tmp_path: Path) -> None:
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Tern</title></channel>'
        f"<item><title>F</title><link>https://t.example/1</link><dc:date>2031-05-17</dc:date>"
        f"<description>{WORDS}</description></item></rdf:RDF>"
    )
    (article,) = told(tmp_path, rdf, "a.rdf").articles
    assert (article.outlet, article.published, article.text) == ("Tern", "2031-05-17", WORDS)
    entry = {
        "id": "1",
        "url": "https://t.example/1",
        "content_html": f"<p>{WORDS}</p>",
        "date_published": "2031-05-17",
    }
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Tern", "items": [entry, "no entry"]}
    found = told(tmp_path, json.dumps(feed), "feed.json")
    assert [(a.outlet, a.published, a.text) for a in found.articles] == [("Tern", "2031-05-17", WORDS)]
    assert len(found.skipped) == 1


def test_a_day_without_a_year_is_left_out_and_not_filled_in(tmp_path: Path) -> None:
    feed = rss(item("F", "https://t.example/1", WORDS, "<pubDate>17 May</pubDate>"))
    assert told(tmp_path, feed).articles[0].published is None


def test_entries_without_text_are_counted_in_one_line(tmp_path: Path) -> None:
    found = told(tmp_path, rss(*(item("F", f"https://t.example/{n}", "") for n in range(30))))
    assert not found.articles
    (problem,) = found.skipped
    assert "30 without text" in problem.what
    assert "https://t.example/0" in problem.what
    assert "--full-text" in problem.advice


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_an_entity_bomb_is_refused(tmp_path: Path, encoding: str) -> None:
    feed = rss(item("&l9;", "https://t.example/1", WORDS), head=LOL)
    found = told(tmp_path, feed.encode(encoding))
    assert not found.articles
    assert "declares entities" in found.skipped[0].what


def test_nothing_outside_a_feed_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("the secret")
    outside = f'<!DOCTYPE rss SYSTEM "{(tmp_path / "secret").as_uri()}">'
    found = told(tmp_path, rss(item("F", "https://t.example/1", WORDS), head=outside))
    assert found.texts == [WORDS]


def test_deep_and_broken_feeds_end_soon(tmp_path: Path) -> None:
    begin = time.monotonic()
    for text in (
        rss("<item>" * 100_000),
        rss("<item><title>" + "<b>" * 50_000),
        "<rss><channel><item",
        "<rss/>",
    ):
        assert not told(tmp_path, text).articles
    assert time.monotonic() - begin < 10


@given(text=st.text("<>/&;![]-='\"aerstilmn#x0 ", max_size=80))
def test_no_entry_breaks_a_feed(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.getbasetemp()
    found = told(folder, rss(f"<item><title>{text}</title><description>{text}</description></item>"))
    assert all(a.text for a in found.articles)


def test_a_feed_at_an_address_is_read_whatever_the_server_calls_it(server: str) -> None:
    assert collect([f"{server}/feed"], LOCAL).texts == [WORDS]


def test_the_feeds_of_a_list_are_fetched_and_bad_ones_named(server: str, tmp_path: Path) -> None:
    names = ("feed", "error", "feed")
    outlines = (
        "".join(f'<outline xmlUrl="{server}/{n}"/>' for n in names) + '<outline xmlUrl="file:///etc/hosts"/>'
    )
    found = told(tmp_path, f"<opml><body><outline>{outlines}</outline></body></opml>", "a.opml", LOCAL)
    assert found.texts == [WORDS]
    assert sorted("500" in p.what or "no address of the web" in p.what for p in found.skipped) == [True, True]


def test_full_texts_are_fetched_only_on_request(server: str, tmp_path: Path) -> None:
    feed = rss(
        item("Of the feed", f"{server}/page", "In short."), item("Lost", f"{server}/error", "An excerpt.")
    )
    assert told(tmp_path, feed, options=LOCAL).texts == ["In short.", "An excerpt."]
    options = ReadOptions(allow_private=True, timeout=0.5, total_timeout=1.0, full_text=True)
    found = told(tmp_path, feed, options=options)
    assert all(p in found.texts[0] for p in PARAGRAPHS)
    assert PAGE.count("Ferry") > 0
    assert (found.articles[0].title, found.articles[0].outlet) == ("Of the feed", "The Tern Post")
    assert found.texts[1] == "An excerpt."
    assert "500" in found.notices[-1].what
