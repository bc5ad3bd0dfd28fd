"""What holds of the comparators for any values."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.compare.comparators import COMPARATORS, number, time

COUNTS = st.integers(1, 99)  # larger round ones may have been rounded
DAYS = st.dates(date(1800, 1, 1), date(2199, 12, 31))


def dead(view, low, high, article="a"):
    return view(
        "so many people died in the slide", numbers={"so many": (low, high, "people")}, article=article
    )


def sank(view, value, said, article="a"):
    return view(f"the ferry sank {said} off the cape", times={said: value}, article=article)


def verdict(finding):
    return finding and finding.verdict


@settings(max_examples=60)
@given(low=COUNTS, more=st.integers(0, 50), other=COUNTS, further=st.integers(0, 50))
def test_ranges_are_judged_alike_both_ways_and_contradict_only_apart(view, low, more, other, further):
    a, b = dead(view, low, low + more), dead(view, other, other + further, "b")
    found = verdict(number.compare(a, b))
    assert found == verdict(number.compare(b, a))
    if max(low, other) <= min(low + more, other + further):
        assert found in ("agree", "compatible")


@settings(max_examples=60)
@given(low=COUNTS, more=st.integers(0, 50), other=COUNTS, wider=st.integers(1, 50))
def test_a_wider_range_never_contradicts_anew(view, low, more, other, wider):
    told = dead(view, other, other, "b")
    if verdict(number.compare(dead(view, low, low + more), told)) != "contradict":
        loose = dead(view, max(0, low - wider), low + more + wider)
        assert verdict(number.compare(loose, told)) != "contradict"


@settings(max_examples=60)
@given(day=DAYS, other=DAYS, cut=st.sampled_from((10, 7, 4)))
def test_a_coarser_date_never_contradicts_anew(view, day, other, cut):
    a, b = sank(view, str(day), f"on {day}"), sank(view, str(other), f"on {other}", "b")
    found = verdict(time.compare(a, b))
    assert found == verdict(time.compare(b, a))
    coarse = sank(view, str(day)[:cut], f"in {str(day)[:cut]}")
    if found != "contradict":
        assert verdict(time.compare(coarse, b)) != "contradict"


@given(day=DAYS)
def test_a_date_agrees_with_itself(view, day):
    assert (
        verdict(time.compare(sank(view, str(day), f"on {day}"), sank(view, str(day), f"on {day}", "b")))
        == "agree"
    )


SAID = "the ferry crew not denied it sank drowned survived because of ice said claims none open closed"
WORDS = st.lists(st.sampled_from(SAID.split()), min_size=1, max_size=9)


@given(first=WORDS, second=WORDS, negative=st.booleans())
def test_no_order_of_two_claims_matters(view, first, second, negative):
    a = view(" ".join(first), verb=first[0], agent=first[-1], negative=negative)
    b = view(" ".join(second), verb=second[0], agent=second[-1], quote=" ".join(second), article="b")
    for compare in COMPARATORS:
        found, swapped = compare(a, b), compare(b, a)
        assert verdict(found) == verdict(swapped)
        assert (found and found.weight) == (swapped and swapped.weight)


@given(said=WORDS)
def test_what_is_kept_of_a_claim_is_its_own(view, said):
    a = view(" ".join(said), verb=said[0])
    other = replace(a, text="x", words=("x",))
    for compare in COMPARATORS:
        assert compare(a, a) == compare(a, replace(a))
        assert verdict(compare(a, other)) == verdict(compare(other, a))
