from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from variorum.errors import ReadError
from variorum.read import ReadOptions, read, read_all

from .conftest import ENGLISH, collect
from .test_formats import Stdin

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="pipes and links of this kind are not there")


def put(folder: Path, name: str, text: str = ENGLISH) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_folder_is_read_in_the_order_of_names_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b/c.md", ".hidden.txt", ".git/x.txt", "c.pdf", "d.xlsx", "Makefile"):
        put(tmp_path, name, f"{name}. {ENGLISH}")
    told = collect([tmp_path])
    assert [t.partition(".")[0] for t in told.texts] == ["a/b/c", "a/z", "b"]
    assert not told.skipped
    (notice,) = told.notices
    assert notice.what == "3 files not read: 1 .pdf, 1 .xlsx, 1 no suffix"


def test_a_folder_without_anything_to_read_is_named(tmp_path: Path) -> None:
    put(tmp_path, "a.pdf")
    assert "holds no file that is read" in collect([tmp_path]).skipped[0].what


@POSIX
def test_links_in_a_circle_end(tmp_path: Path) -> None:
    put(tmp_path, "a/a.txt")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "self.txt").symlink_to("self.txt")
    (tmp_path / "broken.txt").symlink_to("nothing.txt")
    told = collect([tmp_path])
    assert told.texts == [ENGLISH]
    assert len(told.skipped) == 2


@POSIX
def test_pipes_and_devices_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    for path in (tmp_path / "pipe.txt", Path("/dev/zero")):
        assert "not a regular file" in collect([path]).skipped[0].what


@pytest.mark.parametrize("name", ["missing.txt", "a\0b.txt", "x" * 5000 + ".txt", "new\nline\x1b[31m.txt"])
def test_missing_files_and_impossible_names_are_named(name: str, tmp_path: Path) -> None:
    (problem,) = collect([f"{tmp_path}/{name}"]).skipped
    assert isinstance(problem, ReadError)
    assert problem.where.isprintable()
    assert problem.advice


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt")
    path.chmod(0)
    assert "may not be read" in collect([path]).skipped[0].what


def test_a_file_that_may_not_be_read_is_named_for_root_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    path = put(tmp_path, "a.txt")
    monkeypatch.setattr(os, "open", refuse)
    assert "may not be read" in collect([path]).skipped[0].what


def test_a_large_file_is_named(tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt", "a " * 1000)
    assert "larger than 1,000 bytes" in collect([path], ReadOptions(max_bytes=1000)).skipped[0].what


def test_one_bad_file_does_not_stop_the_others_but_stops_read(tmp_path: Path) -> None:
    good, bad = put(tmp_path, "b.txt"), put(tmp_path, "a.txt", "")
    told = collect([bad, good])
    assert told.texts == [ENGLISH]
    assert told.skipped[0].where == str(bad)
    with pytest.raises(ReadError, match="is empty"):
        read(tmp_path)


def test_a_file_given_twice_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path, "a.txt")
    monkeypatch.setattr("sys.stdin", Stdin(b"The mayor said that they would close the bridge."))
    told = collect([path, tmp_path, str(path), "-", "-"])
    assert len(told.articles) == 2
    assert [n.what for n in told.notices] == ["was given before, and is read once"] * 3


def test_a_reprint_keeps_its_own_place(tmp_path: Path) -> None:
    told = collect([put(tmp_path, "a.txt"), put(tmp_path, "b.txt")])
    first, second = told.articles
    assert second.id == f"{first.id}-2"
    assert second.sha256 == first.sha256
    assert "the same text" in told.notices[0].what


def test_different_texts_under_one_id_are_told_apart(tmp_path: Path) -> None:
    lines = [
        f'{{"id": "{i}", "text": "{n}. The mayor said that they would wait there."}}'
        for n, i in enumerate(("x", "x", "x-2", "x"))
    ]
    told = collect([put(tmp_path, "a.jsonl", "\n".join(lines))])
    assert [a.id for a in told.articles] == ["x", "x-2", "x-2-2", "x-3"]
    assert "another text" in told.notices[0].what


def test_options_speak_only_where_the_input_does_not(tmp_path: Path) -> None:
    record = '{"text": "The mayor said that they would wait there for help.", "outlet": "The Tern Post", '
    record += '"published": "2031-05-17"}'
    options = ReadOptions(outlet="Other", published="2030-01-01")
    said, unsaid = read_all([put(tmp_path, "a.json", record), put(tmp_path, "b.txt")], options)
    assert (said.outlet, said.published) == ("The Tern Post", "2031-05-17")
    assert (unsaid.outlet, unsaid.published, unsaid.title) == ("Other", "2030-01-01", None)


def test_reading_is_lazy(tmp_path: Path) -> None:
    articles = read_all([put(tmp_path, "a.txt"), tmp_path / "missing.txt"])
    assert next(articles).text == ENGLISH
    with pytest.raises(ReadError, match="does not exist"):
        next(articles)


def test_an_article_in_another_language_is_named(tmp_path: Path) -> None:
    german = "Der Bürgermeister sagte am Freitag, dass die Stadt bereit sei und niemand verletzt wurde. " * 3
    told = collect([put(tmp_path, "a.txt", german), put(tmp_path, "b.txt")])
    assert told.texts == [ENGLISH]
    assert "not in English" in told.skipped[0].what
    assert collect([tmp_path / "a.txt"], ReadOptions(check_language=False)).texts == [german]


@pytest.mark.parametrize(
    ("data", "advised"),
    [(b"%PDF-1.4 ", False), (b"PK\x03\x04 word", False), (b"a\0b\0", False), (b"The ferry sailed.", True)],
)
def test_piping_is_advised_only_where_it_may_work(data: bytes, advised: bool, tmp_path: Path) -> None:
    path = tmp_path / "statement.doc"
    path.write_bytes(data)
    with pytest.raises(ReadError) as told:
        read(path)
    assert ("pipe it into -" in str(told.value)) is advised
