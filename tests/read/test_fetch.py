from __future__ import annotations

import socket
import time
from typing import Any

import pytest

from variorum.errors import FetchError
from variorum.read import ReadOptions, connection, fetch, read
from variorum.read.addresses import is_public

from .conftest import ENGLISH, PARAGRAPHS, collect

LOCAL = ReadOptions(allow_private=True, timeout=0.4, total_timeout=0.8, max_bytes=1_000_000)


def problem(address: str, options: ReadOptions = LOCAL) -> FetchError:
    told = collect([address], options)
    assert not told.articles
    assert len(told.skipped) == 1
    assert told.skipped[0].advice
    assert isinstance(told.skipped[0], FetchError)
    assert told.skipped[0].where.startswith(address)
    return told.skipped[0]


def test_a_page_is_fetched_with_its_metadata(server: str) -> None:
    (article,) = read(f"{server}/page", LOCAL)
    assert all(p in article.text for p in PARAGRAPHS)
    assert "Great reporting" not in article.text
    assert (article.title, article.outlet) == ("Ferry aground", "The Tern Post")
    assert article.published == "2031-05-17T08:30:00+01:00"
    # what was fetched is the evidence, whatever the page calls itself
    assert article.url == f"{server}/page"
    assert article.path == f"{server}/page"
    assert article.language == "en"


@pytest.mark.parametrize("name", ["wrong-charset", "lying-charset", "packed", "moved"])
def test_odd_but_harmless_answers_are_read(server: str, name: str) -> None:
    (article,) = read(f"{server}/{name}", LOCAL)
    assert PARAGRAPHS[1] in article.text


def test_text_and_json_are_told_by_their_media_type(server: str) -> None:
    assert read(f"{server}/text", LOCAL)[0].text == ENGLISH
    (article,) = read(f"{server}/json", LOCAL)
    assert article.text.startswith("The mayor")
    assert article.url is None  # an address that lists articles is not theirs


def test_the_host_header_names_the_port(server: str) -> None:
    assert server.removeprefix("http://") in read(f"{server}/host", LOCAL)[0].text


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("error", "500"),
        ("missing", "404"),
        ("loop", "led on more than 5 times"),
        ("to-file", "file://"),
        ("short", "broke off 500 bytes before its end"),
        ("endless", "larger than 1 MB"),
        ("drip", "did not answer within"),
        ("drip-headers", "did not answer within"),
        ("silent", "did not answer within"),
        ("nonsense", "broken HTTP"),
        ("brotli", "packed as br"),
    ],
)
def test_a_misbehaving_server_is_named(server: str, name: str, words: str) -> None:
    begin = time.monotonic()
    assert words in problem(f"{server}/{name}").what
    assert time.monotonic() - begin < LOCAL.total_timeout + 1.5


@pytest.mark.parametrize(
    ("name", "words"), [("bomb", "200 times"), ("image", "image/png"), ("empty", "empty")]
)
def test_what_arrives_is_bounded_and_checked_like_a_file(server: str, name: str, words: str) -> None:
    told = collect([f"{server}/{name}"], LOCAL)
    assert not told.articles
    assert words in told.skipped[0].what


def test_a_loopback_server_is_not_asked_unless_allowed(server: str) -> None:
    told = problem(f"{server}/page", ReadOptions())
    assert "not in the public internet" in told.what
    assert "--allow-private" in told.advice


def test_each_redirect_is_checked_again(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "is_public", lambda ip: ip == "127.0.0.1" or is_public(ip))
    told = problem(f"{server}/to-metadata", ReadOptions(timeout=0.4, total_timeout=0.8))
    assert "169.254.169.254" in told.what
    assert told.where == f"{server}/to-metadata (which led to http://169.254.169.254/latest/meta-data/)"


def test_a_name_is_resolved_once_and_the_checked_address_is_used(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(server.rpartition(":")[2])
    asked: list[str] = []

    def resolve(host: str, *_: object, **__: object) -> list[tuple[Any, ...]]:
        asked.append(host)
        address = "127.0.0.1" if len(asked) == 1 else "10.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(connection, "is_public", lambda ip: ip == "127.0.0.1")
    (article,) = read(f"http://rebinding.example:{port}/host", ReadOptions(timeout=0.5))
    assert asked == ["rebinding.example"]
    assert f"rebinding.example:{port}" in article.text


def test_one_private_address_among_public_ones_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("93.184.215.14", "192.168.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    assert "192.168.0.1" in problem("http://mixed.example/", ReadOptions()).what


def test_a_page_that_has_not_changed_is_not_sent_again(server: str) -> None:
    first = fetch.ask(f"{server}/dated", LOCAL)
    assert first.source is not None
    assert first.validators == fetch.Validators('"1"', "Sat, 17 May 2031 08:00:00 GMT")
    again = fetch.ask(f"{server}/dated", LOCAL, first.validators)
    assert (again.source, again.validators) == (None, first.validators)
    assert fetch.Validators("a\r\nX-Evil: 1").headers() == {}


def test_what_a_busy_server_asks_is_kept(server: str) -> None:
    told = problem(f"{server}/busy")
    assert (told.status, told.retry_after) == (429, 120.0)


@pytest.mark.parametrize("value", ["soon", "-5", "1e3", "9" * 30, None])
def test_what_is_no_time_to_wait_is_passed_over(value: str | None) -> None:
    assert fetch.seconds_of(value) is None


def test_a_name_server_that_hangs_keeps_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(3) or [])
    begin = time.monotonic()
    assert "did not answer" in problem("http://slow.example/").what
    assert time.monotonic() - begin < 2


@pytest.mark.parametrize(
    "address",
    [
        "ftp://ternpost.example/a.txt",
        "http://",
        "http://[::1",
        "http://a:99999/",
        "http://user:secret@ternpost.example/",
        "http://" + "a" * 70 + ".example/",
    ],
)
def test_addresses_that_are_none_are_named(address: str) -> None:
    told = collect([address], LOCAL)
    assert isinstance(told.skipped[0], FetchError)
    assert "secret" not in told.skipped[0].what


@pytest.mark.parametrize(
    "ip",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
        *(
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1%eth0",
            "fc00::1",
            "fd00:ec2::254",
        ),
        *("ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"),
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    ],
)
def test_addresses_outside_the_public_internet(ip: str) -> None:
    assert not is_public(ip)


@pytest.mark.parametrize(
    "ip", ["93.184.215.14", "8.8.8.8", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8"]
)
def test_addresses_in_the_public_internet(ip: str) -> None:
    assert is_public(ip)
