"""Web archives: whole, packed, damaged and hostile."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.read import ReadOptions

from .archives import answer, chunked, record, wacz
from .conftest import BOMB, ENGLISH, PAGE, PARAGRAPHS, Told, collect

FREE = ReadOptions(unique_ids=False)
GOOD = record("response", "https://ternpost.example/1", answer(PAGE.encode()))


def told(tmp_path: Path, data: bytes, name: str = "a.warc", options: ReadOptions = FREE) -> Told:
    (tmp_path / name).write_bytes(data)
    return collect([tmp_path / name], options)


def test_a_page_is_read_with_its_address_and_its_own_date(tmp_path: Path) -> None:
    data = record("warcinfo", "x", b"software: none") + GOOD
    (article,) = told(tmp_path, gzip.compress(data[:99]) + gzip.compress(data[99:]), "a.warc.gz").articles
    assert all(p in article.text for p in PARAGRAPHS)
    assert article.url == "https://ternpost.example/1"
    assert (article.title, article.published) == ("Ferry aground", "2031-05-17T08:30:00+01:00")
    assert str(article.path).endswith("a.warc.gz#2")


@pytest.mark.parametrize(
    "block",
    [
        answer(chunked(PAGE.encode()), "Transfer-Encoding: chunked"),
        answer(PAGE.encode(), "Transfer-Encoding: chunked"),
        answer(gzip.compress(PAGE.encode()), "Content-Encoding: gzip"),
        answer(chunked(gzip.compress(PAGE.encode())), "Content-Encoding: gzip", "Transfer-Encoding: chunked"),
        answer(PAGE.encode("utf-16"), kind="text/html; charset=klingon"),
    ],
)
def test_pages_are_read_as_they_were_sent(tmp_path: Path, block: bytes) -> None:
    assert PARAGRAPHS[1] in told(tmp_path, record("response", "https://t.example/", block)).texts[0]


def test_resources_and_extracted_texts_are_read(tmp_path: Path) -> None:
    data = record("resource", "https://t.example/1", PAGE.encode(), content="text/html")
    data += record("conversion", "https://t.example/2", ENGLISH.encode(), content="text/plain")
    found = told(tmp_path, data)
    assert PARAGRAPHS[0] in found.texts[0]
    assert found.texts[1] == ENGLISH


def test_what_is_no_page_is_counted(tmp_path: Path) -> None:
    other = [
        record("request", "https://t.example/", b"GET / HTTP/1.1\r\n\r\n"),
        record("response", "https://t.example/", answer(b"gone", status="404 Not Found")),
        record("response", "https://t.example/", answer(b"\x89PNG", kind="image/png")),
        record("revisit", "https://t.example/", b""),
    ]
    found = told(tmp_path, b"".join(other) + GOOD)
    assert len(found.articles) == 1
    assert not found.skipped
    assert found.notices[-1].what == "4 of 5 records are no pages"


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (b"garbage\r\nand more\r\n\r\n", "not a WARC record"),
        (record("response", "https://t.example/", answer(PAGE.encode()), length=40), "not a WARC record"),
        (GOOD.replace(b"Content-Length", b"Content-Size"), "how long"),
        (GOOD.replace(b"Content-Length: ", b"Content-Length: -"), "how long"),
        (record("response", "https://t.example/", answer(BOMB, "Content-Encoding: gzip")), "200 times"),
        (record("response", "https://t.example/", answer(b"x", "Content-Encoding: br")), "packed as br"),
        (record("response", "https://t.example/", answer(b"<p>" + b"a " * 500_000)), "larger than 900,000"),
        (record("response", "https://t.example/", answer(b"")), "empty page"),
        (b"WARC/1.0\r\n" + b"A: b\r\n" * 5_000 + b"\r\n", "headers"),
    ],
)
def test_a_bad_record_is_named_and_costs_no_other(tmp_path: Path, bad: bytes, words: str) -> None:
    found = told(tmp_path, GOOD + bad + GOOD, options=ReadOptions(unique_ids=False, max_bytes=900_000))
    assert len(found.articles) == 2
    assert any(words in problem.what for problem in found.skipped)
    assert all(problem.advice for problem in found.skipped)


def test_an_archive_that_ends_early_is_named(tmp_path: Path) -> None:
    for data in (GOOD + GOOD[:-200], GOOD + record("response", "https://t.example/", b"x", length=10**14)):
        found = told(tmp_path, data)
        assert len(found.articles) == 1
        assert "ends in it" in found.skipped[0].what


def test_a_damaged_pack_keeps_what_came_before(tmp_path: Path) -> None:
    packed = gzip.compress(GOOD)
    found = told(tmp_path, packed + packed[:-30], "a.warc.gz")
    assert len(found.articles) == 1
    assert "gzip" in found.skipped[0].what


@given(cut=st.integers(0, 2_000), junk=st.binary(max_size=60))
def test_no_damage_breaks_an_archive(cut: int, junk: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    found = told(tmp_path_factory.getbasetemp(), GOOD[:cut] + junk + GOOD[cut + 7 :] + GOOD)
    assert found.articles or found.skipped


def test_all_archives_in_a_wacz_are_read(tmp_path: Path) -> None:
    found = told(tmp_path, wacz(a=GOOD, b=b"junk", c=GOOD), "a.wacz")
    assert [str(a.path).partition("!")[2] for a in found.articles] == [
        "archive/a.warc.gz#1",
        "archive/c.warc.gz#1",
    ]
    assert "b.warc.gz" in found.skipped[0].where


def test_a_zip_bomb_and_a_broken_wacz_are_named(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("archive/a.warc", b"\r\n" * 1_000_000)
    found = told(tmp_path, packed.getvalue(), "a.wacz", ReadOptions(max_bytes=100_000))
    assert "200 times" in found.skipped[0].what
    assert told(tmp_path, wacz(a=GOOD)[:-40], "b.wacz").skipped
    assert "holds no WARC" in told(tmp_path, wacz(), "c.wacz").skipped[0].what
