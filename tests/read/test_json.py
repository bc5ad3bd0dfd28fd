from __future__ import annotations

import json
from pathlib import Path

import pytest

from variorum.errors import ReadError
from variorum.read import ReadOptions, read

from .conftest import ENGLISH, collect


def written(folder: Path, name: str, value: object) -> Path:
    path = folder / name
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8", newline="")
    return path


def test_our_own_fields(tmp_path: Path) -> None:
    record = {
        "id": 7,
        "text": ENGLISH,
        "title": " Ferry\naground ",
        "outlet": "The Tern Post",
        "url": "https://ternpost.example/1",
        "published": "17 May 2031",
        "language": "en-GB",
        "score": {"a": [1]},
    }
    (article,) = read(written(tmp_path, "a.json", record))
    assert (article.id, article.title, article.outlet) == ("7", "Ferry aground", "The Tern Post")
    assert (article.url, article.published, article.language) == (
        "https://ternpost.example/1",
        "2031-05-17",
        "en",
    )


def test_what_trafilatura_writes(tmp_path: Path) -> None:
    record = {
        "title": "Ferry aground",
        "hostname": "ternpost.example",
        "date": "2031-05-17",
        "id": None,
        "fingerprint": "abc",
        "raw_text": "flat",
        "text": ENGLISH,
        "language": None,
        "source": "https://ternpost.example/1",
        "source-hostname": "The Tern Post",
    }
    (article,) = read(written(tmp_path, "a.json", record))
    assert article.text == ENGLISH
    assert (article.outlet, article.url, article.published) == (
        "The Tern Post",
        "https://ternpost.example/1",
        "2031-05-17",
    )


def test_what_news_please_writes(tmp_path: Path) -> None:
    record = {
        "date_download": "2031-06-01 00:00:00",
        "date_publish": "2031-05-17 08:30:00",
        "maintext": ENGLISH,
        "source_domain": "www.ternpost.example",
        "title": "Ferry aground",
        "url": "https://www.ternpost.example/1",
    }
    (article,) = read(written(tmp_path, "a.jsonl", record))
    assert article.text == ENGLISH
    assert (article.outlet, article.published) == ("www.ternpost.example", "2031-05-17T08:30:00")


def test_an_outlet_that_nobody_names_is_the_host(tmp_path: Path) -> None:
    record = {"text": ENGLISH, "url": "https://www.ternpost.example/1"}
    path = written(tmp_path, "a.json", record)
    assert read(path)[0].outlet == "ternpost.example"
    assert read(path, ReadOptions(outlet="The Tern Post"))[0].outlet == "The Tern Post"


def test_a_script_is_no_address(tmp_path: Path) -> None:
    (article,) = read(written(tmp_path, "a.json", {"text": ENGLISH, "url": "javascript:alert(1)"}))
    assert article.url is None


@pytest.mark.parametrize("wrap", [lambda a: a, lambda a: {"articles": a, "total": 2}])
def test_arrays_are_read_in_order(tmp_path: Path, wrap: object) -> None:
    records = [{"text": f"{n}. {ENGLISH}"} for n in (1, 2)]
    path = written(tmp_path, "a.json", wrap(records))  # type: ignore[operator]
    articles = read(path)
    assert [a.text[0] for a in articles] == ["1", "2"]
    assert [a.path for a in articles] == [f"{path}#1", f"{path}#2"]


def test_broken_json_on_line_17_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    lines = [json.dumps({"text": f"{n}. {ENGLISH}"}) for n in range(1, 21)]
    lines[16] = '{"text": "half of'
    path = written(tmp_path, "a.jsonl", "\r\n".join(lines))
    told = collect([path])
    assert len(told.articles) == 19
    assert told.articles[16].path == f"{path}:18"
    (problem,) = told.skipped
    assert problem.where == f"{path}:17"
    assert "column 10" in problem.what


