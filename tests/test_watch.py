"""Watching feeds on a server that misbehaves, on the loopback interface."""

from __future__ import annotations

import gzip
import http.server
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from variorum import Library
from variorum.errors import SkipArticle, UsageError
from variorum.model import Article
from variorum.read import ReadOptions
from variorum.records import Added
from variorum.watch import Watcher, WatchOptions
from variorum.watch.schedule import seconds, wait
from variorum.watch.state import beside, load

WORDS = "The harbour master said on Monday that the old pier at Marrow Point would be closed for good."
LIMITS = ReadOptions(
    allow_private=True,
    timeout=0.3,
    total_timeout=0.6,
    max_bytes=200_000,
    check_language=False,
    unique_ids=False,
)
LOL = (
    '<!DOCTYPE lolz [<!ENTITY l0 "lol">'
    + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)


def rss(*links: str, words: str = WORDS, head: str = "", encoding: str = "utf-8") -> bytes:
    items = "".join(
        f"<item><title>Pier {n}</title><link>{link}</link><pubDate>Mon, 19 May 2031 08:00:00 GMT</pubDate>"
        f"<description>&lt;p&gt;{words} ({n})&lt;/p&gt;</description></item>"
        for n, link in enumerate(links, 1)
    )
    return f'<?xml version="1.0"?>{head}<rss><channel><title>Tern Post</title>{items}</channel></rss>'.encode(
        encoding
    )


