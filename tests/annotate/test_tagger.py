"""The trained tagger: exact spans on any text, the same every time, windows without seams."""

import subprocess
import sys
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from variorum.annotate.links import distance_bucket
from variorum.annotate.tagger import MARGIN, WINDOW, Tagger, load_tagger, open_tagger
from variorum.annotate.wordpieces import cut, windows
from variorum.errors import UsageError
from variorum.model import Attribution, Span

ARTICLE = """Ferry halted after engine fire

The harbour master of Port Ellery said on Tuesday that the night ferry had been taken out of service.

“We will not sail until the engine is replaced,” said Marta Lindqvist, who runs the line. “Nobody was hurt.”

According to the coastguard, the fire broke out shortly after midnight. The union, however, denied that \
its members had ignored an alarm.

Passengers waited on the quay. The next boat leaves at noon.
"""


@cache
def tagger() -> Tagger:
    return load_tagger()


def found(text: str) -> tuple[Attribution, ...]:
    return tagger().tag(text)


def words(text: str, spans: tuple[Span, ...]) -> str:
    return " ".join(s.of(text) for s in spans)


def check(text: str) -> None:
    """Every span reproduces text that begins and ends with something, on one line, in order."""
    for a in found(text):
        assert a.content
        assert a.cue
        assert a.by == "model"
        for spans in (a.source, a.cue, a.content):
            assert list(spans) == sorted(spans)
            for s in spans:
                assert s.of(text) == s.of(text).strip()
                assert s.of(text)
                assert "\n" not in s.of(text)
            for s, t in pairwise(spans):
                assert s.end <= t.start


PIECES = st.sampled_from(
    [
        "said ",
        "“",
        "”",
        '"',
        "'",
        "the minister ",
        "that it rained",
        ", ",
        ". ",
        "\n",
        "\r\n",
        "\r\n\r\n",
        "told ",
        "😀",
        "👩‍🚒 ",
        "אמר השר ",
        "قال الوزير ",
        "\u200f",
        "e\u0301",
        "ﬁ",
        "\ud83d",
        "\x00",
        "\u2028",
        "日本 ",
        "According to ",
    ]
)


@given(st.lists(PIECES | st.text(max_size=4), max_size=40).map("".join))
@example("")
@example(" \r\n ")
@example("\ud800 said “\udfff”.")
@example("😀😀 “It is over,” 👩‍🚒 Ana Reyes said.\r\n\r\n“It is,” said Bo.")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_spans_are_exact_on_any_text(text: str):
    check(text)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("before", ["", "😀 ", "שלום. "])
def test_offsets_survive_line_ends_and_wide_characters(end: str, before: str):
    text = before + ARTICLE.replace("\n", end)
    check(text)
    quoted = [a for a in found(text) if "will not sail" in words(text, a.content)]
    assert len(quoted) == 1
    assert words(text, quoted[0].content).startswith("“We will not sail until the engine is replaced,”")


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The mayor said that the bridge was safe.", "The mayor", "said", "the bridge was safe"),
        ('"The bridge is safe," the mayor said.', "the mayor", "said", "The bridge is safe"),
        ("According to the police, two boats sank.", "the police", "According to", "two boats sank"),
        ("The company denied that it had paid the inspector.", "The company", "denied", "it had paid"),
        ("“We have lost everything,” Ana Reyes told reporters.", "Ana Reyes", "told", "lost everything"),
        ("The bank, analysts warned, may not survive the winter.", "analysts", "warned", "may not survive"),
    ],
)
def test_plain_attributions_are_found(text: str, source: str, cue: str, content: str):
    matches = [a for a in found(text) if cue in words(text, a.cue)]
    assert len(matches) == 1
    assert source in words(text, matches[0].source)
    assert content in words(text, matches[0].content)


def test_a_plain_report_holds_no_attribution():
    assert found("Two boats sank in the harbour on Monday. The road to the north is closed.") == ()


def test_kinds_follow_the_quotation_marks():
    text = (
        "“We are safe,” Bo said. The mayor said the road was closed. Ana said the plan was “a complete mess”."
    )
    assert [a.kind for a in found(text)] == ["direct", "indirect", "mixed"]


def test_one_quotation_is_one_attribution_in_any_marks():
    for marks in ("“”", '""', "‘’"):
        text = ARTICLE.translate(str.maketrans("“”", marks))
        assert any("will not sail" in words(text, a.content) for a in found(text))


def test_the_same_text_gives_the_same_answer_in_another_process():
    program = (
        "import sys; from variorum.annotate.tagger import load_tagger; print(load_tagger().tag(sys.argv[1]))"
    )
    other = subprocess.run(
        [sys.executable, "-c", program, ARTICLE], capture_output=True, text=True, check=True
    )
    assert other.stdout.strip() == str(found(ARTICLE))
    assert found(ARTICLE) == found(ARTICLE)


def test_confidence_lies_between_the_threshold_and_one():
    scored = tagger().tag_scored(ARTICLE)
    assert scored
    assert all(tagger().options.keep <= t.confidence <= 1 for t in scored)


def test_a_long_article_is_read_like_its_parts():
    filler = "The road to the north was closed and the boats stayed in the harbour. " * 12
    parts = [f"{filler}\n\nThe mayor of Ellery said that bridge number {k} was safe." for k in range(12)]
    text = "\n\n".join(parts)
    bridges = [a for a in found(text) if "bridge" in words(text, a.content)]
    assert len(bridges) == 12
    for k, a in enumerate(bridges):
        assert f"bridge number {k} was safe" in words(text, a.content)
        assert words(text, a.source) == "The mayor of Ellery"


@given(st.integers(1, 5000))
def test_windows_cover_everything_with_context(n: int):
    ranges = windows(n, WINDOW, MARGIN)
    assert ranges[0][0] == 0
    assert ranges[-1][1] == n
    assert all(0 < end - start <= WINDOW for start, end in ranges)
    assert all(a[1] - b[0] >= 2 * MARGIN for a, b in pairwise(ranges))


def test_distances_are_odd_and_monotone():
    buckets = [distance_bucket(d) for d in range(-300, 301)]
    assert buckets == sorted(buckets)
    assert buckets == [48 - b for b in reversed(buckets)]


def test_features_carry_what_an_uncased_vocabulary_loses():
    text = "NATO said.\n“Never,” it said"
    pieces = cut(text, tagger()._tokenizer)
    rows = {
        text[s:e]: row.tolist() for s, e, row in zip(pieces.starts, pieces.ends, pieces.features, strict=True)
    }
    assert rows["NATO"] == [3, 0, 2, 0]
    assert rows["“"] == [0, 4, 2, 1]
    assert rows["Never"] == [2, 1, 0, 1]
    assert rows["”"] == [0, 5, 0, 1]
    assert rows["it"] == [1, 0, 1, 1]
    assert pieces.features.dtype == np.int64


def test_missing_files_are_named(tmp_path):
    with pytest.raises(UsageError, match=r"attribution\.onnx"):
        open_tagger(tmp_path)


def test_a_damaged_model_is_named(tmp_path):
    for name in ("attribution.onnx", "attribution-linker.npz"):
        (tmp_path / name).write_bytes(b"damaged")
    with pytest.raises(UsageError, match=r"attribution\.onnx: damaged"):
        open_tagger(tmp_path)
