"""Written cases of times: two claims about an invented event, and what must be found."""

import pytest

from variorum.compare.comparators import time

TIMES = [
    (
        {"text": "it sank on 3 May", "times": {"3 May": "2031-05-03"}},
        {"text": "it sank on 3 May", "times": {"3 May": "2031-05-03"}},
        "agree",
    ),
    (
        {"text": "it sank on 3 May", "times": {"3 May": "2031-05-03"}},
        {"text": "it sank in May", "times": {"May": "2031-05"}},
        "compatible",
    ),
    (
        {"text": "it sank on 3 May", "times": {"3 May": "XXXX-05-03"}},
        {"text": "it sank on 3 May 2031", "times": {"3 May 2031": "2031-05-03"}},
        "compatible",
    ),
    (
        {"text": "the ferry sank on 3 May", "times": {"3 May": "2031-05-03"}},
        {"text": "the ferry sank on 4 May", "times": {"4 May": "2031-05-04"}},
        "contradict",
    ),
    (
        {"text": "the ferry sank today", "times": {"today": "2031-05-03"}},
        {"text": "the ferry sank today", "times": {"today": "2031-05-04"}},
        "compatible",
    ),
    (
        {"text": "the ferry sank on 3 May", "times": {"3 May": "2031-05-03"}},
        {"text": "the owner was arrested on 4 May", "times": {"4 May": "2031-05-04"}},
        "compatible",
    ),
    (
        {"text": "the ferry sank in 2031", "times": {"2031": "2031"}},
        {"text": "the ferry sank", "times": {}},
        "compatible",
    ),
    ({"text": "the ferry sank"}, {"text": "the ferry sank"}, None),
]


def sank(said, value, text="the ferry sank {} off the cape", kind="DATE"):
    return {"text": text.format(said), "times": {said: value}, "kinds": {said: kind}}


DAYS = [
    (sank("on Friday", "2031-05-02"), sank("on Thursday", "2031-05-01"), "contradict"),
    (sank("on Friday", "XXXX-WXX-5"), sank("on Thursday", "XXXX-WXX-4"), "contradict"),
    (sank("on Friday", "2031-05-02"), sank("on Friday", "2031-04-25"), "agree"),
    (sank("Friday", "2031-05-02"), sank("Friday night", "2031-05-02TNI"), "compatible"),
    (sank("on Friday", "2031-05-02"), sank("on 2 May", "2031-05-02"), "agree"),
    (sank("on Friday", "2031-05-02"), sank("on 3 May", "2031-05-03"), "contradict"),
    (sank("today", "2031-05-02"), sank("yesterday", "2031-05-02"), "agree"),
    (sank("next month", "2031-06"), sank("next month", "2031-07"), "compatible"),
    (sank("in 2029", "2029"), sank("in 2031", "2031"), "contradict"),
    (sank("in 2031", "2031"), sank("in May 2031", "2031-05"), "compatible"),
    (sank("in May", "2031-05"), sank("in spring", "2031-SP"), "compatible"),
    (sank("this week", "2031-W18"), sank("on Friday", "2031-05-02"), "compatible"),
    (sank("now", "PRESENT_REF"), sank("on Friday", "2031-05-02"), "compatible"),
    (
        sank("on Friday", "2031-05-02", "the owner filed papers {} about insurance"),
        sank("on Monday", "2031-05-05", "divers reached the hull {}"),
        "compatible",
    ),
    (sank("on 3 May", "2031-05-03"), sank("on 3 May", "2030-05-03"), "agree"),
    (sank("on 3 May 2031", "2031-05-03"), sank("on 3 May 2030", "2030-05-03"), "contradict"),
]
CLOCKS = [
    (sank("at 10:15 a.m.", "2031-05-02T10:15"), sank("at 10:15 p.m.", "2031-05-02T22:15"), "contradict"),
    (sank("at 10:15", "2031-05-02T10:15"), sank("at 10:15 a.m.", "2031-05-03T10:15"), "agree"),
    (sank("at 10:15", "2031-05-02T10:15"), sank("on Friday", "2031-05-01"), "compatible"),
    (
        sank("at 10:15 GMT", "2031-05-02T10:15Z"),
        sank("at 12:15 local time", "2031-05-02T12:15+02:00"),
        "compatible",
    ),
    (sank("at 9:40", "2031-05-02T09:40"), sank("in the morning", "2031-05-02TMO"), "compatible"),
]


def took(said, value):
    return sank(said, value, "the search for the ferry took {}", "DURATION")


LENGTHS = [
    (took("two hours", "PT2H"), took("two hours", "PT2H"), "agree"),
    (took("two hours", "PT2H"), took("120 minutes", "PT120M"), "compatible"),
    (took("two hours", "PT2H"), took("five hours", "PT5H"), "contradict"),
    (took("over two hours", "PT2H"), took("five hours", "PT5H"), "compatible"),
    (took("almost three hours", "PT3H"), took("two hours", "PT2H"), "contradict"),
    (took("almost three hours", "PT3H"), took("2.5 hours", "PT2.5H"), "compatible"),
    (took("less than three hours", "PT3H"), took("two hours", "PT2H"), "compatible"),
    (took("about three hours", "PT3H"), took("3.5 hours", "PT3.5H"), "compatible"),
    (took("hours", "PTXH"), took("five hours", "PT5H"), "compatible"),
]


@pytest.mark.parametrize(("a", "b", "found"), TIMES + DAYS + CLOCKS + LENGTHS)
def test_written_case(judged, a, b, found):
    assert judged(time, a, b) == found


def test_the_reason_compares_what_the_verdict_compared(view):
    a = sank("at 10:15 a.m.", "2031-05-02T10:15")
    b = sank("at 10:15 p.m.", "2031-05-03T22:15")  # nobody told the day
    assert time.compare(view(**a), view(**b)).because.endswith(": no time of day is both")


def test_a_time_of_one_clause_is_not_said_to_be_missing_in_the_other_account(view):
    because = time.compare(view(**sank("on Friday", "2031-05-02")), view("the ferry sank")).because
    assert because.endswith("not in the other wording")


@pytest.mark.parametrize(
    ("clock", "precise"),
    [
        ({"at 4.20am": "2031-05-02T04:20"}, True),
        ({"at 4.20am": "2031-05-06T04:20"}, False),
        ({"at 4.20am": "2031-05-06T04:20", "Tuesday": "2031-05-06"}, False),
    ],
)
def test_a_time_of_day_is_more_precise_than_a_day_only_if_it_is_of_that_day(view, clock, precise):
    day = view("the hull was inspected today", times={"today": "2031-05-02"})
    finding = time.compare(day, view(f"a tug sank {' '.join(clock)}", times=clock))
    assert finding.because.endswith("one is more precise") == precise