@dataclass
class Site:
    """What the server answers, by path, and what it was asked."""

    answers: dict[str, Callable[[http.server.BaseHTTPRequestHandler], None]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    address: str = ""

    def serve(self, path: str, body: bytes, status: int = 200, **headers: str) -> None:
        def answer(handler: http.server.BaseHTTPRequestHandler) -> None:
            if headers.get("ETag") and handler.headers.get("If-None-Match") == headers["ETag"]:
                handler.send_response(304)
                handler.end_headers()
                return
            handler.send_response(status)
            for name, value in ({"Content_Length": str(len(body))} | headers).items():
                handler.send_header(name.replace("_", "-"), value)
            handler.end_headers()
            handler.wfile.write(body)

        self.answers[path] = answer

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


class Quiet(http.server.ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, dict(self.headers)))
            answer = site.answers.get(self.path)
            if answer is None:
                self.send_error(404)
            else:
                answer(self)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with Quiet(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        site.address = f"http://127.0.0.1:{running.server_address[1]}"
        yield site
        running.shutdown()


class Run:
    """One start of a watcher, and what it told."""

    def __init__(self, folder: Path, *sources: str, full_text: bool = False, every: float = 900.0) -> None:
        self.items: list[tuple[str | None, bool]] = []
        self.articles: list[Article] = []
        self.skipped: list[SkipArticle] = []
        self.path = folder / "desk.db"
        reading = ReadOptions(**{**{f: getattr(LIMITS, f) for f in LIMITS.__slots__}, "full_text": full_text})
        self.library = Library(self.path)
        self.watcher = Watcher(
            self.library, sources, WatchOptions(every, 0.0, reading), self._item, self.skipped.append
        )

    def _item(self, article: Article, changed: bool) -> None:
        self.items.append((article.title, changed))
        self.articles.append(article)

    def poll(self) -> Run:
        with self.library:
            self.watcher.poll(now=True)
        return self


def test_what_is_new_is_told_once_and_an_unchanged_feed_is_not_sent_again(site: Site, tmp_path: Path) -> None:
    feed = f"{site.address}/feed"
    site.serve("/feed", rss("https://t.example/1", "https://t.example/2"), ETag='"a"')
    first = Run(tmp_path, feed).poll()
    assert first.items == [("Pier 1", False), ("Pier 2", False)]
    assert (first.articles[0].outlet, first.articles[0].published) == (
        "Tern Post",
        "2031-05-19T08:00:00+00:00",
    )
    assert first.articles[0].text == f"{WORDS} (1)"
    again = Run(tmp_path, feed).poll()
    assert not again.items
    assert not again.skipped
    assert site.asked[1][1]["If-None-Match"] == '"a"'
    site.serve("/feed", rss("https://t.example/1", "https://t.example/2", "https://t.example/3"), ETag='"b"')
    assert Run(tmp_path, feed).poll().items == [("Pier 3", False)]


def test_a_changed_text_is_a_new_version(site: Site, tmp_path: Path) -> None:
    site.serve("/feed", rss("https://t.example/1"))
    Run(tmp_path, f"{site.address}/feed").poll()
    site.serve("/feed", rss("https://t.example/1", words=WORDS + " He did not say when."))
    run = Run(tmp_path, f"{site.address}/feed").poll()
    assert run.items == [("Pier 1", True)]
    with run.library as library:
        assert len(library.versions("https://t.example/1")) == 2


def test_without_its_memory_nothing_is_told_or_added_twice(site: Site, tmp_path: Path) -> None:
    site.serve("/feed", rss("https://t.example/1"))
    run = Run(tmp_path, f"{site.address}/feed").poll()
    beside(run.path).write_text("{damaged")
    assert not Run(tmp_path, f"{site.address}/feed").poll().items
    with run.library as library:
        assert library.info().articles == 1


def _endless(handler: http.server.BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"<rss><channel>" * 1000)


def _slow(handler: http.server.BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(40):
        handler.wfile.write(b"<rss>")
        time.sleep(0.05)


def test_bad_feeds_are_named_and_the_good_one_is_read(site: Site, tmp_path: Path) -> None:
    packed = {"Content_Encoding": "gzip"}
    site.answers |= {"/endless": _endless, "/slow": _slow}
    site.serve("/500", b"oops", 500)
    site.serve("/loop", b"", 302, Location="/loop")
    site.serve("/entities", rss("https://t.example/9", head=LOL))
    site.serve("/bomb", gzip.compress(b"<rss>" + b" " * 3_000_000), **packed)
    site.serve("/page", b"<!doctype html><html><body><p>Not a feed</p></body></html>")
    site.serve("/nothing", b"")
    site.serve("/image", b"\x89PNG....", Content_Type="image/png")
    site.serve("/good", rss("https://t.example/1"))
    bad = ("endless", "slow", "500", "loop", "entities", "bomb", "page", "nothing", "image", "gone")
    outlines = "".join(
        f'<outline text="x"><outline xmlUrl="{site.address}/{n}"/></outline>' for n in (*bad, "good")
    )
    (tmp_path / "feeds.opml").write_text(f"<opml><body><outline>{outlines}</outline></body></opml>")
    run = Run(tmp_path, str(tmp_path / "feeds.opml")).poll()
    assert run.items == [("Pier 1", False)]
    named = [problem.where.partition(" ")[0].rpartition("/")[2].partition("#")[0] for problem in run.skipped]
    assert sorted(set(named)) == sorted(bad)
    assert all("asked again in" in problem.advice for problem in run.skipped)
    assert not any("lol" in article.text for article in run.articles)
    asked = len(site.asked)
    Run(tmp_path, str(tmp_path / "feeds.opml")).poll()  # a new start does not forget who failed
    assert site.paths()[asked:] == ["/good"]


def test_wrong_encodings_are_read_as_what_they_are(site: Site, tmp_path: Path) -> None:
    words = "The café’s owner said that the pier’s closing would cost her “everything”."
    site.serve(
        "/feed",
        rss("https://t.example/1", words=words, encoding="cp1252"),
        Content_Type="text/xml; charset=utf-8",
    )
    (article,) = Run(tmp_path, f"{site.address}/feed").poll().articles
    assert article.text == f"{words} (1)"


def test_a_server_that_asks_to_wait_is_left_alone(site: Site, tmp_path: Path) -> None:
    site.serve("/feed", b"", 503, Retry_After="86400")
    run = Run(tmp_path, f"{site.address}/feed").poll()
    (state,) = load(beside(run.path)).values()
    assert state.failures == 1
    assert 86_000 < state.due - time.time() <= 86_400


PAGE = (
    "<html><body><article>"
    + f"<p>{WORDS}</p><p>{WORDS} Nobody was hurt.</p>" * 3
    + "</article></body></html>"
)


def test_full_texts_are_fetched_as_robots_allow(site: Site, tmp_path: Path) -> None:
    site.serve("/robots.txt", b"User-agent: *\nDisallow: /private")
    for name in ("open", "private"):
        site.serve(f"/{name}/1", PAGE.encode(), Content_Type="text/html")
    site.serve("/feed", rss(f"{site.address}/open/1", f"{site.address}/private/1"))
    run = Run(tmp_path, f"{site.address}/feed", full_text=True).poll()
    assert "Nobody was hurt." in run.articles[0].text
    assert run.articles[1].text == f"{WORDS} (2)"
    assert "/private/1" not in site.paths()
    assert site.paths().count("/robots.txt") == 1


def test_a_page_that_cannot_be_had_is_tried_again(site: Site, tmp_path: Path) -> None:
    site.serve(
        "/feed", rss(f"{site.address}/p").replace(WORDS.encode(), b"").replace(b"(1)", b""), ETag='"a"'
    )
    site.serve("/p", b"", 503)
    run = Run(tmp_path, f"{site.address}/feed", full_text=True).poll()
    assert "503" in run.skipped[0].what
    site.serve("/p", PAGE.encode(), Content_Type="text/html")
    assert Run(tmp_path, f"{site.address}/feed", full_text=True).poll().items == [("Pier 1", False)]


def test_feeds_are_asked_again_until_it_is_stopped(site: Site, tmp_path: Path) -> None:
    run = Run(tmp_path, f"{site.address}/feed", every=0.05)

    def growing(handler: http.server.BaseHTTPRequestHandler) -> None:
        body = rss(*(f"https://t.example/{n}" for n in range(len(site.asked))))
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(body)
        if len(run.items) >= 2:
            run.watcher._on_item = stop

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    site.answers["/feed"] = growing
    with pytest.raises(KeyboardInterrupt), run.library:
        run.watcher.run()
    assert run.items == [("Pier 1", False), ("Pier 2", False)]
    with run.library as library:
        assert library.info().articles == 3  # what was added before it was told is kept
    assert load(beside(run.path))


def test_entries_without_text_are_named_once(site: Site, tmp_path: Path) -> None:
    site.serve("/feed", rss("https://t.example/1", words="").replace(b"(1)", b""))
    run = Run(tmp_path, f"{site.address}/feed").poll()
    assert "https://t.example/1" in run.skipped[0].what
    assert not Run(tmp_path, f"{site.address}/feed").poll().skipped


def test_without_any_feed_the_call_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no feed"):
        Run(tmp_path, str(tmp_path / "missing.opml")).poll()


@pytest.mark.parametrize(("given", "expected"), [("60s", 60), ("15m", 900), ("2h", 7200), ("1d", 86_400)])
def test_durations(given: str, expected: float) -> None:
    assert seconds(given) == expected


@pytest.mark.parametrize("given", ["", "15", "10s", "-5m", "1w", "²m"])
def test_what_is_no_duration_is_refused(given: str) -> None:
    with pytest.raises(UsageError):
        seconds(given)


def test_waits_double_up_to_a_limit() -> None:
    assert [wait(900, n) for n in (0, 1, 2, 3, 10, 10_000)] == [900, 1800, 3600, 7200, 21_600, 21_600]
    assert wait(86_400, 3) == 86_400
    assert wait(900, 1, retry_after=1e12) == 7 * 86_400


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 1, "feeds": {"a": {"seen": 1}}}', "[" * 9999])
def test_any_memory_can_be_loaded(text: str, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(text)
    assert load(tmp_path / "x.json") == {}
    assert load(tmp_path / "none.json") == {}


PAGE_WORDS = " ".join(f"{WORDS} That was on the day numbered {n}." for n in range(12))
LONG_PAGE = (
    f"<html><head><title>Pier</title></head><body><article><p>{PAGE_WORDS}</p></article></body></html>"
)


def full_texts(folder: Path, feed: bytes) -> Added:
    """What `add --full-text` makes of a feed; each call is a new start."""
    (folder / "feed.xml").write_bytes(feed)
    options = ReadOptions(**{**{f: getattr(LIMITS, f) for f in LIMITS.__slots__}, "full_text": True})
    with Library(folder / "desk.db") as library:
        return library.add([folder / "feed.xml"], options)


def test_a_page_that_the_library_has_is_not_fetched_again(site: Site, tmp_path: Path) -> None:
    site.serve("/1", LONG_PAGE.encode(), Content_Type="text/html")
    feed = rss(f"{site.address}/1")
    with Library(tmp_path / "desk.db") as library:
        library.add([Article("Only the excerpt.", url=f"{site.address}/1")])
    assert full_texts(tmp_path, feed).added == 1
    asked = site.paths().count("/1")
    again = full_texts(tmp_path, feed)
    assert (again.added, again.known, again.skipped) == (0, 1, 0)
    assert site.paths().count("/1") == asked == 1


def test_rules_for_programs_hold_where_an_address_leads_too(site: Site, tmp_path: Path) -> None:
    site.serve("/robots.txt", b"User-agent: *\nDisallow: /private")
    site.serve("/open", b"", status=302, Location="/private/1")
    site.serve("/private/1", LONG_PAGE.encode(), Content_Type="text/html")
    done = full_texts(tmp_path, rss(f"{site.address}/open"))
    assert "/private/1" not in site.paths()
    assert done.added == 1
    with Library(tmp_path / "desk.db") as library:
        assert [WORDS in a.text and PAGE_WORDS not in a.text for a in library.articles()] == [True]


def test_killed_at_any_moment_no_item_is_lost_or_kept_twice(site: Site, tmp_path: Path) -> None:
    links = [f"https://t.example/{n}" for n in range(60)]
    for part in range(3):
        site.serve(f"/feed{part}", rss(*links[part * 20 : part * 20 + 20], words=f"{WORDS} Part {part}."))
    feeds = [f"{site.address}/feed{part}" for part in range(3)]
    file = tmp_path / "desk.db"
    command = [sys.executable, "-m", "variorum", "watch", *feeds, "--allow-private", "--library", str(file)]
    draw, kills = random.Random(3), 0
    while kills < 4:
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as running:
            if kills:
                time.sleep(draw.uniform(0.1, 1.5))
            else:
                assert running.stdout
                running.stdout.readline()  # killed between the first items
            running.kill()
        kills += running.returncode == -signal.SIGKILL
    done = subprocess.run([*command, "--once"], capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr
    with Library(file) as library:
        assert sorted(a.url or "" for a in library.articles()) == sorted(links)
        assert library.check().problems == ()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_stops_cleanly(number: signal.Signals, site: Site, tmp_path: Path) -> None:
    site.serve("/feed", rss("https://t.example/1"))
    command = [sys.executable, "-m", "variorum", "watch", f"{site.address}/feed", "--allow-private"]
    with subprocess.Popen(
        [*command, "--library", str(tmp_path / "desk.db")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as running:
        assert running.stdout is not None
        line = running.stdout.readline()
        running.send_signal(number)
        rest, talk = running.communicate(timeout=30)
    assert line == "new\t2031-05-19T08:00:00+00:00\tTern Post\tPier 1\thttps://t.example/1\n"
    assert (running.returncode, rest) == (0, "")
    assert "stopped" in talk
    again = subprocess.run(
        [*command, "--library", str(tmp_path / "desk.db"), "--once"],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (again.returncode, again.stdout) == (0, "")