def test_broken_json_names_line_and_column(tmp_path: Path) -> None:
    path = written(tmp_path, "a.json", '{\n "text": "a",\n oops\n}')
    (problem,) = collect([path]).skipped
    assert problem.where == f"{path}:3"
    assert "column 2" in problem.what


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ({"title": "x"}, "no text field"),
        ({"text": 5}, "a number as its text field"),
        ({"text": ["a"]}, "an array as its text field"),
        ({"text": "  "}, "empty text field"),
        ({"text": "…!"}, "no words"),
        ({"text": "a\0b"}, "NUL"),
        ({"text": "a \ud800 b"}, "half a surrogate pair in its text, at character 2"),
        ([], "holds no articles"),
        ([3], "is a number, not an object"),
        (None, "null"),
        ("words", "a string"),
        ({"text": "x" * 101}, "101 characters, more than 100"),
    ],
)
def test_records_that_are_no_articles_are_named(tmp_path: Path, record: object, words: str) -> None:
    for name in ("a.json", "a.jsonl"):
        told = collect([written(tmp_path, name, json.dumps(record))], ReadOptions(max_chars=100))
        assert not told.articles
        assert words in told.skipped[0].what


@pytest.mark.parametrize(
    "text", ["[" * 200_000, '{"text": ' * 100_000, '{"text": 1' + "0" * 6000 + "}", "{", "nul"]
)
def test_hostile_json_is_named(tmp_path: Path, text: str) -> None:
    for name in ("a.json", "a.jsonl"):
        told = collect([written(tmp_path, name, text)])
        assert not told.articles
        assert len(told.skipped) == 1


def test_odd_metadata_is_tidied_or_left_out(tmp_path: Path) -> None:
    record = {
        "text": ENGLISH,
        "title": "a\ud800b\x1b[31m" + "x" * 5000,
        "outlet": ["a"],
        "url": 5,
        "published": "05/06/2031",
        "language": {},
        "id": True,
    }
    told = collect([written(tmp_path, "a.json", record)])
    (article,) = told.articles
    assert article.title is not None
    assert article.title.startswith("a�b[31mx")
    assert len(article.title) == 500
    assert (article.outlet, article.url, article.published, article.id) == (None, None, None, article.sha256)
    assert "05/06/2031" in told.notices[0].what


def test_json_lines_under_the_name_of_json_are_read(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps({"text": f"{n}. {ENGLISH}"}) for n in (1, 2))
    assert len(read(written(tmp_path, "a.json", lines))) == 2


def test_one_json_document_under_the_name_of_json_lines_is_named_once(tmp_path: Path) -> None:
    path = written(tmp_path, "a.jsonl", json.dumps({"text": ENGLISH}, indent=2))
    with pytest.raises(ReadError, match=r"name it \.json"):
        read(path)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-32"])
def test_json_lines_in_marked_encodings(tmp_path: Path, encoding: str) -> None:
    lines = "\r\n".join(json.dumps({"text": f"{n}. {ENGLISH}"}, ensure_ascii=False) for n in (1, 2))
    (tmp_path / "a.jsonl").write_bytes(lines.encode(encoding))
    assert [a.text for a in read(tmp_path / "a.jsonl")] == [f"{n}. {ENGLISH}" for n in (1, 2)]


def test_a_line_that_is_too_long_is_passed_over(tmp_path: Path) -> None:
    good = json.dumps({"text": ENGLISH})
    path = written(tmp_path, "a.jsonl", f'{{"text": "{"a" * 3000}"}}\n{good}\n')
    told = collect([path], ReadOptions(max_bytes=1000))
    assert told.texts == [ENGLISH]
    assert told.skipped[0].where == f"{path}:1"


def test_a_line_without_end_is_given_up(tmp_path: Path) -> None:
    path = written(tmp_path, "a.jsonl", '{"text": "' + "a" * 100_000)
    told = collect([path], ReadOptions(max_bytes=1000))
    assert "without end" in told.skipped[0].what
