from __future__ import annotations

import time
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.annotate.document import Document, _document
from variorum.annotate.quotations import find_quotations
from variorum.model import Article


@cache
def splitter() -> Any:
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.max_length = 10_000_000
    return nlp


def document(text: str) -> Document:
    return _document(Article(text), splitter()(text))


def parts(text: str) -> list[tuple[list[str], int, bool]]:
    return [([s.of(text) for s in q.spans], q.depth, q.closed) for q in find_quotations(document(text))]


def outer(text: str) -> list[str]:
    return [s.of(text) for q in find_quotations(document(text)) if q.depth == 0 for s in q.spans]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "we go" at six.', ['"we go"']),
        ("He said “we go” at six.", ["“we go”"]),
        ("He said 'we go' at six.", ["'we go'"]),
        ("He said ‘we go’ at six.", ["‘we go’"]),
        ("Er sagte „we go“ um sechs.", ["„we go“"]),
        ("Han sade ”we go” klockan sex.", ["”we go”"]),
        ("Il a dit « we go » hier.", ["« we go »"]),
        ("Han sagde »we go« i dag.", ["»we go«"]),
        ("On ‹we go› was said.", ["‹we go›"]),
        ("He said ``we go'' at six.", ["``we go''"]),
        ("He said ''we go'' at six.", ["''we go''"]),
        ("He said 「we go」 at six.", ["「we go」"]),
        ('A "one" and a "two".', ['"one"', '"two"']),
        ("(“We go,” he said, “at six.”)", ["“We go,”", "“at six.”"]),
        ("He said “we go“ at six.", ["“we go“"]),
        ("\"Is it 'no' again?\" she asked.", ["\"Is it 'no' again?\""]),
    ],
)
def test_every_style_of_mark(text: str, expected: list[str]) -> None:
    assert outer(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The workers' union and the dockers' club met in the '90s.",
        "It's the mayor’s car; rock ’n’ roll isn’t dead, ’tis said.",
        "The O'Haras' house is 6' 2\" tall and 12\" wide.",
        'A 5\'10" man crossed the 40" beam.',
        "No marks at all.",
        "",
        "''",
        '"',
    ],
)
def test_apostrophes_and_measures_are_no_quotations(text: str) -> None:
    assert parts(text) == []


def test_apostrophes_inside_single_quotes() -> None:
    text = "He said: 'The workers' union isn't ready, and the boys' club won't go.' Then he left."
    assert outer(text) == ["'The workers' union isn't ready, and the boys' club won't go.'"]


def test_inches_inside_a_quotation() -> None:
    assert outer('"The 12" pipe broke," she said. "Twice."') == ['"The 12" pipe broke,"', '"Twice."']


def test_nesting_is_counted() -> None:
    text = "“She told me ‘he said “no” twice’ and left,” he said."
    assert [(spans[0], depth) for spans, depth, _ in parts(text)] == [
        ("“She told me ‘he said “no” twice’ and left,”", 0),
        ("‘he said “no” twice’", 1),
        ("“no”", 2),
    ]


@pytest.mark.parametrize(
    ("opening", "closing"), [("“", "”"), ('"', '"'), ("‘", "’"), ("«", "»"), ("''", "''")]
)
def test_a_quotation_runs_over_paragraphs_that_open_it_anew(opening: str, closing: str) -> None:
    text = f"He said: {opening}One day.\n\n{opening}Two days.\n{opening}Three days.{closing}\nThe end."
    assert parts(text) == [
        ([f"{opening}One day.", f"{opening}Two days.", f"{opening}Three days.{closing}"], 0, True)
    ]


def test_an_unclosed_mark_ends_with_its_paragraph() -> None:
    text = "He said: “One day.\nThe next paragraph is long and has nothing to do with it.\nNor has this."
    assert parts(text) == [(["“One day."], 0, False)]


def test_an_unclosed_mark_does_not_swallow_a_long_paragraph() -> None:
    text = 'He said: "One day. ' + "The rest is the writer's own. " * 100
    assert parts(text) == [(['"One day.'], 0, False)]


def test_a_second_opening_mark_ends_an_unclosed_one() -> None:
    text = 'He said, "One day. She said, "Two days."'
    assert [spans for spans, _, _ in parts(text)] == [['"One day. She said,'], ['"Two days."']]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    assert outer("He said “we go at\nsix in the evening” and left.") == ["“we go at\nsix in the evening”"]


@given(st.text(alphabet="ab .,\n\r\"'“”‘’„‚«»‹›`「」0", max_size=80))
def test_spans_are_sound_on_any_marks(text: str) -> None:
    found = find_quotations(document(text))
    for q in found:
        assert q.spans
        assert all(0 <= s.start < s.end <= len(text) for s in q.spans)
        assert all(a.end <= b.start for a, b in pairwise(q.spans))
    outermost = [s for q in found if q.depth == 0 for s in q.spans]
    assert all(a.end <= b.start for a, b in pairwise(outermost))


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert find_quotations(document(text)) == find_quotations(document(text))


def test_time_grows_with_length_only() -> None:
    hostile = "“‘\"' " * 1000
    once, four = document(hostile), document(hostile * 4)
    start = time.process_time()
    find_quotations(once)
    middle = time.process_time()
    find_quotations(four)
    assert time.process_time() - middle < 12 * (middle - start) + 0.5
