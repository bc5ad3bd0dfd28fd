"""The Robots Exclusion Protocol, on the examples of RFC 9309 and hostile ones."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.read.pacer import Pacer
from variorum.read.robots import EVERYTHING, NOTHING, parse_robots

RULES = """
User-agent: other
User-agent: *        # all but one
Disallow: /private
Disallow: /*.gif$
Allow: /private/open
Crawl-delay: 7

User-Agent: Variorum
Disallow: /only-us
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [("/", True), ("/private/1", False), ("/private/open/1", True), ("/a/b.gif", False), ("/a.gif?x", True)],
)
def test_the_longest_rule_decides(path: str, allowed: bool) -> None:
    rules = parse_robots(RULES.partition("User-Agent: V")[0])
    assert rules.allows(f"https://t.example{path}") is allowed
    assert rules.delay == 7


def test_a_group_that_names_us_stands_alone() -> None:
    rules = parse_robots(RULES)
    assert rules.allows("https://t.example/private")
    assert not rules.allows("https://t.example/only-us")


def test_escapes_are_the_same_however_they_are_written() -> None:
    assert not parse_robots("User-agent: *\nDisallow: /a%7eb/%C3%A9").allows("https://t.example/a~b/é")


def test_no_rules_and_all_rules() -> None:
    assert EVERYTHING.allows("https://t.example/x")
    assert not NOTHING.allows("https://t.example/x")
    assert parse_robots("<html>no rules</html>").allows("https://t.example/x")


@given(text=st.text(st.sampled_from("user-agent: *disallow/$\n#"), max_size=200))
def test_any_file_is_read(text: str) -> None:
    parse_robots(text).allows("https://t.example/a")


def test_hostile_patterns_end_soon() -> None:
    rules = parse_robots("User-agent: *\n" + f"Disallow: /{'*a' * 200}$\n" * 2_000)
    begin = time.monotonic()
    rules.allows("https://t.example/" + "a" * 2_000)
    assert time.monotonic() - begin < 5


def test_a_host_is_not_asked_twice_at_once() -> None:
    slept: list[float] = []
    pacer = Pacer(2.0, slept.append)
    pacer.wait("https://a.example/1", asked=900.0)
    pacer.wait("https://b.example/1")
    assert not slept
    pacer.wait("https://A.example/2")
    assert 29 < slept[0] <= 30
