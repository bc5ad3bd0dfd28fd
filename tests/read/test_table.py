"""Tables: columns, exports that are known by their shape, broken and hostile rows."""

from __future__ import annotations

import csv
import datetime
import io
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.errors import ReadError, UsageError
from variorum.read import ReadOptions, read
from variorum.read.options import parse_columns

from .conftest import PARAGRAPHS, Told, collect
from .test_formats import parquet

WORDS = PARAGRAPHS[0]


def told(tmp_path: Path, text: str, name: str = "a.csv", options: ReadOptions | None = None) -> Told:
    (tmp_path / name).write_bytes(text.encode())
    return collect([tmp_path / name], options)


def test_usual_names_are_known_in_any_case(tmp_path: Path) -> None:
    rows = f'ID,Headline,Publish Date,Media_Name,URL,Body\n7,"One, two",2031-05-17,Tern,https://t.example/1,"{WORDS}"\n'
    (article,) = told(tmp_path, rows).articles
    assert (article.id, article.title, article.outlet) == ("7", "One, two", "Tern")
    assert (article.published, article.url) == ("2031-05-17", "https://t.example/1")
    assert article.text == WORDS


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_separators_are_found_and_quoted_cells_kept(delimiter: str, tmp_path: Path) -> None:
    written = io.StringIO()
    text = f'{WORDS}\n\n"Yes; no, maybe|not,\t" she said.'
    csv.writer(written, delimiter=delimiter).writerows([["title", "text"], ["a", text], ["b", WORDS]])
    found = told(tmp_path, written.getvalue())
    assert found.texts == [text, WORDS]
    assert str(found.articles[1].path).endswith("a.csv:5")


def test_columns_are_mapped_in_tables_and_json(tmp_path: Path) -> None:
    options = ReadOptions(columns=parse_columns("text=Inhalt, title=Titel"))
    (article,) = told(tmp_path, f"Titel;Inhalt\nEine Fähre;{WORDS}\n", options=options).articles
    assert (article.title, article.text) == ("Eine Fähre", WORDS)
    (tmp_path / "a.jsonl").write_text(f'{{"Inhalt": "{WORDS}", "text": "not this"}}')
    assert read(tmp_path / "a.jsonl", options)[0].text == WORDS
    (tmp_path / "a.parquet").write_bytes(parquet({"Inhalt": [WORDS], "n": [1]}))
    assert read(tmp_path / "a.parquet", options)[0].text == WORDS


@pytest.mark.parametrize("given_", ["text", "text=", "=a", "colour=a", "text=a,,title=b"])
def test_a_wrong_mapping_is_a_wrong_call(given_: str) -> None:
    with pytest.raises(UsageError):
        ReadOptions(columns=parse_columns(given_))


def test_a_table_without_texts_names_its_columns(tmp_path: Path) -> None:
    (problem,) = told(tmp_path, "a,b\n1,2\n").skipped
    assert "(its columns: a, b)" in problem.what
    assert "--columns" in problem.advice


def test_a_media_cloud_export_is_recognised(tmp_path: Path) -> None:
    rows = "id,indexed_date,language,media_name,media_url,publish_date,title,url\n"
    rows += (
        "ab12,2031-05-18,en,ternpost.example,ternpost.example,2031-05-17,Ferry,https://ternpost.example/1\n"
        * 3
    )
    (problem,) = told(tmp_path, rows).skipped
    assert problem.what.startswith("has 3 without text")


def gkg(url: str) -> str:
    cells = ["20310517083000-12", "20310517083000", "1", "ternpost.example", url, *[""] * 21]
    return "\t".join([*cells, '<PAGE_TITLE>Ferry &amp; "sand</PAGE_TITLE>']) + "\n"


def test_gdelt_files_are_recognised(tmp_path: Path, server: str) -> None:
    assert "2 without text" in told(tmp_path, gkg("https://t.example/1") * 2, "a.gkg.csv").skipped[0].what
    options = ReadOptions(full_text=True, allow_private=True, timeout=0.5, total_timeout=1.0)
    (article,) = told(tmp_path, gkg(f"{server}/page") * 3, "b.gkg.csv", options).articles
    assert (article.title, article.outlet) == ('Ferry & "sand', "ternpost.example")
    assert article.published == "2031-05-17T08:30:00+00:00"
    assert WORDS in article.text
    event = "\t".join(["1234567890", *["x"] * 58, "20310517083000", "https://t.example/1"]) + "\n"
    assert "1 without text" in told(tmp_path, event, "c.export.csv").skipped[0].what
    record = '{"url": "https://t.example/1", "seendate": "20310517T083000Z", "domain": "t.example"}'
    listed = f'{{"articles": [{record}]}}'
    assert "1 without text" in told(tmp_path, listed, "d.json").skipped[0].what


def test_a_broken_row_costs_no_other(tmp_path: Path) -> None:
    rows = f'title,text\na,"bad"x\nb,{WORDS},too,many\n\nc,"{WORDS}"\n,NULL\n'
    found = told(tmp_path, rows)
    assert found.texts == [WORDS]
    assert [p.where.rpartition(":")[2] for p in found.skipped] == ["2", "3", "6"]


def test_a_quotation_mark_that_is_never_closed_is_named(tmp_path: Path) -> None:
    found = told(tmp_path, f'title,text\na,{WORDS}\nb,"{WORDS}\n' + f"c,{WORDS}\n" * 50)
    assert found.texts == [WORDS.split(",")[0]] or not found.articles
    assert any("never closed" in p.what and p.where.endswith(":3") for p in found.skipped)
    bounded = told(tmp_path, 'title,text\na,"' + "x\n" * 100_000, options=ReadOptions(max_bytes=200_000))
    assert bounded.skipped


@given(rows=st.text(st.sampled_from('ab,"\n\r;\t '), max_size=80))
def test_no_table_breaks_reading(rows: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.getbasetemp()
    found = told(folder, f"title,text\n{rows}\nz,q\n", "any.csv", ReadOptions(check_language=False))
    assert found.articles or found.skipped


def test_a_parquet_table_keeps_its_types(tmp_path: Path) -> None:
    when = datetime.datetime(2031, 5, 17, 8, 30)
    columns = {
        "Title": ["a", "b"],
        "maintext": [WORDS, None],
        "date": [when, None],
        "url": [None, "https://t.example/2"],
    }
    (tmp_path / "a.parquet").write_bytes(parquet(columns))
    found = collect([tmp_path / "a.parquet"])
    assert found.articles[0].published == "2031-05-17T08:30:00"
    assert str(found.articles[0].path).endswith("a.parquet#1")
    assert "1 without text" in found.skipped[0].what


def test_a_missing_package_is_named_as_the_extra_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.parquet").write_bytes(parquet({"text": [WORDS]}))
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))["project"]
    (needed,) = project["optional-dependencies"]["parquet"]
    with pytest.raises(ReadError, match=f"pip install '{needed}'"):
        read(tmp_path / "a.parquet")
