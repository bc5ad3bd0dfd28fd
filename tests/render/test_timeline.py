from __future__ import annotations

import pytest

from variorum.model import Annotation, Article, Comparison, Span, Time
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
        ("XXXX-02-24", "open"),
        ("P3D", "length"),
    ]


@pytest.mark.parametrize(
    ("value", "label"),
    [
        ("2024-W41", "week 41 of 2024"),
        ("2024-W41-WE", "weekend of week 41 of 2024"),
        ("2024-SP", "spring 2024"),
        ("2024-Q3", "quarter 3 2024"),
        ("2024-10-10T09:05:00Z", "10 October 2024, 09:05"),
    ],
)
def test_values_in_words(value: str, label: str) -> None:
    assert lines(value) == [(label, "dated")]


@pytest.mark.parametrize("value", ["PRESENT_REF", "2024-13-01", "0000-W00", "TNI", "", "2024-XX", "9999-W99"])
def test_what_is_not_all_known_stays_as_it_is(value: str) -> None:
    assert lines(value) == [(value, "open")]


def test_each_time_stands_in_its_sentence(comparison: Comparison) -> None:
    found = timeline(Desk(comparison.articles))
    line = next(t for t in found if t.value == "2024-10-10T22:00")
    assert line.sigla == ("A",)
    assert (
        line.readings[0].words
        == "Eleven people were on board when the two vessels collided shortly after 10pm."
    )
    assert [p.text for p in line.readings[0].pieces if p.differs] == ["shortly after 10pm"]
