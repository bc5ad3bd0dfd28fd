from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.annotate.attribution import find_attributions, no_tagger, packaged_tagger
from variorum.annotate.attribution_rules import find_by_rule
from variorum.annotate.document import Document, load_pipeline, parse
from variorum.annotate.entities import find_entities
from variorum.annotate.quotations import find_quotations
from variorum.annotate.tagger import Tagged
from variorum.model import Article, Attribution, Span

sys.path.insert(0, str(Path(__file__).parent))
import attribution_cases as cases

CASES = cases.load()
LEAST_SHARE = 0.9
LEAST_OF_A_KIND = 5


@cache
def nlp() -> Any:
    return load_pipeline()


@cache
def document(text: str) -> Document:
    return parse(Article(text), nlp())


@cache
def find(text: str) -> tuple[Attribution, ...]:
    d = document(text)
    return find_attributions(d, find_quotations(d), find_entities(d), no_tagger)


def said(text: str) -> list[tuple[str, str, str]]:
    return [
        tuple(" … ".join(s.of(text) for s in part) for part in (a.source, a.cue, a.content))
        for a in find(text)
    ]  # type: ignore[misc]


def test_most_hard_cases_come_out_right() -> None:
    wrong = {case.id: f for case in CASES if (f := cases.failures(case, find))}
    assert 1 - len(wrong) / len(CASES) >= LEAST_SHARE, wrong


@pytest.mark.skipif(packaged_tagger() is no_tagger, reason="the package carries no tagger")
def test_most_hard_cases_come_out_right_with_the_tagger() -> None:
    def with_tagger(text: str) -> tuple[Attribution, ...]:
        d = document(text)
        return find_attributions(d, find_quotations(d), find_entities(d))

    wrong = {case.id: f for case in CASES if (f := cases.failures(case, with_tagger))}
    assert 1 - len(wrong) / len(CASES) >= LEAST_SHARE, wrong


def test_every_kind_of_hard_case_has_five() -> None:
    counts = {c.category: sum(d.category == c.category for d in CASES) for c in CASES}
    assert len(CASES) >= 60
    assert min(counts.values()) >= LEAST_OF_A_KIND


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The mayor said that the road was shut.", "The mayor", "said", "that the road was shut"),
        ("The mayor has not said whether she knew.", "The mayor", "has not said", "whether she knew"),
        ("The union accused the mayor of lying.", "The union", "accused", "the mayor of lying"),
        ("Critics described the road as a trap.", "Critics", "described", "the road as a trap"),
        ("The mayor called for a new road.", "The mayor", "called for", "a new road"),
        ("The mayor went on to say the road was shut.", "The mayor", "went on to say", "the road was shut"),
        (
            "A fault is defined by the manual as a loss of pressure.",
            "the manual",
            "is defined",
            "A fault … as a loss of pressure",
        ),
        ("The road is shut, reads the notice.", "the notice", "reads", "The road is shut"),
        (
            "The council's claim that the road is safe was laughed at.",
            "The council",
            "claim",
            "that the road is safe",
        ),
        ("The road, according to the notice, is shut.", "the notice", "according to", "The road … is shut"),
    ],
)
def test_spans_follow_the_corpus(text: str, source: str, cue: str, content: str) -> None:
    assert (source, cue, content) in said(text)


def test_kinds() -> None:
    text = "“The road is shut,” Ann Hill said. Bo Lund said it was shut. Cy Marsh called it “a dead road”."
    assert [a.kind for a in find(text)] == ["direct", "indirect", "mixed"]


def test_a_quotation_goes_on_after_its_cue() -> None:
    text = "“The road is shut,” said Ann Hill. “It will open in May.”"
    (only,) = find(text)
    assert [s.of(text) for s in only.content] == ["“The road is shut,”", "“It will open in May.”"]


def test_parents_hold_their_children() -> None:
    text = "The clerk said the mayor had claimed that the engineers warned that the wall would fall."
    found = find(text)
    assert [a.parent for a in found] == [None, 0, 1]


def test_the_tagger_drops_in() -> None:
    text = "Engineers grumble about the wall. The mayor said that the wall stands."
    tagged = Attribution(
        source=(Span(0, 9),), cue=(Span(10, 23),), content=(Span(24, 32),), kind="indirect"
    )  # "Engineers", "grumble about", "the wall"
    d = document(text)
    found = find_attributions(d, find_quotations(d), (), lambda _: (Tagged(tagged, 0.9),))
    assert [a.by for a in found] == ["model"] + ["verb"] * (len(found) - 1)
    assert found[0].content == tagged.content


