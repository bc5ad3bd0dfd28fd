from __future__ import annotations

import time
from pathlib import Path

import pytest

from variorum.read import ReadOptions

from .conftest import PAGE, PARAGRAPHS, Told, collect

BODY = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)


def page(folder: Path, content: str | bytes, **options: object) -> Told:
    path = folder / "page.html"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    return collect([path], ReadOptions(**options))  # type: ignore[arg-type]


def test_a_saved_page(tmp_path: Path) -> None:
    (article,) = page(tmp_path, PAGE).articles
    assert article.text.splitlines()[-3:] == list(PARAGRAPHS)
    assert "Subscribe" not in article.text
    assert "Sport" not in article.text
    assert "Great reporting" not in article.text
    assert (article.title, article.outlet) == ("Ferry aground", "The Tern Post")
    assert article.url == "https://www.ternpost.example/news/ferry"
    assert article.published == "2031-05-17T08:30:00+01:00"


@pytest.mark.parametrize(
    "fragment",
    [
        f"<p>{PARAGRAPHS[0]}</p>",
        f"<div><p>{PARAGRAPHS[0]}",
        f"{PARAGRAPHS[0]}<br>more",
        f'<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>{PARAGRAPHS[0]}'
        "</p></body></html>",
        f"<p>\x01\x0b{PARAGRAPHS[0]}</p>",
    ],
)
def test_fragments_and_xhtml(tmp_path: Path, fragment: str) -> None:
    (article,) = page(tmp_path, fragment).articles
    assert PARAGRAPHS[0] in article.text


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="windows-1252">', "cp1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">', "cp1252"),
        ("<meta charset=iso-8859-15>", "iso-8859-15"),
        ('<meta charset="no-such-charset">', "utf-8"),
        ("", "utf-16"),
    ],
)
def test_the_charset_of_the_page_counts(tmp_path: Path, head: str, encoding: str) -> None:
    text = "The café said that it would close on Friday, and that Señor Núñez was about to leave."
    told = page(
        tmp_path, f"<html><head>{head}</head><body><article><p>{text}</p></article></body>".encode(encoding)
    )
    assert text in told.texts[0]
    assert not told.notices


@pytest.mark.parametrize(
    "content",
    [
        "<html><body></body></html>",
        "<!-- nothing -->",
        "<script>var a = 'words'</script>",
        "<img src=a.png>",
        "<",
    ],
)
def test_pages_without_words_are_named(tmp_path: Path, content: str) -> None:
    told = page(tmp_path, content)
    assert not told.articles
    assert len(told.skipped) == 1


@pytest.mark.parametrize(
    "content",
    [
        "<div>" * 300 + BODY,
        "<table><tr><td>" * 400 + BODY,
        "<p " + " ".join(f"a{n}=1" for n in range(30_000)) + ">" + BODY,
        "<a href=/x>l</a>" * 60_000 + BODY,
        '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><p>&b;&b;</p>'
        + BODY,
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>" + BODY,
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":5,"author":[[7]]}</script>'
        + BODY,
        f'<img src="data:image/png;base64,{"A" * 500_000}">' + BODY,
    ],
    ids=["deep", "tables", "attributes", "links", "entities", "nested-data", "odd-data", "image"],
)
def test_hostile_pages_are_read_soon(tmp_path: Path, content: str) -> None:
    begin = time.process_time()
    told = page(tmp_path, f"<html><body>{content}</body></html>")
    assert all(p in told.texts[0] for p in PARAGRAPHS)
    assert len(told.texts[0]) < 300_000
    assert time.process_time() - begin < 5


def test_depth_without_bound_is_no_crash(tmp_path: Path) -> None:
    told = page(tmp_path, "<div>" * 100_000 + BODY)
    assert told.articles or told.skipped


def test_entities_do_not_reach_files(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("very secret")
    told = page(
        tmp_path, f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{secret}">]><html><body><p>&x;</p>{BODY}'
    )
    assert "very secret" not in told.texts[0]


def test_the_address_a_page_gives_itself_cannot_be_a_script(tmp_path: Path) -> None:
    told = page(tmp_path, PAGE.replace("https://www.ternpost.example/news/ferry", "javascript:alert(1)"))
    assert told.articles[0].url is None


def test_a_page_of_which_little_is_taken_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<article>" + f"<p>{PARAGRAPHS[0]}</p>" * 2_000 + "</article>")
    told = collect([tmp_path / "a.html"])
    (article,) = told.articles
    shown = len(PARAGRAPHS[0]) * 2_000
    assert len(article.text) > 0.5 * shown or any(
        "were taken for the article" in n.what for n in told.notices
    )
