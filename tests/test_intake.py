"""`variorum add` on what a desk has: feeds, tables, archives."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from variorum import Library
from variorum.cli import app

WORDS = "The library on Fen Street said that it would open on Sundays from June, and that entry stays free."


@pytest.fixture
def pages() -> Iterator[str]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/robots.txt":
                self.send_error(404)
                return
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(f"<article><p>{WORDS}</p><p>{WORDS} So it said.</p></article>".encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()


def add(library: Path, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["add", *arguments, "--library", str(library)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output


def test_columns_are_mapped(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text(f"Kop\tInhoud\nSundays\t{WORDS}\n")
    code, _ = add(tmp_path / "l.db", str(tmp_path / "a.tsv"), "--columns", "text=Inhoud,title=Kop")
    assert code == 0
    with Library(tmp_path / "l.db") as library:
        assert [(a.title, a.text) for a in library.articles()] == [("Sundays", WORDS)]


def test_full_texts_are_fetched_on_request_and_once(tmp_path: Path, pages: str) -> None:
    (tmp_path / "a.csv").write_text(f"title,url\nSundays,{pages}/1\n")
    code, said = add(tmp_path / "l.db", str(tmp_path / "a.csv"))
    assert code == 1
    assert "--full-text" in said
    for _ in range(2):
        code, _ = add(tmp_path / "l.db", str(tmp_path / "a.csv"), "--full-text", "--allow-private")
        assert code == 0
    with Library(tmp_path / "l.db") as library:
        (article,) = library.articles()
        assert "So it said." in article.text
        assert (article.title, article.url) == ("Sundays", f"{pages}/1")