def test_where_both_found_it_the_tagger_gives_the_spans() -> None:
    text = "The mayor said that the wall stands."
    (only,) = join(text, "The mayor", "said", "the wall stands")
    assert (only.by, quoted(text, only.source), quoted(text, only.content)) == (
        "model",
        "The mayor",
        "the wall stands",
    )


def quoted(text: str, spans: tuple[Span, ...]) -> str:
    return " … ".join(s.of(text) for s in spans)


def join(text: str, source: str, cue: str, *content: str, confidence: float = 0.9) -> tuple[Attribution, ...]:
    """What comes of one attribution of the tagger's."""

    def spans(*parts: str) -> tuple[Span, ...]:
        return tuple(Span(i, i + len(p)) for p in parts if p for i in (text.index(p),))

    tagged = Tagged(Attribution(spans(source), spans(cue), spans(*content), "indirect"), confidence)
    d = document(text)
    return find_attributions(d, find_quotations(d), (), lambda _: (tagged,))


@pytest.mark.parametrize(
    ("text", "source", "whole"),
    [
        ("The United Miners of Marn said the pit was shut.", "United", "The United Miners of Marn"),
        ("The Ministry of Works said the pit was shut.", "Ministry", "The Ministry of Works"),
        ("The old mayor said the pit was shut.", "mayor", "The old mayor"),
        ("The mayor, a miner, said the pit was shut.", "mayor", "The mayor"),
    ],
)
def test_a_source_that_is_cut_grows_to_its_phrase(text: str, source: str, whole: str) -> None:
    (only,) = join(text, source, "said", "the pit was shut")
    assert quoted(text, only.source) == whole


def test_a_content_that_is_cut_grows_to_its_phrase() -> None:
    text = "The mayor predicted the fall of the north wall."
    (only,) = join(text, "The mayor", "predicted", "the fall of the")
    assert quoted(text, only.content) == "the fall of the north wall"


def test_who_is_told_is_no_source() -> None:
    text = "Residents were told to boil their water."
    (only,) = join(text, "Residents", "were told", "to boil their water")
    assert only.source == ()


def test_what_follows_the_cue_of_a_quotation_is_the_outlets() -> None:
    text = "“What a day,” muttered Ann Hill as the pump failed."
    (only,) = join(text, "Ann Hill", "muttered", "“What a day,”", "as the pump failed")
    assert quoted(text, only.content) == "“What a day,”"


def test_two_weak_witnesses_make_one() -> None:
    text = "Engineers grumble about the wall. The mayor said that the wall stands."
    weak = join(text, "Engineers", "grumble about", "the wall", confidence=0.2)
    assert all(a.by != "model" for a in weak)
    text = "The mayor suspects that the wall stands."
    (both,) = join(text, "The mayor", "suspects", "that the wall stands", confidence=0.2)
    assert both.by == "model"


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("The mayor said the guard had told divers that the lock was open.", ["said", "had told"]),
        ("The mayor said the guard was jailed for saying that the lock was open.", ["said"]),
        ("The mayor said he thinks that the lock was open.", ["said"]),
        ("“I think the lock was open,” the mayor said.", ["said"]),
    ],
)
def test_speech_in_speech_is_somebody_elses(text: str, cues: list[str]) -> None:
    found = [quoted(text, a.cue) for a in find(text)]
    assert found == cues


_VOCABULARY = (
    "the mayor she they said told that “ ” \" ' according to claim of accused him Ann Hill , . : was who"
)
WORDS = st.sampled_from([*_VOCABULARY.split(), "\n", "reportedly"])


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS, max_size=40))
def test_any_words_give_sound_attributions(parts: list[str]) -> None:
    text = " ".join(parts)
    found = find(text)
    for k, a in enumerate(found):
        assert a.content
        for s in (*a.source, *a.cue, *a.content):
            assert 0 <= s.start < s.end <= len(text)
        assert a.parent != k
        assert a.parent is None or 0 <= a.parent < len(found)
        assert (a.speaker is None) == (a.unresolved is not None)
    assert [a.content[0].start for a in found] == sorted(a.content[0].start for a in found)
    for a in found:
        seen, here = set(), a.parent
        while here is not None:
            assert here not in seen
            seen.add(here)
            here = found[here].parent


def test_rules_alone_leave_speakers_open() -> None:
    d = document("The mayor said that the road was shut.")
    (only,) = find_by_rule(d, find_quotations(d))
    assert (only.speaker, only.parent, only.by) == (None, None, "verb")
