"""Making text visible, cutting it, telling where it differs, laying marks into it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.model import Span
from variorum.render.clean import for_encoding, visible
from variorum.render.diff import differences
from variorum.render.fulltext import Mark, full_text
from variorum.render.pieces import pieces

BIDI = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
anything = st.text(st.characters(codec=None), max_size=60)


@given(anything)
def test_nothing_that_acts_stays(text: str) -> None:
    assert not [c for c in visible(text) if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")]
    assert not [c for c in visible(text) if unicodedata.bidirectional(c) in BIDI]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "␛[31mred"),
        ("a\u202eb", "a⟨U+202E⟩b"),
        ("nul\x00", "nul␀"),
        ("two\r\n  lines", "two lines"),
        ("\x9b2J", "⟨U+009B⟩2J"),
        ("déjà vu – “so”", "déjà vu – “so”"),
    ],
)
def test_what_acts_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(anything, st.sampled_from(["ascii", "latin-1", "cp1252", "utf-8", "no-such-encoding"]))
def test_any_terminal_can_print_it(text: str, encoding: str) -> None:
    printed = for_encoding(visible(text), encoding)
    printed.encode("ascii" if encoding.startswith("no") else encoding)


@pytest.mark.parametrize(
    ("a", "b", "left", "right"),
    [
        ("ignored three clear warnings", "ignored three warnings", ["clear"], []),
        ("steered into our path", "steered recklessly into our path", [], ["recklessly"]),
        ("At least four died", "at least FOUR died", [], []),
        ("the captain, he said", "the captain he said", [], []),
        ("", "all new words", [], ["all new words"]),
    ],
)
def test_the_words_that_differ(a: str, b: str, left: list[str], right: list[str]) -> None:
    found = differences(a, b)
    assert ([s.of(a) for s in found.a], [s.of(b) for s in found.b]) == (left, right)


def test_likeness_is_the_share_of_common_words() -> None:
    assert differences("one two", "one two").likeness == 1
    assert differences("one two", "three four").likeness == 0


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Span]]:
    text = draw(st.text(st.sampled_from("ab \n\r<&"), min_size=1, max_size=50))
    ends = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(ends, ends), max_size=9))
    return text, [Span(min(p), max(p)) for p in pairs]


@given(marked())
def test_pieces_join_to_the_words(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    for span in spans:
        cut = pieces(text, span, spans[:3], spans[3:])
        bare = "".join(p.text for p in cut).replace(" ", "")
        assert bare == visible(span.of(text)).replace(" ", "")


def test_pieces_carry_their_marks() -> None:
    cut = pieces("may be six dead", Span(0, 15), [Span(7, 10)], [Span(0, 3)])
    assert [(p.text, p.differs, p.hedge) for p in cut] == [
        ("may", False, True),
        (" be ", False, False),
        ("six", True, False),
        (" dead", False, False),
    ]


@given(marked())
def test_marks_nest_and_no_word_is_lost(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    marks = {s: Mark("agree", "1", "r1") for s in spans}
    laid = full_text(text, marks)
    joined = "\n".join("".join(t.text for t in line) for line in laid)
    assert joined.split() == text.split()
    for line in laid:
        open_: list[Span] = []
        for token in line:
            if token.type == "open":
                open_.append(token.span)
            elif token.type == "close":
                assert open_.pop() == token.span
        assert not open_
    named = [t.span for line in laid for t in line if t.type == "open" and t.first]
    assert len(named) == len(set(named))
    assert set(named) == {s for s in spans if any(c not in "\n\r" for c in s.of(text)) and reaches(text, s)}


def reaches(text: str, span: Span) -> bool:
    """Whether some part of the span lies in a line that is not blank."""
    starts = [0, *(i + 1 for i, c in enumerate(text) if c in "\n\r")]
    for start in starts:
        end = min((i for i in range(start, len(text)) if text[i] in "\n\r"), default=len(text))
        if text[start:end].strip() and span.overlaps(Span(start, end)) and end > start:
            return True
    return False


def test_many_crossing_marks_take_no_time() -> None:
    text = "word " * 4000
    full_text(text, {Span(i, min(len(text), i + 40)): Mark() for i in range(0, 19000, 7)})
