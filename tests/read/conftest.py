"""What the tests of reading share: a collector of what is told, and a web server that misbehaves."""

from __future__ import annotations

import gzip
import http.server
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import settings

from variorum.errors import SkipArticle
from variorum.model import Article
from variorum.read import Notice, ReadOptions, read_all

# A loaded machine is no failure of the code under test.
settings.register_profile("read", max_examples=25, deadline=None)
settings.load_profile("read")

PARAGRAPHS = (
    "A ferry with about 120 people on board ran aground off Marrow Point on Saturday, the coastguard said.",
    "“We heard a long scraping sound,” one passenger told this newspaper, “and then there was silence.”",
    "The operator said that at least 12 passengers had been treated for minor injuries and that they would "
    "look into the cause. It did not say when the service would run again.",
)
ENGLISH = "\n\n".join(PARAGRAPHS)
PAGE = (
    '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
    "<title>Ferry aground | The Tern Post</title>"
    '<meta property="og:site_name" content="The Tern Post">'
    '<meta property="article:published_time" content="2031-05-17T08:30:00+01:00">'
    '<link rel="canonical" href="https://www.ternpost.example/news/ferry"></head><body>'
    '<nav><a href="/">Home</a><a href="/sport">Sport</a></nav><article><h1>Ferry aground</h1>'
    + "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    + '</article><section id="comments"><p>Great reporting, thanks!</p></section>'
    "<footer>Subscribe to our newsletter</footer></body></html>"
)
BOMB = gzip.compress(b"<p>" + b"a" * 3_000_000, compresslevel=6)


@dataclass
class Told:
    """The articles of one call, and what was told beside them."""

    articles: list[Article] = field(default_factory=list)
    skipped: list[SkipArticle] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        return [a.text for a in self.articles]


def collect(sources: Iterable[str | Path], options: ReadOptions | None = None) -> Told:
    told = Told()
    told.articles.extend(read_all(sources, options, told.skipped.append, told.notices.append))
    return told


class Handler(http.server.BaseHTTPRequestHandler):
    """Each path is one kind of misbehaviour."""

    def do_GET(self) -> None:
        name = self.path.partition("?")[0].strip("/").replace("-", "_").partition(".")[0] or "page"
        try:
            getattr(self, f"serve_{name}")()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        pass

    def reply(self, body: bytes, kind: str = "text/html", status: int = 200, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in ({"Content_Length": str(len(body))} | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def serve_page(self) -> None:
        self.reply(PAGE.encode())

    def serve_host(self) -> None:
        self.reply(f"The host was {self.headers['Host']}, and that is what they said.".encode(), "text/plain")

    def serve_text(self) -> None:
        self.reply(ENGLISH.encode("cp1252"), "text/plain; charset=windows-1252")

    def serve_json(self) -> None:
        self.reply(b'{"text": "The mayor said that they would rebuild the bridge."}', "application/json")

    def serve_wrong_charset(self) -> None:
        self.reply(PAGE.encode("utf-8"), "text/html; charset=klingon-1")

    def serve_lying_charset(self) -> None:
        self.reply(PAGE.encode("utf-8"), "text/html; charset=iso-8859-1")

    def serve_packed(self) -> None:
        self.reply(gzip.compress(PAGE.encode()), Content_Encoding="gzip")

    def serve_bomb(self) -> None:
        self.reply(BOMB, Content_Encoding="gzip")

    def serve_brotli(self) -> None:
        self.reply(b"whatever", Content_Encoding="br")

    def serve_image(self) -> None:
        self.reply(b"\x89PNG....", "image/png")

    def serve_error(self) -> None:
        self.reply(b"oops", status=500)

    def serve_missing(self) -> None:
        self.reply(b"gone", status=404)

    def serve_empty(self) -> None:
        self.reply(b"")

    def serve_loop(self) -> None:
        self.reply(b"", status=302, Location="/loop")

    def serve_moved(self) -> None:
        self.reply(b"", status=301, Location="page?é=1")

    def serve_to_file(self) -> None:
        self.reply(b"", status=302, Location="file:///etc/hostname")

    def serve_to_metadata(self) -> None:
        self.reply(b"", status=302, Location="http://169.254.169.254/latest/meta-data/")

    def serve_short(self) -> None:
        self.reply(PAGE.encode(), Content_Length=str(len(PAGE.encode()) + 500))

    def serve_endless(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        while True:
            self.wfile.write(b"<p>more and more</p>" * 1000)

    def serve_drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        self._drip(b"<p>")

    def serve_drip_headers(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        self._drip(b"a")

    def _drip(self, data: bytes) -> None:
        end = time.monotonic() + 3
        while time.monotonic() < end:
            self.wfile.write(data)
            time.sleep(0.05)

    def serve_feed(self) -> None:
        entry = f"<link>https://ternpost.example/1</link><description>{PARAGRAPHS[0]}</description>"
        feed = f"<rss><channel><title>Tern</title><item>{entry}</item></channel></rss>"
        self.reply(feed.encode(), "text/html")

    def serve_dated(self) -> None:
        if self.headers["If-None-Match"] == '"1"':
            self.reply(b"", status=304)
        else:
            self.reply(PAGE.encode(), ETag='"1"', Last_Modified="Sat, 17 May 2031 08:00:00 GMT")

    def serve_busy(self) -> None:
        self.reply(b"", status=429, Retry_After="120")

    def serve_robots(self) -> None:
        self.reply(b"", status=404)

    def serve_silent(self) -> None:
        time.sleep(1)

    def serve_nonsense(self) -> None:
        self.wfile.write(b"\0\0\0 this is not HTTP\r\n\r\n")


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        pass


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a server on the loopback interface."""
    with Server(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()
