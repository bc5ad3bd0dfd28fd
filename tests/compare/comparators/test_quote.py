"""Written cases of quotations: two claims about an invented event, and what must be found."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.annotate.pipeline import annotate
from variorum.compare.comparators import quote
from variorum.compare.pipeline import compare_annotations
from variorum.model import Article


def said(words):
    return {"text": f"she said “{words}” to us", "quote": f"“{words}”"}


QUOTES = [
    (said("we lost everything in one night"), said("we lost everything in one night"), "agree"),
    (said("we lost everything in one night"), said("We lost everything, in one night"), "agree"),
    (
        said("we lost everything in one night"),
        said("we lost everything in one hour"),
        "contradict",
    ),
    (
        said("how many more do they want to drown"),
        said("how many more do we want to drown"),
        "contradict",
    ),
    (
        said("we honour every guest of the old harbour"),
        said("we honor every guest of the old harbor"),
        "agree",
    ),
    (
        said("a wilful and reckless crime"),
        said("the wilful and reckless crime of drunken sailors"),
        "agree",
    ),
    (said("we lost everything in one night"), said("the rescue came too late for many"), None),
    (said("the sea took it"), said("the sea took them"), "compatible"),
    ({"text": "she said nothing"}, said("we lost everything in one night"), None),
]

CHANGED = [
    (said("they told us to wait below deck"), said("they told us not to wait below deck"), "contradict"),
    (said("it was one of the worst nights"), said("it is one of the worst nights"), "contradict"),
    (said("it took two or three long hours"), said("it took two to three long hours"), "contradict"),
    (said("we analysed all the radar data"), said("we analyzed all the radar data"), "agree"),
    (said("we had no co-operation from them"), said("we had no cooperation from them"), "agree"),
    (said("modelling the drift took a day"), said("modeling the drift took a day"), "agree"),
    (
        said("we had an unbelievable stroke of luck"),
        said("we had an unbeleivable stroke of luck"),
        "contradict",
    ),
    (
        said("we had an unbelievable stroke of luck"),
        said("we had an unbellievable stroke of luck"),
        "compatible",
    ),
    (said("the Northern Palace"), said("the Northern Place"), "contradict"),
    (said("the captain left the bridge too early"), said("the captain left the bridge"), "agree"),
    (said("the captain left the bridge too early"), said("he left the bridge too early"), "compatible"),
    (
        said("the captain simply left the bridge early"),
        said("the captain left the bridge early"),
        "compatible",
    ),
    (said("the [ship’s] captain left the bridge"), said("the captain left the bridge"), "agree"),
    (
        said("nobody told the guests what they should do next"),
        said("nobody informed all of those guests what to do next"),
        None,
    ),
    (said("left early"), said("came late"), None),
]


@pytest.mark.parametrize(("a", "b", "found"), QUOTES + CHANGED)
def test_written_case(judged, a, b, found):
    assert judged(quote, a, b) == found


WRITTEN = [
    "We",
    "organised",
    "it",
    "well-known",
    "Danes",
    "were",
    "killed",
    "[sic]",
    "not",
    "labour",
    "o’clock",
]
ENDS = st.sampled_from(("", ",", ";", " –"))
QUOTATIONS = st.lists(st.tuples(st.sampled_from(WRITTEN), ENDS).map("".join), min_size=3, max_size=9)


@given(first=QUOTATIONS, second=QUOTATIONS, shared=QUOTATIONS)
def test_only_words_that_were_written_are_quoted(view, first, second, shared):
    a, b = said(" ".join(first + shared)), said(" ".join(shared + second))
    finding = quote.compare(view(**a), view(**b, article="b"))
    for quoted in re.findall("“([^”]*)”", finding.because if finding else ""):
        assert quoted in a["text"] or quoted in b["text"]


def test_both_wordings_stand_in_the_reason_as_written(view):
    a = said("the Danish well-known harbour organised it")
    b = said("the Danish well-known harbour organised them")
    because = quote.compare(view(**a), view(**b)).because
    assert "“it” / “them”" in because
    same = quote.compare(view(**a), view(**said("the Danish well-known harbor organized it"))).because
    assert same.startswith("“the Danish well-known harbo")


def test_words_of_one_wording_are_not_said_to_be_in_one_account(view):
    a = said("the captain simply left the bridge early")
    b = said("the captain left the bridge early")
    assert quote.compare(view(**a), view(**b)).because.startswith("“simply” not in the other wording")


def test_the_changed_end_of_a_quotation_is_found_in_the_claims_that_hold_it():
    accounts = [
        annotate(Article("“We warned them three times and nobody came,” the union said.", id="a")),
        annotate(Article("“We warned them three times and nobody listened,” said the union.", id="b")),
    ]
    (contested,) = (r for r in compare_annotations(accounts).relations if r.verdict == "contradict")
    assert contested.aspect == "quote"
    assert contested.because == "“came” / “listened”: the same quotation with other words"


def test_an_endless_quotation_is_not_compared_whole(judged):
    long = " ".join(f"word{n}" for n in range(20_000))
    start = time.perf_counter()
    judged(quote, said(f"{long} came"), said(f"{long} listened"))
    assert time.perf_counter() - start < 5
