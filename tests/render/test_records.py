"""What a library answers, in words."""

from __future__ import annotations

import io

import pytest

from variorum.records import Check
from variorum.render.records import show_check


@pytest.mark.parametrize(
    ("check", "told"),
    [
        (Check(1, ()), "1 article, 0 problems\n"),
        (Check(2000, ("a hash",)), "2,000 articles, 1 problem\n  a hash\n"),
    ],
)
def test_one_is_not_many(check: Check, told: str) -> None:
    out = io.StringIO()
    show_check(check, out)
    assert out.getvalue() == told
