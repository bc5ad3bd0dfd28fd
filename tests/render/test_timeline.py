from __future__ import annotations

import pytest

from variorum.model import Annotation, Article, Comparison, Span, Time, TimexType
from variorum.render.timeline import timeline
from variorum.render.view import Desk


def lines(*values: str) -> list[tuple[str, str]]:
    text = "x" * len(values)
    times = tuple(
        Time(Span(i, i + 1), "DURATION" if v.startswith("P") and "_" not in v else "DATE", v)
        for i, v in enumerate(values)
    )
    return [(t.label, t.standing) for t in timeline(Desk([Annotation(Article(text), times=times)]))]


def test_the_calendar_comes_first_and_in_order() -> None:
    given = ("P3D", "XXXX-02-24", "2024-10-11", "2024-10-10TEV", "2024-10-10T21:30", "2024-04", "2023")
    assert lines(*given) == [
        ("2023", "dated"),
        ("April 2024", "dated"),
        ("10 October 2024, evening", "dated"),
        ("10 October 2024, 21:30", "dated"),
        ("11 October 2024", "dated"),
        ("24 February", "open"),
        ("3 days", "length"),
    ]


@pytest.mark.parametrize(
    ("value", "label"),
    [
        ("2024-W41", "week of 7 October 2024"),
        ("2024-W41-WE", "weekend of 12 October 2024"),
        ("2020-W53", "week of 28 December 2020"),
        ("2020-W53-5", "1 January 2021"),
        ("2024-SP", "spring 2024"),
        ("2024-Q3", "quarter 3 of 2024"),
        ("199", "1990s"),
        ("20", "21st century"),
        ("2024-10-10T09:05:00Z", "10 October 2024, 09:05 UTC"),
        ("2024-10-10T15:30-05:00", "10 October 2024, 15:30 UTC-05:00"),
    ],
)
def test_values_in_words(value: str, label: str) -> None:
    assert lines(value) == [(label, "dated")]


@pytest.mark.parametrize(
    ("value", "label"),
    [
        ("PRESENT_REF", "the present"),
        ("XXXX-WXX-5TMO", "Friday, morning"),
        ("XXXX-XX-XXT15:30", "15:30"),
        ("XXXX-02-29", "29 February"),
        ("XXXX-SP", "spring"),
        ("XXXX-XX-XX", "a day"),
        ("2024-XX", "2024"),
    ],
)
def test_what_is_known_in_part_is_told_in_words(value: str, label: str) -> None:
    assert lines(value) == [(label, "open")]


@pytest.mark.parametrize(
    ("value", "kind", "label"),
    [
        ("P1D", "DURATION", "1 day"),
        ("PT1H30M0S", "DURATION", "1 hour 30 minutes"),
        ("PTXH", "DURATION", "some hours"),
        ("P2CE", "DURATION", "2 centuries"),
        ("P1W", "SET", "every week"),
        ("P2D", "SET", "every 2 days"),
        ("XXXX-WXX-5", "SET", "every Friday"),
    ],
)
def test_lengths_and_what_recurs_in_words(value: str, kind: TimexType, label: str) -> None:
    text = Annotation(Article("x"), times=(Time(Span(0, 1), kind, value),))
    [line] = timeline(Desk([text]))
    assert (line.label, line.value, line.standing) == (label, value, "length")


@pytest.mark.parametrize(
    "value", ["2024-13-01", "2023-02-29", "0000", "2021-W53", "0000-W00", "TNI", "", "9999-W99", "P"]
)
def test_what_is_no_time_stays_as_it_is(value: str) -> None:
    assert lines(value) in ([(value, "open")], [(value, "length")])


def test_each_time_stands_in_its_sentence(comparison: Comparison) -> None:
    found = timeline(Desk(comparison.articles))
    line = next(t for t in found if t.value == "2024-10-10T22:00")
    assert line.sigla == ("A",)
    assert (
        line.readings[0].words
        == "Eleven people were on board when the two vessels collided shortly after 10pm."
    )
    assert [p.text for p in line.readings[0].pieces if p.differs] == ["shortly after 10pm"]
