from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.errors import UsageError
from variorum.read import ReadOptions
from variorum.read.dates import iso_date


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2031-05-17", "2031-05-17"),
        (" 2031-05-17 ", "2031-05-17"),
        ("2031-05-17T08:30:00Z", "2031-05-17T08:30:00+00:00"),
        ("2031-05-17 08:30:00", "2031-05-17T08:30:00"),
        ("2031-05-17 08:30:00 UTC", "2031-05-17T08:30:00+00:00"),
        ("2031-05-17T08:30:00.123456+02:00", "2031-05-17T08:30:00+02:00"),
        ("2031/5/7", "2031-05-07"),
        ("17.05.2031", "2031-05-17"),
        ("05/17/2031", "2031-05-17"),
        ("5/5/2031", "2031-05-05"),
        ("17 May 2031", "2031-05-17"),
        ("Saturday, 17 May 2031", "2031-05-17"),
        ("May 17, 2031", "2031-05-17"),
        ("Sept. 3rd, 2031", "2031-09-03"),
        ("Sat, 17 May 2031 08:30:00 GMT", "2031-05-17T08:30:00+00:00"),
        (1_936_000_000, "2031-05-08T09:46:40+00:00"),
        (1_936_000_000_000, "2031-05-08T09:46:40+00:00"),
    ],
)
def test_dates_that_mean_one_day(written: str | int, iso: str) -> None:
    assert iso_date(written) == iso


@pytest.mark.parametrize(
    "written",
    [
        "",
        "yesterday",
        "05/06/2031",
        "2031-02-30",
        "2031-13-01",
        "2031",
        "May 2031",
        "31/31/2031",
        "17 Foo 2031",
        "9" * 5000,
        2031,
        -1,
        10**30,
        float("nan"),
        float("inf"),
        "2031-05-17T99:00:00",
        "Sat, 99 May 2031 08:30:00",
    ],
)
def test_what_is_no_day_or_could_be_two_is_none(written: str | float) -> None:
    assert iso_date(written) is None


@given(st.dates())
def test_any_iso_date_is_kept(day: date) -> None:
    assert iso_date(day.isoformat()) == day.isoformat()


@given(st.text(max_size=80) | st.floats() | st.integers())
def test_the_result_is_a_date_that_python_reads(written: str | float) -> None:
    if (iso := iso_date(written)) is not None:
        assert datetime.fromisoformat(iso).isoformat().startswith(iso[:10])


def test_a_wrong_date_in_the_options_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="not a date"):
        ReadOptions(published="soon")
    assert ReadOptions(published="17 May 2031").published == "2031-05-17"


def test_limits_must_be_positive() -> None:
    with pytest.raises(UsageError):
        ReadOptions(max_bytes=0)
    with pytest.raises(UsageError):
        ReadOptions(max_redirects=-1)
